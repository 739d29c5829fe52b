"""`has_perm` answers for the roles and shares that are held now, and for nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from casework.access import rules, scope
from casework.access.roles import Role
from tests.clock import london
from tests.factories import (
    CaseShareFactory,
    ClusterRoleFactory,
    PractitionerFactory,
    SchoolRoleFactory,
    ServiceRoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
START, END = london(2026, 9, 7, 9), london(2026, 12, 18, 15, 30)
SECOND = timedelta(seconds=1)
FACTORIES = {"Service": ServiceRoleFactory, "Cluster": ClusterRoleFactory, "School": SchoolRoleFactory}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("at", [START - SECOND, START, END - SECOND, END, END + SECOND])
def test_has_perm_agrees_with_the_scope_at_every_instant(role, at):
    person = UserFactory()
    row = FACTORIES[role.value.on.__name__](role=role, user=person, starts_at=START, ends_at=END)
    with time_machine.travel(at, tick=False):
        held = row.content_object_id in scope.of(person).held(role)
        assert person.has_perm(f"casework.{role.codename}", row.content_object) is held
        assert person.has_perm(role.codename, row.content_object) is held
        assert held is (START <= at < END)


def test_has_perm_follows_a_share_until_the_second_it_ends():
    share = CaseShareFactory(starts_at=START, ends_at=END)
    PractitionerFactory(user=share.user, service=share.content_object.school.service, starts_at=START)
    for at, held in [(END - SECOND, True), (END, False)]:
        with time_machine.travel(at, tick=False):
            assert share.user.has_perm("casework.cover", share.content_object) is held
            assert rules.can_view_referral(share.user, share.content_object) is held


def test_has_perm_of_a_role_is_no_answer_for_another_object_or_another_role():
    row = SchoolRoleFactory(role=Role.HEAD)
    other = SchoolRoleFactory(role=Role.HEAD).content_object
    assert row.user.has_perm("casework.headteacher", row.content_object)
    assert not row.user.has_perm("casework.headteacher", other)
    assert not row.user.has_perm("casework.sendco", row.content_object)
    assert not row.user.has_perm("casework.headteacher", row.content_object.service)
    assert not row.user.has_perm("cms.headteacher", row.content_object)


def test_has_perm_says_no_to_what_nobody_can_hold():
    row = ServiceRoleFactory()
    assert not row.user.has_perm("casework.coordinator", UserFactory())
    assert not row.user.has_perm("casework.break_glass", CaseShareFactory().content_object)
    assert not row.user.has_perm("casework.coordinator")


def test_has_perm_lets_whoever_has_casework_through_wagtails_gate_and_no_further():
    row = SchoolRoleFactory(role=Role.SENDCO)
    assert row.user.has_perm("wagtailadmin.access_admin")
    assert not UserFactory().has_perm("wagtailadmin.access_admin")
    assert not AnonymousUser().has_perm("wagtailadmin.access_admin")
    for permission in ("wagtailcore.add_page", "people.change_user", "auth.change_group", "wagtailcore.add_site"):
        assert not row.user.has_perm(permission)


def test_has_perm_of_somebody_switched_off_is_no():
    row = ServiceRoleFactory()
    row.user.is_active = False
    assert not row.user.has_perm("casework.coordinator", row.content_object)
    assert not row.user.has_perm("wagtailadmin.access_admin")


def test_backend_signs_nobody_in(client):
    row = ServiceRoleFactory(user__email="somebody@allyance.example")
    assert client.login(username=row.user.email, password="not the password") is False
