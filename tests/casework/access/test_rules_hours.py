"""Who sees which hours, agreements, requests and loans, and who may act on them: one table for everybody of the cast."""

import pytest
from django.utils import timezone

from casework.access import rules
from casework.models import HoursEntry
from tests.factories import (
    HoursLoanFactory,
    HoursRequestFactory,
    RateFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
)

pytestmark = pytest.mark.django_db

SEE = {
    "hours_schools": "coordinator supervisor head sendco therapist",
    "hours_entries": "coordinator supervisor head sendco",
    "rates": "coordinator",
    "service_agreements": "coordinator head sendco",
    "hours_requests": "coordinator head sendco",
    "hours_loans": "coordinator head sendco other_head",
}
MAY = {
    "can_change_rate": ("rate", "coordinator"),
    "can_propose_service_agreement": ("school", "coordinator"),
    "can_change_service_agreement": ("agreement", "coordinator"),
    "can_sign_service_agreement": ("agreement", "coordinator"),
    "can_request_hours": ("school", "head"),
    "can_withdraw_hours_request": ("request", "head"),
    "can_answer_hours_request": ("request", "coordinator"),
    "can_ask_for_loan": ("request", "coordinator"),
    "can_answer_loan": ("loan", "other_head"),
    "can_withdraw_loan": ("loan", "coordinator"),
    "can_adjust_hours": ("school", "coordinator"),
    "can_view_statement": ("school", "coordinator supervisor head sendco"),
    "can_take_out_statement": ("school", "coordinator head sendco"),
    "can_take_out_accounts": ("school", "coordinator"),
    "can_view_hours": ("school", "coordinator supervisor head sendco therapist"),
}


@pytest.fixture
def here(cast):
    """One of each at the school of the cast, which the other school is asked to lend to."""
    agreement = ServiceAgreementFactory(
        school=cast.school, school_year=SchoolYearFactory(service=cast.service), proposed=True
    )
    request = HoursRequestFactory(school=cast.school)
    HoursEntry.objects.create(
        school=cast.school, on=timezone.localdate(), kind="adjusted", hours=1, reason="Counted again.", by=cast.head
    )
    return {
        "rate": RateFactory(school=cast.school),
        "school": cast.school,
        "agreement": agreement,
        "request": request,
        "loan": HoursLoanFactory(borrower=cast.school, lender=cast.other_school, request=request),
    }


def test_each_is_seen_by_those_whom_the_rule_names(cast, here):
    seen = {
        noun: {
            name
            for name, person in cast.people().items()
            if (found := getattr(rules, f"visible_{noun}")(person))
            and (noun != "hours_schools" or cast.school in found)
        }
        for noun in SEE
    }

    assert seen == {noun: set(names.split()) for noun, names in SEE.items()}


def test_each_act_is_for_those_whom_the_rule_names(cast, here):
    may = {
        rule: {name for name, person in cast.people().items() if getattr(rules, rule)(person, here[noun])}
        for rule, (noun, _) in MAY.items()
    }

    assert may == {rule: set(names.split()) for rule, (_, names) in MAY.items()}


def test_what_is_signed_or_answered_is_done(cast, here):
    agreement, request, loan = here["agreement"], here["request"], here["loan"]
    agreement.signed_on = timezone.localdate()
    request.state = loan.state = "withdrawn"

    assert not [
        rule
        for rule, noun in [
            ("can_change_service_agreement", agreement),
            ("can_sign_service_agreement", agreement),
            ("can_withdraw_hours_request", request),
            ("can_answer_hours_request", request),
            ("can_ask_for_loan", request),
            ("can_answer_loan", loan),
            ("can_withdraw_loan", loan),
        ]
        if any(getattr(rules, rule)(person, noun) for person in cast.people().values())
    ]
