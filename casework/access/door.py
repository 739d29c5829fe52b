"""Puts on record what happens at the door: who signed in or out, who failed to, and what changed in how they do.

The account is named by its UUID, never by its address: what somebody typed there may be anybody's, or a password.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from .. import audit
from ..audit import sealer


def happened(verb: str, *, account: Any, by: Any = None, **detail: Any) -> None:
    """Something happened to an account; None where there is none, and for `by` where nobody knows who did it."""
    audit.record(verb, account or get_user_model(), by=by, **detail)


def helped(verb: str, *, account: Any, by: Any) -> None:
    """Somebody else did something to an account. Sealed before it is answered."""
    happened(verb, account=account, by=by)
    sealer.seal_before_answering()


def sign_in_changed(user: Any, provider: Model, *, fields: list[str]) -> None:
    """How a school's people sign in was entered or changed: the names of the fields, never what stands in them.
    Sealed before it is answered."""
    audit.record("changed sign-in", provider, by=user, fields=sorted(fields))
    sealer.seal_before_answering()
