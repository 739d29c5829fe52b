"""Agreements on a screen: the tab, recording any purpose, taking one back, deciding, links and paper."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.access import answering
from casework.actions import agreement_links
from casework.models import AgreementLink, AuditEvent, FamilyAgreement, FamilysAnswer, Purpose
from casework.sealed import TextKind
from tests.factories import AgreementLinkFactory, FamilyAgreementFactory, ReferralFactory, SchoolShareFactory, take_back
from tests.pdf import needs_pango

from .sending import send, text_of

TODAY = "2026-01-05"


@pytest.fixture
def case(cast):
    return ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner,
        referred_by=cast.sendco,
    )  # fmt: skip


def tab(client, case):
    return text_of(client.get(reverse("casework_case", args=[case.uuid]), {"tab": "agreements"}))


def of(name, record):
    return reverse(f"casework_agreement_{name}", args=[record.uuid])


def test_tab_says_what_stands_until_when_and_what_was_taken_back(cast, client_for, case):
    FamilyAgreementFactory(
        referral=case, carer=cast.carer, purpose=Purpose.CAMHS, taken_back=True, withdrawn_who="Ada Carer",
        withdrawn_why="They would rather wait.",
    )  # fmt: skip
    page = tab(client_for(cast.sendco), case)
    assert "<strong>Stands</strong> until" in page and "<strong>Taken back</strong>" in page
    assert "Mother, Ada Carer" in page and "They would rather wait." in page


def test_tab_gives_the_supervisor_no_name_and_no_button(cast, client_for, case):
    FamilyAgreementFactory(referral=case, carer=cast.carer, taken_back=True, withdrawn_who="Ada Carer")
    page = tab(client_for(cast.supervisor), case)
    assert "Mother" in page and "Ada Carer" not in page
    assert "/admin/agreements/" not in page and "Record an agreement" not in page


def test_why_a_young_person_can_decide_is_clinical(cast, client_for, case):
    FamilyAgreementFactory(referral=case, carer=None, judged_by="Saoirse Calder", competence="She weighs it well.")
    assert FamilyAgreement._meta.get_field("competence").kind is TextKind.CLINICAL
    for part, reads in {"therapist": True, "supervisor": True, "sendco": False, "coordinator": False}.items():
        page = tab(client_for(getattr(cast, part)), case)
        assert "Saoirse Calder" in page
        assert ("She weighs it well." in page) is reads


@pytest.mark.parametrize("purpose", [Purpose.MEETING, Purpose.CAMHS])
def test_any_purpose_is_recorded_when_it_comes_up(purpose, cast, client_for, case):
    client, address = client_for(cast.coordinator), reverse("casework_agree", args=[case.uuid])
    assert f'<option value="{purpose}" selected>' in text_of(client.get(address, {"purpose": purpose}))

    answer = send(client, address, purpose=purpose, carer=str(cast.carer.uuid), method="paper", agreed_on=TODAY)

    assert answer.url.endswith("?tab=agreements")
    assert case.agrees_to(purpose)


def test_a_young_persons_own_agreement_says_who_judged_it(cast, client_for, case):
    client, address = client_for(cast.therapist), reverse("casework_agree", args=[case.uuid])
    own = {"purpose": Purpose.CAMHS, "themselves": "on", "method": "spoken", "agreed_on": TODAY}

    assert '<a href="#id_judged_by">' in text_of(send(client, address, **own))
    assert '<a href="#id_themselves">' in text_of(send(client, address, **own, carer=str(cast.carer.uuid)))
    send(client, address, **own, judged_by="Saoirse Calder, therapist", competence="She weighs it well.")

    agreement = FamilyAgreement.objects.get(purpose=Purpose.CAMHS)
    assert (agreement.carer, agreement.judged_by) == (None, "Saoirse Calder, therapist")


def test_change_shows_both_texts_where_somebody_was_quicker(cast, client_for, case):
    agreement, client = case.agreements.get(), client_for(cast.sendco)
    page = client.get(of("change", agreement))
    FamilyAgreement.objects.filter(pk=agreement.pk).update(version=2)
    body = {"form_key": page.context["form"]["form_key"].value(), "version": "1", "review_on": "2099-01-01"}
    answer = text_of(client.post(of("change", agreement), body | {"own_view": "I like it."}))
    assert "was changed while you were writing" in answer and "I like it." in answer
    assert FamilyAgreement.objects.get(pk=agreement.pk).own_view == ""


def test_taken_back_then_decided(cast, client_for, case):
    agreement, sendco, therapist = case.agreements.get(), client_for(cast.sendco), client_for(cast.therapist)

    send(sendco, of("withdraw", agreement), who="Ada Carer", how="spoken", on=TODAY)

    session = text_of(therapist.get(reverse("casework_session_record", args=[case.uuid])))
    assert "The family has taken its agreement back." in session
    home = text_of(therapist.get(reverse("wagtailadmin_home")))
    assert "decide before the next session" in home and case.reference in home
    assert "decide before the next session" in text_of(client_for(cast.coordinator).get(reverse("wagtailadmin_home")))
    assert sendco.get(of("decide", agreement)).status_code == 404
    assert "Wren" in text_of(sendco.get(reverse("casework_case", args=[case.uuid])))

    send(therapist, of("decide", agreement), decision="One last session, as she wishes.")

    assert "One last session, as she wishes." in tab(sendco, case)
    assert "decide before the next session" not in text_of(therapist.get(reverse("wagtailadmin_home")))
    assert "There is nothing to decide" in text_of(therapist.get(of("decide", agreement)))


def test_the_next_school_is_told_nothing_of_it(cast, client_for, case):
    SchoolShareFactory(referral=case, school=cast.other_school)
    take_back(case)
    page = text_of(client_for(cast.other_head).get(reverse("casework_case", args=[case.uuid])))
    assert case.reference in page and "taken its agreement back" not in page
    assert "taken its agreement back" in text_of(client_for(cast.head).get(reverse("casework_case", args=[case.uuid])))


def test_home_says_what_is_to_be_asked_again(cast, client_for, case):
    case.agreements.update(review_on=timezone.localdate() + timedelta(days=20))
    assert "To be asked again" in text_of(client_for(cast.coordinator).get(reverse("wagtailadmin_home")))


def test_a_link_is_made_shown_and_ended(cast, client_for, case):
    client = client_for(cast.sendco)
    shown = send(client, of("ask", case), carer=str(cast.carer.uuid), purpose=Purpose.CAMHS).url
    link = AgreementLink.objects.get()

    page = text_of(client.get(shown))

    assert answering.token_of(link) in page and cast.carer.name in page
    assert link.made_by == cast.sendco
    send(client, shown, act="end")
    assert answering.token_of(link) not in text_of(client.get(shown))
    assert answering.link_of(answering.token_of(link)) is None


def test_a_link_is_not_made_for_who_holds_no_responsibility(cast, client_for, case):
    cast.carer.has_parental_responsibility = False
    cast.carer.save()
    page = text_of(send(client_for(cast.sendco), of("ask", case), carer=str(cast.carer.uuid), purpose=Purpose.CAMHS))
    assert '<a href="#id_carer">' in page
    assert not AgreementLink.objects.exists()


@pytest.mark.parametrize(("act", "agrees"), [("counts", True), ("aside", False)])
def test_an_answer_counts_when_somebody_has_looked_at_it(act, agrees, cast, client_for, case):
    link = AgreementLinkFactory(referral=case, carer=cast.carer, purpose=Purpose.CAMHS)
    agreement_links.answer(link, answer=FamilysAnswer.YES, name="Ada Carer")
    client = client_for(cast.coordinator)
    assert "it counts when you have looked at it" in text_of(client.get(reverse("wagtailadmin_home")))
    assert "Look at the answer" in tab(client, case)

    send(client, of("link", link), act=act)

    assert case.agrees_to(Purpose.CAMHS) is agrees
    assert "Look at the answer" not in tab(client, case)


def test_no_button_pressed_does_nothing(cast, client_for, case):
    link = AgreementLinkFactory(referral=case, carer=cast.carer)
    assert "Choose what to do with it." in text_of(send(client_for(cast.sendco), of("link", link)))
    assert AgreementLink.objects.open().exists()


@needs_pango
def test_paper_has_the_words_of_the_page_and_no_name(cast, client_for, case):
    address = reverse("casework_agreement_paper", args=[case.uuid, Purpose.WORK])
    answer = client_for(cast.sendco).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}-work.pdf"'
    assert AuditEvent.objects.filter(verb="opened", detail__part="a form to print").exists()
    assert client_for(cast.sendco).get(address.replace("work", "research")).status_code == 404
