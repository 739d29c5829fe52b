"""A concern's page: what was written, whether somebody has it, what followed, and what this person may do with it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from ..access import reading, rules
from ..access.readers import readers_of_concern
from ..access.safeguarding import HEARS
from ..actions.refusals import StepRefused
from ..models import About, AuditEvent, Concern, ConcernEntry, ConcernStatus, OutboxMessage, Retention
from .acting import OnceForm
from .concern_acts import offered
from .concern_contacts import contacts
from .concern_raise import concern_address
from .pdf import pdf_response
from .screens import Screen, case_address

OPENINGS_SHOWN = 50
RELATED = ("school__service", "pupil", "arose_in", "author", "subject", "data_key")
MAILS = {
    "concern_raised": "that a concern waits",
    "concern_late": "that it is not acknowledged",
    "concern_acknowledged": "that it was acknowledged",
    "concern_answered": "that there is an outcome",
}


class ConcernScreen(Screen):
    """A page about one concern that this person may read; any other is not there."""

    header_icon = "warning"
    concern: Concern

    def find(self) -> None:
        self.concern = visible_concern(self.request.user, self.kwargs["uuid"])
        self.page_title = self.concern.reference

    def trail(self) -> list[tuple[str, str]]:
        return [(self.concern.reference, concern_address(self.concern))]


class ConcernPage(ConcernScreen):
    """The concern itself. It leads to no part of the case that its reader may not see anyway."""

    template_name = "casework/concern/page.html"

    def open(self) -> None:
        reading.opened(self.request.user, self.concern)

    def trail(self) -> list[tuple[str, str]]:
        register = rules.REGISTERS[Concern]
        return [("Concerns", register_address())] if register.listed(self.request.user) else []

    def show(self, **context: Any) -> HttpResponse:
        response = super().show(**context)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, concern = self.request.user, self.concern
        about = About(concern.about)
        case = concern.arose_in if concern.arose_in and rules.can_view_referral(user, concern.arose_in) else None
        return super().get_context_data(
            concern=concern,
            is_author=concern.author_id == user.pk,
            is_raised=concern.status == ConcernStatus.RAISED,
            is_held=concern.retention == Retention.LONG_HOLD,
            year_group=year_group_of(concern),
            hears=HEARS[about].title,
            contacts=contacts(about, concern.school, reader=user, apart_from=(user, concern.subject)),
            entries=entries_of(concern),
            acts=offered(user, concern),
            once_form=OnceForm(),
            mails=_mails(rules.visible_concern_messages(user, concern)),
            readers=readers_of_concern(concern),
            events=_openings(rules.visible_concern_events(user, concern)),
            may_take_out=rules.can_take_out_concern(user, concern),
            case_address=case_address(case) if case else "",
            case=case,
            **kwargs,
        )


class ConcernFile(ConcernScreen):
    """The concern as a file for the school's own system, which is put on record as taken out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        if not rules.can_take_out_concern(request.user, self.concern):
            raise PermissionDenied
        try:
            return self._file()
        except StepRefused as refused:
            messages.error(request, refused.words)
            return self._back()

    def _file(self) -> HttpResponse:
        concern = self.concern
        answer = pdf_response(
            self.request,
            "casework/concern/print.html",
            {
                "concern": concern,
                "reference": concern.reference,
                "service": concern.school.service.name,
                "year_group": year_group_of(concern),
                "entries": entries_of(concern),
            },
            name=concern.reference,
        )
        reading.taken_out(self.request.user, concern, form="pdf")
        return answer

    def _back(self) -> HttpResponseRedirect:
        return redirect(concern_address(self.concern))


def visible_concern(user: Any, uuid: UUID) -> Concern:
    """The concern of an address; a foreign one answers like a missing one."""
    return get_object_or_404(rules.visible_concerns(user).select_related(*RELATED), uuid=uuid)


def register_address() -> str:
    """The list of the concerns that one may read."""
    return reverse("casework_concern_modeladmin_index")


def entries_of(concern: Concern) -> list[ConcernEntry]:
    """What followed, in the order in which it was written down."""
    entries = list(concern.entries.select_related("by"))
    for entry in entries:
        entry.concern, entry.data_key = concern, concern.data_key
    return entries


def year_group_of(concern: Concern) -> str:
    """The year of the child now; nothing where no child of ours is named."""
    enrolment = concern.pupil.enrolments.order_by("-starts_at").first() if concern.pupil else None
    return enrolment.get_year_group_display() if enrolment else ""


def _mails(rows: QuerySet[OutboxMessage]) -> list[tuple[OutboxMessage, str]]:
    """To whom a mail went, and how far it is."""
    return [(row, MAILS.get(row.kind, row.kind)) for row in rows.select_related("to").order_by("made_at", "pk")]


def _openings(rows: QuerySet[AuditEvent]) -> list[AuditEvent]:
    return list(rows.filter(verb__in=["opened", "exported"]).select_related("actor")[:OPENINGS_SHOWN])
