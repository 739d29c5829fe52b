"""What the demo’s families agreed to: the work, what came up later, where somebody disagrees or took it back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.actions.agreements import holds_until
from casework.lifecycle import AT_REST, Status
from casework.models import AgreementLink, FamilyAgreement, FamilysAnswer, Method, Purpose

from . import texts
from .told import Told
from .weeks import SchoolWeeks, at

BY_STAFF = (Method.SPOKEN, Method.WRITTEN, Method.PAPER)
A_MONTH, TWO_WEEKS = timedelta(days=30), timedelta(days=14)


def write(told: list[Told], weeks: SchoolWeeks) -> None:
    """Every agreement, and the two links."""
    FamilyAgreement.objects.bulk_create(row for one in told if _is_agreed(one) for row in _agreements(one, weeks))
    AgreementLink.objects.bulk_create(_link(one, weeks) for one in told if one.case.asked_by_link)


def _is_agreed(told: Told) -> bool:
    """Every family agreed, but for a draft that waits for that."""
    return told.status is not Status.DRAFT or not told.case.theme


def _agreements(told: Told, weeks: SchoolWeeks) -> Iterator[FamilyAgreement]:
    first = _agreement(told, told.started_at.date(), Purpose.WORK)
    first.own_view = texts.OWN_VIEWS[told.number % len(texts.OWN_VIEWS)]
    if told.case.two_parents:
        first.disagreement, first.disagreement_decision = texts.DISAGREEMENT
    if told.case.taken_back:
        _take_back(first, told, weeks)
    yield first
    if first.review_on < weeks.today and told.status not in AT_REST:
        yield _agreement(told, first.review_on - A_MONTH, Purpose.WORK)
    if met := told.when("put_to_meeting"):
        yield _agreement(told, met.date(), Purpose.MEETING)
    if told.case.shared_with:
        yield _agreement(told, weeks.back(1)[0], Purpose.YEAR_7)
    if told.case.two_parents:
        yield _agreement(told, weeks.back(1)[0], Purpose.CAMHS)


def _agreement(told: Told, day: date, purpose: str) -> FamilyAgreement:
    return FamilyAgreement(
        referral=told.referral,
        data_key=told.referral.data_key,
        purpose=purpose,
        carer=told.child.carer,
        method=BY_STAFF[told.number % len(BY_STAFF)],
        agreed_on=day,
        review_on=holds_until(told.referral, day),
        recorded_by=told.referral.referred_by,
        created_at=at(day, told.started_at.time()),
    )


def _take_back(agreement: FamilyAgreement, told: Told, weeks: SchoolWeeks) -> None:
    """Last week, and nobody has decided yet how the work goes on."""
    day = weeks.back(1)[-1]
    agreement.withdrawn_on, agreement.withdrawn_at = day, at(day, told.started_at.time())
    agreement.withdrawn_how, agreement.withdrawn_who = Method.SPOKEN, told.child.carer.name
    agreement.withdrawn_why = texts.TAKEN_BACK
    agreement.withdrawal_recorded_by = told.referral.referred_by


def _link(told: Told, weeks: SchoolWeeks) -> AgreementLink:
    """Made last week; the family would like to talk first."""
    made: Any = at(weeks.back(1)[-1], told.started_at.time())
    return AgreementLink(
        referral=told.referral,
        data_key=told.referral.data_key,
        carer=told.child.carer,
        purpose=Purpose.SERVICE,
        made_by=told.referral.referred_by,
        expires_at=made + TWO_WEEKS,
        answer=FamilysAnswer.ASK,
        answered_at=min(made + timedelta(hours=5), timezone.now()),
        answered_by=told.child.carer.name,
        created_at=made,
    )
