"""A school asks for more hours, and hears once: a top-up, hours of another school, or no, with words."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import DataKey, HoursEntry, HoursKind, HoursLoan, HoursRequest, School, hours_left
from .hours import enter
from .saving import locked, refuse_stale, save_clean
from .school_telling import tell_coordinators, tell_heads

State = HoursRequest.State


@transaction.atomic
def ask(*, by: Any, school: School, hours: Decimal, why: str = "") -> HoursRequest:
    """Ask the coordinator for more hours. A school asks one thing at a time."""
    current = locked(school, "service")
    if not rules.can_request_hours(by, current):
        raise PermissionDenied
    request = HoursRequest(school=current, hours=hours, asked_by=by, data_key=DataKey.make())
    request.why = why.strip()
    save_clean(request)
    audit.record("asked for hours", request, by=by)
    tell_coordinators("hours_requested", current, by=by)
    return request


@transaction.atomic
def withdraw(request: HoursRequest, *, by: Any, version: int) -> HoursRequest:
    """The head takes it back."""
    current = opened(request, by=by, version=version)
    if not rules.can_withdraw_hours_request(by, current):
        raise PermissionDenied
    return close(current, State.WITHDRAWN, by=by)


@transaction.atomic
def top_up(request: HoursRequest, *, by: Any, version: int, hours: Decimal, answer: str = "") -> HoursRequest:
    """Give the school hours on top of its agreement; they may be fewer than it asked for."""
    current = opened(request, by=by, version=version)
    if not rules.can_answer_hours_request(by, current):
        raise PermissionDenied
    today = timezone.localdate()
    if hours <= 0:
        raise ValidationError({"hours": "Give a number of hours."})
    if hours_left(current.school, today) is None:
        raise ValidationError("This school has no signed agreement for this year: sign one first.")
    close(current, State.TOPPED_UP, by=by, answer=answer)
    enter(HoursEntry(school=current.school, on=today, kind=HoursKind.TOP_UP, hours=hours, request=current, by=by))
    tell_heads("hours_answered", current.school, by=by)
    return current


@transaction.atomic
def decline(request: HoursRequest, *, by: Any, version: int, answer: str) -> HoursRequest:
    """Say no, and what the school can do instead."""
    current = opened(request, by=by, version=version)
    if not rules.can_answer_hours_request(by, current):
        raise PermissionDenied
    if not answer.strip():
        raise ValidationError({"answer": "Say why not, and what the school can do instead."})
    close(current, State.DECLINED, by=by, answer=answer)
    tell_heads("hours_answered", current.school, by=by)
    return current


def opened(request: HoursRequest, *, by: Any, version: int | None) -> HoursRequest:
    """The locked request, for who may see it and has seen it as it stands."""
    locked(request.school)
    current = locked(request, "school__service", "data_key")
    if not rules.visible_hours_requests(by).filter(pk=current.pk).exists():
        raise PermissionDenied
    refuse_stale(current, version)
    return current


def close(request: HoursRequest, state: HoursRequest.State, *, by: Any, answer: str = "") -> HoursRequest:
    """Write down how a locked request ended; a school that was asked to lend need not answer any more."""
    request.state, request.answered_by, request.answered_at = state, by, timezone.now()
    request.answer = answer.strip()
    request.version += 1
    save_clean(request)
    audit.record("answered" if state != State.WITHDRAWN else "took back", request, by=by, state=state.value)
    for loan in request.loans.select_for_update(of=("self",)).filter(state=HoursLoan.State.ASKED):
        loan.state, loan.answered_by, loan.answered_at = HoursLoan.State.WITHDRAWN, by, request.answered_at
        loan.version += 1
        loan.save()
        audit.record("took back", loan, by=by)
    return request
