"""The form of a session: made for a phone, with what is known filled in."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Allocation, ListName, Referral, Session
from ..sealed import TextKind
from .fields import CaseForm, Fields, RecordField, SealedText, entries

ONE_HOUR = 60
SAVED = ("starts_at", "attendance", "minutes", "writing_minutes", "liaison_minutes", "strategies", "note")
SPLIT = ("writing_minutes", "liaison_minutes")


class SessionForm(CaseForm):
    """Whether it happened, when and how long, what the school is told, and the therapist's own note."""

    starts_at = Fields.when("When?", required="Enter the day and the time at which it began.")
    minutes = Fields.minutes("How long, in minutes?", 5, 240, required="Enter how many minutes it was.")
    writing_minutes = Fields.minutes("Of these for notes and reports", 0, 240)
    liaison_minutes = Fields.minutes("Of these for talks with school and others", 0, 240)
    strategies = SealedText("Strategies to share with the school", TextKind.SCHOOL, rows=3)
    note = SealedText("Process note", TextKind.PROCESS, rows=7)

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
        parts = sum(self.cleaned_data.get(name) or 0 for name in SPLIT)
        if parts > self.cleaned_data.get("minutes", parts):
            self.add_error("writing_minutes", "Notes and talks together are longer than the session.")
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        answers = {name: self.cleaned_data[name] for name in SAVED}
        return answers | {name: answers[name] or 0 for name in SPLIT}


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
    note_later = forms.BooleanField(required=False)

    @property
    def has_concern(self) -> bool:
        return self.cleaned_data["concern"] == "yes"

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"note_later": self.cleaned_data["note_later"]}


def answers_of(session: Session) -> dict[str, Any]:
    """How a recorded session fills the form."""
    note = getattr(session, "process_note", None)
    return {name: getattr(session, name) for name in SAVED if name != "note"} | {"note": note.text if note else ""}


def last_slot(allocation: Allocation | None, on: date | None = None) -> datetime:
    """When the case's weekly hour is on a day that has come, or else when it last began; without an hour, this hour."""
    now = timezone.localtime()
    if allocation is None or allocation.weekday is None or allocation.time is None:
        return now.replace(minute=0, second=0, microsecond=0)
    if on is None or on > now.date():
        on = now.date() - timedelta(days=(now.weekday() - allocation.weekday) % 7)
        if on == now.date() and allocation.time > now.time():
            on -= timedelta(days=7)
    return timezone.make_aware(datetime.combine(on, allocation.time))


def next_number(referral: Referral) -> int:
    """Which session of the case this is."""
    return referral.sessions.count() + 1
