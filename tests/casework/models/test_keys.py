"""Data keys: there or destroyed, and nobody's but their owner's."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import DataKey
from casework.sealed import SealBroken
from tests.factories import DataKeyFactory


def test_data_key_opens_the_same_secret_again(db):
    key = DataKeyFactory()

    assert DataKey.objects.get(pk=key.pk).secret() == key.secret()
    assert DataKeyFactory().secret() != key.secret()


def test_data_key_is_there_or_destroyed(db):
    key = DataKeyFactory()

    for fields in ({"wrapped": None}, {"destroyed_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="data_key_is_there_or_destroyed"), transaction.atomic():
            DataKey.objects.filter(pk=key.pk).update(**fields)


def test_data_key_that_was_destroyed_opens_nothing(db):
    key = DataKeyFactory()
    DataKey.objects.filter(pk=key.pk).update(wrapped=None, destroyed_at=timezone.now())

    with pytest.raises(SealBroken, match="destroyed"):
        DataKey.objects.get(pk=key.pk).secret()


def test_data_key_of_another_owner_is_refused(db):
    key, other = DataKeyFactory(), DataKeyFactory()
    DataKey.objects.filter(pk=other.pk).update(wrapped=bytes(key.wrapped), ring_key=key.ring_key)

    with pytest.raises(SealBroken):
        DataKey.objects.get(pk=other.pk).secret()
