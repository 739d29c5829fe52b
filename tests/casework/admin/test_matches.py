"""A child who is added may be known already: what each person is shown of that, and what they can say to it."""

from datetime import date

import pytest
from django.urls import reverse

from casework.models import AuditEvent, Pupil, Referral
from tests.casework.admin.filling import send as save
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import PupilFactory

REFER = "casework_refer"
CHILD = {"first_name": "Kathryn", "last_name": "Overy", "date_of_birth": "2018-03-04", "year_group": "4"}
ASKED = "say whether it is the same child"


def known(school, **fields):
    named = {"first_name": "Catherine", "last_name": "Overy", "date_of_birth": date(2018, 3, 4)}
    return PupilFactory(school=school, **named | fields)


def test_refer_shows_a_known_pupil_of_the_school_in_short_and_adds_nobody(cast, client_for):
    pupil = known(cast.school)
    client = client_for(cast.sendco)

    page = text_of(send(client, reverse(REFER), **CHILD))

    assert ASKED in page
    assert f"{pupil.reference} · {cast.school.name} · Year" in page
    assert not Pupil.objects.filter(first_name="Kathryn").exists()
    assert AuditEvent.objects.filter(actor=cast.sendco, detail={"part": "whether a pupil is known"}).exists()


def test_refer_goes_on_with_the_known_pupil(cast, client_for):
    pupil = known(cast.school)

    send(client_for(cast.sendco), reverse(REFER), **CHILD, same=str(pupil.uuid))

    assert Referral.objects.get(referred_by=cast.sendco).pupil == pupil
    assert not Pupil.objects.filter(first_name="Kathryn").exists()


def test_refer_adds_another_child_of_the_name(cast, client_for):
    pupil = known(cast.school)

    send(client_for(cast.sendco), reverse(REFER), **CHILD, same="another")

    assert Referral.objects.get(referred_by=cast.sendco).pupil != pupil


def test_refer_says_of_a_pupil_elsewhere_that_one_is_known_and_nothing_else(cast, client_for):
    pupil = known(cast.other_school, first_name="Cathryn")
    client = client_for(cast.sendco)

    page = text_of(send(client, reverse(REFER), **CHILD))

    assert "is known at another school of the service" in page
    assert pupil.reference not in page
    assert cast.other_school.name not in page
    assert "Cathryn" not in page
    assert ASKED in text_of(send(client, reverse(REFER), **CHILD, same=str(pupil.uuid)))
    send(client, reverse(REFER), **CHILD, same="another")
    assert Referral.objects.get(referred_by=cast.sendco).pupil.first_name == "Kathryn"


@pytest.mark.parametrize("whom", ["blocked", "of another service"])
def test_refer_says_nothing_of_whom_one_must_not_learn_of(cast, client_for, whom):
    pupil = known(cast.school if whom == "blocked" else cast.hidden_school)
    if whom == "blocked":
        pupil.conflict_blocks.create(user=cast.sendco, reason="relative")

    assert send(client_for(cast.sendco), reverse(REFER), **CHILD).status_code == 302


def test_refer_shows_the_coordinator_the_services_pupils(cast, client_for):
    here, there, hidden_one = known(cast.school), known(cast.other_school), known(cast.hidden_school)
    address = reverse(REFER) + f"?school={cast.school.uuid}"

    page = text_of(send(client_for(cast.coordinator), address, source_name="Coldwell surgery", **CHILD))

    assert here.reference in page
    assert there.reference in page
    assert hidden_one.reference not in page


def test_refer_tells_who_was_slower_of_the_child_that_was_added_meanwhile(cast, client_for):
    slower = client_for(cast.sendco)
    form = hidden(slower, reverse(REFER)) | CHILD
    send(client_for(cast.head), reverse(REFER), **CHILD)

    page = text_of(slower.post(reverse(REFER), form))

    assert ASKED in page
    assert Pupil.objects.filter(first_name="Kathryn").count() == 1


def test_register_adds_a_child_like_one_who_is_known_when_it_is_said_to_be_another(cast, client_for):
    pupil = known(cast.school)
    client, child = client_for(cast.sendco), CHILD | {"school": cast.school.uuid}

    page = text_of(save(client, "/admin/pupils/create/", **child))
    assert pupil.reference in page
    assert not Pupil.objects.filter(first_name="Kathryn").exists()

    added = save(client, "/admin/pupils/create/", **child, another_child="on")
    assert "Perhaps the same child" in text_of(client.get(added.url))
