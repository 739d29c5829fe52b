"""The forms of a practitioner's record: what they ask and what it is called there depends on the requirement's kind."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ..actions.evidence import LONGEST_WAIVER
from ..actions.evidence_kinds import Asks, asked_of
from ..models import Practitioner, Requirement, RequirementKind
from ..sealed import TextKind
from .acting import OnceForm
from .fields import Fields, SealedText, VersionedForm
from .who_reads import who_reads

LONGEST = 120
DAYS = ("dated", "expires_on")
USUAL_LEVEL = "Enhanced, with the children’s barred list"
USUAL_WAIVER = timedelta(days=30)


class EvidenceForm(VersionedForm):
    """What was seen of one requirement, and when."""

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = asked_of(requirement)
        for name in asks.names:
            self.fields[name] = _field(name, asks)
        self.fields["seen_on"] = Fields.date(
            "Seen by you on", required="Enter the day on which you saw it.",
            help_text="Look at the original. Nothing is uploaded: we never keep a copy.",
        )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "version")}


def _field(name: str, asks: Asks) -> forms.Field:
    label: str = getattr(asks, name)
    missing = f"Fill in “{label}”." if name in asks.must else ""
    if name in DAYS:
        return Fields.date(label, required=f"Fill in “{label}”." if name == "dated" else missing)
    help_text = who_reads(TextKind.STAFF) if name == "number" else ""
    return Fields.line(label, required=missing, length=LONGEST, help_text=help_text)


def usual(practitioner: Practitioner, requirement: Requirement) -> dict[str, Any]:
    """What stands in a new form before anybody types."""
    filled: dict[str, Any] = {"seen_on": timezone.localdate()}
    if requirement.kind == RequirementKind.REGISTRATION and practitioner.body:
        filled["issuer"] = practitioner.body.label
    if requirement.kind == RequirementKind.DBS:
        filled["level"] = USUAL_LEVEL
    return filled


class LookedUpForm(VersionedForm):
    """The day."""

    on = Fields.date("Looked up on", required="Enter the day on which you looked it up.")


class WaiverForm(OnceForm):
    """Why it can wait, and until when."""

    reason = SealedText("Why can it wait?", TextKind.STAFF, required="Say why it can wait.", rows=4)
    until = Fields.date(
        "Until", required="Enter the last day.",
        help_text=f"At most {LONGEST_WAIVER.days} days from today. It ends when new evidence is recorded.",
    )  # fmt: skip


def usual_waiver() -> dict[str, Any]:
    """A month, to begin with."""
    return {"until": timezone.localdate() + USUAL_WAIVER}
