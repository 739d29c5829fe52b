"""The cast and the factories make what they say: rows that the lifecycle could have led to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.access import rules
from casework.access.roles import Role
from casework.access.scope import of
from casework.lifecycle import WORKED, Status
from casework.models import DataKey, ProcessNote, Purpose
from tests.cast import CANARIES, CANARY_WORDS, PEOPLE, build
from tests.factories import ProcessNoteFactory, PupilFactory, ReferralFactory


def test_cast_is_cheap(db):
    with CaptureQueriesContext(connection) as queries:
        build()

    inserts = [query for query in queries if query["sql"].startswith("INSERT")]
    assert len(inserts) < 40


def test_cast_everyone_holds_what_their_part_says(cast):
    assert of(cast.head).held(Role.HEAD) == {cast.school.pk}
    assert of(cast.other_head).held(Role.HEAD) == {cast.other_school.pk}
    assert of(cast.tsl).cluster_schools == {cast.school.pk, cast.other_school.pk}
    assert of(cast.therapist).placed_schools == {cast.school.pk}
    assert rules.surfaces(cast.editor) == {"cms"}
    assert rules.surfaces(cast.technical) == {"system"}
    assert set(cast.people()) == set(PEOPLE)


def test_cast_second_service_is_hidden_from_the_first(cast):
    first = [
        person for part, person in cast.people().items() if part not in ("outsider", "hidden_therapist", "hidden_head")
    ]

    assert [person for person in first if rules.can_view_referral(person, cast.hidden_referral)] == []
    assert rules.can_view_referral(cast.outsider, cast.hidden_referral)
    assert rules.can_read_process_note(cast.hidden_therapist, cast.hidden_note)


def test_cast_canaries_stand_in_every_text_of_the_second_service(cast):
    referral = cast.hidden_referral
    referral.refresh_from_db()
    note = ProcessNote.objects.get(session__referral=referral)

    assert [referral.concerns, referral.strengths, referral.tried, referral.own_words] == [
        CANARIES[name] for name in ("concerns", "strengths", "tried", "own_words")
    ]
    assert note.text in CANARY_WORDS
    assert cast.hidden_pupil.last_name in CANARY_WORDS
    assert {cast.outsider.last_name, cast.hidden_head.last_name} <= CANARY_WORDS


def test_client_for_is_signed_in(cast, client_for):
    client = client_for(cast.head)

    assert int(client.session["_auth_user_id"]) == cast.head.pk


@pytest.mark.parametrize("status", Status)
def test_referral_factory_makes_consistent_rows(db, status):
    referral = ReferralFactory(status=status)

    changes = list(referral.changes.all())
    assert referral.status == status
    assert [change.from_status for change in changes[1:]] == [change.to_status for change in changes[:-1]]
    assert (changes[-1].to_status if changes else Status.DRAFT) == status
    assert (referral.open_allocation() is not None) == (status in WORKED or status == Status.ON_HOLD)
    assert referral.agrees_to(Purpose.WORK)
    assert referral.pupil.enrolments.get().school == referral.school


def test_referral_factory_an_ending_was_reviewed(db):
    assert ReferralFactory(ending=True).is_reviewed()
    assert not ReferralFactory(review=True).is_reviewed()


def test_referral_factory_without_agreement(db):
    assert not ReferralFactory(submitted=True, agreed=False).agrees_to(Purpose.WORK)


def test_process_note_factory_is_written_by_who_works_the_case(db):
    note = ProcessNoteFactory()

    assert note.author == note.session.referral.open_allocation().practitioner.user


def test_pupil_factory_build_asks_no_database():
    pupil = PupilFactory.build()

    assert pupil.pk is None
    assert isinstance(pupil.family.data_key, DataKey)
