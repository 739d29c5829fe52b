"""Recording a session on a phone, and changing it within seven days."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from wagtail.admin import messages

from ..access import reading, rules
from ..actions import sessions
from ..models import Session, in_force
from ..reports import diary
from .as_school import SeenBySchool
from .concern_raise import raise_address
from .danger import danger
from .screens import RELATED, address_after
from .session_forms import ONE_HOUR, NewSessionForm, SessionForm, answers_of, last_slot, next_number

REDIRECT = 302


class SessionScreen(SeenBySchool):
    """What both pages about a session share."""

    template_name = "casework/session/form.html"
    school_tabs = ("sessions",)
    done: str
    submit_label = "Save session"
    header_icon = "edit"

    def form_options(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def perform(self, form: SessionForm) -> str:
        messages.success(self.request, f"{self.write(form)} is {self.done}.")
        return address_after(self.request.user, self.referral)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        taken_back = self.referral.family_withdrew
        return super().get_context_data(**danger(self.referral.school), taken_back=taken_back, **kwargs)


class RecordSession(SessionScreen):
    """A new session of a case, for who works it: a slim page of its own, for a phone with poor reception.

    Its script sends the form and is answered in its own way, so that the page keeps what was typed until it is told
    where to go on. Without the script it is a form like any other.
    """

    template_name = "casework/session/record.html"
    form_class = NewSessionForm
    kept_part = "new session"
    done = "recorded"

    def find(self) -> None:
        super().find()
        if not rules.can_record_session(self.request.user, self.referral):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Record a session"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, **kwargs)
        by_script = request.headers.get("Accept") == "application/json"
        return JsonResponse({"done": answer["Location"]}) if by_script and answer.status_code == REDIRECT else answer

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.kept_part)

    def initial(self) -> dict[str, Any]:
        allocation = self.referral.allocations.filter(in_force()).first()
        return {"minutes": ONE_HOUR, "starts_at": last_slot(allocation, self._day())}

    def _day(self) -> date | None:
        """The day that the page was asked for."""
        try:
            return parse_date(self.request.GET.get("on", ""))
        except ValueError:
            return None

    def perform(self, form: NewSessionForm) -> str:
        address = super().perform(form)
        return raise_address(self.referral) if form.has_concern else address

    def write(self, form: SessionForm) -> Session:
        return sessions.record(self.referral, by=self.request.user, **form.answers())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        coming = diary.next_hour(self.request.user, self.referral.pk)
        return super().get_context_data(number=next_number(self.referral), coming=coming, **kwargs)


class ChangeSession(SessionScreen):
    """A session that its therapist recorded less than seven days ago."""

    form_class = SessionForm
    kept_part = "with process note"
    done = "changed"

    def find(self) -> None:
        rows = rules.visible_sessions(self.request.user).select_related(
            "attendance", "data_key", "process_note__data_key", *(f"referral__{name}" for name in RELATED)
        )
        self.session = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        self.referral = self.session.referral
        if not rules.can_change_session(self.request.user, self.session):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Change a session"

    def form_options(self) -> dict[str, Any]:
        return super().form_options() | {"session": self.session}

    def open(self) -> None:
        reading.opened(self.request.user, self.session, referral=self.referral, part=self.kept_part)

    def initial(self) -> dict[str, Any]:
        return (
            {"version": self.session.version} | answers_of(self.session) | {"attendance": self.session.attendance.uuid}
        )

    def answers_of(self, current: Session) -> dict[str, Any]:
        return answers_of(current)

    def write(self, form: SessionForm) -> Session:
        version = form.cleaned_data["version"]
        return sessions.change(self.session, by=self.request.user, version=version, **form.answers())
