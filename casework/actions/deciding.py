"""What a school decides with its therapist: the order of its waiting list, and what the year's hours are used for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import WAITING
from ..models import PLANNED, HoursPlan, QueueOrder, Referral, School, SchoolYear
from . import telling
from .refusals import StaleVersion, StepRefused
from .saving import locked, refuse_stale, save_clean

MOST_PLACES = 20
"""So many of a list have a place; the others stand after them by need and time waited."""


@transaction.atomic
def put_in_order(school: School, *, by: Any, version: int, first: Sequence[Referral]) -> QueueOrder:
    """These come first on a school's waiting list, in this order; the others stand after them by need and time waited.
    What this person does not see of the list keeps what it has."""
    order = locked(QueueOrder.objects.get_or_create(school=school)[0], "school")
    if not rules.can_order_queue(by, order.school):
        raise PermissionDenied
    refuse_stale(order, version)
    if len({referral.pk for referral in first}) != len(first) or len(first) > MOST_PLACES:
        raise ValidationError(f"Give each place once, and at most {MOST_PLACES} places.")
    listed = {one.pk: one for one in ordered(by, school).select_for_update(of=("self",))}
    if not {referral.pk for referral in first} <= listed.keys():
        raise StaleVersion(order)
    for place, referral in enumerate(first, 1):
        _put(listed.pop(referral.pk), place, by=by)
    for referral in listed.values():
        _put(referral, None, by=by)
    order.set_by, order.set_at = by, timezone.now()
    order.version += 1
    order.save()
    audit.record("put in order", order, by=by)
    return order


def ordered(user: Any, school: School) -> Any:
    """The referrals of a school's waiting list that its order is about: those that the school knows of."""
    return rules.visible_queue(user).filter(school=school, school_may_see=True, status__in=WAITING)


def _put(referral: Referral, place: int | None, *, by: Any) -> None:
    """Its place alone is written: the texts that somebody has before them are as they were."""
    if referral.place != place:
        before, referral.place = referral.place, place
        referral.save(update_fields=["place"])
        audit.record("put in place", referral, by=by, before=before, after=place)


@transaction.atomic
def propose_plan(school: School, year: SchoolYear, *, by: Any, version: int, hours: Mapping[str, Decimal]) -> HoursPlan:
    """Propose what a year's hours are used for. A proposal that waits is replaced by this one; what was agreed holds
    until the other side agrees. `version` is that of the order of the school's list, the one row both sides lock."""
    desk = locked(QueueOrder.objects.get_or_create(school=school)[0], "school")
    sides = rules.sides_of_school(by, school)
    if not rules.can_propose_hours_plan(by, school):
        raise PermissionDenied
    plans = HoursPlan.objects.filter(school=desk.school, school_year=year)
    newest = plans.order_by("-number").first()
    if (newest.number if newest else 0) != version:
        raise StaleVersion(newest or desk)
    if set(hours) != set(PLANNED) or year.service_id != school.service_id:
        raise TypeError("a plan names all that hours are used for, in a year of the school's service")
    if not any(hours.values()):
        raise ValidationError("Plan some hours.")
    _replace(plans.filter(agreed_at__isnull=True, replaced_at__isnull=True), timezone.now())
    plan = HoursPlan(
        school=school, school_year=year, number=version + 1, side=sorted(sides)[0], proposed_by=by, **hours
    )
    save_clean(plan)
    audit.record("proposed", plan, by=by)
    telling.tell_of_plan(plan, by=by)
    return plan


@transaction.atomic
def agree_plan(plan: HoursPlan, *, by: Any, version: int) -> HoursPlan:
    """The other side's yes: the plan holds from now on, and the one before is kept."""
    locked(QueueOrder.objects.get_or_create(school=plan.school)[0])  # who proposes waits for who agrees
    current = locked(plan, "school")
    if not rules.can_agree_hours_plan(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if current.agreed_at or current.replaced_at:
        raise StepRefused("a plan that waits for a yes")
    now = timezone.now()
    others = HoursPlan.objects.filter(school=current.school, school_year=current.school_year)
    _replace(others.filter(agreed_at__isnull=False, replaced_at__isnull=True), now)
    current.agreed_by, current.agreed_at = by, now
    current.version += 1
    save_clean(current)
    audit.record("agreed", current, by=by)
    return current


def _replace(plans: Any, now: datetime) -> None:
    for plan in plans:
        plan.replaced_at = now
        plan.version += 1
        plan.save()
