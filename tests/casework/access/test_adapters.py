"""modeladmin's and Wagtail's questions get the rule book's answers."""

import pytest

from casework.access import rules
from casework.access.adapters import RulesHelper, RulesPolicy
from casework.models import ProcessNote, Pupil, Referral, School, Service
from tests.factories import ReferralFactory


def test_policy_answers_for_one_record_as_the_rules_do(cast):
    own = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    policy = RulesPolicy(Referral)
    assert policy.user_has_permission_for_instance(cast.head, "view", own)
    assert not policy.user_has_permission_for_instance(cast.other_head, "view", own)
    assert not policy.user_has_permission_for_instance(cast.head, "view", cast.hidden_referral)
    assert policy.user_has_permission_for_instance(cast.head, "change", own) is rules.can_change_referral(
        cast.head, own
    )
    assert not policy.user_has_any_permission_for_instance(cast.other_head, ["view", "change"], own)
    assert policy.user_has_any_permission_for_instance(cast.head, ["change", "view"], own)


@pytest.mark.parametrize("action", ["delete", "publish", "choose", ""])
def test_policy_knows_no_other_acts(cast, action):
    policy = RulesPolicy(School)
    assert not policy.user_has_permission(cast.coordinator, action)
    assert not policy.user_has_permission_for_instance(cast.coordinator, action, cast.school)
    assert not policy.instances_user_has_permission_for(cast.coordinator, action).exists()


def test_policy_lists_what_is_visible(cast):
    policy = RulesPolicy(Pupil)
    assert set(policy.instances_user_has_permission_for(cast.head, "view")) == {cast.pupil}
    assert set(policy.instances_user_has_any_permission_for(cast.head, ["change"])) == {cast.pupil}


def test_policy_opens_and_adds_to_a_register_as_the_table_says(cast):
    policy = RulesPolicy(Service)
    assert policy.user_has_permission(cast.coordinator, "view")
    assert policy.user_has_permission(cast.coordinator, "change")
    assert not policy.user_has_permission(cast.coordinator, "add")
    assert not policy.user_has_any_permission(cast.head, ["view", "add", "change"])
    assert policy.user_has_any_permission(cast.coordinator, ["add", "view"])


def test_policy_lists_nobody_by_what_they_may_do():
    with pytest.raises(NotImplementedError):
        RulesPolicy(Pupil).users_with_any_permission(["view"])


def test_what_is_no_register_has_no_policy():
    with pytest.raises(KeyError):
        RulesPolicy(ProcessNote)


def test_helper_gives_modeladmin_the_same_answers(cast):
    helper = RulesHelper(School)
    assert helper.user_can_list(cast.coordinator) and helper.user_has_any_permissions(cast.coordinator)
    assert helper.user_can_create(cast.coordinator) and not helper.user_can_create(cast.head)
    assert helper.user_can_inspect_obj(cast.head, cast.school)
    assert not helper.user_can_inspect_obj(cast.head, cast.other_school)
    assert helper.user_can_edit_obj(cast.coordinator, cast.school)
    assert not helper.user_can_edit_obj(cast.coordinator, cast.hidden_school)
    assert not helper.user_has_specific_permission(cast.coordinator, "change_school")


def test_helper_lets_nobody_delete(cast):
    for model in rules.REGISTERS:
        assert RulesHelper(model).user_can_delete_obj(cast.coordinator, None) is False
