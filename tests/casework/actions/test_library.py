"""Saying that a document was read: who may, once it was opened, and what a wrong answer does."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import library
from casework.actions.refusals import StepRefused
from casework.models import AuditEvent, MustRead, Reading
from tests.factories import DocumentAudienceFactory


@pytest.fixture
def audience(cast):
    return DocumentAudienceFactory(
        service=cast.service,
        must_read=MustRead.PRACTITIONERS,
        check_question="Whom do you tell first?",
        check_answers="The school’s safeguarding lead\nNobody\nA colleague",
    )


def open_it(person, audience):
    return Reading.objects.create(person=person, document=audience.document, file_hash=audience.document.file_hash)


def acknowledge(person, audience, **given):
    return library.acknowledge(audience, by=person, **{"file_hash": audience.document.file_hash} | given)


def test_acknowledge_is_kept_for_this_version_and_on_record(cast, audience):
    opened = open_it(cast.therapist, audience)
    acknowledge(cast.therapist, audience)
    opened.refresh_from_db()
    assert opened.acknowledged_at and not opened.understood
    event = AuditEvent.objects.get(verb="acknowledged")
    assert (event.actor, event.subject) == (cast.therapist, audience.uuid)


@pytest.mark.parametrize("part", ["head", "coordinator", "outsider", "hidden_therapist", "editor"])
def test_acknowledge_is_refused_to_whoever_is_not_asked(cast, audience, part):
    person = getattr(cast, part)
    open_it(person, audience)
    with pytest.raises(PermissionDenied):
        acknowledge(person, audience)
    assert not Reading.objects.filter(acknowledged_at__isnull=False).exists()


def test_acknowledge_is_refused_once_the_document_is_over(cast, audience):
    open_it(cast.therapist, audience)
    audience.document.withdrawn_on = timezone.localdate()
    audience.document.save()
    with pytest.raises(PermissionDenied):
        acknowledge(cast.therapist, audience)


def test_acknowledge_needs_this_very_version_to_be_open(cast, audience):
    with pytest.raises(StepRefused, match="open this version"):
        acknowledge(cast.therapist, audience)
    Reading.objects.create(person=cast.therapist, document=audience.document, file_hash="an older file")
    with pytest.raises(StepRefused, match="open this version"):
        acknowledge(cast.therapist, audience)
    open_it(cast.other_therapist, audience)
    with pytest.raises(StepRefused, match="open this version"):
        acknowledge(cast.therapist, audience)


def test_acknowledge_of_a_file_that_was_changed_meanwhile_is_refused(cast, audience):
    open_it(cast.therapist, audience)
    with pytest.raises(StepRefused, match="once more"):
        acknowledge(cast.therapist, audience, file_hash="an older file")


def test_acknowledge_twice_is_done_once(cast, audience):
    open_it(cast.therapist, audience)
    first = acknowledge(cast.therapist, audience).acknowledged_at
    assert acknowledge(cast.therapist, audience).acknowledged_at == first
    assert AuditEvent.objects.filter(verb="acknowledged").count() == 1


def test_acknowledge_asks_the_question_where_the_service_checks(cast, audience):
    audience.service.checks_understanding = True
    audience.service.save()
    opened = open_it(cast.therapist, audience)
    for wrong in ("", "Nobody", "the school"):
        with pytest.raises(ValidationError) as refused:
            acknowledge(cast.therapist, audience, answer=wrong)
        assert list(refused.value.message_dict) == ["answer"]
    opened.refresh_from_db()
    assert opened.acknowledged_at is None
    acknowledge(cast.therapist, audience, answer="The school’s safeguarding lead")
    opened.refresh_from_db()
    assert opened.acknowledged_at and opened.understood


def test_answers_are_shown_in_an_order_of_each_persons_own(cast, audience):
    orders = {person.pk: audience.answers_for(person) for person in cast.people().values()}
    assert audience.answers_for(cast.therapist) == orders[cast.therapist.pk]
    assert all(sorted(order) == sorted(audience.answers) for order in orders.values())
    assert len({order.index(audience.answers[0]) for order in orders.values()}) == 3


@pytest.mark.parametrize(
    ("question", "answers", "wrong"),
    [
        ("", "", set()),
        ("Whom?", "One\nTwo", set()),
        ("Whom?", "One", {"check_answers"}),
        ("Whom?", "One\n\nOne", {"check_answers"}),
        ("", "One\nTwo", {"check_question"}),
    ],
)
def test_clean_asks_a_question_with_its_answers(cast, audience, question, answers, wrong):
    audience.check_question, audience.check_answers = question, answers
    try:
        audience.full_clean()
    except ValidationError as error:
        assert set(error.message_dict) == wrong
    else:
        assert not wrong
