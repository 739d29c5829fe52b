"""Two people answer one question about hours at the same instant: one answer counts, and the ledger has it once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.actions import hours_requests, loans, service_agreements
from casework.actions.hours import book_agreement
from casework.actions.refusals import StaleVersion
from casework.models import HoursEntry, HoursLoan, HoursRequest
from tests.casework.together import together
from tests.factories import HoursLoanFactory, HoursRequestFactory, SchoolYearFactory, ServiceAgreementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def request_(cast):
    today = timezone.localdate()
    year = SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=300)
    )
    for school in (cast.school, cast.other_school):
        book_agreement(ServiceAgreementFactory(school=school, school_year=year), by=cast.coordinator)
    return HoursRequestFactory(school=cast.school, asked_by=cast.head)


def one_stale(answers):
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [StaleVersion], answers


def test_two_answers_to_one_request(cast, request_):
    one_stale(
        together(
            lambda: hours_requests.top_up(request_, by=cast.coordinator, version=1, hours=Decimal(6)),
            lambda: hours_requests.top_up(request_, by=cast.coordinator, version=1, hours=Decimal(6)),
        )
    )

    assert HoursEntry.objects.filter(kind="top_up").count() == 1


def test_a_top_up_and_a_loan_for_one_request(cast, request_):
    loan = HoursLoanFactory(lender=cast.other_school, borrower=cast.school, request=request_, asked_by=cast.coordinator)

    one_stale(
        together(
            lambda: hours_requests.top_up(request_, by=cast.coordinator, version=1, hours=Decimal(6)),
            lambda: loans.agree(loan, by=cast.other_head, version=1),
        )
    )

    lent = HoursLoan.objects.get().state == "agreed"
    assert HoursRequest.objects.get().state == ("lent" if lent else "topped_up")
    assert HoursEntry.objects.exclude(kind="agreed").count() == (2 if lent else 1)


def test_one_agreement_signed_twice(cast, request_):
    year = cast.school.service_agreements.get().school_year
    proposed = ServiceAgreementFactory(
        school=cast.school, school_year=year, number=2, hours=30, made_by=cast.coordinator, proposed=True
    )
    day = timezone.localdate()

    one_stale(together(*[lambda: service_agreements.sign(proposed, by=cast.coordinator, version=1, signed_on=day)] * 2))

    assert HoursEntry.objects.filter(school=cast.school).total() == 30
