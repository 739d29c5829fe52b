"""The rule book, rule by rule, for those whose whole point is what they leave out."""

import inspect
import pkgutil
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from casework import audit
from casework.access import grants, rules
from casework.access.roles import Role
from casework.models import AuditEvent, Pupil, Referral, Service
from casework.sealed import TextKind
from tests.factories import (
    AllocationFactory,
    ConcernFactory,
    ConflictBlockFactory,
    DocumentAudienceFactory,
    DocumentFactory,
    NoteOpeningFactory,
    ProcessNoteFactory,
    PupilFactory,
    ReferralFactory,
    SchoolShareFactory,
    ServiceRoleFactory,
    SessionFactory,
)

WITHOUT_CASES = ["dsl", "tsl", "steering", "editor", "technical"]


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def test_the_book_holds_each_rule_of_each_of_its_chapters():
    files = {import_module(f"{rules.__name__}.{file.name}") for file in pkgutil.iter_modules(rules.__path__)}
    told = {name: rule for chapter in rules.CHAPTERS for name, rule in vars(chapter).items()}
    for file in files:
        for name, rule in inspect.getmembers(file, inspect.isfunction):
            if name.startswith(("visible_", "can_")) and rule.__module__ == file.__name__:
                assert getattr(rules, name) is told[name] is rule


# --- Who sees no case at all


@pytest.mark.parametrize("part", WITHOUT_CASES)
def test_visible_referrals_of_those_who_have_no_cases_are_none(cast, case, part):
    person = getattr(cast, part)
    ReferralFactory(submitted=True, school=cast.school, pupil=PupilFactory(school=cast.school))
    assert not rules.visible_referrals(person).exists()
    assert not rules.visible_queue(person).exists()
    assert not rules.visible_pupils(person).exists()
    assert not rules.visible_sessions(person).exists()
    assert not rules.visible_carers(person).exists()
    assert not rules.visible_events(person).exists()
    assert rules.readable_kinds(person, case) == frozenset()


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.DATA_PROTECTION, Role.SAFEGUARDING_LEAD])
def test_visible_referrals_of_other_roles_of_the_service_are_none(cast, case, role):
    row = ServiceRoleFactory(role=role, content_object=cast.service)
    assert not rules.visible_referrals(row.user).exists()
    assert not rules.visible_pupils(row.user).exists()


def test_nothing_is_visible_to_a_visitor(cast, case):
    nobody, concern = AnonymousUser(), ConcernFactory()
    assert not rules.visible_concern_events(nobody, concern).exists()
    assert not rules.visible_concern_messages(nobody, concern).exists()
    assert not rules.visible_matches(nobody, cast.school).exists()
    of_a_record = {
        "visible_history",
        "visible_concern_events",
        "visible_concern_messages",
        "visible_matches",
        "visible_takers",
    }
    for name in [name for name in dir(rules) if name.startswith("visible_") and name not in of_a_record]:
        assert not getattr(rules, name)(nobody).exists(), name
    assert rules.surfaces(nobody) == frozenset()


# --- Drafts, and what a family keeps from the school


def test_drafts_stay_in_the_school(cast):
    draft = ReferralFactory(school=cast.school, pupil=cast.pupil)
    audit.record("changed", draft, by=cast.head)
    assert rules.can_view_referral(cast.head, draft) and rules.can_view_referral(cast.sendco, draft)
    for part in ("coordinator", "supervisor", "therapist", "other_head", "dsl"):
        person = getattr(cast, part)
        assert not rules.can_view_referral(person, draft)
        assert not rules.visible_pupils(person).filter(pk=cast.pupil.pk).exists()
        assert not rules.visible_carers(person).filter(pk=cast.carer.pk).exists()
        assert not rules.visible_events(person).filter(referral=draft).exists()
        assert not rules.visible_queue(person).exists()


def test_a_referral_that_the_family_keeps_from_the_school_is_nobodys_there(cast):
    kept = ReferralFactory(kept_from_school=True, submitted=True, school=cast.school, pupil=cast.pupil)
    assert rules.can_view_referral(cast.coordinator, kept) and rules.can_view_referral(cast.supervisor, kept)
    for person in (cast.head, cast.sendco, cast.therapist):
        assert not rules.can_view_referral(person, kept)
        assert kept not in rules.visible_queue(person)
        assert not rules.can_endorse_for_school(person, kept) and not rules.can_endorse_for_therapist(person, kept)
        assert not any(rules.can_step(person, kept, step) for step in rules.STEPS)


def test_a_referral_kept_from_the_school_is_its_therapists_once_allocated(cast):
    kept = ReferralFactory(
        kept_from_school=True,
        active=True,
        school=cast.school,
        pupil=cast.pupil,
        practitioner=cast.therapist_practitioner,
    )
    assert rules.can_view_referral(cast.therapist, kept)
    assert not rules.can_view_referral(cast.head, kept)


def test_a_coordinators_own_draft_is_theirs_with_pupil_and_carer_and_no_other_coordinators(cast):
    draft = ReferralFactory(kept_from_school=True, school=cast.school, pupil=cast.pupil, referred_by=cast.coordinator)
    second = ServiceRoleFactory(content_object=cast.service).user
    assert rules.can_view_referral(cast.coordinator, draft) and rules.can_change_referral(cast.coordinator, draft)
    assert rules.visible_pupils(cast.coordinator).filter(pk=cast.pupil.pk).exists()
    assert rules.visible_carers(cast.coordinator).filter(pk=cast.carer.pk).exists()
    assert not rules.can_view_referral(second, draft) and not rules.can_change_referral(second, draft)
    assert rules.readable_kinds(second, draft) == frozenset()


# --- Therapists


def test_a_placed_therapist_sees_the_waiting_list_and_not_the_referral(cast):
    waiting = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    assert waiting in rules.visible_queue(cast.therapist)
    assert not rules.can_view_referral(cast.therapist, waiting)
    assert rules.readable_kinds(cast.therapist, waiting) == frozenset()
    assert waiting not in rules.visible_queue(cast.other_therapist)


def test_a_therapist_sees_a_case_from_the_start_of_the_allocation_until_its_end(cast):
    case = ReferralFactory(accepted=True, school=cast.school, pupil=cast.pupil)
    starts, ends = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)
    AllocationFactory(referral=case, practitioner=cast.therapist_practitioner, starts_at=starts, ends_at=ends)
    second = timedelta(seconds=1)
    for at, sees in [
        (starts - second, False),
        (starts, True),
        (ends - second, True),
        (ends, False),
        (ends + second, False),
    ]:
        with time_machine.travel(at, tick=False):
            assert rules.can_view_referral(cast.therapist, case) is sees
            assert rules.can_record_session(cast.therapist, case) is sees


# --- Kinds of text


@pytest.mark.parametrize(
    ("part", "kinds"),
    [
        ("coordinator", "referral contact school"),
        ("supervisor", "referral school clinical"),
        ("therapist", "referral contact school clinical"),
        ("head", "referral contact school"),
        ("sendco", "referral contact school"),
        ("other_head", ""),
        ("other_therapist", ""),
        ("outsider", ""),
    ],
)
def test_readable_kinds_are_the_architectures_table(cast, case, part, kinds):
    assert rules.readable_kinds(getattr(cast, part), case) == {TextKind(kind) for kind in kinds.split()}


def test_can_read_outcomes_is_for_whoever_works_the_case_the_supervisor_and_the_coordinator(cast, case):
    reads = {part for part, person in cast.people().items() if rules.can_read_outcomes(person, case)}
    assert reads == {"therapist", "supervisor", "coordinator"}


def test_a_school_that_receives_a_case_reads_school_text_and_no_contact(cast, case):
    SchoolShareFactory(referral=case, school=cast.other_school)
    assert rules.readable_kinds(cast.other_head, case) == {TextKind.SCHOOL}
    assert not rules.visible_carers(cast.other_head).filter(pk=cast.carer.pk).exists()


# --- Process notes


@pytest.fixture
def note(cast, case):
    return ProcessNoteFactory(session=SessionFactory(referral=case, practitioner=cast.therapist_practitioner))


def test_can_read_process_note_is_its_authors_alone(cast, note):
    assert {part for part, person in cast.people().items() if rules.can_read_process_note(person, note)} == {
        "therapist"
    }


def test_can_read_process_note_ends_for_its_author_with_the_case(cast, note):
    note.session.referral.allocations.update(ends_at=timezone.now())
    assert not rules.can_read_process_note(cast.therapist, note)


def test_can_read_process_note_opens_to_the_supervisor_who_gave_a_reason_until_it_ends(cast, note):
    opening = NoteOpeningFactory(note=note, opened_by=cast.supervisor)
    second = ServiceRoleFactory(role=Role.SUPERVISOR, content_object=cast.service).user
    assert rules.can_read_process_note(cast.supervisor, note)
    assert not rules.can_read_process_note(second, note)
    with time_machine.travel(opening.ends_at, tick=False):
        assert not rules.can_read_process_note(cast.supervisor, note)


def test_can_read_process_note_is_no_for_a_blocked_author_and_supervisor(cast, note):
    NoteOpeningFactory(note=note, opened_by=cast.supervisor)
    for person in (cast.therapist, cast.supervisor):
        ConflictBlockFactory(user=person, pupil=cast.pupil)
        assert not rules.can_read_process_note(person, note)
        assert not rules.can_open_process_note(person, note)


def test_can_open_process_note_is_the_supervisors_alone(cast, note):
    assert {part for part, person in cast.people().items() if rules.can_open_process_note(person, note)} == {
        "supervisor"
    }


def test_can_change_session_is_for_who_recorded_it_and_seven_days(cast, note):
    session = note.session
    assert {part for part, person in cast.people().items() if rules.can_change_session(person, session)} == {
        "therapist"
    }
    with time_machine.travel(session.created_at + rules.NOTE_LOCKS_AFTER, tick=False):
        assert not rules.can_change_session(cast.therapist, session)


# --- Steps


def test_can_step_of_an_unknown_step_is_no(cast, case):
    assert not rules.can_step(cast.coordinator, case, "delete")


def test_steps_of_the_rule_book_are_the_steps_of_the_lifecycle():
    assert set(rules.STEPS) == {step.name for step in Referral().get_all_status_transitions()}


# --- The library


def test_visible_documents_are_ones_teams_and_ones_schools(cast):
    team = DocumentAudienceFactory(service=cast.service).document
    own = DocumentAudienceFactory(service=cast.service, school=cast.school).document
    other = DocumentAudienceFactory(service=cast.service, school=cast.other_school).document
    hidden = DocumentAudienceFactory(service=cast.other_service).document
    unread = DocumentFactory()
    seen = {
        part: {document for document in (team, own, other, hidden, unread) if rules.can_open_document(person, document)}
        for part, person in cast.people().items()
    }
    assert seen["therapist"] == {team, own}
    assert seen["other_therapist"] == {team, other}
    assert seen["coordinator"] == {team, own, other}
    assert seen["supervisor"] == {team}
    assert seen["head"] == seen["sendco"] == seen["dsl"] == {own}
    assert seen["other_head"] == {other}
    assert seen["outsider"] == seen["hidden_therapist"] == {hidden}
    assert seen["editor"] == seen["technical"] == seen["steering"] == seen["tsl"] == set()


def test_a_therapist_whose_placement_ended_no_longer_opens_the_schools_pack(cast):
    own = DocumentAudienceFactory(service=cast.service, school=cast.school).document
    cast.placement.ends_at = timezone.now()
    cast.placement.save()
    assert not rules.can_open_document(cast.therapist, own)


# --- Surfaces


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("coordinator", "casework coordination cms library"),
        ("supervisor", "casework library"),
        ("therapist", "casework library"),
        ("head", "casework library"),
        ("dsl", "casework library"),
        ("tsl", "casework"),
        ("steering", "casework"),
        ("editor", "cms"),
        ("technical", "system"),
    ],
)
def test_surfaces_are_the_union_of_what_roles_open(cast, part, expected):
    assert rules.surfaces(getattr(cast, part)) == frozenset(expected.split())


def test_surfaces_of_an_editor_of_another_site_hold_the_website(cast):
    cast.steering.groups.add(Group.objects.create(name=f"{rules.WEBSITE_EDITORS}, another site"))
    assert rules.surfaces(cast.steering) == {"casework", "cms"}


def test_surfaces_of_somebody_switched_off_are_none(cast):
    cast.editor.is_active = False
    assert rules.surfaces(cast.editor) == frozenset()


# --- Set-up


def test_nobody_places_or_changes_themselves(cast):
    cast.therapist_practitioner.user = cast.coordinator
    cast.placement.practitioner = cast.therapist_practitioner
    assert not rules.can_change_practitioner(cast.coordinator, cast.therapist_practitioner)
    assert not rules.can_change_placement(cast.coordinator, cast.placement)


def test_a_coordinator_changes_their_own_service_alone(cast):
    for change, own, foreign in [
        (rules.can_change_service, cast.service, cast.other_service),
        (rules.can_change_cluster, cast.cluster, cast.hidden_cluster),
        (rules.can_change_school, cast.school, cast.hidden_school),
        (rules.can_change_practitioner, cast.therapist_practitioner, cast.hidden_practitioner),
    ]:
        assert change(cast.coordinator, own)
        assert not change(cast.coordinator, foreign)
        assert not change(cast.head, own)


def test_a_school_is_not_put_into_another_services_cluster(cast):
    cast.school.cluster = cast.hidden_cluster
    assert not rules.can_change_school(cast.coordinator, cast.school)


def test_a_placement_joins_a_practitioner_and_a_school_of_one_service(cast):
    cast.placement.school = cast.hidden_school
    assert not rules.can_change_placement(cast.coordinator, cast.placement)


def test_an_audience_names_a_school_of_its_own_service(cast):
    audience = DocumentAudienceFactory(service=cast.service, school=cast.school)
    assert rules.can_change_audience(cast.coordinator, audience)
    audience.school = cast.hidden_school
    assert not rules.can_change_audience(cast.coordinator, audience)


def test_every_register_has_rules_and_no_row_of_them_is_open_to_all(cast):
    for model, register in rules.REGISTERS.items():
        hidden = register.visible(cast.outsider)
        for part in ("steering", "editor", "technical"):
            person = getattr(cast, part)
            assert not register.added(person) and not register.exported(person), model
            assert not set(register.visible(person)) & set(hidden), model


def test_visible_events_are_the_coordinators_and_the_supervisors(cast, case):
    event = audit.record("opened", case, by=cast.head)
    sees = {part for part, person in cast.people().items() if rules.visible_events(person).filter(pk=event.pk).exists()}
    assert sees == {"coordinator", "supervisor"}
    assert {part for part, person in cast.people().items() if rules.can_view_events(person, case)} == sees


def test_can_view_events_is_of_sent_cases_without_a_conflict_of_interest(cast, case):
    draft = ReferralFactory(school=cast.school)
    assert not rules.can_view_events(cast.supervisor, draft)

    ConflictBlockFactory(user=cast.supervisor, pupil=case.pupil)
    assert not rules.can_view_events(cast.supervisor, case)


def test_can_view_history_is_the_coordinators_of_that_service(cast):
    for record in (cast.school, cast.placement, cast.service):
        viewers = {part for part, person in cast.people().items() if rules.can_view_history(person, record)}
        assert viewers == {"coordinator"}
    audit.record("opened", cast.school, by=cast.head)
    assert rules.visible_history(cast.coordinator, cast.school).count() == 1
    assert not rules.visible_history(cast.head, cast.school).exists()
    assert AuditEvent.objects.filter(subject=cast.school.uuid).exists()


def test_can_change_pupil_is_for_their_school_now_and_the_coordinator_who_sees_them(cast, case):
    changers = {part for part, person in cast.people().items() if rules.can_change_pupil(person, cast.pupil)}
    assert changers == {"head", "sendco", "coordinator"}
    assert not rules.can_change_pupil(cast.coordinator, cast.other_pupil)
    assert set(Pupil.objects.filter(pk=cast.pupil.pk)) <= set(rules.visible_pupils(cast.therapist))
    assert set(rules.visible_services(cast.coordinator)) == {cast.service} != set(Service.objects.all())


MIXES = [
    ("supervisor", Role.HEAD), ("head", Role.SUPERVISOR), ("therapist", Role.SENDCO), ("coordinator", Role.DSL),
    ("tsl", Role.COORDINATOR), ("dsl", Role.HEAD), ("therapist", Role.SUPERVISOR),
]  # fmt: skip


@pytest.mark.parametrize("model", rules.REGISTERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize(("part", "also"), MIXES)
def test_seen_from_its_sides_a_person_sees_together_what_they_see(cast, case, model, part, also):
    person = getattr(cast, part)
    ground = {"ServiceRole": cast.service, "ClusterRole": cast.cluster, "SchoolRole": cast.other_school}
    grants.give_role(also, to=person, on=ground[also.table.__name__], by=None)
    visible = rules.REGISTERS[model].visible

    apart = [set(visible(rules.seen_from(person, side)).values_list("pk", flat=True)) for side in rules.sides(person)]

    assert len(apart) > 1
    assert set().union(*apart) == set(visible(person).values_list("pk", flat=True))


def test_seen_from_keeps_a_conflict_of_interest(cast, case):
    ConflictBlockFactory(user=cast.supervisor, pupil=cast.pupil)
    assert not rules.visible_pupils(rules.seen_from(cast.supervisor, rules.Side.SUPERVISION)).exists()
