"""Who sees which supervision and training, what was said there, and which notes were brought: person by person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from casework.models import MeetingKind, SupervisionRule
from tests.cast import PEOPLE
from tests.factories import (
    AttendanceFactory,
    CaseShareFactory,
    ConflictBlockFactory,
    ListItemFactory,
    ProcessNoteFactory,
    ReferralFactory,
    ServiceRoleFactory,
    SessionFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
)

SEE = {
    "team_meetings": "coordinator supervisor therapist",
    "attendances": "coordinator supervisor therapist",
    "supervision_items": "supervisor therapist",
    "supervision_hours": "coordinator supervisor therapist",
    "supervision_rules": "coordinator supervisor therapist other_therapist",
}
MAY = {
    "can_change_team_meeting": (("group",), "supervisor"),
    "can_record_team_meeting": (("group",), "supervisor"),
    "can_cancel_team_meeting": (("coming",), "supervisor"),
    "can_keep_agenda": (("group",), "supervisor"),
    "can_bring_case": (("group", "case"), "supervisor"),
    "can_read_sheet": (("group",), "supervisor therapist"),
    "can_write_reflection": (("item",), "supervisor therapist"),
    "can_bring_notes": (("item",), "therapist"),
    "can_change_supervision_rule": (("rule",), "coordinator supervisor"),
    "can_view_team_numbers": ((), "coordinator supervisor steering outsider"),
}


@pytest.fixture
def here(cast):
    """A group supervision of a week ago to which the therapist came with a case, and one to come."""
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    group = TeamMeetingFactory(service=cast.service, entered_by=cast.supervisor)
    coming = TeamMeetingFactory(
        service=cast.service, entered_by=cast.supervisor, starts_at=timezone.now() + timedelta(days=7)
    )
    for meeting, came in ((group, True), (coming, None)):
        AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=came)
    rule = SupervisionRule.objects.create(
        service=cast.service, body=ListItemFactory(service=cast.service, list="body"), hours_a_month=1
    )
    item = SupervisionItemFactory(meeting=group, referral=case)
    return {"case": case, "group": group, "coming": coming, "item": item, "rule": rule}


def own(cast, **fields):
    """An individual supervision that the therapist entered for themselves."""
    meeting = TeamMeetingFactory(service=cast.service, kind=MeetingKind.INDIVIDUAL, entered_by=cast.therapist, **fields)
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner)
    return meeting


@pytest.mark.parametrize("noun", SEE)
def test_visible_rows_are_these_persons(cast, here, noun):
    shown = getattr(rules, f"visible_{noun}")
    rows = shown(cast.supervisor)
    mine = rows.filter(pk=cast.therapist_practitioner.pk) if noun == "supervision_hours" else rows
    assert mine.exists()

    seen = {part for part, person in cast.people().items() if shown(person).filter(pk__in=mine.values("pk")).exists()}

    assert seen == set(SEE[noun].split())


@pytest.mark.parametrize("name", MAY)
def test_acts_are_these_persons(cast, here, name):
    about, who = MAY[name]
    asked = [here[one] for one in about]

    may = {part for part, person in cast.people().items() if getattr(rules, name)(person, *asked)}

    assert may == set(who.split())


@pytest.mark.parametrize("part", PEOPLE)
def test_change_training_is_the_offices(cast, part):
    training = TeamMeetingFactory(service=cast.service, training=True, entered_by=cast.coordinator)
    AttendanceFactory(meeting=training, practitioner=cast.therapist_practitioner)

    person = getattr(cast, part)

    assert rules.can_change_team_meeting(person, training) is (part in {"coordinator", "supervisor"})
    assert not rules.can_keep_agenda(person, training)
    assert not rules.can_read_sheet(person, training)


def test_change_own_supervision_is_also_who_entered_it(cast, here):
    meeting = own(cast)

    may = {part for part, person in cast.people().items() if rules.can_change_team_meeting(person, meeting)}

    assert may == {"supervisor", "therapist"}
    assert rules.can_bring_case(cast.therapist, meeting, here["case"])
    assert not rules.can_bring_case(cast.other_therapist, meeting, here["case"])
    assert not rules.can_keep_agenda(cast.therapist, meeting)


def test_change_stops_when_it_is_cancelled(cast, here):
    here["coming"].cancelled_at = timezone.now()

    assert not rules.can_change_team_meeting(cast.supervisor, here["coming"])
    assert not rules.can_cancel_team_meeting(cast.supervisor, here["coming"])


def test_change_stops_when_the_next_one_has_begun(cast, here):
    item, group = here["item"], here["group"]
    assert rules.can_write_reflection(cast.therapist, item)

    TeamMeetingFactory(service=cast.service, starts_at=timezone.now() - timedelta(hours=1))

    for rule in (rules.can_change_team_meeting, rules.can_record_team_meeting, rules.can_keep_agenda):
        assert not rule(cast.supervisor, group)
    assert not rules.can_write_reflection(cast.therapist, item)


def test_change_goes_on_while_it_is_not_written_up(cast, here):
    TeamMeetingFactory(service=cast.service, starts_at=timezone.now() - timedelta(hours=1))
    here["group"].attendances.update(came=None)

    assert rules.can_record_team_meeting(cast.supervisor, here["group"])


def test_change_of_ones_own_does_not_stop_at_a_colleagues(cast):
    meeting = own(cast, starts_at=timezone.now() - timedelta(days=20))
    colleagues = TeamMeetingFactory(service=cast.service, kind=MeetingKind.INDIVIDUAL)
    AttendanceFactory(meeting=colleagues, practitioner=cast.other_practitioner)

    assert rules.can_change_team_meeting(cast.therapist, meeting)
    own(cast, starts_at=timezone.now() - timedelta(days=1))
    assert not rules.can_change_team_meeting(cast.therapist, meeting)


def test_record_waits_until_it_has_begun(cast, here):
    assert not rules.can_record_team_meeting(cast.supervisor, here["coming"])


def test_cancel_is_too_late_when_somebody_came(cast, here):
    assert not rules.can_cancel_team_meeting(cast.supervisor, here["group"])


def test_sheet_is_not_for_a_colleague_who_was_not_asked(cast, here):
    assert not rules.can_read_sheet(cast.other_therapist, here["group"])
    AttendanceFactory(meeting=here["group"], practitioner=cast.other_practitioner)
    assert rules.can_read_sheet(cast.other_therapist, here["group"])
    assert not rules.visible_supervision_items(cast.other_therapist).exists()


def test_items_leave_out_a_blocked_pupil(cast, here):
    for part in ("supervisor", "therapist"):
        person = getattr(cast, part)
        ConflictBlockFactory(user=person, pupil=cast.pupil)
        assert not rules.visible_supervision_items(person).exists()
        assert not rules.can_write_reflection(person, here["item"])


def test_bring_case_of_another_service_is_nobodys(cast, here):
    assert not rules.can_bring_case(cast.supervisor, here["group"], cast.hidden_referral)
    assert not rules.can_bring_case(cast.outsider, here["group"], cast.hidden_referral)


def test_bring_notes_is_not_for_one_that_oneself_entered(cast, here):
    item = SupervisionItemFactory(meeting=own(cast), referral=here["case"])
    assert not rules.can_bring_notes(cast.therapist, item)


# --- Notes that are brought


@pytest.fixture
def note(cast, here):
    """The therapist's note of the case that stands on the agenda, brought to it."""
    here["item"].notes_brought_by = cast.therapist
    here["item"].save()
    session = SessionFactory(referral=here["case"], attendance=cast.items["Came"])
    return ProcessNoteFactory(session=session, author=cast.therapist)


def test_note_that_is_brought_is_read_by_the_supervisor_alone(cast, note):
    reads = {part for part, person in cast.people().items() if rules.can_read_process_note(person, note)}
    assert reads == {"supervisor", "therapist"}


def test_note_that_is_not_brought_stays_closed(cast, here, note):
    here["item"].notes_brought_by = None
    here["item"].save()
    assert not rules.can_read_process_note(cast.supervisor, note)


def test_note_of_another_author_stays_closed(cast, here, note):
    CaseShareFactory(user=cast.other_therapist, content_object=here["case"])
    session = SessionFactory(referral=here["case"], attendance=cast.items["Came"])
    other = ProcessNoteFactory(session=session, author=cast.other_therapist)
    assert not rules.can_read_process_note(cast.supervisor, other)


def test_note_of_another_case_stays_closed(cast, note):
    other = ReferralFactory(active=True, school=cast.school, practitioner=cast.therapist_practitioner)
    session = SessionFactory(referral=other, attendance=cast.items["Came"])
    assert not rules.can_read_process_note(cast.supervisor, ProcessNoteFactory(session=session, author=cast.therapist))


@pytest.mark.parametrize(("ago", "reads"), [(13, True), (15, False), (-3, True)])
def test_note_is_open_until_a_fortnight_after(cast, here, note, ago, reads):
    here["group"].starts_at = timezone.now() - timedelta(days=ago)
    here["group"].save()
    assert rules.can_read_process_note(cast.supervisor, note) is reads


def test_note_closes_when_it_is_cancelled(cast, here, note):
    here["group"].cancelled_at = timezone.now()
    here["group"].save()
    assert not rules.can_read_process_note(cast.supervisor, note)


def test_note_is_not_open_to_the_supervisor_of_another_service(cast, note):
    other = ServiceRoleFactory(role=Role.SUPERVISOR, content_object=cast.other_service).user
    assert not rules.can_read_process_note(other, note)


def test_note_of_a_blocked_pupil_stays_closed(cast, note):
    ConflictBlockFactory(user=cast.supervisor, pupil=cast.pupil)
    assert not rules.can_read_process_note(cast.supervisor, note)
