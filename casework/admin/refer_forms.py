"""The forms of a referral, in pieces: the child, why now, and the family's agreement."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from ..access import rules
from ..models import Carer, Enrolment, FamilyAgreement, HowSoon, ListName, Referral, School, Source, in_force
from ..sealed import TextKind
from .acting import OnceForm
from .fields import CaseForm, Fields, RecordField, RecordsField, SealedText, entries
from .who_reads import who_reads

OLDEST = 20
YOUNGEST = 2
NEW_CARER = ("name", "relationship", "telephone", "holds")


class PupilField(RecordField):
    """A pupil of the school, by the open enrolment; says which referrals of theirs are still open."""

    open_referrals: dict[int, str] = {}

    def label_from_instance(self, obj: Enrolment) -> str:
        label = f"{obj.pupil.short_name} · {obj.get_year_group_display()} · {obj.pupil.reference}"
        already = self.open_referrals.get(obj.pupil_id)
        return f"{label} (already referred: {already})" if already else label


class ChildForm(OnceForm):
    """Step 1: which child; for another service's referral also who refers, and whether the school may see it."""

    first_name = Fields.line("First name")
    last_name = Fields.line("Last name")
    date_of_birth = Fields.date("Date of birth")
    year_group = Fields.year_group()

    def __init__(self, *args: Any, user: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        pupil = PupilField(
            pupils_at(user, school), missing="Choose a pupil from the list.", required=False,
            label="Pupil", empty_label="Choose a pupil, or add one below",
        )  # fmt: skip
        pupil.open_referrals = open_referrals(user, school)
        first: dict[str, forms.Field] = {"pupil": pupil}
        if not rules.can_refer_for_school(user, school):
            first = {
                "source_name": Fields.line(
                    "Which service refers?", required="Name the service that refers, for example the GP’s practice."
                ),
                "school_may_see": forms.BooleanField(
                    label="The family agrees that the school sees this referral",
                    required=False,
                    help_text="Without it, head and SENDCO do not learn of the referral.",
                ),
            } | first
        self.fields = first | self.fields

    def clean_date_of_birth(self) -> date | None:
        born: date | None = self.cleaned_data["date_of_birth"]
        if born and not YOUNGEST <= timezone.localdate().year - born.year <= OLDEST:
            raise forms.ValidationError(f"Check the year: a pupil is between {YOUNGEST} and {OLDEST} years old.")
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        new = ("first_name", "last_name", "date_of_birth", "year_group")
        typed = [name for name in new if cleaned.get(name) or name in self.errors]
        if cleaned.get("pupil") and typed:
            self.add_error("pupil", "Choose a pupil from the list or add a new one, not both.")
        elif not cleaned.get("pupil") and not typed and "pupil" not in self.errors:
            self.add_error("pupil", "Choose a pupil from the list, or add one below.")
        elif typed and not cleaned.get("pupil"):
            for name in new:
                if name not in typed:
                    self.add_error(name, f"Enter the child’s {self.fields[name].label.lower()}.")
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether the child is added with this referral."""
        return self.cleaned_data["pupil"] is None

    def new_pupil(self) -> dict[str, Any]:
        """What the action takes to add the child."""
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "date_of_birth", "year_group")}

    def origin(self) -> dict[str, Any]:
        """Who refers."""
        if "source_name" not in self.fields:
            return {"source": Source.SCHOOL}
        names = ("source_name", "school_may_see")
        return {"source": Source.OTHER} | {name: self.cleaned_data[name] for name in names}


class WhyForm(CaseForm):
    """Step 2: why now."""

    how_soon = Fields.choose("How soon is help needed?", HowSoon.choices, required="Choose how soon help is needed.")
    concerns = SealedText(
        "What have you seen?", TextKind.REFERRAL, hint="Two to four sentences. Needed before the referral can be sent."
    )
    strengths = SealedText("What goes well, and what does the child enjoy?", TextKind.REFERRAL, rows=3)
    tried = SealedText("What has the school tried?", TextKind.REFERRAL, rows=3)
    own_words = SealedText("What does the child say, in their own words?", TextKind.REFERRAL, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = RecordsField(
            entries(self.referral.school.service, ListName.REASON, kept=self.referral.reasons.all()),
            label="Reasons",
            required=False,
            help_text="Tick those that matter most.",
        )
        self.fields = {"how_soon": self.fields["how_soon"], "reasons": reasons} | self.fields

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("how_soon", "reasons", "concerns", "strengths", "tried", "own_words")
        return {name: self.cleaned_data[name] for name in names}


class CarerField(RecordField):
    """Somebody who cares for the child."""

    def label_from_instance(self, obj: Carer) -> str:
        holds = "" if obj.has_parental_responsibility else " · no parental responsibility recorded"
        return f"{obj.name} · {obj.relationship}{holds}"


class AgreementForm(CaseForm):
    """Step 3: who with parental responsibility agreed, how and when."""

    version = None
    name = Fields.line("Name")
    relationship = Fields.line("Relationship to the child", length=40, help_text="For example: mother.")
    telephone = Fields.line("Telephone", length=30, type="tel")
    holds = forms.BooleanField(label="Has parental responsibility", required=False)
    method = Fields.choose("How did they agree?", FamilyAgreement.Method.choices, required="Choose how they agreed.")
    agreed_on = Fields.date("On which day?", required="Enter the day on which they agreed.")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
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
        self.fields = {"carer": who} | self.fields

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day has not come yet: enter the day on which they agreed.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        carer, typed = cleaned.get("carer"), any(cleaned.get(name) for name in NEW_CARER)
        if carer and typed:
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

    def new_carer(self) -> dict[str, Any]:
        """What the action takes to add the person."""
        names = ("name", "relationship", "telephone")
        return {name: self.cleaned_data[name] for name in names} | {"has_parental_responsibility": True}


def pupils_at(user: Any, school: School) -> QuerySet[Enrolment]:
    """The pupils who go to a school now, as far as this person may see them."""
    enrolled = Enrolment.objects.filter(in_force(), school=school, pupil__in=rules.visible_pupils(user))
    return enrolled.select_related("pupil").order_by("pupil__first_name", "pupil__last_name", "pk")


def open_referrals(user: Any, school: School) -> dict[int, str]:
    """The reference of the open referral of each pupil of a school, as far as this person may see it."""
    rows = rules.visible_referrals(user).unfinished().filter(school=school).order_by("created_at")
    return dict(rows.values_list("pupil_id", "reference"))


def answers_of(referral: Referral) -> dict[str, Any]:
    """How a referral fills the form of step 2."""
    names = ("how_soon", "concerns", "strengths", "tried", "own_words")
    return {name: getattr(referral, name) for name in names} | {"reasons": list(referral.reasons.all())}
