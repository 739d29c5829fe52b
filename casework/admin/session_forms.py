"""The form of a session: made for a phone, with what is known filled in."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Allocation, ListName, Referral, Session
from ..sealed import TextKind
from .fields import CaseForm, Fields, RecordField, SealedText, entries

ONE_HOUR = 60
OTHER = "other"


class SessionForm(CaseForm):
    """Whether it happened, when and how long, what the school is told, and the therapist's own note."""

    length = Fields.choose(
        "How long?", [(str(ONE_HOUR), "1 hour"), (OTHER, "Other")], required="Choose how long it was."
    )
    minutes = forms.IntegerField(
        label="Minutes, if other",
        required=False,
        min_value=5,
        max_value=240,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter the minutes as a number, for example 45.",
            "min_value": "A session lasts at least 5 minutes.",
            "max_value": "A session lasts at most 240 minutes.",
        },
    )
    starts_at = Fields.when("When?", required="Enter the day and the time at which it began.")
    strategies = SealedText("Strategies to share with the school", TextKind.SCHOOL, rows=4)
    note = SealedText("Process note", TextKind.PROCESS, rows=8)

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [session.attendance] if session else []
        happened = RecordField(
            entries(self.referral.school.service, ListName.ATTENDANCE, kept),
            missing="Choose whether the session happened.",
            label="Did the session happen?",
            empty_label=None,
            widget=forms.RadioSelect,
        )
        self.fields = {"attendance": happened} | self.fields

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        if timezone.localdate(starts_at) > timezone.localdate():
            raise forms.ValidationError("This day has not come yet: a session is recorded when it is over.")
        return starts_at

    def clean(self) -> dict[str, Any]:
        if (
            self.cleaned_data.get("length") == OTHER
            and not self.cleaned_data.get("minutes")
            and "minutes" not in self.errors
        ):
            self.add_error("minutes", "Enter how many minutes it was.")
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        minutes = cleaned["minutes"] if cleaned["length"] == OTHER else ONE_HOUR
        return {name: cleaned[name] for name in ("starts_at", "attendance", "strategies", "note")} | {
            "minutes": minutes
        }


class NewSessionForm(SessionForm):
    """A new session has no version yet, and asks for a concern: what is answered leads on and is not kept."""

    version = None
    concern = forms.ChoiceField(
        label="Any safeguarding concern today?",
        choices=[("no", "No"), ("yes", "Yes: tell me what to do when this is saved")],
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def has_concern(self) -> bool:
        return self.cleaned_data["concern"] == "yes"


def answers_of(session: Session) -> dict[str, Any]:
    """How a recorded session fills the form."""
    note = getattr(session, "process_note", None)
    is_hour = session.minutes == ONE_HOUR
    return {
        "attendance": session.attendance,
        "length": str(ONE_HOUR) if is_hour else OTHER,
        "minutes": None if is_hour else session.minutes,
        "starts_at": session.starts_at,
        "strategies": session.strategies,
        "note": note.text if note else "",
    }


def last_slot(allocation: Allocation | None) -> datetime:
    """When the case's weekly hour last began; without one, this hour."""
    now = timezone.localtime()
    if allocation is None or allocation.weekday is None or allocation.time is None:
        return now.replace(minute=0, second=0, microsecond=0)
    day = now.date() - timedelta(days=(now.weekday() - allocation.weekday) % 7)
    slot = timezone.make_aware(datetime.combine(day, allocation.time))
    return slot if slot <= now else timezone.make_aware(datetime.combine(day - timedelta(days=7), allocation.time))


def next_number(referral: Referral) -> int:
    """Which session of the case this is."""
    return referral.sessions.count() + 1
