"""Schools' safeguarding packs: which school owes the one of a school year, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..models import School, SchoolPack, SchoolYear


@dataclass(frozen=True)
class Standing:
    """How a school stands to the pack of the school year that a day lies in; `pack` holds no text of it."""

    school: School
    year: SchoolYear
    pack: SchoolPack | None

    @property
    def is_owed(self) -> bool:
        return self.pack is None

    @property
    def since(self) -> date:
        """The day from which it is due: the first of the school year."""
        return self.year.starts_on


def owed(schools: Iterable[School], day: date) -> list[Standing]:
    """The schools that have not sent the pack of the school year that a day lies in, in the order given: two questions,
    however many they are. A day that lies in no school year asks for none."""
    return [standing for standing in standings(schools, day) if standing.is_owed]


def standings(schools: Iterable[School], day: date) -> list[Standing]:
    """How each school stands to its pack, in the order given, but for those whose service has no school year then."""
    every = list(schools)
    services = {school.service_id for school in every}
    on = SchoolYear.objects.filter(service_id__in=services, starts_on__lte=day, ends_on__gte=day)
    years = {year.service_id: year for year in on.order_by("starts_on")}
    packs = SchoolPack.objects.standing().without_words().filter(school__in=every, school_year__in=years.values())
    sent = {(pack.school_id, pack.school_year_id): pack for pack in packs.select_related("sent_by")}
    return [
        Standing(school, year, sent.get((school.pk, year.pk)))
        for school in every
        if (year := years.get(school.service_id))
    ]
