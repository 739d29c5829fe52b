"""Cover: the coordinator opens a case to a colleague until a day, with a reason."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ValidationError
from django.utils import timezone
from wagtail.admin import messages

from ..access import grants, reading, rules
from ..models import Practitioner, Referral, in_force
from .acting import OnceForm
from .fields import Fields, RecordField
from .screens import CaseFormScreen, case_address

LONGEST = timedelta(days=366)


class ColleagueField(RecordField):
    """A member of the team."""

    def label_from_instance(self, obj: Practitioner) -> str:
        return f"{obj.name} · {obj.discipline.label}"


class CoverForm(OnceForm):
    """Who covers, until when, and why."""

    until = Fields.date(
        "Until which day?",
        required="Enter the last day of the cover.",
        help_text="The case closes to them at the end of that day.",
    )
    reason = Fields.line(
        "Why?",
        required="Say why, in a few words.",
        length=120,
        help_text="For example: the therapist is ill. Nothing about the child.",
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Practitioner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = ColleagueField(
            colleagues,
            missing="Choose a colleague from the list.",
            label="Who covers?",
            empty_label="Choose a colleague",
        )
        self.fields = {"colleague": who} | self.fields

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError("Choose a day from today on, and within a year.")
        return day


class Cover(CaseFormScreen):
    """The form for whoever may arrange cover."""

    form_class = CoverForm
    submit_label = "Open the case to them"
    header_icon = "group"

    def find(self) -> None:
        super().find()
        if not rules.can_arrange_cover(self.request.user, self.referral):
            raise PermissionDenied
        self.page_title, self.page_subtitle = self.referral.reference, "Arrange cover"

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part="cover")

    def form_options(self) -> dict[str, Any]:
        return {"colleagues": colleagues_of(self.request.user, self.referral)}

    def perform(self, form: CoverForm) -> str:
        colleague, day = form.cleaned_data["colleague"], form.cleaned_data["until"]
        until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        reason = form.cleaned_data["reason"]
        grants.cover_case(self.referral, to=colleague.user, by=self.request.user, until=until, reason=reason)
        messages.success(self.request, f"{self.referral.reference} is open to {colleague.name} until {day:%-d %B %Y}.")
        return case_address(self.referral, "readers")


def colleagues_of(user: Any, referral: Referral) -> QuerySet[Practitioner]:
    """The team of the case's service, but for oneself and for who works the case already."""
    team = rules.visible_practitioners(user).filter(
        in_force(), service=referral.school.service_id, user__is_active=True
    )
    working = referral.allocations.filter(in_force()).values("practitioner_id")
    return team.exclude(user=user).exclude(pk__in=working).select_related("discipline", "user")
