"""The ledger says what its sources say, however often they change, and no entry of it is ever changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.actions import hours
from casework.models import HoursEntry, HoursLoan, hours_left
from tests.clock import london
from tests.factories import (
    HoursLoanFactory,
    ListItemFactory,
    ServiceAgreementFactory,
    SessionFactory,
    UserFactory,
    WorkFactory,
)

pytestmark = pytest.mark.django_db


def booked(**source):
    return list(HoursEntry.objects.filter(**source).values_list("kind", "hours"))


def test_a_session_is_one_hour_whatever_its_split():
    session = SessionFactory(minutes=60, writing_minutes=10, liaison_minutes=5)

    hours.book_session(session, by=session.practitioner.user)
    hours.book_session(session, by=session.practitioner.user)

    assert booked(session=session) == [("session", Decimal(-1))]


def test_a_session_that_is_not_charged_costs_nothing_and_one_of_a_group_neither():
    ill = ListItemFactory(attendance=True, label="Therapist away", charged=False)
    session = SessionFactory(attendance=ill)
    grouped = SessionFactory(group=WorkFactory())

    for one in (session, grouped):
        hours.book_session(one, by=UserFactory())

    assert booked() == []


def test_a_changed_session_is_taken_back_by_a_counter_entry():
    session = SessionFactory(minutes=60)
    hours.book_session(session, by=session.practitioner.user)
    session.minutes = 90
    hours.book_session(session, by=session.practitioner.user)

    first, counter, second = HoursEntry.objects.order_by("pk")
    assert (counter.corrects, counter.hours, second.hours) == (first, Decimal(1), Decimal("-1.5"))
    assert list(HoursEntry.objects.standing()) == [second]


def test_an_entry_is_never_changed():
    session = SessionFactory()
    hours.book_session(session, by=session.practitioner.user)
    entry = HoursEntry.objects.get()
    entry.hours = Decimal(-9)

    with pytest.raises(TypeError, match="counter-entry"):
        entry.save()


def test_a_group_is_charged_once():
    work = WorkFactory(minutes=45)

    hours.book_work(work, by=UserFactory())

    assert booked(work=work) == [("work", Decimal("-0.75"))]


def test_an_agreement_gives_its_hours_with_those_of_its_packages_until_it_is_replaced():
    agreement = ServiceAgreementFactory(hours=40)
    agreement.lines.create(package="group", words="A group about loss", hours=6)
    hours.book_agreement(agreement, by=agreement.made_by)
    day = date(2026, 11, 1)
    assert hours_left(agreement.school, day) == 46

    agreement.replaced_at = timezone.now()
    agreement.save()
    hours.book_agreement(agreement, by=agreement.made_by)

    assert HoursEntry.objects.total() == 0
    assert hours_left(agreement.school, day) is None


def test_a_proposed_agreement_gives_nothing():
    agreement = ServiceAgreementFactory(proposed=True)

    hours.book_agreement(agreement, by=agreement.made_by)

    assert booked() == []
    assert hours_left(agreement.school, date(2026, 11, 1)) is None


def test_hours_count_in_the_year_of_their_day():
    agreement = ServiceAgreementFactory(hours=10)
    hours.book_agreement(agreement, by=agreement.made_by)
    for day in (london(2026, 8, 31, 9), london(2027, 8, 31, 9)):
        session = SessionFactory(referral__school=agreement.school, starts_at=day)
        hours.book_session(session, by=session.practitioner.user)

    assert hours_left(agreement.school, date(2026, 11, 1)) == 9


def test_a_loan_moves_hours_when_it_is_agreed_and_adds_none():
    loan = HoursLoanFactory()
    hours.book_loan(loan, by=loan.asked_by)
    assert booked() == []

    loan.state, loan.answered_at = HoursLoan.State.AGREED, timezone.now()
    loan.save()
    hours.book_loan(loan, by=loan.asked_by)

    assert sorted(booked(loan=loan)) == [("borrowed", Decimal(4)), ("lent", Decimal(-4))]
    assert HoursEntry.objects.total() == 0


class TestLedger(TestCase):
    """Whatever is recorded and changed, and in which order."""

    @settings(deadline=None, max_examples=20)
    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(5, 240), st.booleans(), st.integers(0, 30)), max_size=12))
    def test_it_equals_the_sum_of_its_sources(self, changes):
        charged = ListItemFactory(attendance=True)
        free = ListItemFactory(attendance=True, label="Therapist away", charged=False, service=charged.service)
        sessions = [SessionFactory(referral__school__service=charged.service, attendance=charged) for _ in range(3)]
        by = UserFactory()

        for which, minutes, is_charged, days in changes:
            session = sessions[which]
            session.minutes, session.attendance = minutes, charged if is_charged else free
            session.starts_at -= timedelta(days=days)
            session.save()
            hours.book_session(session, by=by)

            due = hours.used(session.minutes) if is_charged else Decimal(0)
            assert (session.hours_entries.aggregate(sum=Sum("hours"))["sum"] or Decimal(0)) == -due
            standing = session.hours_entries.standing()
            assert [(entry.on, entry.hours) for entry in standing] == (
                [(timezone.localdate(session.starts_at), -due)] if is_charged else []
            )
