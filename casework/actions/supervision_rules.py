"""The rules of supervision that a service starts with, until it has looked up what each body asks for."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from .. import audit
from ..models import GroupCounts, ListName, Service, SupervisionRule

TO_CONFIRM = "To be confirmed by the service."


@dataclass(frozen=True)
class Start:
    """How much a body asks for a month, how an hour in a group counts, and who may supervise."""

    hours_a_month: Decimal
    group_counts: GroupCounts
    who_counts: str


OWN_NUMBER = Start(
    Decimal(1), GroupCounts.SHARED, f"The service’s own number, until the body’s rule is looked up. {TO_CONFIRM}"
)
STARTING: dict[str, Start] = {
    "BACP": Start(Decimal("1.5"), GroupCounts.SHARED, f"A supervisor whom the body accepts. {TO_CONFIRM}"),
}
"""By the name of the body on the service's list; every other starts with a number of the service's own. None of it is
law: bodies change their rules, so the service confirms each."""


@transaction.atomic
def begin(service: Service, *, by: Any = None) -> list[SupervisionRule]:
    """Give a service a rule for each body on its list that has none yet."""
    bodies = service.list_items.filter(list=ListName.BODY, active=True)
    made = []
    for body in bodies.exclude(pk__in=SupervisionRule.objects.filter(service=service).values("body")):
        start = STARTING.get(body.label, OWN_NUMBER)
        rule = SupervisionRule(service=service, body=body, **vars(start))
        rule.save()
        audit.record("added", rule, by=by)
        made.append(rule)
    return made
