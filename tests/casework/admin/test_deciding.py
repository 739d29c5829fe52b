"""The screens on which a school and its therapist decide, and on which a case changes hands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allyance_site.management.bench.pages import queries
from casework.access import scope
from casework.lifecycle import Status
from casework.models import PLANNED, HandOver, HoursPlan, Referral
from casework.reports import allocating
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import (
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
)

HOURS = dict.fromkeys(PLANNED, "0") | {"one_to_one": "30", "groups": "20"}


def waits(cast, **fields):
    pupil = fields.pop("pupil", None) or PupilFactory(school=cast.school)
    return ReferralFactory(
        **{"school": cast.school, "pupil": pupil, "referred_by": cast.sendco, "submitted": True} | fields
    )


def order_address(cast):
    return reverse("casework_queue_order", args=[cast.school.uuid])


def test_a_list_is_put_in_order_by_plain_selects(cast, client_for):
    first, second = waits(cast, pupil=cast.pupil), waits(cast)
    client = client_for(cast.therapist)
    page = text_of(client.get(order_address(cast)))
    assert first.reference in page and cast.pupil.first_name not in page

    answer = send(client, order_address(cast), **{str(second.uuid): "1"})

    assert answer["Location"] == "/admin/queue/"
    listed = text_of(client.get("/admin/queue/"))
    assert listed.index(second.reference) < listed.index(first.reference)
    assert "in the school’s order" in listed
    assert "Last put in order by Saoirse Calder" in text_of(client_for(cast.head).get(order_address(cast)))


def test_a_place_given_twice_and_an_older_order_are_refused_in_words(cast, client_for):
    first, second = waits(cast), waits(cast)
    client, address = client_for(cast.head), order_address(cast)
    twice = send(client, address, **{str(first.uuid): "1", str(second.uuid): "1"})
    assert f"{first.reference} has this place already" in text_of(twice)
    old = hidden(client, address)
    send(client_for(cast.therapist), address, **{str(second.uuid): "1"})

    stale = client.post(address, old | {str(first.uuid): "1"})

    assert "was changed while you were writing" in text_of(stale)
    second.refresh_from_db()
    assert second.place == 1
    assert client.post(address, hidden(client, address) | {str(first.uuid): "1"}).status_code == 302


def test_the_order_asks_no_more_for_more_rows(cast, client_for):
    client = client_for(cast.head)
    waits(cast)
    asked = queries(client, order_address(cast))
    for _ in range(4):
        waits(cast)
    assert queries(client, order_address(cast)) == asked


def plan_address(cast):
    return reverse("casework_hours_plan", args=[cast.school.uuid])


def test_a_plan_is_proposed_agreed_and_set_against_the_agreed_hours(cast, client_for):
    head, therapist = client_for(cast.head), client_for(cast.therapist)
    assert "No school year is set up yet" in text_of(head.get(plan_address(cast)))
    year = SchoolYearFactory(service=cast.service, starts_on=timezone.localdate() - timedelta(days=90))
    ServiceAgreementFactory(school=cast.school, school_year=year, made_by=cast.coordinator)

    send(head, plan_address(cast), **HOURS)

    plan = HoursPlan.objects.get()
    assert "It waits for the yes of the other side." in text_of(head.get(plan_address(cast)))
    agree = reverse("casework_hours_plan_agree", args=[plan.uuid])
    assert head.get(agree).status_code == 404
    assert "more than the 40 h that are agreed" in text_of(therapist.get(agree))
    send(therapist, agree)
    assert "agreed by Saoirse Calder" in text_of(client_for(cast.coordinator).get(plan_address(cast)))
    send(therapist, plan_address(cast), **HOURS | {"groups": "5"})
    assert "Proposed by Saoirse Calder for the therapist" in text_of(head.get(plan_address(cast)))


def test_a_plan_over_a_newer_one_shows_both(cast, client_for):
    SchoolYearFactory(service=cast.service, starts_on=timezone.localdate() - timedelta(days=90))
    head = client_for(cast.head)
    old = hidden(head, plan_address(cast))
    send(client_for(cast.therapist), plan_address(cast), **HOURS)

    stale = head.post(plan_address(cast), old | HOURS | {"groups": "5"})

    assert "was changed while you were writing" in text_of(stale)
    again = {field.html_name: str(field.value()) for field in stale.context["form"].hidden_fields()}
    assert head.post(plan_address(cast), again | HOURS).status_code == 302
    assert HoursPlan.objects.count() == 2


def test_the_plan_is_not_there_for_anybody_else(cast, client_for):
    SchoolYearFactory(service=cast.service, starts_on=timezone.localdate() - timedelta(days=90))
    for part in ("other_head", "other_therapist", "dsl", "tsl", "steering", "outsider"):
        client = client_for(getattr(cast, part))
        assert client.get(plan_address(cast)).status_code == 404
        assert client.post(plan_address(cast), HOURS | {"version": "0"}).status_code in (400, 404)
    assert client_for(cast.coordinator).post(plan_address(cast), HOURS | {"version": "0"}).status_code in (400, 404)


@pytest.fixture
def worked(cast):
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school, friday=True)
    return waits(cast, submitted=False, active=True, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def test_hand_over_says_what_passes_and_the_next_therapist_reads_the_words(cast, client_for, worked):
    address = reverse("casework_hand_over", args=[worked.uuid])
    placement = cast.other_practitioner.placements.get(school=cast.school)
    client = client_for(cast.therapist)
    page = text_of(client.get(address))
    assert "Process notes never pass." in page and "The family’s" not in page
    assert "Write what the next therapist should know" in text_of(send(client, address, therapist=placement.uuid))

    answer = send(client, address, therapist=placement.uuid, words="She likes the boat.")

    assert answer["Location"] == "/admin/"
    scope.renew(cast.other_therapist)
    case = reverse("casework_case", args=[worked.uuid])
    seen = text_of(client_for(cast.other_therapist).get(case))
    assert "She likes the boat." in seen and "Handed over to another therapist" in seen
    assert "She likes the boat." not in text_of(client_for(cast.coordinator).get(case))
    assert client.get(case).status_code == 404


def test_hand_over_of_the_coordinator_has_no_words_and_links_cover(cast, client_for, worked):
    address = reverse("casework_hand_over", args=[worked.uuid])
    placement = cast.other_practitioner.placements.get(school=cast.school)
    client = client_for(cast.coordinator)
    page = text_of(client.get(address))
    assert "Arrange cover" in page and 'name="words"' not in page
    assert address in text_of(client.get(reverse("casework_case", args=[worked.uuid])))

    send(client, address, therapist=placement.uuid)

    assert HandOver.objects.get().taker == cast.other_practitioner


def test_the_supervisor_finds_new_allocations_and_objects(cast, client_for):
    referral = waits(cast, submitted=False, allocated=True, practitioner=cast.therapist_practitioner)
    client = client_for(cast.supervisor)
    home = text_of(client.get("/admin/"))
    assert "Allocated these days" in home and referral.reference in home

    address = reverse("casework_step", args=[referral.uuid, "object_to_allocation"])
    assert "Say why" in text_of(send(client, address, note=""))
    send(client, address, note="Her own supervision said: no more this term.")

    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED
    assert "Allocated these days" not in text_of(client.get("/admin/"))
    assert "object to it" not in text_of(client.get(reverse("casework_case", args=[referral.uuid])))


def test_open_to_objection_is_for_the_supervisor_and_for_two_working_days(cast):
    referral = waits(cast, submitted=False, allocated=True)
    assert [one.case.reference for one in allocating.open_to_objection(cast.supervisor)] == [referral.reference]
    for part in ("coordinator", "therapist", "head", "outsider"):
        assert allocating.open_to_objection(getattr(cast, part)) == []
    referral.allocations.update(starts_at=timezone.now() - timedelta(days=9))
    assert allocating.open_to_objection(cast.supervisor) == []
    assert Referral.objects.get(pk=referral.pk).status == Status.ALLOCATED
