"""One-time form keys: a form that is sent twice is done once, and the second sending gets the first one's answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import UsedFormKey

KEPT = timedelta(days=7)


class AlreadyDone(Exception):
    """This form was sent before; `answer` is the address that it led to."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return str(uuid4())


def spend(key: str, *, by: Any) -> UsedFormKey:
    """Use a key up, inside the transaction of what the form does.

    AlreadyDone when it was used; ValueError when it is none.
    A second sender waits here until the first one's transaction ends.
    """
    value = UUID(key)
    try:
        with transaction.atomic():
            return UsedFormKey.objects.create(user=by, key=value)
    except IntegrityError:
        raise AlreadyDone(UsedFormKey.objects.get(user=by, key=value).answer) from None


def led_to(key: str, *, by: Any) -> str | None:
    """Where a form that was sent before led to; None for one that was not."""
    return UsedFormKey.objects.filter(user=by, key=UUID(key)).values_list("answer", flat=True).first()


def answer(used: UsedFormKey, address: str) -> None:
    """Remember where the form led, for a second sending."""
    UsedFormKey.objects.filter(pk=used.pk).update(answer=address)


def prune() -> int:
    """Forget keys that no open form can still hold; how many."""
    return UsedFormKey.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
