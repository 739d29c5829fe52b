"""A service's own questions: set up by its coordinator, asked on the form, shown with their answers to who reads them."""

import csv
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from casework.actions import registers
from casework.models import Answer, Question
from tests.casework.admin.filling import send as save
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import AnswerFactory, QuestionFactory, ReferralFactory

ADD = "/admin/questions/create/"


@pytest.fixture
def draft(cast):
    return ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)


def why(referral):
    return reverse("casework_refer_change", args=[referral.uuid])


def test_coordinator_adds_a_question_that_the_form_then_asks(cast, client_for, draft):
    save(client_for(cast.coordinator), ADD, words="How far is it?", kind="one", choices="Near\nFar", required="on")

    question = Question.objects.get()
    page = text_of(client_for(cast.sendco).get(why(draft)))

    assert (question.service, question.required, question.offered) == (cast.service, True, ["Near", "Far"])
    assert "How far is it?" in page
    assert "Needed before the referral can be sent." in page
    assert page.count(f'name="{question.key}"') == 2


@pytest.mark.parametrize(("kind", "choices"), [("one", ""), ("line", "Near\nFar")])
def test_question_says_what_is_wrong_with_its_list(cast, client_for, kind, choices):
    answer = save(client_for(cast.coordinator), ADD, words="How far is it?", kind=kind, choices=choices)

    assert [item.anchor for item in answer.context["errors"]] == ["id_choices"]
    assert not Question.objects.exists()


def test_every_kind_is_asked_saved_and_shown(cast, client_for, draft):
    kinds = {
        "line": "Mrs A.", "text": "Two\nlines.", "yes_no": "No", "one": "Car", "several": ["Bus", "Car"],
        "date": "2026-03-04", "number": "3",
    }  # fmt: skip
    questions = {
        kind: QuestionFactory(
            service=cast.service, kind=kind, choices="Bus\nCar" if kind in ("one", "several") else "", words=f"{kind}?"
        )
        for kind in kinds
    }
    client = client_for(cast.sendco)

    typed = {questions[kind].key: value for kind, value in kinds.items()}
    assert send(client, why(draft), how_soon="term", **typed).status_code == 302
    tab = text_of(client.get(reverse("casework_case", args=[draft.uuid]) + "?tab=referral"))
    again = client.get(why(draft)).context["form"]

    for shown in ("Mrs A.", "Two<br>lines.", "<p>No</p>", "<p>Car</p>", "Bus, Car", "4 March 2026", "<p>3</p>"):
        assert shown in tab
    assert again[questions["several"].key].value() == ["Bus", "Car"]
    assert Answer.objects.count() == len(kinds)


def test_question_changed_while_one_writes_is_read_again_and_keeps_what_was_typed(cast, client_for, draft):
    question = QuestionFactory(service=cast.service, words="Does the child like school?")
    client = client_for(cast.sendco)
    form = hidden(client, why(draft)) | {"how_soon": "term", question.key: "Very much."}
    registers.save(question, by=cast.coordinator, version=1, words="Does the child fear school?")

    answer = client.post(why(draft), form)
    page = text_of(answer)

    assert "This question was changed while you were writing" in page
    assert 'value="Very much."' in page
    assert not Answer.objects.exists()
    form = {field.html_name: str(field.value()) for field in answer.context["form"].hidden_fields()}
    assert client.post(why(draft), form | {"how_soon": "term", question.key: "Not at all."}).status_code == 302
    assert Answer.objects.get().asked == "Does the child fear school?"


def test_question_switched_off_is_asked_no_longer_and_shown_where_it_was_answered(cast, client_for, draft):
    given = AnswerFactory(referral=draft, question=QuestionFactory(service=cast.service, words="Old words?"))
    registers.save(given.question, by=cast.coordinator, version=1, active=False)
    client = client_for(cast.sendco)

    assert "Old words?" not in text_of(client.get(why(draft)))
    tab = text_of(client.get(reverse("casework_case", args=[draft.uuid]) + "?tab=referral"))
    assert "Old words?" in tab
    assert "On Mondays." in tab


def test_missing_answer_is_said_with_the_way_to_mend_it(cast, client_for, draft):
    QuestionFactory(service=cast.service, required=True)

    page = text_of(client_for(cast.sendco).get(reverse("casework_step", args=[draft.uuid, "submit"])))

    assert f'an answer to each question that must be answered. <a href="{why(draft)}">Add it now</a>' in page


@pytest.mark.parametrize(
    ("person", "reads"), [("coordinator", True), ("head", True), ("other_head", False), ("outsider", False)]
)
def test_file_of_referrals_has_a_column_a_question_for_who_reads_it(cast, client_for, person, reads):
    sent = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    AnswerFactory(referral=sent, question=QuestionFactory(service=cast.service, words="How far?"), text="=Far")

    answer = client_for(getattr(cast, person)).get("/admin/referrals/?" + urlencode({"export": "csv"}))

    lines = list(csv.DictReader(StringIO(answer.content.decode())))
    assert ("How far?" in (lines[0] if lines else {})) is reads
    assert [line["How far?"] for line in lines if reads and line["Reference"] == sent.reference] == ["'=Far"] * reads
