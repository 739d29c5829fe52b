"""An event that is inserted by hand is the event that its model would have saved, and waits for its link."""

import pytest

from casework import audit
from casework.audit import sealer, seals
from casework.audit.request import answering
from casework.models import AuditEvent, PendingSeal, School
from tests.factories import ReferralFactory, SessionFactory


def test_insert_writes_every_column_and_the_seal_holds(cast):
    case = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    with answering("2001:db8::1"):
        written = audit.record("changed", case, by=cast.head, fields=["how soon"], rows=3)

    read = AuditEvent.objects.get(pk=written.pk)
    columns = [field.attname for field in AuditEvent._meta.concrete_fields]
    assert {name: getattr(read, name) for name in columns} == {name: getattr(written, name) for name in columns}
    assert seals.of_event(read) == read.mac


def test_insert_leaves_an_event_that_waits_for_its_link_and_is_found_again(cast):
    event = audit.record("opened", cast.pupil, by=cast.head)

    assert PendingSeal.objects.filter(event=event).count() == 1
    event.refresh_from_db()
    sealer.seal_all()
    assert not PendingSeal.objects.exists()
    assert event.link.seq == 1


@pytest.mark.django_db(transaction=True)
def test_insert_in_no_transaction_is_one_statement_and_leaves_both_rows(django_assert_num_queries):
    with django_assert_num_queries(1):
        event = audit.record("listed", School, by=None, rows=1)

    assert list(AuditEvent.objects.filter(pending__isnull=False)) == [event]


def test_an_event_waits_for_its_link_whoever_inserts_it(db):
    event = AuditEvent.objects.create(actor=None, verb="opened", subject_type="x", mac="0" * 64)

    assert PendingSeal.objects.filter(event=event).exists()


def test_of_finds_the_events_of_a_record_of_a_case_and_of_what_hangs_on_it(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    session = SessionFactory(referral=case, practitioner=cast.therapist_practitioner)
    for record in (cast.school, case, session):
        written = audit.record("opened", record, by=cast.coordinator)
        assert list(audit.of(record)) == [written]
