"""The roles as they are written down, and as the tables declare them."""

import pytest
from django.conf import settings
from django.core import checks
from guardian.checks import check_settings

from casework.access.roles import SCHOOL_STAFF, TABLES, Role
from casework.models import Cluster, Referral, School, Service


@pytest.mark.parametrize("model", [Service, Cluster, School])
def test_roles_of_a_model_are_its_permissions_and_no_others(model):
    declared = dict(model._meta.permissions)
    assert declared == {role.codename: role.title for role in Role if role.value.on is model}


def test_shares_are_the_permissions_of_a_referral():
    assert {codename for codename, _ in Referral._meta.permissions} == {"cover", "break_glass"}


def test_each_role_has_a_sentence_and_a_codename_of_its_own():
    assert all(role.value.sentence.endswith(".") for role in Role)
    assert len({role.codename for role in Role}) == len(Role)


def test_table_of_a_role_is_held_on_what_the_role_is_held_on():
    for role in Role:
        assert role.table is TABLES[role.value.on]
        assert role.table._meta.get_field("content_object").related_model is role.value.on


def test_of_finds_a_role_by_its_permission():
    assert Role.of("sendco") is Role.SENDCO
    with pytest.raises(ValueError, match="superhero"):
        Role.of("superhero")


def test_a_school_is_staffed_by_those_who_refer_and_not_by_its_safeguarding_lead():
    assert set(SCHOOL_STAFF) == {Role.HEAD, Role.SENDCO}


def test_guardians_warning_is_silenced_because_our_backend_replaces_its_own():
    """W001 asks for guardian's backend, which knows no period: it would let an ended role live on."""
    assert settings.SILENCED_SYSTEM_CHECKS == ["guardian.W001"]
    assert [warning.id for warning in check_settings(None)] == ["guardian.W001"]
    assert "casework.access.backend.CurrentRoles" in settings.AUTHENTICATION_BACKENDS
    assert not any("guardian" in backend for backend in settings.AUTHENTICATION_BACKENDS)
    assert [found for found in checks.run_checks() if found.id.startswith("casework.") or not found.is_silenced()] == []
