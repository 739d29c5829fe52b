"""A family on a screen: carers, who else helps, court orders, brothers and sisters; for those who may, and nobody else."""

import pytest
from django.urls import reverse

from casework.models import Carer, Professional
from tests.factories import ProfessionalFactory, PupilFactory, ReferralFactory

from .filling import filled
from .sending import send, text_of


@pytest.fixture
def case(cast):
    return ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner,
        referred_by=cast.sendco,
    )  # fmt: skip


def tab(client, case):
    return text_of(client.get(reverse("casework_case", args=[case.uuid]), {"tab": "family"}))


def change(kind, record):
    return reverse(f"casework_{kind}", args=[record.uuid])


def test_add_carer_from_the_family_tab(cast, client_for, case):
    client = client_for(cast.sendco)
    answer = send(
        client, reverse("casework_carer_add", args=[case.uuid]), name="Ines Marlow", relationship="grandmother",
        language="Polish", needs_interpreter="on", not_safe_to_contact="on", telephone="01632 960123",
    )  # fmt: skip
    assert answer.url.endswith("?tab=family")
    page = tab(client, case)
    assert "Ines Marlow" in page and "Speaks Polish" in page and "needs an interpreter" in page
    assert "Not safe to contact." in page and 'href="tel:01632960123"' not in page


def test_change_carer_shows_both_texts_where_somebody_was_quicker(cast, client_for, case):
    client, address = client_for(cast.sendco), change("carer_change", cast.carer)
    body = filled(client, address, language="Polish")
    Carer.objects.filter(pk=cast.carer.pk).update(version=2)
    page = text_of(client.post(address, body))
    assert "was changed while you were writing" in page and "Polish" in page
    assert Carer.objects.get(pk=cast.carer.pk).language == ""


def test_change_carer_refuses_a_foster_carer_in_words(cast, client_for, case):
    client, address = client_for(cast.sendco), change("carer_change", cast.carer)
    page = text_of(client.post(address, filled(client, address, relationship="foster carer")))
    assert '<a href="#id_has_parental_responsibility">' in page


def test_who_else_helps_and_court_orders(cast, client_for, case):
    client = client_for(cast.coordinator)
    send(
        client, reverse("casework_professional_add", args=[case.uuid]), name="Jo Ferris", job="social worker",
        agency="The county", is_lead="on",
    )  # fmt: skip
    send(client, change("family_orders", cast.pupil.family), legal_note="The father may not be told the address.")
    page = tab(client_for(cast.therapist), case)
    assert "Jo Ferris · lead practitioner" in page and "Social worker, The county" in page
    assert "The father may not be told the address." in page
    assert "/admin/helpers/" not in page and Professional.objects.get().is_lead


@pytest.mark.parametrize("part", ["therapist", "supervisor", "other_head", "outsider", "dsl"])
def test_pages_of_a_family_are_not_there_for_others(part, cast, client_for, case):
    client = client_for(getattr(cast, part))
    helper = ProfessionalFactory(family=cast.pupil.family)
    addresses = [
        reverse("casework_carer_add", args=[case.uuid]), reverse("casework_professional_add", args=[case.uuid]),
        change("carer_change", cast.carer), change("professional_change", helper),
        change("family_orders", cast.pupil.family),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [404] * 5


def test_brothers_and_sisters_are_shown_to_those_who_see_them(cast, client_for, case):
    elsewhere = PupilFactory(school=cast.other_school, family=cast.pupil.family, carer=None, first_name="Linnet")
    here = PupilFactory(school=cast.school, family=cast.pupil.family, carer=None, first_name="Pipit")
    page = tab(client_for(cast.sendco), case)
    assert here.short_name in page and elsewhere.short_name not in page
    assert "Brothers and sisters" not in tab(client_for(cast.therapist), case)
