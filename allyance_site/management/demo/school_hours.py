"""Writes what schools agreed and how their hours went: agreements, the ledger, a top-up, a loan and a request."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from casework.models import (
    AgreementLine,
    Band,
    HoursEntry,
    HoursKind,
    HoursLoan,
    HoursRequest,
    Package,
    Rate,
    School,
    SchoolYear,
    ServiceAgreement,
    Session,
    Work,
)

from . import ground
from .keys import new_keys
from .people import People
from .places import Places
from .weeks import FRIDAY, SchoolWeeks, at, half_terms, year_of, year_starts

RATES = {Band.CLUSTER: Decimal("52.50"), Band.REDUCED: Decimal("49.00"), Band.OUTSIDE: Decimal("64.00")}
BANDS = {"Easterby": Band.CLUSTER, "Wendham": Band.REDUCED, "Harbourside": Band.CLUSTER, "": Band.OUTSIDE}
PACKAGES = {
    "cawdale": (Package.GROUP, "Six weeks about loss, for four pupils", Decimal(6), Decimal(0)),
    "garrowby": (Package.TRAINING, "A morning on worry and exams, for all staff", Decimal(0), Decimal(280)),
}
SHORT, LENDER, TOPPED_UP, GROWS = "brackenfield", "cawdale", "dunmere", "jubilee"
"""Whose hours run short and who lent it some; who was topped up; and where a new version waits to be signed."""
UNSIGNED = "marram"
EASE = (Decimal("1.05"), Decimal("1.15"), Decimal("1.3"), Decimal("1.0"))
"""How much more than its use each school in turn has agreed."""
LENT, TOPPED, ASKED = Decimal(4), Decimal(6), Decimal(8)
FIVE, LEAST, SPARE = 5, 10, 8
SIGNED_AT, ANSWERED_AT = time(10, 0), time(15, 30)
LOAN_AGO, TOP_UP_AGO, REQUEST_AGO = 6, 4, 1


@dataclass(frozen=True)
class Book:
    """All that the ledger is written from."""

    places: Places
    people: People
    weeks: SchoolWeeks
    years: dict[tuple[int, int], SchoolYear]
    used: Counter[tuple[str, int]]

    def coordinator(self, school: str) -> Any:
        return self.people.coordinator(ground.SCHOOLS[school].service)

    def year(self, school: str, first: int) -> SchoolYear:
        return self.years[self.places.schools[school].service_id, first]


def write(places: Places, people: People, weeks: SchoolWeeks) -> None:
    """For both services: last year and this one."""
    sessions = list(Session.objects.select_related("referral", "attendance", "practitioner").order_by("pk"))
    keys = {school.pk: key for key, school in places.schools.items()}
    charged = [session for session in sessions if session.attendance.charged and session.group_id is None]
    used = Counter((keys[session.referral.school_id], year_of(session.starts_at.date())) for session in charged)
    work = Work.objects.filter(kind__charged=True, school__in=keys)
    for school, starts_at, minutes in work.values_list("school", "starts_at", "minutes"):
        used[keys[school], year_of(starts_at.date())] += -(-minutes // 60)  # a begun hour is one
    years = {(year.service_id, year.starts_on.year): year for year in SchoolYear.objects.all()}
    book = Book(places, people, weeks, years, used)
    _rates(book)
    entries = [*_agreements(book), *_of_sessions(charged), *_carried(book), *_extra(book)]
    HoursEntry.objects.bulk_create(sorted(entries, key=lambda entry: entry.created_at))


def _rates(book: Book) -> None:
    Rate.objects.bulk_create(
        Rate(service=service, band=band, amount=amount, starts_on=year_starts(book.weeks.year - 1).date())
        for service in book.places.services.values()
        for band, amount in RATES.items()
    )


def _agreements(book: Book) -> Iterator[HoursEntry]:
    """An agreement for each school and year, signed in the July before it; its packages' hours come on top."""
    for key, school in book.places.schools.items():
        for first in (book.weeks.year - 1, book.weeks.year):
            signed_at = at(date(first, 7, 10), SIGNED_AT)
            waits = key == UNSIGNED and first == book.weeks.year
            agreement = _agreement(book, key, first, _hours(book, key, first), None if waits else signed_at)
            if agreement.signed_on:
                hours = agreement.hours + sum(line.hours for line in agreement.lines.all())
                day = agreement.school_year.starts_on
                yield _entry(
                    school, day, HoursKind.AGREED, hours, book.coordinator(key), signed_at, agreement=agreement
                )
    _agreement(book, GROWS, book.weeks.year, _hours(book, GROWS, book.weeks.year) + 2 * FIVE, None, number=2)


def _agreement(
    book: Book, key: str, first: int, hours: int, signed_at: datetime | None, number: int = 1
) -> ServiceAgreement:
    band = BANDS[ground.SCHOOLS[key].cluster]
    agreement = ServiceAgreement.objects.create(
        school=book.places.schools[key],
        school_year=book.year(key, first),
        number=number,
        hours=hours,
        band=band,
        rate=RATES[band],
        subsidy=Decimal(300) if key == "hazelwick" else Decimal(0),
        subsidy_from="The parents’ association" if key == "hazelwick" else "",
        signed_on=signed_at.date() if signed_at else None,
        made_by=book.coordinator(key),
        created_at=signed_at or at(book.weeks.back(1)[0], SIGNED_AT),
    )
    if key in PACKAGES:
        package, words, more, price = PACKAGES[key]
        AgreementLine.objects.create(agreement=agreement, package=package, words=words, hours=more, price=price)
    return agreement


def _hours(book: Book, key: str, first: int) -> int:
    """What a school agreed to: somewhat more than what it uses; one that runs short has little left by now."""
    used = book.used[key, first]
    if first < book.weeks.year:
        return _to_five(used + FIVE)
    if key == SHORT:
        return _to_five(used + SPARE) - int(LENT)
    days = _school_days(first)
    done = sum(day < book.weeks.today for day in days)
    pace = Decimal(used) / done * len(days) if done > len(days) // 10 else Decimal(max(used, 6 * FIVE))
    return _to_five(int(pace * EASE[list(ground.SCHOOLS).index(key) % len(EASE)]))


def _of_sessions(charged: list[Session]) -> Iterator[HoursEntry]:
    for session in charged:
        yield _entry(
            session.referral.school, session.starts_at.date(), HoursKind.SESSION, Decimal(-session.minutes) / 60,
            session.practitioner.user, session.created_at, session=session,
        )  # fmt: skip


def _carried(book: Book) -> Iterator[HoursEntry]:
    """Two hours of last year that the school did not use."""
    school, by, made = book.places.schools[LENDER], book.coordinator(LENDER), year_starts(book.weeks.year)
    last, this = book.year(LENDER, book.weeks.year - 1), book.year(LENDER, book.weeks.year)
    for day, hours in [(last.ends_on, Decimal(-2)), (this.starts_on, Decimal(2))]:
        yield _entry(school, day, HoursKind.CARRIED, hours, by, made, reason="Agreed with the head in July")


def _extra(book: Book) -> Iterator[HoursEntry]:
    """A loan that the other head agreed to, a top-up, and a request that waits."""
    lent, topped, open_key = new_keys(3)
    asked_at, by = at(book.weeks.back(LOAN_AGO)[0], SIGNED_AT), book.coordinator(SHORT)
    borrower, lender = book.places.schools[SHORT], book.places.schools[LENDER]
    answered_at, answers = asked_at + timedelta(hours=5), book.people.head(LENDER)
    answer = {"answered_by": answers, "answered_at": answered_at}
    request = _request(book, SHORT, LENT, lent, asked_at, "A pupil in Year 5 needs to go on.", state="lent", **answer)
    loan = HoursLoan.objects.create(
        lender=lender, borrower=borrower, hours=LENT, request=request, asked_by=by, state="agreed",
        created_at=asked_at, **answer,
    )  # fmt: skip
    for school, kind, hours in [(lender, HoursKind.LENT, -LENT), (borrower, HoursKind.BORROWED, LENT)]:
        yield _entry(school, answered_at.date(), kind, hours, answers, answered_at, loan=loan)

    topped_at = at(book.weeks.back(TOP_UP_AGO)[0], ANSWERED_AT)
    request = _request(
        book, TOPPED_UP, TOPPED, topped, topped_at - timedelta(days=1), "Two more pupils wait.", state="topped_up",
        answer="Six hours from this month on.", answered_by=book.coordinator(TOPPED_UP), answered_at=topped_at,
    )  # fmt: skip
    yield _entry(
        request.school, topped_at.date(), HoursKind.TOP_UP, TOPPED, book.coordinator(TOPPED_UP), topped_at,
        request=request,
    )  # fmt: skip
    _request(
        book, SHORT, ASKED, open_key, at(book.weeks.back(REQUEST_AGO)[0], SIGNED_AT),
        "The hours end before the year does, and two pupils wait.",
    )  # fmt: skip


def _request(
    book: Book, key: str, hours: Decimal, data_key: Any, asked_at: datetime, why: str, **answer: Any
) -> HoursRequest:
    return HoursRequest.objects.create(
        school=book.places.schools[key], hours=hours, data_key=data_key, why=why, asked_by=book.people.head(key),
        created_at=asked_at, **answer,
    )  # fmt: skip


def _entry(
    school: School, on: date, kind: HoursKind, hours: Decimal, by: Any, created_at: datetime, **source: Any
) -> HoursEntry:
    return HoursEntry(school=school, on=on, kind=kind, hours=hours, by=by, created_at=created_at, **source)


def _school_days(first: int) -> list[date]:
    spans = [(term.starts_on, (term.ends_on - term.starts_on).days + 1) for term in half_terms(first)]
    days = [start + timedelta(days=number) for start, count in spans for number in range(count)]
    return [day for day in days if day.weekday() <= FRIDAY]


def _to_five(hours: int) -> int:
    return max(LEAST, -(-hours // FIVE) * FIVE)
