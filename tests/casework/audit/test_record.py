"""Writing one event: who, what, on which record and case, in which request; and given up with what it belongs to."""

import pytest
from django.db import transaction

from casework import audit
from casework.audit.request import answering, current
from casework.models import AuditEvent, Referral
from tests.factories import ReferralFactory, SessionFactory


@pytest.fixture
def session(cast):
    referral = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner
    )
    return SessionFactory(referral=referral)


def test_record_of_a_record_of_a_case(cast, session):
    audit.record("changed", session, by=cast.therapist, fields=["minutes"])

    event = AuditEvent.objects.get()
    assert (event.actor, event.verb, event.detail) == (cast.therapist, "changed", {"fields": ["minutes"]})
    assert (event.subject_type, event.subject) == ("casework.session", session.uuid)
    assert event.referral == session.referral


def test_record_of_the_case_itself(cast, session):
    assert audit.record("opened", session.referral, by=cast.head).referral == session.referral


def test_record_of_a_record_beside_a_case(cast, session):
    assert audit.record("opened", cast.pupil, by=cast.head).referral is None
    assert audit.record("opened", cast.pupil, by=cast.head, referral=session.referral).referral == session.referral


def test_record_of_a_whole_list(cast):
    event = audit.record("listed", Referral, by=cast.head, rows=3)

    assert (event.subject_type, event.subject, event.referral) == ("casework.referral", None, None)


def test_record_names_its_request(cast):
    with answering("127.0.0.1") as request:
        inside = audit.record("listed", Referral, by=cast.head)
    outside = audit.record("listed", Referral, by=cast.head)

    assert (inside.request_id, inside.address) == (request.id, "127.0.0.1")
    assert (outside.request_id, outside.address) == ("", None)
    assert current() is None


def test_record_is_given_up_with_the_change_that_it_belongs_to(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("changed", cast.pupil, by=cast.head)
        _ = 1 / 0

    assert not AuditEvent.objects.exists()
