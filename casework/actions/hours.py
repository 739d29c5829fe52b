"""The hours ledger: entries are only added, and together they say at any time what their sources say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from ..models import HoursEntry, HoursKind, HoursLoan, School, ServiceAgreement, Session, Work
from .saving import save_clean

HOUR = Decimal(60)
SOURCES = ("agreement", "request", "loan", "session", "work", "corrects")
"""What an entry may come from; most come from one."""


@dataclass(frozen=True)
class Due:
    """Hours that a source gives a school on a day, or takes from it."""

    school: School
    on: date
    kind: HoursKind
    hours: Decimal


def book_session(session: Session, *, by: Any) -> None:
    """A session's time, whatever its split, where its attendance code is charged; of a group the group's own time."""
    due = []
    if session.attendance.charged and session.group_id is None:
        due = [_used(session.referral.school, session, HoursKind.SESSION)]
    _book(due, by=by, session=session)


def book_work(work: Work, *, by: Any) -> None:
    """Other work at a school, where its kind is charged."""
    due = [_used(work.school, work, HoursKind.WORK)] if work.school and work.kind.charged else []
    _book(due, by=by, work=work)


def book_agreement(agreement: ServiceAgreement, *, by: Any) -> None:
    """The hours of an agreement in force, with those of its packages; none of one that is replaced."""
    hours = agreement.hours + sum(line.hours for line in agreement.lines.all())
    stands = agreement.signed_on is not None and agreement.replaced_at is None and hours
    due = [Due(agreement.school, agreement.school_year.starts_on, HoursKind.AGREED, hours)] if stands else []
    _book(due, by=by, agreement=agreement)


def book_loan(loan: HoursLoan, *, by: Any) -> None:
    """Hours that go from the lender to the borrower once the lender's head has said yes."""
    due = []
    if loan.state == HoursLoan.State.AGREED and loan.answered_at:
        day = timezone.localdate(loan.answered_at)
        due = [
            Due(loan.lender, day, HoursKind.LENT, -loan.hours),
            Due(loan.borrower, day, HoursKind.BORROWED, loan.hours),
        ]
    _book(due, by=by, loan=loan)


def enter(entry: HoursEntry) -> HoursEntry:
    """Add an entry that somebody typed; ValidationError where it moves no hours."""
    save_clean(entry, apart_from=SOURCES)
    return entry


def used(minutes: int) -> Decimal:
    """The hours that so many minutes are, to the hundredth."""
    return (minutes / HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _used(school: School, given: Session | Work, kind: HoursKind) -> Due:
    return Due(school, timezone.localdate(given.starts_at), kind, -used(given.minutes))


def _book(due: Iterable[Due], *, by: Any, **source: Any) -> None:
    """Take back what no longer holds of a source that is locked, and add what is missing. Nothing that holds moves."""
    missing = list(due)
    for entry in HoursEntry.objects.standing().filter(**source).select_related("school"):
        said = Due(entry.school, entry.on, HoursKind(entry.kind), entry.hours)
        if said in missing:
            missing.remove(said)
        else:
            counter = HoursEntry(
                school=entry.school, on=entry.on, kind=entry.kind, hours=-entry.hours, corrects=entry, by=by, **source
            )
            counter.save()
    for one in missing:
        HoursEntry(school=one.school, on=one.on, kind=one.kind, hours=one.hours, by=by, **source).save()
