"""Runs of sessions in which a child was not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import WORKED
from ..models import Referral, Session
from .rows import SHOWN, CaseRow, row_of, with_school

NEVER = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Run:
    """A case, and how many sessions ago its child was last seen."""

    case: CaseRow
    sessions: int


def cases(user: Any) -> QuerySet[Referral]:
    """The cases that this person works, coordinates or supervises, in which as many sessions were missed one after the
    other as the service has set."""
    scope = of(user)
    concerned = Q(pk__in=scope.worked) | Q(school_id__among=scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR))
    counted: Any = with_run(rules.visible_referrals(user).filter(concerned, status__in=WORKED))
    flagged: QuerySet[Referral] = counted.filter(missed__gte=F("school__service__missed_in_a_row"))
    return flagged


def with_run(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With the last time that the child was seen, and how many sessions were missed since; None for none."""
    sessions = Session.objects.filter(referral=OuterRef("pk")).order_by().values("referral")
    seen = sessions.filter(attendance__seen=True).annotate(last=Max("starts_at")).values("last")
    missed = sessions.filter(starts_at__gt=OuterRef("last_seen")).annotate(count=Count("pk")).values("count")
    return referrals.annotate(last_seen=Coalesce(Subquery(seen), Value(NEVER))).annotate(
        missed=Subquery(missed, output_field=IntegerField())
    )


def runs(user: Any) -> list[Run]:
    """These cases, the longest run first."""
    rows: Any = with_school(cases(user))
    return [Run(row_of(case), case.missed) for case in rows.order_by("-missed", "pk")[:SHOWN]]


def of_case(sessions: Sequence[Session], referral: Referral) -> int:
    """How many of the last sessions of a worked case were missed, where they are enough to be flagged; or none. The
    newest session comes first."""
    missed = len(list(takewhile(lambda session: not session.attendance.seen, sessions)))
    flagged = referral.status in WORKED and missed >= referral.school.service.missed_in_a_row
    return missed if flagged else 0
