"""The forms of agreements: who agreed to what, more about it, taking it back, and how the work goes on."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from ..access import rules
from ..models import Carer, FamilyAgreement, Method, Purpose
from ..sealed import TextKind
from .fields import CaseForm, Fields, RecordField, SealedText
from .who_reads import who_reads

NEW_CARER = ("name", "relationship", "telephone", "holds")
NOT_COME = "This day has not come yet: enter the day on which they said it."
SAID = [choice for choice in Method.choices if choice[0] != Method.LINK]
"""How something was said to staff; what comes by a link is written down by its own screen."""


class CarerField(RecordField):
    """Somebody who cares for the child."""

    def label_from_instance(self, obj: Carer) -> str:
        holds = "" if obj.has_parental_responsibility else " · no parental responsibility recorded"
        return f"{obj.name} · {obj.relationship}{holds}"


def holds_until_field() -> forms.DateField:
    return Fields.date("Until when does it hold?", help_text="Leave this empty for the usual time.")


def disagreement_fields() -> dict[str, SealedText]:
    """Another holder of parental responsibility says otherwise."""
    return {
        "disagreement": SealedText("Who disagrees, and why?", TextKind.REFERRAL, rows=3),
        "disagreement_decision": SealedText("What was decided about it, and by whom?", TextKind.REFERRAL, rows=3),
    }


class AgreementForm(CaseForm):
    """Who agreed to what, how and when: a person with parental responsibility, or the young person themselves."""

    version = None
    purpose = forms.ChoiceField(
        label="To what did they agree?",
        choices=Purpose.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what they agreed to."),
    )
    name = Fields.line("Name")
    relationship = Fields.line("Relationship to the child", length=40, help_text="For example: mother.")
    telephone = Fields.line("Telephone", length=30, type="tel")
    holds = forms.BooleanField(label="Has parental responsibility", required=False)
    method = Fields.choose("How did they agree?", SAID, required="Choose how they agreed.")
    agreed_on = Fields.date("On which day?", required="Enter the day on which they agreed.")
    review_on = holds_until_field()
    own_view = SealedText("What does the child say about it, in their own words?", TextKind.REFERRAL, rows=3)
    themselves = forms.BooleanField(label="The young person agreed for themselves", required=False)
    judged_by = Fields.line("Under 16: who judged that they can decide?")
    competence = SealedText("Under 16: why can they decide this?", TextKind.CLINICAL, rows=3)
    disagreement, disagreement_decision = disagreement_fields().values()

    PARTS = {
        "name": "Not in the list? Add the person",
        "method": "The agreement",
        "themselves": "The young person agrees for themselves",
        "disagreement": "Somebody else with parental responsibility disagrees",
    }
    """The fields that a part of the form begins with, and its heading."""

    def __init__(self, *args: Any, user: Any, asks_purpose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carers = rules.visible_carers(user, self.referral.pupil.family_id).select_related("data_key")
        who = CarerField(
            carers, missing="Choose who agreed, or add them below.", required=False, label="Who agreed?",
            empty_label="Choose a person, or add one below",
        )  # fmt: skip
        if not rules.can_change_pupil(user, self.referral.pupil):
            for name in NEW_CARER:
                del self.fields[name]
        for name in {"name", "telephone"} & self.fields.keys():
            self.fields[name].help_text = who_reads(TextKind.CONTACT, self.referral)
        self.fields["judged_by"].help_text = who_reads(TextKind.REFERRAL, self.referral)
        purpose = self.fields.pop("purpose")
        self.fields = ({"purpose": purpose} if asks_purpose else {}) | {"carer": who} | self.fields

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_COME)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        carer, typed = cleaned.get("carer"), any(cleaned.get(name) for name in NEW_CARER)
        if cleaned.get("themselves"):
            if carer or typed:
                self.add_error("themselves", "Say either who agreed for the child, or that they did so themselves.")
        elif carer and typed:
            self.add_error("carer", "Choose a person from the list or add a new one, not both.")
        elif carer and not carer.has_parental_responsibility:
            self.add_error("carer", "Choose somebody with parental responsibility: the agreement is theirs to give.")
        elif not carer and not typed and "carer" not in self.errors:
            self.add_error("carer", "Choose who agreed, or add them below.")
        elif typed:
            self._check_new(cleaned)
        return cleaned

    def _check_new(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("name"):
            self.add_error("name", "Enter the name of the person who agreed.")
        if not cleaned.get("relationship"):
            self.add_error("relationship", "Enter how this person is related to the child.")
        if not cleaned.get("holds"):
            self.add_error(
                "holds",
                "Only a person with parental responsibility can agree: tick this if they hold it, or name another.",
            )

    @property
    def adds_carer(self) -> bool:
        """Whether who agreed is added with the agreement."""
        return self.cleaned_data["carer"] is None and not self.cleaned_data["themselves"]

    def new_carer(self) -> dict[str, Any]:
        """What the action takes to add the person."""
        names = ("name", "relationship", "telephone")
        return {name: self.cleaned_data[name] for name in names} | {"has_parental_responsibility": True}

    def answers(self) -> dict[str, Any]:
        """What the action takes besides who agreed."""
        names = ("method", "agreed_on", "review_on", "own_view", "judged_by", "competence", *disagreement_fields())
        answers = {name: self.cleaned_data[name] for name in names}
        return answers | {"purpose": self.cleaned_data.get("purpose", Purpose.WORK)}


class MoreForm(CaseForm):
    """What is written down about an agreement after it was given."""

    review_on = Fields.date("Until when does it hold?", required="Enter the day until which it holds.")
    own_view = SealedText("What does the child say about it, in their own words?", TextKind.REFERRAL, rows=3)
    disagreement, disagreement_decision = disagreement_fields().values()

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("review_on", "own_view", *disagreement_fields())}


class WithdrawForm(CaseForm):
    """Who takes an agreement back, how and when."""

    who = Fields.line("Who takes it back?", required="Say who takes it back.")
    how = Fields.choose("How did they say so?", SAID, required="Choose how they said so.")
    on = Fields.date("On which day?", required="Enter the day on which they said so.")
    why = SealedText("Why, if they want to say", TextKind.REFERRAL, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].help_text = who_reads(TextKind.CONTACT, self.referral)

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("who", "how", "on", "why")}


class DecideForm(CaseForm):
    """How the work goes on."""

    decision = SealedText(
        "How does the work go on?",
        TextKind.REFERRAL,
        required="Write how the work goes on, and who decided it.",
        hint="For example: one last session to say goodbye, as the mother wants it; or: the father has agreed.",
    )


def more_of(agreement: FamilyAgreement) -> dict[str, Any]:
    """How an agreement fills the form for more about it."""
    return {name: getattr(agreement, name) for name in ("review_on", "own_view", *disagreement_fields())}


class AskForm(CaseForm):
    """Whom to ask, and about what."""

    version = None
    purpose = Fields.choose("About what?", Purpose.choices, required="Choose what you ask about.")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carers = rules.visible_carers(user, self.referral.pupil.family_id)
        holders = carers.filter(has_parental_responsibility=True)
        who = CarerField(
            holders.select_related("data_key"), missing="Choose whom you ask.", label="Who is asked?",
            empty_label="Choose a person with parental responsibility",
        )  # fmt: skip
        self.fields = {"carer": who} | self.fields

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("carer", "purpose")}
