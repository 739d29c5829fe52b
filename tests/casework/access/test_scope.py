"""What a person holds at an instant."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from casework.access import scope
from casework.access.roles import Role
from casework.audit.request import answering
from casework.models import CaseShare
from tests.clock import london
from tests.factories import (
    AllocationFactory,
    CaseShareFactory,
    ClusterFactory,
    ClusterRoleFactory,
    ConflictBlockFactory,
    PlacementFactory,
    PractitionerFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SchoolShareFactory,
    ServiceRoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
START, END = london(2026, 9, 7, 9), london(2026, 12, 18, 15, 30)
PERIOD = {"starts_at": START, "ends_at": END}
SECOND = timedelta(seconds=1)
LONG_AGO = london(2020, 1, 1)


@pytest.fixture
def person():
    return UserFactory()


def role(person):
    row = ServiceRoleFactory(user=person, **PERIOD)
    return lambda held: row.content_object_id in held.held(Role.COORDINATOR)


def school_role(person):
    row = SchoolRoleFactory(user=person, role=Role.DSL, **PERIOD)
    return lambda held: row.content_object_id in held.held(Role.DSL)


def cluster_role(person):
    school = SchoolFactory()
    ClusterRoleFactory(user=person, content_object=school.cluster, **PERIOD)
    return lambda held: school.pk in held.cluster_schools


def post(person):
    practitioner = PractitionerFactory(user=person, **PERIOD)
    return lambda held: practitioner.pk in held.practitioners and practitioner.service_id in held.teams


def placement(person):
    practitioner = PractitionerFactory(user=person, starts_at=LONG_AGO)
    row = PlacementFactory(practitioner=practitioner, **PERIOD)
    return lambda held: row.school_id in held.placed_schools


def placement_in_post(person):
    row = PlacementFactory(practitioner=PractitionerFactory(user=person, **PERIOD), starts_at=LONG_AGO)
    return lambda held: row.school_id in held.placed_schools


def allocation(person):
    practitioner = PractitionerFactory(user=person, starts_at=LONG_AGO)
    row = AllocationFactory(practitioner=practitioner, **PERIOD)
    return lambda held: row.referral_id in held.allocated and row.referral_id in held.worked


def allocation_in_post(person):
    row = AllocationFactory(practitioner=PractitionerFactory(user=person, **PERIOD), starts_at=LONG_AGO)
    return lambda held: row.referral_id in held.worked


def cover(person):
    row = CaseShareFactory(user=person, **PERIOD)
    PractitionerFactory(user=person, service=row.content_object.school.service, starts_at=LONG_AGO)
    return lambda held: row.content_object_id in held.covered and row.content_object_id in held.worked


def cover_in_post(person):
    row = CaseShareFactory(user=person, starts_at=LONG_AGO, ends_at=END + timedelta(days=365))
    PractitionerFactory(user=person, service=row.content_object.school.service, **PERIOD)
    return lambda held: row.content_object_id in held.covered


def emergency(person):
    row = CaseShareFactory(user=person, break_glass=True, **PERIOD)
    service = row.content_object.school.service
    ServiceRoleFactory(user=person, role=Role.SUPERVISOR, content_object=service, starts_at=LONG_AGO)
    return lambda held: row.content_object_id in held.opened_in_emergency


def emergency_while_supervisor(person):
    row = CaseShareFactory(user=person, break_glass=True, starts_at=LONG_AGO, ends_at=END + timedelta(days=365))
    service = row.content_object.school.service
    ServiceRoleFactory(user=person, role=Role.SUPERVISOR, content_object=service, **PERIOD)
    return lambda held: row.content_object_id in held.opened_in_emergency


def received(person):
    share = SchoolShareFactory(**PERIOD)
    SchoolRoleFactory(user=person, role=Role.SENDCO, content_object=share.school, starts_at=LONG_AGO)
    return lambda held: share.referral_id in held.received


def block(person):
    row = ConflictBlockFactory(user=person, **PERIOD)
    return lambda held: row.pupil_id in held.blocked_pupils


EVERYTHING = [
    role, school_role, cluster_role, post, placement, placement_in_post, allocation, allocation_in_post, cover,
    cover_in_post, emergency, emergency_while_supervisor, received, block,
]  # fmt: skip


@pytest.mark.parametrize("grant", EVERYTHING, ids=lambda grant: grant.__name__)
@pytest.mark.parametrize(
    ("at", "held"),
    [
        (START - SECOND, False),
        (START, True),
        (START + SECOND, True),
        (END - SECOND, True),
        (END, False),
        (END + SECOND, False),
    ],
    ids=[
        "a second before it starts",
        "as it starts",
        "a second later",
        "a second before it ends",
        "as it ends",
        "a second after",
    ],
)
def test_everything_is_held_from_its_start_up_to_its_end(person, grant, at, held):
    is_held = grant(person)
    assert is_held(scope.resolve(person, at)) is held


def test_a_period_that_ends_as_it_starts_never_held(person):
    ServiceRoleFactory(user=person, starts_at=START, ends_at=START)
    assert scope.resolve(person, START).roles == {}


def test_a_share_is_not_held_by_a_post_in_another_service(person):
    PractitionerFactory(user=person)
    ServiceRoleFactory(user=person, role=Role.SUPERVISOR)
    CaseShareFactory(user=person)
    CaseShareFactory(user=person, break_glass=True)
    held = scope.of(person)
    assert (held.covered, held.opened_in_emergency) == (frozenset(), frozenset())


def test_a_role_that_is_given_again_holds_again(person):
    first = ServiceRoleFactory(user=person, **PERIOD)
    ServiceRoleFactory(user=person, content_object=first.content_object, starts_at=END + SECOND)
    held = [
        first.content_object_id in scope.resolve(person, at).held(Role.COORDINATOR)
        for at in (END - SECOND, END, END + SECOND)
    ]
    assert held == [True, False, True]


def test_schools_of_a_service_are_its_own_also_those_that_buy_in(person):
    row = ServiceRoleFactory(user=person)
    member = SchoolFactory(service=row.content_object)
    buys_in = SchoolFactory(service=row.content_object, buys_in=True)
    SchoolFactory()
    assert scope.of(person).schools_served(Role.COORDINATOR) == {member.pk, buys_in.pk}
    assert scope.of(person).schools_served(Role.SUPERVISOR) == frozenset()


def test_schools_of_a_cluster_are_its_members_and_not_the_rest_of_the_service(person):
    cluster = ClusterFactory()
    member = SchoolFactory(service=cluster.service, cluster=cluster)
    SchoolFactory(service=cluster.service)
    ClusterRoleFactory(user=person, content_object=cluster)
    assert scope.of(person).cluster_schools == {member.pk}


def test_a_coordinator_who_also_leads_a_cluster_elsewhere_serves_no_school_of_that_service(person):
    own = SchoolFactory()
    elsewhere = SchoolFactory()
    ServiceRoleFactory(user=person, content_object=own.service)
    ClusterRoleFactory(user=person, content_object=elsewhere.cluster)
    held = scope.of(person)
    assert held.schools_served(Role.COORDINATOR) == {own.pk}
    assert held.cluster_schools == {elsewhere.pk}


def test_only_head_and_sendco_receive_what_is_shared_with_their_school(person):
    share = SchoolShareFactory()
    SchoolRoleFactory(user=person, role=Role.DSL, content_object=share.school)
    assert scope.of(person).received == frozenset()


@pytest.mark.parametrize("stranger", [AnonymousUser(), None], ids=["nobody", "none"])
def test_of_a_stranger_is_empty_without_asking(stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert scope.of(stranger or UserFactory.build()).is_empty


def test_of_somebody_switched_off_is_empty(person):
    ServiceRoleFactory(user=person)
    person.is_active = False
    assert scope.of(person).is_empty


def test_of_a_superuser_is_what_they_hold():
    assert scope.of(UserFactory(is_superuser=True)).is_empty


def test_is_empty_says_no_for_each_thing_that_somebody_does(person):
    for grant in (role, school_role, cluster_role, post, cover, emergency):
        somebody = UserFactory()
        grant(somebody)
        assert not scope.resolve(somebody, START).is_empty
    assert scope.resolve(person, START).is_empty


def test_a_block_alone_gives_nothing_to_do(person):
    block(person)
    assert scope.resolve(person, START).is_empty


def test_resolve_asks_at_most_three_questions_however_much_is_held(person, django_assert_max_num_queries):
    for grant in EVERYTHING:
        if grant not in (post, placement_in_post, allocation_in_post, cover_in_post):
            grant(person)
    SchoolFactory.create_batch(3)
    with django_assert_max_num_queries(3):
        scope.resolve(person, START)


def test_of_is_resolved_once_a_request(person, django_assert_num_queries):
    ServiceRoleFactory(user=person)
    with answering(None):
        first = scope.of(person)
        with django_assert_num_queries(0):
            assert scope.of(person) is first
    assert scope.of(person) is not first


def test_of_keeps_two_people_of_one_request_apart(person):
    ServiceRoleFactory(user=person)
    with answering(None):
        assert not scope.of(person).is_empty
        assert scope.of(UserFactory()).is_empty


def test_of_the_next_request_no_longer_holds_what_ended_between(person):
    row = ServiceRoleFactory(user=person, starts_at=START)
    with time_machine.travel(END, tick=False):
        with answering(None):
            assert scope.of(person).roles
        row.ends_at = END
        row.save()
        with answering(None):
            assert not scope.of(person).roles


def test_of_a_case_that_was_never_given_to_anybody_is_nobodys(person):
    referral = ReferralFactory(active=True)
    assert CaseShare.objects.count() == 0
    assert referral.pk not in scope.of(person).worked


def test_the_one_statement_names_nobody_and_no_time(person):
    statement, values = scope._statement(connection.vendor)

    assert statement.count("%s") == len(values)
    assert values.count(scope.SOMEBODY) == 9
    assert values.count(scope.SOME_TIME) > 18
    assert all(isinstance(value, str) for value in values if value not in (scope.SOMEBODY, scope.SOME_TIME, 0))
