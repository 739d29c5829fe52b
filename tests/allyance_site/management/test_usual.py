"""What a service begins with."""

from decimal import Decimal

from allyance_site.management import usual
from casework.models import COUNTED, IfMissing
from tests.factories import ListItemFactory


def test_requirements_are_clean_and_stop_what_the_product_says(cast):
    rows = usual.requirements(cast.service)
    for row in rows:
        row.full_clean()
        row.save()
    stops = {row.kind for row in rows if row.if_missing == IfMissing.STOPS}
    assert stops == {"dbs", "registration", "insurance"}
    assert {row.kind for row in rows if row.if_missing == IfMissing.SUPERVISOR} == {"training"}
    assert {row.kind for row in rows if row.grace_days == 30} == COUNTED


def test_supervision_rules_are_one_for_each_body_and_to_be_confirmed(cast):
    for label in ("BACP", "PTUK"):
        ListItemFactory(service=cast.service, list="body", label=label)
    rules = usual.supervision_rules(cast.service)
    for rule in rules:
        rule.full_clean()
    assert {rule.body.label: rule.hours_a_month for rule in rules} == {"BACP": Decimal("1.5"), "PTUK": Decimal(1)}
    assert all(usual.TO_CONFIRM in rule.who_counts for rule in rules)
