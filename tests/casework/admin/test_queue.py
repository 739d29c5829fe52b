from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.lifecycle import Status
from casework.models import Endorsement
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import PlacementFactory, PractitionerFactory, PupilFactory, ReferralFactory, UserFactory

QUEUE = "casework_queue"
TEXT = "quillmark"


@pytest.fixture
def waits(cast):
    """Makes a referral that was sent from the cast's school."""

    def referral(school=cast.school, **fields):
        fields.setdefault("pupil", PupilFactory(school=school, first_name="Bramwell"))
        return ReferralFactory(submitted=True, school=school, referred_by=cast.sendco, concerns=TEXT, **fields)

    return referral


def item(referral):
    return reverse("casework_queue_item", args=[referral.uuid])


def test_queue_tells_a_therapist_neither_name_nor_text(cast, client_for, waits):
    referral, elsewhere = waits(), waits(school=cast.other_school)
    client = client_for(cast.therapist)

    pages = text_of(client.get(reverse(QUEUE))) + text_of(client.get(item(referral)))

    assert referral.reference in pages
    assert elsewhere.reference not in pages
    assert "Bramwell" not in pages
    assert TEXT not in pages
    assert reverse("casework_case", args=[referral.uuid]) not in pages


def test_queue_names_the_pupil_to_those_who_see_the_case_and_no_text_to_anybody(cast, client_for, waits):
    referral = waits()
    client = client_for(cast.head)

    pages = text_of(client.get(reverse(QUEUE))) + text_of(client.get(item(referral)))

    assert referral.pupil.short_name in pages
    assert TEXT not in pages
    assert reverse("casework_case", args=[referral.uuid]) in pages


def test_queue_has_the_urgent_first_and_then_who_waits_longest(cast, client_for, waits):
    late, early, urgent = waits(), waits(), waits(how_soon="urgent")
    type(late).objects.filter(pk=early.pk).update(submitted_at="2026-01-01T09:00Z")

    page = text_of(client_for(cast.coordinator).get(reverse(QUEUE)))

    places = [page.index(referral.reference) for referral in (urgent, early, late)]
    assert places == sorted(places)


def test_queue_keeps_from_the_school_what_the_family_keeps_from_it(cast, client_for, waits):
    kept = waits(source="other", source_name="Coldwell surgery", school_may_see=False)

    for person in (cast.head, cast.sendco, cast.therapist):
        client = client_for(person)
        assert kept.reference not in text_of(client.get(reverse(QUEUE)))
        assert client.get(item(kept)).status_code == 404
    assert kept.reference in text_of(client_for(cast.coordinator).get(reverse(QUEUE)))


def test_queue_takes_as_many_queries_however_many_wait(cast, client_for, waits):
    client = client_for(cast.head)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(QUEUE))
        return len(captured)

    waits()
    queries()
    before = queries()
    for _ in range(4):
        waits()

    assert queries() == before


def test_queue_item_second_yes_accepts_and_gives_that_therapist_the_case(cast, client_for, waits):
    referral = waits()

    first = send(client_for(cast.head), item(referral), side="school")
    second = send(client_for(cast.therapist), item(referral), side="therapist")

    assert first.url == second.url == reverse("casework_case", args=[referral.uuid])
    referral.refresh_from_db()
    assert referral.status == Status.ALLOCATED
    assert referral.open_allocation().practitioner == cast.therapist_practitioner


def test_queue_item_first_yes_of_a_therapist_leads_back_to_the_list(cast, client_for, waits):
    referral = waits()

    answer = send(client_for(cast.therapist), item(referral), side="therapist")

    assert answer.url == reverse(QUEUE)
    page = text_of(client_for(cast.head).get(reverse(QUEUE)))
    assert "Saoirse Calder has said yes for the therapist." in page


def test_queue_item_sent_twice_says_yes_once(cast, client_for, waits):
    referral, client = waits(), client_for(cast.head)
    form = hidden(client, item(referral)) | {"side": "school"}

    answers = [client.post(item(referral), form) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Endorsement.objects.filter(referral=referral).count() == 1


@pytest.mark.parametrize("side", ["therapist", "coordinator", ""])
def test_queue_item_forged_side_says_nothing(cast, client_for, waits, side):
    referral = waits()

    page = text_of(send(client_for(cast.head), item(referral), side=side))

    assert "this is not yours to decide" in page
    assert not Endorsement.objects.filter(referral=referral).exists()


def test_queue_item_on_a_changed_referral_asks_to_read_it_again(cast, client_for, waits):
    referral, client = waits(), client_for(cast.head)
    form = hidden(client, item(referral)) | {"side": "school"}
    type(referral).objects.filter(pk=referral.pk).update(version=9)

    page = text_of(client.post(item(referral), form))

    assert f"{referral.reference} was changed while you were writing" in page
    assert not Endorsement.objects.filter(referral=referral).exists()


def test_queue_item_yes_of_a_therapist_who_left_the_school_leaves_room_for_another(cast, client_for, waits):
    referral = waits()
    send(client_for(cast.therapist), item(referral), side="therapist")
    newcomer = PractitionerFactory(
        service=cast.service, user=UserFactory(), discipline=cast.therapist_practitioner.discipline
    )
    PlacementFactory(practitioner=newcomer, school=cast.school)
    words = "Yes, I can take this"

    assert words not in text_of(client_for(newcomer.user).get(item(referral)))
    cast.placement.ends_at = cast.placement.starts_at
    cast.placement.save()
    assert words in text_of(client_for(newcomer.user).get(item(referral)))


def test_queue_item_offers_no_yes_where_the_coordinator_decides(cast, client_for, waits):
    cast.service.decides = "coordinator"
    cast.service.save()
    referral, client = waits(), client_for(cast.head)

    assert "Yes, our school wants this" not in text_of(client.get(item(referral)))
    send(client, item(referral), side="school")
    assert not Endorsement.objects.filter(referral=referral).exists()


@pytest.mark.parametrize("person", ["other_therapist", "other_head", "outsider", "dsl", "tsl", "steering", "editor"])
def test_queue_item_of_another_is_not_there(cast, client_for, waits, person):
    referral, client = waits(), client_for(getattr(cast, person))

    assert client.get(item(referral)).status_code == 404
    form = {"form_key": str(uuid4()), "version": str(referral.version), "side": "school"}
    assert client.post(item(referral), form).status_code == 404


def test_queue_item_that_waits_no_longer_is_not_there(cast, client_for):
    case = ReferralFactory(active=True, school=cast.school, practitioner=cast.therapist_practitioner)

    assert client_for(cast.coordinator).get(item(case)).status_code == 404
