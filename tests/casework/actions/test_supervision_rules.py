"""The rules that a service starts with."""

from decimal import Decimal

from casework.actions import supervision_rules
from casework.models import SupervisionRule
from tests.factories import ListItemFactory


def test_begin_gives_each_body_a_rule_that_is_to_be_confirmed(cast):
    for label in ("BACP", "PTUK"):
        ListItemFactory(service=cast.service, list="body", label=label)

    made = supervision_rules.begin(cast.service)

    assert {rule.body.label: rule.hours_a_month for rule in made} == {"BACP": Decimal("1.5"), "PTUK": Decimal(1)}
    assert all(supervision_rules.TO_CONFIRM in rule.who_counts for rule in made)


def test_begin_again_changes_nothing(cast):
    body = ListItemFactory(service=cast.service, list="body", label="BACP")
    SupervisionRule.objects.create(service=cast.service, body=body, hours_a_month=2)
    assert supervision_rules.begin(cast.service) == []
    assert SupervisionRule.objects.get().hours_a_month == 2
