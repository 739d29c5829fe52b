"""Every entry stands in the statement of the month in which it was made, and all statements add up to the ledger."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.access.roles import Role
from casework.actions.hours import book_session
from casework.models import HoursEntry
from casework.reports import statements
from tests.clock import london
from tests.factories import (
    ReferralFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    SessionFactory,
)

OCTOBER = date(2026, 10, 1)


def enter(cast, hours, on, made, **fields):
    return write(cast.school, cast.coordinator, hours, on, made, **fields)


def write(school, by, hours, on, made, **fields):
    entry = HoursEntry(
        school=school, kind="adjusted", hours=hours, on=on, reason="Counted again.", by=by,
        created_at=london(made.year, made.month, made.day, 9), **fields,
    )  # fmt: skip
    entry.save()
    return entry


@pytest.fixture
def years(cast):
    return [SchoolYearFactory(service=cast.service, starts_on=date(first, 9, 1)) for first in (2025, 2026)]


@pytest.mark.django_db
def test_the_months_own_year_comes_first_and_others_under_their_own_heading(cast, years):
    enter(cast, 40, date(2026, 9, 1), date(2026, 9, 4))
    enter(cast, 9, date(2025, 9, 1), date(2025, 9, 4))
    enter(cast, -1, date(2026, 10, 6), date(2026, 10, 6))
    enter(cast, -2, date(2026, 7, 6), date(2026, 10, 7))
    enter(cast, 5, date(2020, 7, 6), date(2026, 10, 8))
    enter(cast, -1, date(2026, 10, 30), date(2026, 11, 1))

    found = statements.statement(cast.head, cast.school, OCTOBER)

    assert [(str(part.year), part.opening, part.came, part.went, part.closing) for part in found.parts] == [
        ("2026–27", 40, 0, 1, 39),
        ("2025–26", 9, 0, 2, 7),
        ("None", 0, 5, 0, 5),
    ]
    assert statements.months(cast.head, cast.school)[-1] == date(2025, 9, 1)


@pytest.mark.django_db
def test_a_case_is_named_where_the_school_sees_it_and_nowhere_else(cast, years):
    kept = ReferralFactory(
        school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner, active=True,
        kept_from_school=True, referred_by=cast.coordinator,
    )  # fmt: skip
    session = SessionFactory(referral=kept, attendance=cast.items["Came"], starts_at=london(2026, 10, 5, 9))
    book_session(session, by=cast.therapist)
    entered = HoursEntry.objects.get().created_at.date().replace(day=1)

    told = {
        who: [(line.what, line.reference) for line in statements.statement(person, cast.school, entered).lines]
        for who, person in cast.people().items()
    }

    assert told["coordinator"] == [("Session", kept.reference)]
    assert told["head"] == told["sendco"] == [("Session", "")]
    assert told["therapist"] == told["other_head"] == told["tsl"] == []


@pytest.mark.django_db
def test_what_is_taken_back_says_so(cast, years):
    first = enter(cast, 4, date(2026, 10, 1), date(2026, 10, 1))
    enter(cast, -4, date(2026, 10, 1), date(2026, 10, 2), corrects=first)

    lines = statements.statement(cast.head, cast.school, OCTOBER).lines

    assert [line.what for line in lines] == ["Adjustment: Counted again.", "Taken back: adjustment: Counted again."]
    assert lines[-1].left == 0


class TestStatements(TestCase):
    """Whatever is entered when, for whichever day."""

    @settings(deadline=None, max_examples=10)
    @given(st.lists(st.tuples(st.integers(-9, 9).filter(bool), st.integers(0, 90), st.integers(0, 300)), max_size=8))
    def test_all_of_them_together_are_the_ledger(self, entries):
        school, start = SchoolFactory(), date(2026, 7, 15)
        head = SchoolRoleFactory(role=Role.HEAD, content_object=school).user
        for first in (2025, 2026):
            SchoolYearFactory(service=school.service, starts_on=date(first, 9, 1))
        for hours, made, back in entries:
            day = start + timedelta(days=made)
            write(school, head, hours, day - timedelta(days=back), day)
        months = [date(2026, month, 1) for month in range(7, 12)]

        made = [statements.statement(head, school, month) for month in months]

        stands = [line.entry.pk for one in made for line in one.lines]
        assert sorted(stands) == list(HoursEntry.objects.order_by("pk").values_list("pk", flat=True))
        total = HoursEntry.objects.aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
        assert sum(line.hours for one in made for line in one.lines) == total
        for one in made:
            for part in one.parts:
                assert part.opening + part.came - part.went == part.closing


@pytest.mark.django_db
def test_what_goes_out_to_the_school_names_no_case_that_is_kept_from_it_and_the_supervisor_reads_no_rate(cast, years):
    kept = ReferralFactory(
        school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner, active=True,
        kept_from_school=True, referred_by=cast.coordinator,
    )  # fmt: skip
    book_session(
        SessionFactory(referral=kept, attendance=cast.items["Came"], starts_at=london(2026, 10, 5, 9)),
        by=cast.therapist,
    )
    month = HoursEntry.objects.get().created_at.date().replace(day=1)
    ServiceAgreementFactory(school=cast.school, school_year=years[1])

    for_school = statements.statement(cast.coordinator, cast.school, month, for_school=True)
    as_supervisor = statements.statement(cast.supervisor, cast.school, month)

    assert [line.reference for line in for_school.lines] == [""]
    assert [part.agreement for part in as_supervisor.parts] == [None]
    assert all(part.agreement for part in for_school.parts)
