"""Makes the demo's pupils: their families, those who care for them, and their schools over two years."""

from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Carer, Enrolment, Family, Numbering, Professional, Pupil, YearGroup

from . import names
from .keys import new_keys
from .places import Places
from .plot import CASES, Case
from .weeks import SchoolWeeks, year_starts

YEARS = [str(year) for year in YearGroup.values]
AGE_IN_YEAR_ONE = 5


@dataclass(frozen=True)
class Child:
    """A pupil, and the carer who agrees for the family."""

    pupil: Pupil
    carer: Carer


def make(places: Places, weeks: SchoolWeeks) -> list[Child]:
    """One child for each line of the plot, in its order."""
    keys = iter(new_keys(sum(not case.sibling for case in CASES)))
    families: list[Family] = []
    for case in CASES:
        service = places.schools[case.school].service
        families.append(families[-1] if case.sibling else Family(service=service, data_key=next(keys)))
    Family.objects.bulk_create(family for family, case in zip(families, CASES, strict=True) if not case.sibling)
    pupils = Pupil.objects.bulk_create(
        _pupil(number, case, families[number], weeks) for number, case in enumerate(CASES)
    )
    carers = [_carers(number, case, families[number]) for number, case in enumerate(CASES)]
    for case, both in zip(CASES, carers, strict=True):
        for carer in both:
            carer.language = case.speaks
    Carer.objects.bulk_create(carer for both in carers for carer in both)
    away = [family for family, case in zip(families, CASES, strict=True) if case.theme == "home" and not case.sibling]
    Professional.objects.bulk_create(_social_worker(family, number) for number, family in enumerate(away))
    Enrolment.objects.bulk_create(
        enrolment
        for pupil, case in zip(pupils, CASES, strict=True)
        for enrolment in _enrolments(pupil, case, places, weeks)
    )
    agreeing = [both[-1] if both else carers[number - 1][-1] for number, both in enumerate(carers)]
    return [Child(pupil, carer) for pupil, carer in zip(pupils, agreeing, strict=True)]


def year_then(year: str, years_ago: int) -> str:
    """The year group that a pupil of this one was in some years ago."""
    return YEARS[YEARS.index(year) - years_ago]


def _pupil(number: int, case: Case, family: Family, weeks: SchoolWeeks) -> Pupil:
    return Pupil(
        service=family.service,
        family=family,
        reference=Numbering.next("P"),
        first_name=names.FIRST_NAMES[number],
        last_name=names.FAMILY_NAMES[number - case.sibling],
        date_of_birth=_birthday(case.year, weeks.year, number),
    )


def _birthday(year: str, school_year: int, number: int) -> date:
    """Within the twelve months of those who are in a year group in a school year."""
    oldest = date(school_year - AGE_IN_YEAR_ONE - YEARS.index(year) + YEARS.index(YearGroup.Y1), 9, 1)
    return oldest.replace(year=oldest.year - 1) + timedelta(days=(number * 37) % 364)


def _carers(number: int, case: Case, family: Family) -> list[Carer]:
    """The last of them agrees; a child who lives away from parents has a foster carer too, who cannot."""
    if case.sibling:
        return []
    surname = names.FAMILY_NAMES[number]
    mother = _carer(family, "mother", f"{names.MOTHERS[number % len(names.MOTHERS)]} {surname}", number)
    other = f"{names.FATHERS[number % len(names.FATHERS)]} {surname}"
    if case.theme == "home":
        return [_carer(family, "foster carer", f"Pat {other}", number + 100, responsible=False), mother]
    if case.two_parents or number % 5 == 0:
        return [_carer(family, "father", other, number + 100), mother]
    return [mother]


def _carer(family: Family, relationship: str, name: str, number: int, *, responsible: bool = True) -> Carer:
    return Carer(
        family=family,
        data_key=family.data_key,
        relationship=relationship,
        has_parental_responsibility=responsible,
        evidence=Carer.Evidence.SCHOOL if responsible else "",
        name=name,
        telephone=f"01632 960{300 + number}",
        email=f"{relationship.split()[0]}{number}@family.example",
    )


def _social_worker(family: Family, number: int) -> Professional:
    """Who keeps the agencies' work together for a child who lives away from parents."""
    return Professional(
        family=family,
        data_key=family.data_key,
        name=f"{names.MOTHERS[-1 - number % len(names.MOTHERS)]} Thorne",
        job="social worker",
        agency="the county’s children’s services",
        telephone=f"01632 960{200 + number}",
        is_lead=True,
    )


def _enrolments(pupil: Pupil, case: Case, places: Places, weeks: SchoolWeeks) -> list[Enrolment]:
    """Last year's school and year, and this year's; a pupil of Reception was at none of ours before."""
    then, now = year_starts(weeks.year - 1), year_starts(weeks.year)
    here = places.schools[case.now_at or case.school]
    this_year = Enrolment(pupil=pupil, school=here, year_group=case.year, starts_at=now)
    starts_here = case.year == YearGroup.RECEPTION or (case.school == "garrowby" and case.year == YearGroup.Y7)
    if starts_here:
        return [this_year]
    before = Enrolment(
        pupil=pupil,
        school=places.schools[case.school],
        year_group=year_then(case.year, 1),
        starts_at=then,
        ends_at=now,
    )
    return [before, this_year]
