"""What schools of the demo decide with their therapists: the order of a waiting list, and what hours are used for."""

from datetime import time
from decimal import Decimal

from casework.lifecycle import WAITING
from casework.models import HoursPlan, QueueOrder, Referral, SchoolYear

from .people import People
from .places import Places
from .told import Told
from .weeks import SchoolWeeks, at

SCHOOL_IN_ORDER, SCHOOL_PROPOSED = "cawdale", "fernhill"
HOURS = {"one_to_one": 70, "groups": 8, "parents": 6, "staff": 4, "writing": 14, "meetings": 8}
LATER_HOURS = HOURS | {"groups": 12, "one_to_one": 66}
NOON = time(12, 30)


def write(told: list[Told], places: Places, people: People, weeks: SchoolWeeks) -> None:
    """One school's list in order and its plan agreed; another's plan waits for the therapist."""
    then = at(weeks.back(1)[0], NOON)
    school = places.schools[SCHOOL_IN_ORDER]
    head, therapist = people.head(SCHOOL_IN_ORDER), people.accounts["therapist"]
    waits = [one.referral for one in told if one.referral.school == school and one.status in WAITING]
    QueueOrder.objects.create(school=school, set_by=head, set_at=then, version=2, created_at=then)
    for place, referral in enumerate(waits[-2:][::-1], 1):
        Referral.objects.filter(pk=referral.pk).update(place=place)
    year = SchoolYear.objects.get(service=school.service, starts_on__year=weeks.year)
    _plan(
        HOURS, school=school, school_year=year, side="therapist", proposed_by=therapist, agreed_by=head, agreed_at=then
    )
    other = places.schools[SCHOOL_PROPOSED]
    _plan(LATER_HOURS, school=other, school_year=year, side="school", proposed_by=people.head(SCHOOL_PROPOSED))


def _plan(hours: dict[str, int], **said: object) -> None:
    HoursPlan.objects.create(**{name: Decimal(amount) for name, amount in hours.items()}, **said)
