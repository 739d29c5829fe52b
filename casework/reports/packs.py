"""Schools' safeguarding packs: which school owes the one of a school year, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..access.scope import of
from ..models import School, SchoolPack, SchoolYear

LATELY = timedelta(days=14)
"""How long a pack is new."""

A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Sent:
    """That a pack was sent: when and by whom, and nothing of what it says."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Standing:
    """How a school stands to the pack of the school year that a day lies in."""

    school: School
    year: SchoolYear
    sent: Sent | None

    @property
    def is_owed(self) -> bool:
        return self.sent is None

    @property
    def since(self) -> date:
        """The day from which it is due: the first of the school year, or later that on which the school came."""
        return max(self.year.starts_on, timezone.localdate(self.school.created_at))


def owed(schools: Iterable[School], day: date) -> list[Standing]:
    """The schools that have not sent the pack of the school year that a day lies in, in the order given: one question,
    however many they are. A day that lies in no school year asks for none."""
    return [standing for standing in standings(schools, day) if standing.is_owed]


def standings(schools: Iterable[School], day: date) -> list[Standing]:
    """How each school stands to its pack, in the order given, but for those whose service has no school year then."""
    every = list(schools)
    years: dict[int, SchoolYear] = {}
    sent: dict[tuple[int, int], Sent] = {}
    for year in _years(every, day):
        years[year.service_id] = year
        if year.of_school:
            sent[year.of_school, year.pk] = Sent(year.sent_at, f"{year.first_name} {year.last_name}".strip())
    return [
        Standing(school, year, sent.get((school.pk, year.pk)))
        for school in every
        if (year := years.get(school.service_id))
    ]


def _years(schools: list[School], day: date) -> QuerySet[Any]:
    """The school years that a day lies in, each once for every standing pack of it, and once where there is none."""
    standing = Q(packs__replaced_at=None, packs__school_id__in=[school.pk for school in schools])
    years: Any = SchoolYear.objects.on(day).filter(service_id__in={school.service_id for school in schools})
    told: QuerySet[Any] = years.annotate(
        standing=FilteredRelation("packs", condition=standing),
        of_school=F("standing__school_id"),
        sent_at=F("standing__sent_at"),
        first_name=F("standing__sent_by__first_name"),
        last_name=F("standing__sent_by__last_name"),
    ).order_by("starts_on")
    return told


def of_person(user: Any, day: date) -> list[Standing]:
    """How the schools whose packs this person opens stand to theirs: those that owe one first."""
    schools = rules.visible_pack_schools(user).select_related("service").order_by("service__name", "name")
    return sorted(standings(schools, day), key=lambda standing: not standing.is_owed)


def for_therapist(user: Any, day: date) -> list[Standing]:
    """Where somebody is placed: packs that are missing, and those that were sent of late."""
    placed = rules.visible_pack_schools(user).filter(pk__in=of(user).placed_schools)
    since = timezone.now() - LATELY
    return [one for one in standings(placed, day) if one.sent is None or one.sent.at >= since]


def asking(user: Any) -> list[QuerySet[Any]]:
    """Whether there are any of these."""
    placed, today = of(user).placed_schools, timezone.localdate()
    holding = SchoolPack.objects.standing().of_day(today)
    years = SchoolYear.objects.on(today)
    missing = School.objects.filter(pk__in=placed, service__in=years.values("service"))
    return [
        holding.filter(school_id__in=placed, sent_at__gte=timezone.now() - LATELY),
        missing.exclude(pk__in=holding.filter(school_id__in=placed).values("school")),
    ]


def shown(user: Any, school: School, day: date, *, no_older_than: timedelta | None = None) -> SchoolPack | None:
    """The pack of a school to go by on a day: this school year's, or the last one that was sent before it; None for
    who may not open it, and where there is none, or none whose year ended within so long."""
    if not rules.can_view_packs(user, school):
        return None
    packs = SchoolPack.objects.standing().filter(school=school, school_year__starts_on__lte=day)
    if no_older_than:
        packs = packs.filter(school_year__ends_on__gte=day - no_older_than)
    return packs.select_related("school_year", "data_key", "sent_by").order_by("-school_year__starts_on").first()


def is_of(pack: SchoolPack, day: date) -> bool:
    """Whether a pack is that of the school year that a day lies in, and not an earlier one."""
    return bool(pack.school_year.starts_on <= day <= pack.school_year.ends_on)
