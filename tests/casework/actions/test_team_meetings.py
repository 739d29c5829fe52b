"""Supervision and training: planned, moved and cancelled, and who is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import team_meetings
from casework.actions.refusals import StaleVersion
from casework.models import AuditEvent, MeetingKind, OutboxMessage, TeamMeeting
from tests.cast import PEOPLE
from tests.factories import AttendanceFactory, RequirementFactory, SupervisionItemFactory, TeamMeetingFactory

SOON = timedelta(days=7)


def plan(cast, by, **fields):
    given = {"kind": MeetingKind.GROUP, "starts_at": timezone.now() + SOON, "minutes": 90}
    asked = [cast.therapist_practitioner, cast.other_practitioner]
    return team_meetings.plan(cast.service, by=by, **given | {"asked": asked} | fields)


def told(kind):
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("to__email", flat=True))


def test_plan_asks_and_tells_without_detail(cast):
    meeting = plan(cast, cast.supervisor, led_by=" Miriam ", place="Online")

    assert (meeting.led_by, meeting.place, meeting.entered_by) == ("Miriam", "Online", cast.supervisor)
    assert meeting.attendances.filter(came=None).count() == 2
    assert told("meeting_asked") == ["other_therapist@allyance.example", "therapist@allyance.example"]
    assert not OutboxMessage.objects.exclude(reference="").exists()
    assert AuditEvent.objects.filter(verb="added", subject=meeting.uuid).count() == 1


def test_plan_of_supervision_by_everybody_else(cast):
    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            plan(cast, getattr(cast, part))
    assert not TeamMeeting.objects.exists()


@pytest.mark.parametrize("part", ["coordinator", "supervisor"])
def test_plan_of_training_is_the_offices(cast, part):
    training = {"kind": MeetingKind.TRAINING, "title": "Safeguarding"}
    assert plan(cast, getattr(cast, part), **training).title == "Safeguarding"
    with pytest.raises(PermissionDenied):
        plan(cast, cast.therapist, **training)


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked": []},
        {"minutes": 5},
        {"kind": MeetingKind.TRAINING},
    ],
)
def test_plan_refuses_what_is_wrong(cast, wrong):
    with pytest.raises(ValidationError):
        plan(cast, cast.supervisor, **wrong)


def test_plan_asks_nobody_of_another_service_or_who_has_left(cast):
    cast.other_practitioner.ends_at = timezone.now()
    cast.other_practitioner.save()
    for stranger in (cast.hidden_practitioner, cast.other_practitioner):
        with pytest.raises(ValidationError):
            plan(cast, cast.supervisor, asked=[stranger])


def test_plan_counts_as_nothing_of_another_service(cast):
    training = {"kind": MeetingKind.TRAINING, "title": "Safeguarding"}
    foreign = RequirementFactory(training=True, service=cast.other_service)
    with pytest.raises(ValidationError):
        plan(cast, cast.supervisor, **training, counts_as=foreign)


def test_plan_of_what_has_been_tells_nobody(cast):
    plan(cast, cast.supervisor, starts_at=timezone.now() - SOON)
    assert not OutboxMessage.objects.exists()


def test_change_tells_those_who_stay_that_it_moved(cast):
    meeting = plan(cast, cast.supervisor)
    OutboxMessage.objects.all().delete()

    later = meeting.starts_at + timedelta(days=1)
    asked = [cast.therapist_practitioner]
    changed = team_meetings.change(meeting, by=cast.supervisor, version=1, starts_at=later, asked=asked)

    assert (changed.starts_at, changed.version) == (later, 2)
    assert told("meeting_moved") == ["therapist@allyance.example"]
    assert told("meeting_cancelled") == ["other_therapist@allyance.example"]
    assert not told("meeting_asked")


def test_change_of_nothing_writes_nothing(cast, everything):
    meeting = plan(cast, cast.supervisor)
    before = everything()
    asked = [cast.therapist_practitioner, cast.other_practitioner]
    team_meetings.change(meeting, by=cast.supervisor, version=1, minutes=90, asked=asked)
    assert everything() == before


def test_change_refuses_a_stale_version_and_a_stranger(cast):
    meeting = plan(cast, cast.supervisor)
    with pytest.raises(StaleVersion):
        team_meetings.change(meeting, by=cast.supervisor, version=2, minutes=60)
    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            team_meetings.change(meeting, by=getattr(cast, part), version=1, minutes=60)


def test_change_keeps_who_came(cast):
    meeting = TeamMeetingFactory(service=cast.service)
    for practitioner in (cast.therapist_practitioner, cast.other_practitioner):
        AttendanceFactory(meeting=meeting, practitioner=practitioner)
    team_meetings.change(meeting, by=cast.supervisor, version=1, asked=[cast.therapist_practitioner])
    assert meeting.attendances.count() == 2


@pytest.mark.parametrize(("was", "days", "stays"), [(-30, 31, False), (-30, 29, False), (3, 4, True), (-3, -1, True)])
def test_change_opens_no_notes_again_that_were_brought_to_a_day_that_has_been(cast, case, was, days, stays):
    meeting = TeamMeetingFactory(service=cast.service, starts_at=timezone.now() + timedelta(days=was))
    item = SupervisionItemFactory(meeting=meeting, referral=case(active=True), notes_brought_by=cast.therapist)

    later = meeting.starts_at + timedelta(days=days)
    team_meetings.change(meeting, by=cast.supervisor, version=1, starts_at=later)

    item.refresh_from_db()
    assert (item.notes_brought_by == cast.therapist) is stays
    assert AuditEvent.objects.filter(verb="changed", subject=item.uuid).exists() is not stays


def test_change_closes_the_notes_of_who_is_no_longer_asked(cast, case):
    meeting = plan(cast, cast.supervisor)
    item = SupervisionItemFactory(meeting=meeting, referral=case(active=True), notes_brought_by=cast.therapist)
    team_meetings.change(meeting, by=cast.supervisor, version=1, asked=[cast.other_practitioner])
    item.refresh_from_db()
    assert item.notes_brought_by is None


@pytest.mark.parametrize("field", ["title", "starts_at", "counts_as"])
def test_change_of_a_training_leaves_what_stands_in_records(cast, field):
    requirement = RequirementFactory(training=True, service=cast.service)
    meeting = TeamMeetingFactory(training=True, service=cast.service, counts_as=requirement)
    place = AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=True)
    changed = {"title": "Another", "starts_at": meeting.starts_at - timedelta(days=365), "counts_as": None}[field]
    with pytest.raises(ValidationError, match="records of those who came"):
        team_meetings.change(meeting, by=cast.supervisor, version=1, **{field: changed})
    team_meetings.change(meeting, by=cast.supervisor, version=1, minutes=meeting.minutes + 15)
    place.came = False
    place.save()
    team_meetings.change(meeting, by=cast.supervisor, version=2, **{field: changed})


def test_cancel_stays_on_record_and_tells(cast):
    meeting = plan(cast, cast.supervisor)

    cancelled = team_meetings.cancel(meeting, by=cast.supervisor, version=1)

    assert cancelled.cancelled_at
    assert len(told("meeting_cancelled")) == 2
    assert AuditEvent.objects.filter(verb="cancelled", subject=meeting.uuid).exists()
    with pytest.raises(PermissionDenied):
        team_meetings.cancel(meeting, by=cast.supervisor, version=2)


def test_cancel_by_everybody_else(cast):
    meeting = plan(cast, cast.supervisor)
    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            team_meetings.cancel(meeting, by=getattr(cast, part), version=1)
    with pytest.raises(StaleVersion):
        team_meetings.cancel(meeting, by=cast.supervisor, version=3)
