"""Who has room: the weekly hours that each practitioner offers, and the cases that fill them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import Allocation, Practitioner, in_force


@dataclass(frozen=True)
class Room:
    """One practitioner's week: a case takes an hour."""

    name: str
    address: UUID
    discipline: str
    offered: Decimal
    used: int

    @property
    def free(self) -> Decimal:
        """Hours that are left; less than nothing when over."""
        return self.offered - self.used


def team(user: Any) -> list[Room]:
    """The team of the services that this person coordinates or supervises: who has most room first."""
    services = of(user).held(Role.COORDINATOR, Role.SUPERVISOR)
    rooms = _rooms(rules.visible_practitioners(user).filter(service_id__in=services, weekly_hours__gt=0))
    return sorted(rooms, key=lambda room: (-room.free, room.name))


def mine(user: Any) -> list[Room]:
    """One's own weeks, in each service that one works for."""
    return _rooms(rules.visible_practitioners(user).filter(pk__in=of(user).practitioners))


def _rooms(practitioners: QuerySet[Practitioner]) -> list[Room]:
    now = timezone.now()
    counted = practitioners.filter(in_force(now)).select_related("discipline").order_by("name", "pk")
    # Asked apart, each is a stretch of an index: nobody's ended cases are counted through.
    counted = counted.annotate(used=_cases(now, ends_at__isnull=True) + _cases(now, ends_at__gt=now))
    return [Room(one.name, one.uuid, one.discipline.label, one.weekly_hours, one.used) for one in counted]


def _cases(now: datetime, **ending: Any) -> Coalesce:
    """How many cases a practitioner works that end in this way."""
    theirs = Allocation.objects.filter(practitioner=OuterRef("pk"), starts_at__lte=now, **ending).order_by()
    return Coalesce(Subquery(theirs.values("practitioner").annotate(count=Count("*")).values("count")), 0)
