"""The form of a safeguarding pack: eight short answers, each with a hint, and who reads them said once above."""

from django import forms

from ..models import PACK_TEXTS
from ..sealed import TextKind
from .fields import SealedText, VersionedForm


def _text(label: str, hint: str, *, required: str = "", rows: int = 3) -> SealedText:
    """One answer; who reads it is said once, above them all."""
    field = SealedText(label, TextKind.PACK, required=required, rows=rows, hint=hint)
    field.tell("")
    return field


def _line(label: str, hint: str, *, required: str, **attrs: str) -> SealedText:
    field = _text(label, hint, required=required)
    field.widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": str(field.max_length), **attrs})
    return field


class PackForm(VersionedForm):
    """Eight short answers; `version` is the number of the pack that they change, and `year` the one that it was opened
    for, whatever was sent since."""

    year = forms.UUIDField(widget=forms.HiddenInput, required=False)

    lead = _line("Designated safeguarding lead", "Their name, and their post.", required="Name the safeguarding lead.")
    lead_telephone = _line(
        "Their telephone", "A number that is answered during the school day.", type="tel",
        required="Give the number on which the safeguarding lead is reached.",
    )  # fmt: skip
    deputies = _text(
        "Deputies", "Who stands in, and how each is reached.", required="Say who stands in for the safeguarding lead."
    )
    out_of_hours = _text(
        "Out of hours and in the holidays", "Whom to ring when the school is closed.",
        required="Say whom to ring when the school is closed.",
    )  # fmt: skip
    sign_in = _text(
        "Signing in", "Where, with what, and what a visitor wears or hands in.", required="Say how a visitor signs in.",
        rows=2,
    )  # fmt: skip
    first_aid = _text(
        "First aid, and what to do in a fire", "Who gives first aid, the alarm, and where everybody meets.",
        required="Say who gives first aid, and what to do in a fire.",
    )  # fmt: skip
    policies = _text(
        "Where the policies are", "Child protection, behaviour, whistleblowing: an address, or whom to ask.",
        required="Say where the policies are.", rows=2,
    )  # fmt: skip
    more = _text("Anything else", "For example lock-down, or a room that is never used alone. Name no child.", rows=2)

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PACK_TEXTS}
