"""Hours from one school to another: the coordinator asks, and they move when the lending school's head says yes."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import HoursLoan, HoursRequest, School, hours_left
from . import hours_requests
from .hours import book_loan
from .saving import locked, refuse_stale, save_clean
from .school_telling import tell_coordinators, tell_heads

State = HoursLoan.State


@transaction.atomic
def ask(request: HoursRequest, *, by: Any, version: int, lender: School, hours: Decimal) -> HoursLoan:
    """Ask another school of the service to lend what a school has asked for. One school is asked at a time."""
    current = hours_requests.opened(request, by=by, version=version)
    if not rules.can_ask_for_loan(by, current):
        raise PermissionDenied
    if lender.service_id != current.school.service_id:
        raise ValidationError({"lender": "Choose a school of the same service."})
    if current.loans.filter(state=State.ASKED).exists():
        raise ValidationError("Another school was asked and has not answered: take that question back first.")
    loan = HoursLoan(lender=lender, borrower=current.school, hours=hours, request=current, asked_by=by)
    save_clean(loan)
    audit.record("asked for a loan", loan, by=by)
    tell_heads("loan_asked", lender, by=by)
    return loan


@transaction.atomic
def agree(loan: HoursLoan, *, by: Any, version: int) -> HoursLoan:
    """The lending head says yes: the hours move, and the request is answered."""
    current = _opened(loan, by=by, version=version)
    if not rules.can_answer_loan(by, current):
        raise PermissionDenied
    left = hours_left(current.lender, timezone.localdate())
    if left is None or left < current.hours:
        raise ValidationError(f"Your school has {float(left or 0):g} hours left, which is fewer than are asked for.")
    _settle(current, State.AGREED, by=by)
    book_loan(current, by=by)
    if current.request:
        hours_requests.close(current.request, HoursRequest.State.LENT, by=by)
    tell_heads("hours_answered", current.borrower, by=by)
    return current


@transaction.atomic
def decline(loan: HoursLoan, *, by: Any, version: int) -> HoursLoan:
    """The lending head says no: the request waits for the coordinator again."""
    current = _opened(loan, by=by, version=version)
    if not rules.can_answer_loan(by, current):
        raise PermissionDenied
    return _settle(current, State.DECLINED, by=by)


@transaction.atomic
def withdraw(loan: HoursLoan, *, by: Any, version: int) -> HoursLoan:
    """The coordinator takes the question back."""
    current = _opened(loan, by=by, version=version)
    if not rules.can_withdraw_loan(by, current):
        raise PermissionDenied
    return _settle(current, State.WITHDRAWN, by=by)


def _opened(loan: HoursLoan, *, by: Any, version: int) -> HoursLoan:
    """The locked loan, with both schools and its request, for who may see it and has seen it as it stands."""
    for school in sorted([loan.lender, loan.borrower], key=lambda school: school.pk):
        locked(school)
    if loan.request:
        locked(loan.request)
    current = locked(loan, "lender__service", "borrower__service", "request__school__service", "request__data_key")
    if not rules.visible_hours_loans(by).filter(pk=current.pk).exists():
        raise PermissionDenied
    refuse_stale(current, version)
    return current


def _settle(loan: HoursLoan, state: HoursLoan.State, *, by: Any) -> HoursLoan:
    loan.state, loan.answered_by, loan.answered_at = state, by, timezone.now()
    loan.version += 1
    save_clean(loan)
    audit.record("took back" if state == State.WITHDRAWN else "answered", loan, by=by, state=state.value)
    if state != State.WITHDRAWN:
        tell_coordinators("loan_answered", loan.lender, by=by)
    return loan
