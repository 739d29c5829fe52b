"""What the machine writes: numbers that are given once, and forms that are used once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from casework.models import Numbering, OutboxMessage, UsedFormKey
from tests.factories import UserFactory


def test_numbering_counts_each_series_for_itself(db):
    assert [Numbering.next("R26"), Numbering.next("R26"), Numbering.next("P")] == ["R26-101", "R26-102", "P-101"]


def test_numbering_gives_a_number_back_with_its_transaction(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Numbering.next("R26")
        _ = 1 / 0

    assert Numbering.next("R26") == "R26-101"


def test_form_is_used_once_by_a_person(db):
    key, user = uuid4(), UserFactory()
    UsedFormKey.objects.create(user=user, key=key)
    UsedFormKey.objects.create(user=UserFactory(), key=key)

    with pytest.raises(IntegrityError), transaction.atomic():
        UsedFormKey.objects.create(user=user, key=key)


def test_message_is_shown_by_kind_and_reference(db):
    assert str(OutboxMessage(kind="referral_sent", reference="R26-118")) == "referral_sent R26-118"
    assert str(OutboxMessage(kind="role_given")) == "role_given"
