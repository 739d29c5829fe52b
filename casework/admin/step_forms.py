"""The short forms of the steps: a note where one is needed, a therapist and a slot, or how the work ended."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet

from ..access import rules
from ..models import ListName, Placement, Referral, Weekday, in_force
from ..reports import readiness
from ..sealed import TextKind
from .fields import CaseForm, RecordField, SealedText, entries
from .step_pages import StepPage
from .who_reads import OUTCOME


class StepForm(CaseForm):
    """A step, with its note where it asks for one."""

    def __init__(self, *args: Any, user: Any, page: StepPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if page.asks:
            self.fields["note"] = SealedText(page.asks, TextKind.REFERRAL, required=page.must_say)
            self.fields["note"].tell_readers(self.referral)

    def extras(self) -> dict[str, Any]:
        """What the step's action takes besides who takes it."""
        return {"note": self.cleaned_data.get("note", "")}


class PlacementField(RecordField):
    """A therapist, by their placement at the school. Who is not ready for a new case is no choice, and it is said
    below; what is sent for them all the same is the action's to refuse, in its own words."""

    def leave_out_who_is_not_ready(self, user: Any) -> None:
        """Once it is known who can be chosen at all."""
        placed: list[Placement] = list(self.queryset or ())
        why_not = readiness.why_not(user, [placement.practitioner for placement in placed])
        if not why_not:
            return
        ready = [one for one in placed if one.practitioner_id not in why_not]
        self.choices = [("", self.empty_label), *((one.uuid, self.label_from_instance(one)) for one in ready)]
        others = [
            f"{one.practitioner.name}, {why_not[one.practitioner_id]}."
            for one in placed
            if one.practitioner_id in why_not
        ]
        self.help_text = f"Not offered: {' '.join(others)}"

    def label_from_instance(self, obj: Placement) -> str:
        return f"{obj.practitioner.name} · {obj.practitioner.discipline.label} · here on {obj.days}"


class AllocateForm(StepForm):
    """Who takes the case, and in which weekly hour."""

    weekday = forms.TypedChoiceField(
        label="Day",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not fixed yet"), *Weekday.choices],
        error_messages={"invalid_choice": "Choose a day from the list."},
    )
    time = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Enter a time like 09:15."},
    )
    parents_first = forms.BooleanField(
        label="The parents are met first",
        required=False,
        help_text="Then a meeting with them is asked for until one is recorded.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = "Choose a therapist who is placed at this school."
        placed = therapists_at(rules.visible_placements(self.user), self.referral)
        therapist = PlacementField(
            placed,
            missing=missing,
            label="Therapist",
            empty_label="Choose a therapist",
        )
        self.fields = {"therapist": therapist} | self.fields
        self.offer(placed)

    def offer(self, placements: QuerySet[Placement]) -> None:
        """Let it be chosen among these."""
        self.fields["therapist"].queryset = placements
        self.fields["therapist"].leave_out_who_is_not_ready(self.user)

    def clean(self) -> dict[str, Any]:
        placement, day, at = (self.cleaned_data.get(name) for name in ("therapist", "weekday", "time"))
        if placement and day is not None and day not in placement.weekdays:
            self.add_error(
                "weekday", f"{placement.practitioner.name} is here on {placement.days}: choose one of these days."
            )
        if (day is None) != (at is None) and not {"weekday", "time"} & self.errors.keys():
            self.add_error("time" if at is None else "weekday", "Give both a day and a time, or neither.")
        return self.cleaned_data

    def extras(self) -> dict[str, Any]:
        day: int | None = self.cleaned_data["weekday"]
        at: time | None = self.cleaned_data["time"]
        return {
            "practitioner": self.cleaned_data["therapist"].practitioner,
            "weekday": day,
            "time": at,
            "parents_first": self.cleaned_data["parents_first"],
        }


class FirstTherapistForm(AllocateForm):
    """Who takes the case to begin with, and whether the parents are met first."""

    parents_first = forms.BooleanField(
        label="A meeting with the parents first", required=False, help_text="It is asked for until one is recorded."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parents_first"].initial = self.referral.school.service.parents_first

    def extras(self) -> dict[str, Any]:
        return super().extras() | {"parents_first": self.cleaned_data["parents_first"]}


def urgent() -> forms.BooleanField:
    """That passing a child on did not wait for the family."""
    return forms.BooleanField(
        label="The child was at urgent risk, so this did not wait for the family’s agreement",
        required=False,
        help_text="It goes on record that you said so.",
    )


class SignpostForm(StepForm):
    """Which service, and whether anything of the child goes to it."""

    passes_on = forms.BooleanField(
        label="Something about the child is passed on to that service",
        required=False,
        help_text="Then the family agrees to it first. Telling the family where to turn needs no agreement.",
    )
    urgent = urgent()

    def extras(self) -> dict[str, Any]:
        return super().extras() | {name: self.cleaned_data[name] for name in ("passes_on", "urgent")}


class CloseForm(StepForm):
    """Why the work is over, and how it ended."""

    summary = SealedText("Ending summary", TextKind.CLINICAL, rows=8)
    urgent = urgent()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = RecordField(
            entries(self.referral.school.service, ListName.CLOSURE),
            missing="Choose the closing reason that fits best.",
            label="Closing reason",
            empty_label="Choose a reason",
        )
        self.fields["summary"].help_text = OUTCOME
        self.fields = {"reason": reason} | self.fields

    def extras(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "summary", "urgent")}


def therapists_at(placements: QuerySet[Placement], referral: Referral) -> QuerySet[Placement]:
    """Of these placements those at the case's school that hold now; not whom a conflict of interest keeps from the
    pupil."""
    placed = placements.filter(in_force(), in_force(prefix="practitioner__"), school=referral.school_id)
    kept_away = referral.pupil.conflict_blocks.filter(in_force()).values("user_id")
    return placed.exclude(practitioner__user_id__in=kept_away).select_related("practitioner__discipline")


FORMS: dict[str, type[StepForm]] = {
    "allocate": FirstTherapistForm,
    "close": CloseForm,
    "signpost": SignpostForm,
}
