"""What the demo's services require of their teams, and what was seen of it: one therapist's insurance has run out, one
may wait for a training, and some of it ends within months."""

from datetime import date, time, timedelta
from typing import Any

from casework.models import DataKey, Evidence, Practitioner, Requirement, RequirementKind, Waiver

from .. import usual
from . import ground
from .people import People
from .places import Places
from .weeks import SchoolWeeks, at, year_starts

RED, WAITS, NEW = "ottilie", "yusra", "beth"
"""Whose insurance has run out, who may wait for the training, and of whom no reference has come yet."""

NOON = time(12, 0)
KIND = RequirementKind
REGISTERED_FOR = (95, 210, 150, 300, 41, 260, 330, 120)
INSURED_FOR = (182, 52, 240, 330, 150, -9, 290, 75)
DBS_AGED = (400, 497, 980, 640, 301, 720, 560, 210)
"""Days from or before today, in the order of the team."""

WHY = "The course of the autumn was cancelled. She is booked on the next one, and has read the material meanwhile."
QUALIFIED = {
    "Play therapist": ("Postgraduate diploma in play therapy", "University of Ellerbeck"),
    "Music therapist": ("Master’s degree in music therapy", "Conservatoire of Thornwick"),
    "Art therapist": ("Master’s degree in art therapy", "University of Ellerbeck"),
    "Clinical supervisor": ("Diploma in clinical supervision", "Institute of Marlow Cross"),
}
OTHER_QUALIFICATION = ("Diploma in counselling children", "College of Wendham")


def make(places: Places, people: People, weeks: SchoolWeeks) -> None:
    """The usual requirements of both services, and the record of everybody in their teams."""
    since = year_starts(weeks.year - 1)
    required: dict[int, dict[str, Requirement]] = {}
    for service in places.services.values():
        rows = usual.requirements(service)
        for row in rows:
            row.created_at = since
        saved = Requirement.objects.bulk_create(rows)
        required[service.pk] = {row.kind: row for row in saved}
    for number, (key, practitioner) in enumerate(people.practitioners.items()):
        practitioner.data_key = DataKey.make()
        practitioner.save(update_fields=["data_key"])
        coordinator = people.coordinator(ground.PRACTITIONERS[key].service)
        book = _Book(practitioner, required[practitioner.service_id], coordinator, weeks)
        _of_law(book, number)
        _training(book, key, people.accounts["supervisor"])
        _of_work(book, key, number)


class _Book:
    """Where one practitioner's evidence is written down, by whom."""

    def __init__(
        self, practitioner: Practitioner, required: dict[str, Requirement], by: Any, weeks: SchoolWeeks
    ) -> None:
        self.practitioner, self.required, self.by = practitioner, required, by
        self.today, self.weeks = weeks.today, weeks

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def write(self, kind: str, dated: date, *, number: str = "", **fields: Any) -> Evidence:
        """Seen a few days after it was dated."""
        seen_on = min(dated + timedelta(days=4), self.today)
        evidence = Evidence(
            practitioner=self.practitioner, requirement=self.required[kind], data_key=self.practitioner.data_key,
            seen_by=self.by, dated=dated, **{"seen_on": seen_on} | fields,
        )  # fmt: skip
        evidence.number = number
        evidence.save()
        return evidence


def _of_law(book: _Book, number: int) -> None:
    """DBS, registration and insurance."""
    looked_up = book.ago(30) if number % 2 == 0 else None
    book.write(
        KIND.DBS, book.ago(DBS_AGED[number]), number=f"0017{48210355 + number * 61607}",
        level="Enhanced, with the children’s barred list", checked_on=looked_up,
    )  # fmt: skip
    body = book.practitioner.body
    registered = book.today + timedelta(days=REGISTERED_FOR[number])
    book.write(
        KIND.REGISTRATION, registered - timedelta(days=364), number=f"{204317 + number * 733}",
        issuer=body.label if body else "", expires_on=registered,
    )  # fmt: skip
    insured = book.today + timedelta(days=INSURED_FOR[number])
    before = insured - timedelta(days=365)
    book.write(
        KIND.INSURANCE, before - timedelta(days=364), number=f"PL-{77120 + number}-A", issuer="Harrow Vale Mutual",
        level="Professional liability, five million pounds", expires_on=before, replaced_at=at(before, NOON),
    )  # fmt: skip
    book.write(
        KIND.INSURANCE, insured - timedelta(days=364), number=f"PL-{77120 + number}-B", issuer="Harrow Vale Mutual",
        level="Professional liability, five million pounds", expires_on=insured,
    )  # fmt: skip


def _training(book: _Book, key: str, supervisor: Any) -> None:
    """On the first days of this school year; of one it is more than a year ago, and she may wait for the next."""
    first = min(year_starts(book.weeks.year).date() + timedelta(days=1), book.today)
    book.write(
        KIND.TRAINING, book.ago(430) if key == WAITS else first,
        issuer="Easterby Safeguarding Partnership", level="Safeguarding children, level 3",
    )  # fmt: skip
    if key == WAITS:
        waiver = Waiver(
            practitioner=book.practitioner, requirement=book.required[KIND.TRAINING],
            data_key=book.practitioner.data_key, given_by=supervisor, until=book.today + timedelta(days=38),
        )  # fmt: skip
        waiver.reason = WHY
        waiver.save()


def _of_work(book: _Book, key: str, number: int) -> None:
    """What is seen once, when somebody joins."""
    level, issuer = QUALIFIED.get(ground.PRACTITIONERS[key].discipline, OTHER_QUALIFICATION)
    joined = year_starts(book.weeks.year - 1).date()
    book.write(
        KIND.QUALIFICATION, date(book.weeks.year - 6 - number % 4, 7, 4), issuer=issuer, level=level, seen_on=joined
    )
    if key != NEW:
        book.write(KIND.REFERENCES, joined - timedelta(days=20), level="Two: the last employer, and a school")
    book.write(KIND.RIGHT_TO_WORK, joined - timedelta(days=12), level="Passport")
    book.write(
        KIND.INDUCTION, joined + timedelta(days=9), issuer=book.by.get_full_name(), level="Two days, and a school visit"
    )
