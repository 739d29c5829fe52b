"""What the database itself refuses of a concern, and what is red."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from casework.models import About, Concern, ConcernEntry
from casework.sealed import SealedTextField, TextKind
from tests.factories import ConcernEntryFactory, ConcernFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "cat"},
        {"status": "lost"},
        {"retention": "a week"},
        {"due_at": None},
        {"acknowledged": True, "due_at": datetime(2026, 11, 24, tzinfo=UTC)},
        {"pupil": None},
        {"own_words": "", "seen": ""},
    ],
    ids=str,
)
def test_database_refuses(wrong):
    with pytest.raises(IntegrityError):
        ConcernFactory(**wrong)


def test_database_refuses_a_subject_of_a_concern_about_a_child():
    assert ConcernFactory(about=About.OURS, subject=UserFactory(), pupil=None)
    with pytest.raises(IntegrityError):
        ConcernFactory(subject=UserFactory())


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "gossip", "by": None}, {"kind": "escalated"}, {"text": ""}, {"outside_reference": "X-1"}],
    ids=str,
)
def test_database_refuses_an_entry(wrong):
    with pytest.raises(IntegrityError):
        ConcernEntryFactory(**wrong)


def test_all_that_is_written_of_a_concern_is_sealed_as_safeguarding():
    kinds = {
        (model.__name__, field.name): field.kind
        for model in (Concern, ConcernEntry)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    }
    assert set(kinds.values()) == {TextKind.SAFEGUARDING}
    assert {name for model, name in kinds if model == "Concern"} == {"named", "own_words", "seen", "opinion"}
    elsewhere = [
        model for model in apps.get_app_config("casework").get_models() if model not in (Concern, ConcernEntry)
    ]
    assert TextKind.SAFEGUARDING not in {
        field.kind for model in elsewhere for field in model._meta.concrete_fields if isinstance(field, SealedTextField)
    }


def test_concern_goes_with_nothing_else():
    concern = ConcernEntryFactory().concern
    for record in (concern, concern.pupil, concern.school, concern.author):
        with pytest.raises(ProtectedError):
            record.delete()


def test_is_red_until_somebody_was_told_and_when_it_is_late():
    now = timezone.now()
    assert ConcernFactory().is_red
    assert not ConcernFactory(told_at=now).is_red
    assert ConcernFactory(told_at=now, due_at=now - timedelta(minutes=1)).is_red
    assert not ConcernFactory(acknowledged=True).is_red
