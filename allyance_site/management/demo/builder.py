"""Builds the demo, all of it or nothing."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from casework import audit
from casework.access import grants
from casework.actions import pupils
from casework.models import ConflictBlock, Service

from .. import set_up
from . import (
    children,
    concerns,
    deciding,
    ground,
    history,
    hours,
    library,
    packs,
    people,
    places,
    readiness,
    school_hours,
    supervision,
    waiting,
    websites,
    work,
)
from .people import People
from .places import Places
from .told import Told
from .weeks import SchoolWeeks, at

COVER = timedelta(weeks=3)


def is_there() -> bool:
    """Whether the demo was made before."""
    return Service.objects.filter(name=ground.LARKWELL).exists()


@transaction.atomic
def build(password: str, address: str) -> None:
    """Make the demo, as seen from now."""
    weeks = SchoolWeeks(timezone.localdate())
    where = places.make(weeks)
    websites.make(where, address, weeks.today)
    who = people.make(where, weeks, password)
    readiness.make(where, who, weeks)
    set_up.open_files(where.services[ground.LARKWELL], library.make(where, who, weeks))
    historian = history.Historian(where, who, weeks)
    told = historian.write(children.make(where, weeks))
    waiting.write(told, historian)
    deciding.write(told, where, who, weeks)
    hours.write(told, where, who, weeks)
    work.write(told, where, who, weeks)
    supervision.write(told, where, who, weeks)
    school_hours.write(where, who, weeks)
    concerns.write(told, who, weeks)
    packs.write(where, who, weeks)
    _shares(told, where, who, weeks)
    for service in where.services.values():
        audit.record("made demo", service, by=None)


def _shares(told: list[Told], where: Places, who: People, weeks: SchoolWeeks) -> None:
    """What the coordinator arranged: cover, the receiving school's view until February of Year 7, and a conflict."""
    coordinator = who.coordinator(ground.LARKWELL)
    for one in told:
        if one.case.covered_by:
            colleague = who.accounts[one.case.covered_by]
            grants.cover_case(
                one.referral, to=colleague, by=coordinator, until=timezone.now() + COVER, reason="Away for three weeks"
            )
        if one.case.shared_with:
            school = where.schools[one.case.shared_with]
            until = at(date(weeks.year + 2, 2, 28), one.case.hour)
            grants.share_with_school(one.referral, school, by=coordinator, until=until, reason="Moves to Year 7")
    neighbour = next(one for one in told if one.case.school == "hazelwick")
    pupils.block(
        neighbour.child.pupil, by=coordinator, person=who.accounts["yusra"], reason=ConflictBlock.Reason.NEIGHBOUR
    )
