"""A referral as a file: tagged, under its reference, for who reads referral text, and on record before it is given."""

from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from casework.admin import referral_pdf
from casework.models import AuditEvent
from tests.factories import AnswerFactory, QuestionFactory, ReferralFactory
from tests.pdf import needs_pango, parts_of


@pytest.fixture
def case(cast):
    return ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco,
        practitioner=cast.therapist_practitioner,
    )  # fmt: skip


def address(case):
    return reverse("casework_referral_pdf", args=[case.uuid])


@needs_pango
@pytest.mark.parametrize("person", ["sendco", "head", "coordinator", "supervisor", "therapist"])
def test_referral_pdf_is_given_and_on_record_as_taken_out(cast, client_for, case, person):
    answer = client_for(getattr(cast, person)).get(address(case))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}.pdf"'
    assert b"/StructTreeRoot" in parts_of(answer.content)
    event = AuditEvent.objects.get(verb="exported")
    assert (event.actor, event.subject, event.detail) == (
        getattr(cast, person), case.uuid, {"part": "the referral", "form": "pdf"},
    )  # fmt: skip


@pytest.mark.parametrize("person", ["other_head", "other_therapist", "dsl", "tsl", "steering", "outsider", "editor"])
def test_referral_pdf_of_another_is_not_there(cast, client_for, case, person):
    client = client_for(getattr(cast, person))

    assert client.get(address(case)).status_code == 404
    assert client.get(reverse("casework_referral_pdf", args=[uuid4()])).status_code == 404
    assert not AuditEvent.objects.filter(verb="exported").exists()


def test_referral_pdf_says_what_was_asked_and_answered_and_names_no_child(cast, client_for, case, monkeypatch):
    AnswerFactory(referral=case, question=QuestionFactory(service=cast.service, words="How far is it?"), text="Far.")
    made = []

    def keep(request, template, content, *, name):
        made.append(render_to_string(template, content | {"printed_by": "x"}, request=request))
        raise referral_pdf.StepRefused("paper")

    monkeypatch.setattr(referral_pdf, "pdf_response", keep)
    answer = client_for(cast.head).get(address(case))

    assert answer.url.endswith("?tab=referral")
    for words in (cast.service.name, case.reference, case.concerns, case.own_words, "How far is it?", "Far."):
        assert words in made[0]
    assert cast.pupil.first_name not in made[0]
    assert not AuditEvent.objects.filter(verb="exported").exists()
