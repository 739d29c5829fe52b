"""What became of a supervision or a training: attendance, reflections, and what a training counts as."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions.refusals import StaleVersion
from casework.actions.supervision_record import Brought, record
from casework.models import AuditEvent, Evidence, SupervisionItem
from tests.cast import PEOPLE
from tests.factories import (
    AttendanceFactory,
    ConflictBlockFactory,
    EvidenceFactory,
    PractitionerFactory,
    RequirementFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
)


@pytest.fixture
def item(cast, case):
    meeting = TeamMeetingFactory(service=cast.service, entered_by=cast.supervisor)
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=None)
    return SupervisionItemFactory(meeting=meeting, referral=case(active=True), brought=None, reflected="")


def write(item, by, *, version=1, came=True, said=None):
    there = {one.uuid: came for one in item.meeting.attendances.all()}
    return record(
        item.meeting, by=by, version=version, came=there, items={item.uuid: said or Brought(True, " Silence. ")}
    )


def test_record_seals_what_was_reflected_on_with_the_cases_key(cast, item):
    done = write(item, cast.supervisor)

    stored = SupervisionItem.objects.get(pk=item.pk)
    assert (stored.brought, stored.reflected, stored.data_key) == (True, "Silence.", item.referral.data_key)
    assert done.version == 2
    assert AuditEvent.objects.get(verb="written up").detail == {"came": 1, "brought": 1}
    assert AuditEvent.objects.get(verb="changed", subject=item.uuid).referral == item.referral


def test_record_takes_words_as_brought_and_refuses_words_of_what_was_not(cast, item):
    write(item, cast.supervisor, said=Brought(None, "Silence."))
    item.refresh_from_db()
    assert item.brought is True
    with pytest.raises(ValidationError):
        write(item, cast.supervisor, version=2, said=Brought(False, "Silence."))


def test_record_of_nothing_new_writes_nothing(cast, item, everything):
    write(item, cast.supervisor)
    before = everything()
    write(item, cast.supervisor, version=2)
    assert everything() == before


def test_record_by_everybody_else(cast, item, everything):
    before = everything()
    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            write(item, getattr(cast, part))
    assert everything() == before


def test_record_refuses_a_stale_version(cast, item):
    with pytest.raises(StaleVersion):
        write(item, cast.supervisor, version=2)


def test_record_refuses_what_is_not_there_or_not_theirs_to_see(cast, item):
    other = SupervisionItemFactory(meeting__service=cast.service)
    with pytest.raises(PermissionDenied):
        record(item.meeting, by=cast.supervisor, version=1, came={}, items={other.uuid: Brought(True)})
    with pytest.raises(PermissionDenied):
        record(item.meeting, by=cast.supervisor, version=1, came={other.uuid: True})
    ConflictBlockFactory(user=cast.supervisor, pupil=cast.pupil)
    with pytest.raises(PermissionDenied):
        write(item, cast.supervisor)


def test_record_stops_when_the_next_has_begun(cast, item):
    write(item, cast.supervisor)
    TeamMeetingFactory(service=cast.service, starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(PermissionDenied):
        write(item, cast.supervisor, version=2, said=Brought(True, "Later words."))


# --- What a training counts as


@pytest.fixture
def training(cast):
    """One that counts, to which the therapist and the supervisor were asked."""
    requirement = RequirementFactory(training=True, service=cast.service)
    meeting = TeamMeetingFactory(training=True, service=cast.service, counts_as=requirement, led_by="Brayford Training")
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=None)
    PractitionerFactory(service=cast.service, user=cast.supervisor)
    return meeting


def come(training, by, came=True, version=1):
    return record(training, by=by, version=version, came={one.uuid: came for one in training.attendances.all()})


def test_record_of_a_training_gives_whoever_came_evidence_from_that_day(cast, training):
    before = EvidenceFactory(practitioner=cast.therapist_practitioner, requirement=training.counts_as)

    come(training, cast.coordinator)

    evidence = Evidence.objects.get(replaced_at=None)
    assert evidence.practitioner == cast.therapist_practitioner
    assert (evidence.dated, evidence.issuer) == (timezone.localdate(training.starts_at), "Brayford Training")
    before.refresh_from_db()
    assert before.replaced_at


def test_record_of_a_training_keeps_later_evidence(cast, training):
    EvidenceFactory(
        practitioner=cast.therapist_practitioner, requirement=training.counts_as, dated=timezone.localdate()
    )
    come(training, cast.coordinator)
    assert Evidence.objects.count() == 1


def test_record_of_a_training_gives_nobody_evidence_of_their_own(cast, training):
    AttendanceFactory(meeting=training, practitioner=cast.supervisor.practitioners.get(), came=None)
    come(training, cast.supervisor)
    assert [one.practitioner for one in Evidence.objects.all()] == [cast.therapist_practitioner]


def test_record_of_a_training_that_was_a_slip_takes_it_back(cast, training):
    come(training, cast.coordinator)
    come(training, cast.coordinator, came=False, version=2)
    assert not Evidence.objects.filter(replaced_at=None).exists()


def test_record_of_a_training_that_was_a_slip_of_somebody_else_takes_it_back_too(cast, training):
    come(training, cast.coordinator)
    come(training, cast.supervisor, came=False, version=2)
    assert not Evidence.objects.filter(replaced_at=None).exists()


def test_record_of_a_training_takes_back_nobodys_own(cast, training):
    mine = AttendanceFactory(meeting=training, practitioner=cast.supervisor.practitioners.get(), came=None)
    come(training, cast.coordinator)
    record(training, by=cast.supervisor, version=2, came={mine.uuid: False})
    assert Evidence.objects.filter(replaced_at=None, practitioner=mine.practitioner).exists()


def test_record_of_who_did_not_come_gives_nothing(cast, training):
    come(training, cast.coordinator, came=False)
    assert not Evidence.objects.exists()
