"""A request for hours is asked by the head, and answered once: a top-up, another school's hours, or no with words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import hours_requests, loans
from casework.actions.hours import book_agreement
from casework.actions.refusals import StaleVersion
from casework.models import HoursEntry, HoursLoan, HoursRequest, OutboxMessage, hours_left
from tests.factories import SchoolYearFactory, ServiceAgreementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast):
    """Both schools of the cluster have an agreement for it: ten hours here, forty there."""
    today = timezone.localdate()
    year = SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=300)
    )
    for school, hours in [(cast.school, 10), (cast.other_school, 40)]:
        agreement = ServiceAgreementFactory(school=school, school_year=year, hours=hours)
        book_agreement(agreement, by=cast.coordinator)
    return year


@pytest.fixture
def asked(cast, year):
    return hours_requests.ask(by=cast.head, school=cast.school, hours=Decimal(6), why=" Three more wait. ")


@pytest.fixture
def loan(cast, asked):
    return loans.ask(asked, by=cast.coordinator, version=1, lender=cast.other_school, hours=Decimal(5))


def left(school):
    return hours_left(school, timezone.localdate())


def told():
    return set(OutboxMessage.objects.values_list("kind", "to__email", "reference"))


def test_ask_is_the_heads_one_at_a_time_and_tells_the_coordinator(cast, asked):
    assert asked.why == "Three more wait."
    assert told() == {("hours_requested", "coordinator@allyance.example", "")}
    with pytest.raises(PermissionDenied):
        hours_requests.ask(by=cast.sendco, school=cast.school, hours=Decimal(6))
    with pytest.raises(ValidationError, match="asked already"):
        hours_requests.ask(by=cast.head, school=cast.school, hours=Decimal(6))
    with pytest.raises(ValidationError, match="some hours"):
        hours_requests.ask(by=cast.other_head, school=cast.other_school, hours=Decimal(0))


def test_top_up_books_what_is_given_and_tells_the_head(cast, asked):
    answered = hours_requests.top_up(asked, by=cast.coordinator, version=1, hours=Decimal(4), answer="Four for now.")

    assert (answered.state, answered.answer, left(cast.school)) == ("topped_up", "Four for now.", 14)
    assert ("hours_answered", "head@allyance.example", "") in told()
    with pytest.raises(StaleVersion):
        hours_requests.top_up(asked, by=cast.coordinator, version=1, hours=Decimal(4))
    with pytest.raises(PermissionDenied):
        hours_requests.top_up(asked, by=cast.coordinator, version=2, hours=Decimal(4))


def test_top_up_needs_hours_and_an_agreement(cast, asked):
    with pytest.raises(ValidationError, match="number of hours"):
        hours_requests.top_up(asked, by=cast.coordinator, version=1, hours=Decimal(0))
    cast.school.service_agreements.update(replaced_at=timezone.now())
    with pytest.raises(ValidationError, match="no signed agreement"):
        hours_requests.top_up(asked, by=cast.coordinator, version=1, hours=Decimal(4))


def test_decline_needs_words(cast, asked):
    with pytest.raises(ValidationError, match="why not"):
        hours_requests.decline(asked, by=cast.coordinator, version=1, answer=" ")

    hours_requests.decline(asked, by=cast.coordinator, version=1, answer="Nothing is left this year.")

    assert left(cast.school) == 10
    with pytest.raises(PermissionDenied):
        hours_requests.decline(asked, by=cast.coordinator, version=2, answer="Again.")


def test_answers_are_the_coordinators_and_taking_back_the_heads(cast, asked):
    for act, fields in [
        (hours_requests.top_up, {"hours": Decimal(1)}),
        (hours_requests.decline, {"answer": "No."}),
        (loans.ask, {"lender": cast.other_school, "hours": Decimal(1)}),
    ]:
        with pytest.raises(PermissionDenied):
            act(asked, by=cast.head, version=1, **fields)
    for person in (cast.coordinator, cast.sendco, cast.other_head):
        with pytest.raises(PermissionDenied):
            hours_requests.withdraw(asked, by=person, version=1)

    assert hours_requests.withdraw(asked, by=cast.head, version=1).state == "withdrawn"


def test_a_loan_moves_hours_when_the_lending_head_says_yes(cast, asked, loan):
    assert ("loan_asked", "other_head@allyance.example", "") in told()

    loans.agree(loan, by=cast.other_head, version=1)

    assert (left(cast.school), left(cast.other_school)) == (15, 35)
    assert HoursRequest.objects.get().state == "lent"
    assert {kind for kind, _, _ in told()} == {"hours_requested", "loan_asked", "loan_answered", "hours_answered"}
    with pytest.raises(StaleVersion):
        loans.agree(loan, by=cast.other_head, version=1)
    with pytest.raises(PermissionDenied):
        loans.agree(loan, by=cast.other_head, version=2)


def test_a_lending_school_has_the_hours(cast, asked):
    loan = loans.ask(asked, by=cast.coordinator, version=1, lender=cast.other_school, hours=Decimal(41))
    with pytest.raises(ValidationError, match="40 hours left"):
        loans.agree(loan, by=cast.other_head, version=1)
    cast.other_school.service_agreements.update(replaced_at=timezone.now())
    with pytest.raises(ValidationError, match="0 hours left"):
        loans.agree(loan, by=cast.other_head, version=1)


def test_a_loan_that_is_declined_or_taken_back_leaves_the_request_open(cast, asked, loan):
    for person in (cast.head, cast.coordinator, cast.therapist):
        with pytest.raises(PermissionDenied):
            loans.decline(loan, by=person, version=1)
    loans.decline(loan, by=cast.other_head, version=1)
    second = loans.ask(asked, by=cast.coordinator, version=1, lender=cast.other_school, hours=Decimal(2))
    with pytest.raises(PermissionDenied):
        loans.withdraw(second, by=cast.other_head, version=1)
    loans.withdraw(second, by=cast.coordinator, version=1)

    assert HoursRequest.objects.get().state == "asked"
    assert HoursEntry.objects.filter(loan__isnull=False).count() == 0


def test_one_other_school_is_asked_at_a_time(cast, asked, loan):
    with pytest.raises(ValidationError, match="take that question back"):
        loans.ask(asked, by=cast.coordinator, version=1, lender=cast.buys_in_school, hours=Decimal(1))
    with pytest.raises(ValidationError, match="same service"):
        loans.ask(asked, by=cast.coordinator, version=1, lender=cast.hidden_school, hours=Decimal(1))
    loans.withdraw(loan, by=cast.coordinator, version=1)
    with pytest.raises(ValidationError, match="another school"):
        loans.ask(asked, by=cast.coordinator, version=1, lender=cast.school, hours=Decimal(1))


def test_an_answer_takes_back_what_another_school_was_asked(cast, asked, loan):
    hours_requests.top_up(asked, by=cast.coordinator, version=1, hours=Decimal(6))

    assert HoursLoan.objects.get().state == "withdrawn"
    with pytest.raises(StaleVersion):
        loans.agree(loan, by=cast.other_head, version=1)


def test_a_loan_without_a_request_moves_hours_too(cast, year):
    loan = HoursLoan.objects.create(
        lender=cast.other_school, borrower=cast.school, hours=Decimal(2), asked_by=cast.coordinator
    )

    loans.agree(loan, by=cast.other_head, version=1)

    assert left(cast.school) == 12
