"""The forms of an assessment: begun, written under its headings, added to, and who received it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.forms import ValidationError
from django.utils import timezone

from ..models import Assessment, Basis
from ..sealed import TextKind
from .acting import OnceForm
from .fields import CaseForm, Fields, SealedText

EARLY_HELP = "Only where there is one. The number alone, no name."


def _past(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError("This day has not come yet.")
    return day


class BeginForm(OnceForm):
    """The day of an assessment, and the Early Help Assessment that it belongs to."""

    held_on = Fields.date("Date of the assessment", required="Enter the day of the assessment.")
    early_help_reference = Fields.line("Early Help Assessment’s reference", length=40, help_text=EARLY_HELP)

    def clean_held_on(self) -> date:
        return _past(self.cleaned_data["held_on"])


class AssessmentForm(BeginForm, CaseForm):
    """All headings of an assessment. Who reads them is said once, above the form."""

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, referral=assessment.referral, **kwargs)
        self.parts = {part_name(part): part for part in assessment.parts.select_related("data_key")}
        for name, part in self.parts.items():
            self.fields[name] = SealedText(part.heading, TextKind.CLINICAL)
            self.fields[name].help_text = ""
            self.initial.setdefault(name, part.text)

    def texts(self) -> dict[UUID, str]:
        """What was typed, by the address of its part."""
        return {part.uuid: self.cleaned_data[name] for name, part in self.parts.items()}


class AdditionForm(CaseForm):
    """What is added to a finished assessment."""

    version = None
    text = SealedText(
        "What do you add?", TextKind.CLINICAL, required="Write what you add.", rows=6,
        hint="It stands below the assessment with today’s date and your name. What stood there stays as it was.",
    )  # fmt: skip


class RecipientForm(CaseForm):
    """Who received an assessment."""

    version = None
    name = SealedText("Who received it?", TextKind.CLINICAL, required="Say who received it.", rows=2)
    agency = SealedText("Of which service?", TextKind.CLINICAL, required="Name the service.", rows=2)
    shared_on = Fields.date("On which day?", required="Enter the day on which they received it.")
    basis = Fields.choose("On what basis?", Basis.choices, required="Say on what basis it was passed on.")
    because = SealedText(
        "In words", TextKind.CLINICAL, required="Say who agreed and when, or why it could not wait.", rows=3,
        hint="Who agreed, when and to what; or what the danger was, and who decided.",
    )  # fmt: skip

    def clean_shared_on(self) -> date:
        return _past(self.cleaned_data["shared_on"])


def part_name(part: Any) -> str:
    """The name of a part's field."""
    return f"part_{part.uuid}"
