"""Which child is referred: one of the school's, one who is added, and whether that one is known already."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from ..access import matching, rules
from ..models import Enrolment, Pupil, School, Source, in_force
from .acting import OnceForm
from .fields import Fields, RecordField

OLDEST = 20
YOUNGEST = 2


SAME, ANOTHER = "same", "another"
ASK_SAME = "A pupil of a like name and this date of birth is known: say whether it is the same child."
ELSEWHERE = (
    "A pupil of this name and birthday is known at another school of the service. You can add the child here: the "
    "coordinator will put the two together."
)


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
        self.user, self.school = user, school
        self.found, self.known, self.is_another = matching.Matches(), None, False
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
        cleaned = self._one_child(self.cleaned_data)
        if not self.errors and self.is_new:
            self.found = matching.matches(self.user, self.school, **self._named())
            if self.found:
                self._ask_whether_the_same(self.data.get(SAME, ""))
        return cleaned

    def _ask_whether_the_same(self, said: str) -> None:
        """Offer those who can be shown, and that it is another child."""
        known = {str(pupil.uuid): pupil for pupil in self.found.shown}
        cards = [(uuid, card_of(pupil)) for uuid, pupil in known.items()]
        self.fields[SAME] = Fields.choose(
            "Is it the same child?",
            [*cards, (ANOTHER, "Another child, or not known to you: add them here")],
            required=ASK_SAME,
            help_text=ELSEWHERE if self.found.elsewhere else "",
        )
        self.known = known.get(said)
        self.is_another = said == ANOTHER
        if not self.known and not self.is_another:
            self.add_error(SAME, ASK_SAME)

    def _one_child(self, cleaned: dict[str, Any]) -> dict[str, Any]:
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
        return self.cleaned_data.get("pupil") is None and self.known is None

    @property
    def pupil(self) -> Pupil:
        """The child who is known already."""
        pupil: Pupil = self.known or self.cleaned_data["pupil"].pupil
        return pupil

    @property
    def year(self) -> str:
        """As it was typed, or as the school has it."""
        chosen: Enrolment | None = self.cleaned_data["pupil"]
        return chosen.year_group if chosen else self.cleaned_data["year_group"]

    def new_pupil(self) -> dict[str, Any]:
        """What the action takes to add the child."""
        return self._named() | {"year_group": self.year, "another_child": self.is_another}

    def _named(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "date_of_birth")}

    def origin(self) -> dict[str, Any]:
        """Who refers."""
        if "source_name" not in self.fields:
            return {"source": Source.SCHOOL}
        names = ("source_name", "school_may_see")
        return {"source": Source.OTHER} | {name: self.cleaned_data[name] for name in names}


def card_of(pupil: Pupil) -> str:
    """A pupil as somebody learns of them who types their name: reference, school and year."""
    return card(pupil, pupil.enrolments.current().select_related("school").first())


def card(pupil: Pupil, goes_to: Enrolment | None) -> str:
    """The same, where it is known already where they go to school."""
    where = f"{goes_to.school.name} · {goes_to.get_year_group_display()}" if goes_to else "at no school now"
    return f"{pupil.reference} · {where}"


def pupils_at(user: Any, school: School) -> QuerySet[Enrolment]:
    """The pupils who go to a school now, as far as this person may see them."""
    enrolled = Enrolment.objects.filter(in_force(), school=school, pupil__in=rules.visible_pupils(user))
    return enrolled.select_related("pupil").order_by("pupil__first_name", "pupil__last_name", "pk")


def open_referrals(user: Any, school: School) -> dict[int, str]:
    """The reference of the open referral of each pupil of a school, as far as this person may see it."""
    rows = rules.visible_referrals(user).unfinished().filter(school=school).order_by("created_at")
    return dict(rows.values_list("pupil_id", "reference"))
