"""Planning supervision and training, changing and cancelling it, and writing down one's own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from ..access import reading, rules
from ..access.roles import Role
from ..access.scope import of, services_of
from ..actions import supervision, team_meetings
from ..lifecycle import WORKED
from ..models import MeetingKind, Practitioner, Requirement, RequirementKind, Service, TeamMeeting, in_force
from .fields import VersionedForm
from .screens import FormScreen
from .supervision_forms import (
    ChangeOwnForm,
    ChangeSupervisionForm,
    ChangeTrainingForm,
    OwnForm,
    SupervisionForm,
    TrainingForm,
)
from .supervision_pages import TITLE, OfMeeting, meeting_address

WHEN = ("starts_at", "minutes", "led_by", "place")


class Plan(FormScreen):
    """Plan a group supervision, or an individual one with the clinical supervisor."""

    form_class = SupervisionForm
    header_icon = "group"
    page_title = "Plan a supervision"
    submit_label = "Save, and ask them to come"
    roles: tuple[Role, ...] = (Role.SUPERVISOR,)

    def find(self) -> None:
        self.services = list(services_of(self.request.user, *self.roles))
        if not self.services:
            raise Http404

    def open(self) -> None:
        reading.listed(self.request.user, TeamMeeting, rows=0, search=False)

    def initial(self) -> dict[str, Any]:
        return {"led_by": self.request.user.get_full_name(), "kind": MeetingKind.GROUP}

    def form_options(self) -> dict[str, Any]:
        return {"services": self.services, "team": team_of(self.request.user, self.services)}

    def perform(self, form: Any) -> str:
        answers = {name: form.cleaned_data[name] for name in (*WHEN, "asked")}
        meeting = team_meetings.plan(form.service, by=self.request.user, **answers, **self.more(form))
        messages.success(self.request, f"{meeting} is planned. Those who are asked are told that something waits.")
        return meeting_address(meeting)

    def more(self, form: Any) -> dict[str, Any]:
        """What this kind of meeting has besides."""
        return {"kind": form.cleaned_data["kind"]}

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]


class PlanTraining(Plan):
    """Plan a training."""

    form_class = TrainingForm
    page_title = "Plan a training"
    roles = (Role.COORDINATOR, Role.SUPERVISOR)

    def initial(self) -> dict[str, Any]:
        return {"minutes": 120}

    def form_options(self) -> dict[str, Any]:
        return super().form_options() | {"requirements": trainings_of(self.services)}

    def more(self, form: Any) -> dict[str, Any]:
        return {"kind": MeetingKind.TRAINING} | {name: form.cleaned_data[name] for name in ("title", "counts_as")}


class EnterOwn(FormScreen):
    """Write down an individual supervision of one's own."""

    form_class = OwnForm
    header_icon = "group"
    page_title = "My individual supervision"

    def find(self) -> None:
        teams = of(self.request.user).teams
        self.services = list(Service.objects.filter(pk__in=teams).order_by("name"))
        if not self.services:
            raise Http404

    def open(self) -> None:
        reading.listed(self.request.user, TeamMeeting, rows=0, search=False)

    def form_options(self) -> dict[str, Any]:
        user = self.request.user
        worked = rules.visible_referrals(user).filter(
            pk__in=of(user).worked, status__in=WORKED, school__service__in=self.services
        )
        return {"services": self.services, "cases": worked.select_related("school").order_by("reference")}

    def initial(self) -> dict[str, Any]:
        return {"starts_at": timezone.localtime().replace(minute=0, second=0, microsecond=0)}

    def perform(self, form: Any) -> str:
        answers = {name: form.cleaned_data[name] for name in WHEN}
        brought = form.cleaned_data.get("cases", ())  # who works no case is not asked for any
        meeting = supervision.enter_own(form.service, by=self.request.user, cases=brought, **answers)
        messages.success(self.request, f"{meeting}, {meeting.minutes} minutes: written down.")
        return meeting_address(meeting)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]


class Change(OfMeeting, FormScreen):
    """Change when, where and with whom it is. Those who are asked are told that it moved."""

    form_class = ChangeSupervisionForm
    subtitle = "Change"

    def find(self) -> None:
        super().find()
        user, meeting = self.request.user, self.meeting
        if not rules.can_change_team_meeting(user, meeting):
            raise PermissionDenied
        own = meeting.kind == MeetingKind.INDIVIDUAL and meeting.service_id not in of(user).held(Role.SUPERVISOR)
        self.is_own = own
        if own:
            self.form_class = ChangeOwnForm
        elif meeting.kind == MeetingKind.TRAINING:
            self.form_class = ChangeTrainingForm

    @property
    def names(self) -> tuple[str, ...]:
        training = ("title", "counts_as") if self.meeting.kind == MeetingKind.TRAINING else ()
        return (*training, *WHEN)

    def form_options(self) -> dict[str, Any]:
        if self.is_own:
            return {}
        services = [self.meeting.service]
        options: dict[str, Any] = {"services": services, "team": team_of(self.request.user, services, self.meeting)}
        if self.meeting.kind == MeetingKind.TRAINING:
            options["requirements"] = trainings_of(services)
        return options

    def initial(self) -> dict[str, Any]:
        return self.answers_of(self.meeting) | {"version": self.meeting.version}

    def answers_of(self, current: Any) -> dict[str, Any]:
        answers = {name: getattr(current, name) for name in self.names}
        if self.is_own:
            return answers
        return answers | {"asked": [one.practitioner for one in current.attendances.select_related("practitioner")]}

    def perform(self, form: Any) -> str:
        answers = {name: form.cleaned_data[name] for name in (*self.names, "version")}
        asked = None if self.is_own else form.cleaned_data["asked"]
        team_meetings.change(self.meeting, by=self.request.user, asked=asked, **answers)
        messages.success(self.request, "It is changed.")
        return meeting_address(self.meeting)


class Cancel(OfMeeting, FormScreen):
    """Say that it does not take place."""

    form_class = VersionedForm
    template_name = "casework/supervision/cancel.html"
    subtitle = "Cancel"
    submit_label = "Cancel it"

    def find(self) -> None:
        super().find()
        if not rules.can_cancel_team_meeting(self.request.user, self.meeting):
            raise PermissionDenied

    def initial(self) -> dict[str, Any]:
        return {"version": self.meeting.version}

    def perform(self, form: Any) -> str:
        team_meetings.cancel(self.meeting, by=self.request.user, version=form.cleaned_data["version"])
        messages.success(self.request, "It does not take place. Those who were asked are told.")
        return meeting_address(self.meeting)


def team_of(user: Any, services: list[Service], meeting: TeamMeeting | None = None) -> Any:
    """Who can be asked: those in post, and those who are asked already."""
    seen = rules.visible_practitioners(user).filter(service__in=services)
    wanted = in_force() | Q(attendances__meeting=meeting) if meeting else in_force()
    ids = Practitioner.objects.filter(wanted, pk__in=seen.values("pk")).values("pk")
    return seen.filter(pk__in=ids).order_by("name")


def trainings_of(services: list[Service]) -> Any:
    """What a training of these services can count as."""
    return Requirement.objects.filter(service__in=services, kind=RequirementKind.TRAINING, active=True)
