"""A school's statement of a month: what was entered in that month, so that every entry stands in one statement alone.

An entry counts in the school year of its day; one for another year than the month's stands under a heading of its own,
each with what was left of that year before and after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from ..access import rules
from ..models import HoursEntry, HoursKind, School, SchoolYear, ServiceAgreement
from .school_time import next_month

NOTHING = Decimal(0)
RELATED = ("agreement", "session", "work__kind", "corrects", "loan__lender", "loan__borrower", "request")


@dataclass(frozen=True)
class Line:
    """An entry: when it was made, the day that it is for, what it is, its hours, and what is left of its year then."""

    entry: HoursEntry
    entered_on: date
    what: str
    reference: str
    left: Decimal

    @property
    def on(self) -> date:
        return self.entry.on

    @property
    def hours(self) -> Decimal:
        hours: Decimal = self.entry.hours
        return hours


@dataclass(frozen=True)
class Part:
    """The entries for one school year; `year` is None for days that lie in none."""

    year: SchoolYear | None
    opening: Decimal
    lines: list[Line]
    agreement: ServiceAgreement | None = None

    @property
    def closing(self) -> Decimal:
        return self.lines[-1].left if self.lines else self.opening

    @property
    def came(self) -> Decimal:
        return sum((line.hours for line in self.lines if line.hours > 0), NOTHING)

    @property
    def went(self) -> Decimal:
        return -sum((line.hours for line in self.lines if line.hours < 0), NOTHING)


@dataclass(frozen=True)
class Statement:
    """A month of a school: the part of the month's own school year first, then those of others."""

    school: School
    month: date
    parts: list[Part]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


def statement(user: Any, school: School, month: date, *, for_school: bool = False) -> Statement:
    """The statement of a month, in as many words as this person may read; what goes out to the school names no
    case that the family keeps from it."""
    begins, ends = _midnight(month), _midnight(next_month(month))
    mine = rules.visible_hours_entries(user).filter(school=school)
    entered = list(
        mine.filter(created_at__gte=begins, created_at__lt=ends).select_related(*RELATED).order_by("created_at", "pk")
    )
    years = list(SchoolYear.objects.filter(service=school.service_id))
    before = _before(mine.filter(created_at__lt=begins), years)
    cases = _cases(user, entered, for_school=for_school)
    parts = [
        _part(year, before.get(year, NOTHING), [entry for entry in entered if _year_of(entry.on, years) == year], cases)
        for year in _in_order(entered, years, month)
    ]
    return Statement(school, month, _with_agreements(user, parts, school))


def months(user: Any, school: School) -> list[date]:
    """The months that have a statement: from the first entry to this month, the newest first."""
    first = rules.visible_hours_entries(user).filter(school=school).order_by("created_at").first()
    now = timezone.localdate().replace(day=1)
    found = [timezone.localdate(first.created_at).replace(day=1) if first else now]
    while found[-1] < now:
        found.append(next_month(found[-1]))
    return found[::-1]


def what_of(entry: Any) -> str:
    """An entry in words; nobody is named in it."""
    kind = HoursKind(entry.kind)
    if kind is HoursKind.AGREED:
        words = f"Agreed for the year, version {entry.agreement.number}"
    elif kind is HoursKind.WORK:
        words = entry.work.kind.label
    elif kind is HoursKind.BORROWED:
        words = f"Lent by {entry.loan.lender}"
    elif kind is HoursKind.LENT:
        words = f"Lent to {entry.loan.borrower}"
    else:
        words = kind.label.capitalize() + (f": {entry.reason}" if entry.reason else "")
    return f"Taken back: {words[:1].lower()}{words[1:]}" if entry.corrects_id else words


def _part(year: SchoolYear | None, opening: Decimal, entries: list[HoursEntry], cases: dict[int, str]) -> Part:
    lines, left = [], opening
    for entry in entries:
        left += entry.hours
        reference = cases.get(_case_of(entry) or 0, "")
        lines.append(Line(entry, timezone.localdate(entry.created_at), what_of(entry), reference, left))
    return Part(year, opening, lines)


def _in_order(entries: Iterable[HoursEntry], years: list[SchoolYear], month: date) -> list[SchoolYear | None]:
    """The month's own year, though nothing was entered for it; then the others, the newest first."""
    own = _year_of(month, years)
    others = {_year_of(entry.on, years) for entry in entries} - {own}
    rest = [year for year in sorted(years, key=lambda year: year.starts_on, reverse=True) if year in others]
    return [*([own] if own else []), *rest, *([None] if None in others else [])]


def _year_of(day: date, years: list[SchoolYear]) -> SchoolYear | None:
    return next((year for year in years if year.starts_on <= day <= year.ends_on), None)


def _before(entries: Any, years: list[SchoolYear]) -> dict[SchoolYear | None, Decimal]:
    """What was left of each year when the month began."""
    named = {f"year_{year.pk}": Sum("hours", filter=_within(year)) for year in years}
    found = entries.aggregate(all=Sum("hours"), **named)
    sums: dict[SchoolYear | None, Decimal] = {year: found[f"year_{year.pk}"] or NOTHING for year in years}
    sums[None] = (found["all"] or NOTHING) - sum(sums.values(), NOTHING)
    return sums


def _within(year: SchoolYear) -> Q:
    return Q(on__range=(year.starts_on, year.ends_on))


def _with_agreements(user: Any, parts: list[Part], school: School) -> list[Part]:
    """With the agreements that hold, for who may read them."""
    seen = rules.visible_service_agreements(user).values("pk")
    held = {
        agreement.school_year_id: agreement
        for agreement in ServiceAgreement.objects.in_force().filter(
            pk__in=seen, school=school, school_year__in=[part.year for part in parts if part.year]
        )
    }
    return [Part(part.year, part.opening, part.lines, held.get(part.year.pk) if part.year else None) for part in parts]


def _cases(user: Any, entries: list[HoursEntry], *, for_school: bool) -> dict[int, str]:
    """The references of the cases that this person sees, by their ids: of any other nothing is told."""
    ids = {case for entry in entries if (case := _case_of(entry))}
    if not ids:
        return {}
    seen: Any = rules.visible_referrals(user).filter(pk__in=ids)
    if for_school:
        seen = seen.filter(school_may_see=True)
    return dict(seen.values_list("pk", "reference"))


def _case_of(entry: HoursEntry) -> int | None:
    given = entry.session or entry.work
    case: int | None = given.referral_id if given else None
    return case


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
