"""Whatever people hold: lists and details agree, blocks beat everything, and the rules say what the words say."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.access import rules
from casework.access.readers import readers_of
from casework.access.roles import SCHOOL_STAFF, Role
from casework.audit.request import answering
from casework.models import ConflictBlock, Referral, Source
from casework.sealed import TextKind
from tests.factories import (
    AllocationFactory,
    CaseShareFactory,
    ClusterRoleFactory,
    ConflictBlockFactory,
    PlacementFactory,
    PractitionerFactory,
    PupilFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SchoolShareFactory,
    ServiceFactory,
    ServiceRoleFactory,
    SessionFactory,
    UserFactory,
)

HOUR = timedelta(hours=1)
PERIODS = {"past": (-3, -2), "now": (-1, 1), "future": (2, 3)}
SCHOOLS, CASES, PEOPLE = range(3), range(9), range(3)


@dataclass(frozen=True)
class Grant:
    """One thing that a person holds for a time: on a school (or its service or cluster), or on a case."""

    person: int
    kind: str
    on: int
    when: str


grants = st.lists(
    st.one_of(
        st.builds(
            Grant,
            person=st.sampled_from(PEOPLE),
            kind=st.sampled_from([*(role.codename for role in Role), "placement"]),
            on=st.sampled_from(SCHOOLS),
            when=st.sampled_from(list(PERIODS)),
        ),
        st.builds(
            Grant,
            person=st.sampled_from(PEOPLE),
            kind=st.sampled_from(["allocation", "cover", "break_glass", "block"]),
            on=st.sampled_from(CASES),
            when=st.sampled_from(list(PERIODS)),
        ),
    ),
    max_size=7,
    unique=True,
)
few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class World:
    """Two services with three schools, three people, and a case of each kind that the rules tell apart."""

    def __init__(self) -> None:
        first = SchoolFactory()
        self.schools = [
            first,
            SchoolFactory(service=first.service, buys_in=True),
            SchoolFactory(service=ServiceFactory()),
        ]
        self.people = [UserFactory() for _ in PEOPLE]
        self.practitioners = {
            (person.pk, service.pk): PractitionerFactory(
                user=person, service=service, starts_at=timezone.now() - 10 * HOUR
            )
            for person in self.people[:2]
            for service in {school.service for school in self.schools}
        }
        self.cases = [self._case(school, **traits) for school, traits in self._kinds()]
        self.session = SessionFactory(
            referral=self.cases[2], practitioner=self.practitioners[self.people[0].pk, first.service_id]
        )
        SchoolShareFactory(referral=self.cases[2], school=self.schools[1])

    def _kinds(self) -> list[tuple[Any, dict[str, Any]]]:
        own, buys_in, foreign = self.schools
        mine = {"referred_by": self.people[0]}
        return [
            (own, {}), (own, {"submitted": True}), (own, {"accepted": True}),
            (own, {"kept_from_school": True, "submitted": True}), (own, {"kept_from_school": True, **mine}),
            (own, {"other_source": True, **mine}), (buys_in, {"submitted": True}), (foreign, {}), (foreign, {"submitted": True}),
        ]  # fmt: skip

    def _case(self, school: Any, **traits: Any) -> Referral:
        return ReferralFactory(school=school, pupil=PupilFactory(school=school), **traits)

    def give(self, grant: Grant) -> None:
        """Write a grant down."""
        person = self.people[grant.person]
        starts, ends = (timezone.now() + hours * HOUR for hours in PERIODS[grant.when])
        period = {"starts_at": starts, "ends_at": ends}
        if grant.kind == "placement":
            if practitioner := self.practitioners.get((person.pk, self.schools[grant.on].service_id)):
                PlacementFactory(practitioner=practitioner, school=self.schools[grant.on], **period)
        elif grant.kind == "allocation":
            case = self.cases[grant.on]
            if practitioner := self.practitioners.get((person.pk, case.school.service_id)):
                AllocationFactory(referral=case, practitioner=practitioner, **period)
        elif grant.kind in ("cover", "break_glass"):
            CaseShareFactory(user=person, content_object=self.cases[grant.on], codename=grant.kind, **period)
        elif grant.kind == "block":
            reason = ConflictBlock.Reason.RELATIVE
            ConflictBlockFactory(user=person, pupil=self.cases[grant.on].pupil, reason=reason, **period)
        else:
            self._give_role(Role.of(grant.kind), person, self.schools[grant.on], period)

    def _give_role(self, role: Role, person: Any, school: Any, period: dict[str, Any]) -> None:
        factories = {"Service": ServiceRoleFactory, "Cluster": ClusterRoleFactory, "School": SchoolRoleFactory}
        on = {"Service": school.service, "Cluster": school.cluster or self.schools[0].cluster, "School": school}
        name = role.value.on.__name__
        factories[name](role=role, user=person, content_object=on[name], **period)

    def in_words(self, number: int, case: Referral, held: list[Grant]) -> bool:
        """Whether a person sees a case, said again without a database: the architecture's sentences, one by one."""
        person = self.people[number]
        now = [grant for grant in held if grant.person == number and grant.when == "now"]
        if any(grant.kind == "block" and self.cases[grant.on] == case for grant in now):
            return False
        on_case = {
            grant.kind
            for grant in now
            if grant.kind in ("allocation", "cover", "break_glass") and self.cases[grant.on] == case
        }
        roles = [
            (Role.of(grant.kind), self.schools[grant.on])
            for grant in now
            if grant.kind in {role.codename for role in Role}
        ]
        in_school = any(role in SCHOOL_STAFF and school == case.school for role, school in roles)
        receives = case == self.cases[2] and any(
            role in SCHOOL_STAFF and school == self.schools[1] for role, school in roles
        )
        serves = {
            role
            for role, school in roles
            if role.value.on.__name__ == "Service" and school.service_id == case.school.service_id
        }
        in_team = (person.pk, case.school.service_id) in self.practitioners
        return any([
            in_school and case.school_may_see,
            receives,
            bool(serves & {Role.COORDINATOR, Role.SUPERVISOR}) and case.submitted_at is not None,
            Role.COORDINATOR in serves and case.source == Source.OTHER and case.referred_by == person,
            "allocation" in on_case and in_team,
            "cover" in on_case and in_team,
            "break_glass" in on_case and Role.SUPERVISOR in serves,
        ])  # fmt: skip


@pytest.fixture
def world(db):
    return World()


@contextmanager
def holding(world, held):
    """Everything that is held, written down, and asked within one request; nothing stays behind."""
    with transaction.atomic():
        for grant in held:
            world.give(grant)
        with answering(None):
            yield
        transaction.set_rollback(True)


@few
@given(held=grants)
def test_visible_referrals_are_what_the_words_say_and_the_detail_agrees(world, held):
    with holding(world, held):
        for number, person in enumerate(world.people):
            listed = set(rules.visible_referrals(person))
            assert listed == {case for case in world.cases if world.in_words(number, case, held)}
            assert listed == {case for case in world.cases if rules.can_view_referral(person, case)}


@few
@given(held=grants)
def test_readers_of_a_case_are_exactly_those_who_see_it(world, held):
    with holding(world, held):
        for case in world.cases:
            readers = {reader.person for reader in readers_of(case)} & set(world.people)
            assert readers == {person for person in world.people if rules.can_view_referral(person, case)}


@few
@given(held=grants)
def test_nobody_does_or_reads_what_they_do_not_see(world, held):
    with holding(world, held):
        for person in world.people:
            seen, queued = set(rules.visible_referrals(person)), set(rules.visible_queue(person))
            for case in world.cases:
                kinds = rules.readable_kinds(person, case)
                assert TextKind.PROCESS not in kinds
                if case not in seen:
                    assert kinds == frozenset()
                    assert not any(rules.can_step(person, case, step) for step in rules.STEPS)
                    assert not rules.can_record_session(person, case) and not rules.can_record_review(person, case)
                    assert not rules.can_change_referral(person, case) and not rules.can_read_outcomes(person, case)
                    assert not rules.can_endorse_for_school(person, case) and not rules.can_break_glass(person, case)
                if case not in seen | queued and case.status in ("submitted", "accepted"):
                    assert not rules.can_endorse_for_therapist(person, case)


@few
@given(held=grants)
def test_rows_of_cases_are_seen_with_the_case_and_no_draft_is_in_a_queue(world, held):
    with holding(world, held):
        for person in world.people:
            seen = set(rules.visible_referrals(person).values_list("pk", flat=True))
            assert set(rules.visible_sessions(person).values_list("referral_id", flat=True)) == seen & {
                world.session.referral_id
            }
            assert set(rules.visible_allocations(person).values_list("referral_id", flat=True)) <= seen
            assert {case.pupil_id for case in world.cases if case.pk in seen} <= set(
                rules.visible_pupils(person).values_list("pk", flat=True)
            )
            assert not rules.visible_queue(person).filter(submitted_at=None).exists()


@few
@given(held=grants, person=st.sampled_from(PEOPLE), number=st.sampled_from(CASES))
def test_a_block_beats_everything(world, held, person, number):
    block = Grant(person, "block", number, "now")
    with holding(world, [*(grant for grant in held if grant.kind != "block"), block]):
        blocked, case = world.people[person], world.cases[number]
        assert case not in rules.visible_referrals(blocked)
        assert case not in rules.visible_queue(blocked)
        assert case.pupil not in rules.visible_pupils(blocked)
        assert not rules.visible_sessions(blocked).filter(referral=case).exists()
        assert not rules.visible_allocations(blocked).filter(referral=case).exists()
        assert not rules.visible_carers(blocked).filter(family=case.pupil.family).exists()
        assert not rules.visible_events(blocked).filter(referral=case).exists()
        assert rules.readable_kinds(blocked, case) == frozenset()
        assert not rules.can_change_pupil(blocked, case.pupil)
        assert not rules.can_endorse_for_therapist(blocked, case)
        assert not any(rules.can_step(blocked, case, step) for step in rules.STEPS)


@few
@given(held=grants)
def test_has_perm_agrees_with_what_is_held(world, held):
    with holding(world, held):
        for number, person in enumerate(world.people):
            now = {(grant.kind, grant.on) for grant in held if grant.person == number and grant.when == "now"}
            for role in (Role.HEAD, Role.DSL):
                for on, school in enumerate(world.schools):
                    assert person.has_perm(f"casework.{role.codename}", school) is ((role.codename, on) in now)
            entered = rules.surfaces(person) & {"casework", "cms"}
            assert person.has_perm("wagtailadmin.access_admin") is bool(entered)
