"""The forms of supervision and training: planned, prepared, written up. Each says who reads what is written."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from ..actions.supervision_record import Brought
from ..models import Attendance, MeetingKind, Practitioner, Referral, Service, SupervisionItem
from ..reports.supervision import Candidate, letter_of
from ..sealed import TextKind
from .acting import OnceForm
from .fields import Fields, RecordField, RecordsField, SealedText, VersionedForm
from .work_forms import CaseField

SUPERVISIONS = [(kind.value, str(kind.label)) for kind in (MeetingKind.GROUP, MeetingKind.INDIVIDUAL)]
YES_NO = [("yes", "Yes"), ("no", "No")]
ANSWERS: dict[str, bool | None] = {"yes": True, "no": False, "": None}
ON_THE_SHEET = (
    "It stands on the sheet, which everybody who is asked to come reads, beside a letter. Write no name, no school and "
    "nothing by which a child can be told."
)


class CasesField(RecordsField):
    """Any of the cases that this person works."""

    label_from_instance = CaseField.label_from_instance


class WhenForm(OnceForm):
    """When it is, how long, who leads it and where; and of which service, where there are several."""

    starts_at = Fields.when("When?", required="Enter the day and the time at which it begins.")
    minutes = Fields.minutes("How long, in minutes?", 15, 600, required="Enter how many minutes it lasts.", initial=90)
    led_by = Fields.line("Who leads it?", length=120)
    place = Fields.line("Where?", length=120, help_text="A room, or on-line. No link: it goes into calendars.")

    def __init__(self, *args: Any, services: Sequence[Service] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.services = services
        if len(services) > 1:
            chosen = RecordField(
                Service.objects.filter(pk__in=[one.pk for one in services]), missing="Choose the service.",
                label="Which service?", empty_label="Choose a service",
            )  # fmt: skip
            self.fields = {"service": chosen} | self.fields

    @property
    def service(self) -> Service:
        """The one that was chosen, or the only one."""
        chosen: Service | None = self.cleaned_data.get("service")
        return chosen or self.services[0]


class AskingForm(WhenForm):
    """And who is asked to come."""

    def __init__(self, *args: Any, team: QuerySet[Practitioner], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked"] = RecordsField(
            team, label="Who is asked to come?", error_messages={"required": "Choose who is asked to come."}
        )


class SupervisionForm(AskingForm):
    """A supervision to plan."""

    kind = Fields.choose("What is it?", SUPERVISIONS, required="Choose what it is.")
    field_order = ("service", "kind")


class TrainingForm(AskingForm):
    """A training to plan, and what it counts as."""

    title = Fields.line("What is it about?", required="Enter what the training is about.", length=120)

    def __init__(self, *args: Any, requirements: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["counts_as"] = RecordField(
            requirements, missing="Choose from the list.", label="What does it count as?", required=False,
            empty_label="Nothing that is required",
            help_text="Whoever is written down as having come has this from that day on.",
        )  # fmt: skip
        self.fields = {"title": self.fields.pop("title")} | self.fields


class OwnForm(WhenForm):
    """One's own individual supervision, and the cases that were brought."""

    led_by = Fields.line(
        "Who supervises you?", required="Enter who supervises you.", length=120,
        help_text="Also somebody from outside the service.",
    )  # fmt: skip

    def __init__(self, *args: Any, cases: QuerySet[Referral] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["minutes"].initial = 60
        if cases is not None and cases.exists():
            self.fields["cases"] = CasesField(
                cases, label="Which of your cases were brought?", required=False,
                help_text="It counts as brought to supervision. What was said there is asked nowhere.",
            )  # fmt: skip


class ChangeSupervisionForm(AskingForm, VersionedForm):
    """What can be changed of a supervision that is planned."""


class ChangeTrainingForm(TrainingForm, VersionedForm):
    """What can be changed of a training that is planned."""


class ChangeOwnForm(OwnForm, VersionedForm):
    """What can be changed of one's own."""


class AgendaForm(VersionedForm):
    """A tick for each case that may be brought, and a place for those that stand on the agenda."""

    def __init__(self, *args: Any, on: Sequence[Candidate], others: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = [self._row(one, place) for place, one in enumerate(on, start=1)]
        self.rows += [self._row(one, None) for one in others]

    def _row(self, one: Candidate, place: int | None) -> dict[str, Any]:
        name = f"case_{one.case.uuid}"
        self.fields[name] = forms.BooleanField(
            label=f"Bring {one.case.reference}", required=False, initial=place is not None
        )
        row: dict[str, Any] = {"one": one, "field": self[name], "place": None}
        if place is not None:
            self.fields[f"place_{name}"] = forms.IntegerField(
                label=f"Place of {one.case.reference}", required=False, initial=place, min_value=1, max_value=999,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            row["place"] = self[f"place_{name}"]
        return row

    def chosen(self) -> list[int]:
        """The cases that are to stand on the agenda, in order: those with a place first, then as the list has them."""
        ticked = [row for row in self.rows if self.cleaned_data.get(row["field"].name)]
        last = len(self.rows) + 1
        placed = sorted(ticked, key=lambda row: self.cleaned_data.get(f"place_{row['field'].name}") or last)
        return [row["one"].pk for row in placed]


class PrepareForm(VersionedForm):
    """What is to be reflected on, and whether one's own process notes are brought."""

    question = SealedText("What would you like to reflect on?", TextKind.CLINICAL, rows=3)

    def __init__(self, *args: Any, brings: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["question"].help_text = ON_THE_SHEET
        if brings:
            self.fields["brings_notes"] = forms.BooleanField(
                label="I bring my process notes of this case", required=False,
                help_text="The clinical supervisor then reads yours, of this case alone, until two weeks after the "
                "supervision. Each opening is on record. Without it the supervisor gives a reason, and you are told.",
            )  # fmt: skip


class RecordForm(VersionedForm):
    """Who came, and of each case whether it was brought and what was reflected on."""

    def __init__(
        self, *args: Any, places: Sequence[Attendance], items: Sequence[SupervisionItem], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.places, self.items = places, items
        self.people = [self._yes_no(f"came_{one.uuid}", f"{one.practitioner.name} came") for one in places]
        self.cases = [self._case(item) for item in items]

    def _yes_no(self, name: str, label: str) -> forms.BoundField:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=YES_NO, required=False, widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose yes or no."},
        )  # fmt: skip
        return self[name]

    def _case(self, item: SupervisionItem) -> dict[str, Any]:
        brought = self._yes_no(f"brought_{item.uuid}", f"{item.referral.reference} was brought")
        text = SealedText("What was reflected on", TextKind.CLINICAL, rows=4)
        text.label = f"{item.referral.reference}: what was reflected on"
        text.tell_readers(item.referral)
        self.fields[f"reflected_{item.uuid}"] = text
        return {
            "letter": letter_of(item.position),
            "item": item,
            "brought": brought,
            "text": self[f"reflected_{item.uuid}"],
        }

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "came": {one.uuid: ANSWERS[said[f"came_{one.uuid}"]] for one in self.places},
            "items": {
                item.uuid: Brought(ANSWERS[said[f"brought_{item.uuid}"]], said[f"reflected_{item.uuid}"])
                for item in self.items
            },
        }


def yes_or_no(answer: bool | None) -> str:
    """How an answer stands in the form."""
    return {True: "yes", False: "no"}.get(answer, "") if answer is not None else ""
