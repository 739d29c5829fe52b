"""A form that is sent twice is done once, and the second sending gets the first one's answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.test import RequestFactory
from django.utils import timezone

from casework import once
from casework.admin.acting import FORM_KEY, OnceForm, act, sent_before
from casework.models import UsedFormKey
from tests.casework.together import together
from tests.factories import UserFactory


@pytest.fixture
def person(db):
    return UserFactory()


def post(person, key):
    request = RequestFactory().post("/somewhere/", {FORM_KEY: key})
    request.user = person
    return request


def test_act_twice_does_once_and_answers_the_same(person):
    key, done = once.new_key(), []

    def action():
        done.append(1)
        return f"/answer/{len(done)}/"

    first = act(post(person, key), action)
    second = act(post(person, key), action)

    assert (first.url, second.url, done) == ("/answer/1/", "/answer/1/", [1])
    assert sent_before(post(person, key)).url == "/answer/1/"


def test_act_that_is_refused_spends_no_key(person):
    key = once.new_key()

    def refuse():
        raise ValidationError("Say why.")

    with pytest.raises(ValidationError):
        act(post(person, key), refuse)

    assert not UsedFormKey.objects.exists()
    assert sent_before(post(person, key)) is None
    assert act(post(person, key), lambda: "/mended/").url == "/mended/"


def test_act_of_another_person_with_the_same_key(person):
    """Keys are each person's own: nobody learns where another's form led."""
    key = once.new_key()
    act(post(person, key), lambda: "/mine/")

    assert act(post(UserFactory(), key), lambda: "/theirs/").url == "/theirs/"


@pytest.mark.parametrize("key", ["", "no key", "1", "' OR 1=1"])
def test_act_without_a_key(key, person):
    with pytest.raises(SuspiciousOperation):
        act(post(person, key), lambda: pytest.fail("must not be done"))


def test_form_shows_another_key_each_time():
    assert OnceForm()["form_key"].value() != OnceForm()["form_key"].value()


def test_spend_of_what_is_no_key(person):
    with pytest.raises(ValueError, match="UUID"):
        once.spend("no key", by=person)


def test_spend_within_a_transaction_leaves_it_whole(person, transactional_db):
    """The refused second key does not break the work of which it is a part."""
    key = str(uuid4())
    once.answer(once.spend(key, by=person), "/there/")

    with pytest.raises(once.AlreadyDone) as done:
        once.spend(key, by=person)

    assert done.value.answer == "/there/"
    assert UsedFormKey.objects.count() == 1


def test_prune_forgets_old_keys_alone(person):
    with time_machine.travel(timezone.now() - once.KEPT - timedelta(minutes=1)):
        once.spend(once.new_key(), by=person)
    fresh = once.spend(once.new_key(), by=person)

    assert once.prune() == 1
    assert UsedFormKey.objects.get() == fresh


@pytest.mark.django_db(transaction=True)
def test_act_of_a_double_click_at_one_instant(person):
    key = once.new_key()

    def action():
        UserFactory(email=f"made-{uuid4()}@allyance.example")
        return "/answer/"

    answers = together(*[lambda: act(post(person, key), action)] * 4)

    assert [answer.url for answer in answers] == ["/answer/"] * 4
    assert type(person).objects.filter(email__startswith="made-").count() == 1
