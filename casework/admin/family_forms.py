"""The forms of a family: who cares for a child, who else helps, what a court has said."""

from typing import Any

from django import forms

from ..models import Carer, Family, Professional, Referral
from ..sealed import TextKind
from .fields import Fields, SealedText, VersionedForm
from .who_reads import who_reads

CARER_TEXTS = ("name", "telephone", "email", "language")


class FamilyForm(VersionedForm):
    """A form about a family, whose sealed lines say who reads them."""

    sealed: tuple[str, ...] = ()

    def __init__(self, *args: Any, referral: Referral | None = None, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["version"]
        for name in self.sealed:
            self.fields[name].help_text = who_reads(TextKind.CONTACT, referral)
        for field in self.fields.values():
            if isinstance(field, SealedText):
                field.tell_readers(referral)

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "form_key")}


class CarerForm(FamilyForm):
    """A grown-up who cares for a child."""

    sealed = ("name", "telephone", "email", "language")

    name = Fields.line("Name", required="Enter the name.")
    relationship = Fields.line(
        "Relationship to the child", length=40, required="Enter how this person is related to the child.",
        help_text="For example: mother.",
    )  # fmt: skip
    has_parental_responsibility = forms.BooleanField(
        label="Has parental responsibility", required=False, help_text="A foster carer holds none by that alone."
    )
    evidence = forms.ChoiceField(
        label="How is that known?", required=False, choices=[("", "Not written down yet"), *Carer.Evidence.choices]
    )
    evidence_seen_on = Fields.date("On which day was it seen or said?")
    telephone = Fields.line("Telephone", length=30, type="tel")
    email = Fields.line("E-mail address", length=254, type="email")
    contact_by = forms.ChoiceField(
        label="Best way to reach them", required=False, choices=[("", "Not known"), *Carer.Contact.choices]
    )
    contact_when = SealedText("When to reach them, and what to mind", TextKind.CONTACT, rows=2)
    not_safe_to_contact = forms.BooleanField(
        label="Not safe to contact",
        required=False,
        help_text="Then nobody rings or writes: the case file says so in front of every number.",
    )
    language = Fields.line("Language")
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)


class ProfessionalForm(FamilyForm):
    """Somebody else who works with the family."""

    sealed = ("name", "job", "agency", "telephone", "email")

    name = Fields.line("Name", required="Enter the name.")
    job = Fields.line("What do they do?", required="Say what they do, for example: social worker.")
    agency = Fields.line("For whom do they work?")
    telephone = Fields.line("Telephone", length=30, type="tel")
    email = Fields.line("E-mail address", length=254, type="email")
    is_lead = forms.BooleanField(
        label="Lead practitioner",
        required=False,
        help_text="Who keeps the agencies’ work for this family together. A family has one.",
    )
    ended_on = Fields.date("Worked with the family until", help_text="Leave this empty while they do.")


class LegalNoteForm(FamilyForm):
    """What a court has said."""

    legal_note = SealedText("Court orders, and who may not be told what", TextKind.CONTACT)


def answers_of(form: type[FamilyForm], record: Carer | Professional | Family) -> dict[str, Any]:
    """How a record fills its form."""
    names = [name for name in form.base_fields if name not in ("version", "form_key")]
    return {name: getattr(record, name) for name in names}
