"""The answers to a service's own questions: which fit, whose words they keep, and what a changed question does."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.actions import referrals, registers
from casework.actions.answering import READ_AGAIN, Given
from casework.lifecycle import Status
from casework.models import Answer, AskedOf, AuditEvent, Question
from tests.factories import QuestionFactory, ReferralFactory


@pytest.fixture
def draft(cast):
    return ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)


def answer(draft, question, text, *, by, version=None):
    draft.refresh_from_db()
    given = Given(question, version or question.version, text)
    return referrals.change(draft, by=by, version=draft.version, answers=[given])


def test_change_keeps_an_answer_with_the_words_that_were_asked(cast, draft):
    question = QuestionFactory(service=cast.service, words="How does the child come to school?")

    answer(draft, question, " On foot. ", by=cast.sendco)
    registers.save(question, by=cast.coordinator, version=1, words="How far is it?")

    kept = Answer.objects.get(referral=draft)
    assert (kept.asked, kept.asked_version, kept.text) == ("How does the child come to school?", 1, "On foot.")
    assert kept.data_key == draft.data_key
    assert Question.objects.get().version == 2
    assert AuditEvent.objects.filter(verb="changed", referral=draft).get().detail == {"fields": ["answers"]}


def test_change_keeps_no_answer_readable_in_the_database(cast, draft):
    answer(draft, QuestionFactory(service=cast.service), "On foot.", by=cast.sendco)

    assert Answer.objects.values_list("text", flat=True).get().startswith("sealed1:")


def test_change_refuses_an_answer_to_what_reads_otherwise_by_now(cast, draft, everything):
    question = QuestionFactory(service=cast.service)
    registers.save(question, by=cast.coordinator, version=1, words="Something else?")
    before = everything()

    with pytest.raises(ValidationError, match=READ_AGAIN):
        answer(draft, question, "On foot.", by=cast.sendco, version=1)

    assert everything() == before


@pytest.mark.parametrize("whose", ["of another service", "switched off", "of another source"])
def test_change_refuses_an_answer_to_what_is_not_asked(cast, draft, everything, whose):
    question = {
        "of another service": lambda: QuestionFactory(service=cast.other_service),
        "switched off": lambda: QuestionFactory(service=cast.service, active=False),
        "of another source": lambda: QuestionFactory(service=cast.service, asked_of=AskedOf.OTHER),
    }[whose]()
    before = everything()

    with pytest.raises(ValidationError):
        answer(draft, question, "On foot.", by=cast.sendco)

    assert everything() == before


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        ("yes_no", "Yes", "Perhaps"),
        ("one", "Bus", "Boat"),
        ("several", "Bus\nCar", "Bus\nBoat"),
        ("date", "2026-03-04", "yesterday"),
        ("number", "12.5", "NaN"),
    ],
)
def test_change_takes_what_fits_the_question_alone(cast, draft, kind, fits, does_not):
    choices = "Bus\nOn foot\nCar" if kind in ("one", "several") else ""
    question = QuestionFactory(service=cast.service, kind=kind, choices=choices)

    answer(draft, question, fits, by=cast.sendco)
    with pytest.raises(ValidationError) as refused:
        answer(draft, question, does_not, by=cast.sendco)

    assert list(refused.value.message_dict) == [question.key]
    assert Answer.objects.get().text == fits


def test_change_lets_a_choice_stand_that_is_no_longer_offered(cast, draft):
    question = QuestionFactory(service=cast.service, several=True)
    answer(draft, question, "Bus\nCar", by=cast.sendco)
    question = registers.save(question, by=cast.coordinator, version=1, choices="On foot\nCar")

    answer(draft, question, "Bus\nOn foot", by=cast.sendco)

    assert Answer.objects.get().in_words == "Bus, On foot"


def test_submit_needs_an_answer_to_what_must_be_answered(cast, draft):
    question = QuestionFactory(service=cast.service, required=True)
    QuestionFactory(service=cast.service, required=True, asked_of=AskedOf.OTHER)
    assert not draft.answers_what_must_be()

    answer(draft, question, "On foot.", by=cast.sendco)
    assert draft.answers_what_must_be()
    answer(draft, question, " ", by=cast.sendco)
    assert not draft.answers_what_must_be()

    answer(draft, question, "On foot.", by=cast.sendco)
    draft.refresh_from_db()
    assert referrals.submit(draft, by=cast.sendco, version=draft.version).status == Status.SUBMITTED


def test_answers_are_written_by_who_writes_the_referral_alone(cast, draft, everything):
    question = QuestionFactory(service=cast.service)
    before = everything()

    for person in (cast.other_head, cast.therapist, cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            answer(draft, question, "Forged.", by=person)

    assert everything() == before


def test_question_keeps_its_kind_for_ever(cast):
    question = QuestionFactory(service=cast.service)

    with pytest.raises(ValidationError) as refused:
        registers.save(question, by=cast.coordinator, version=1, kind="date")

    assert list(refused.value.message_dict) == ["kind"]
