"""Helping people with their accounts: technical administrators sign somebody out everywhere, end a pause after wrong
tries, and take a second step off that was lost. What then lets in goes to the account's own address, never to them.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from casework.access import door, rules

from . import accounts, invitations
from .models import User

COUNTED = {"app": "allauth.account", "action": "login_failed"}


@transaction.atomic
def sign_out(person: User, *, by: Any) -> None:
    """End every session and every trusted device of a person, and tell them."""
    _refuse_others(person, by)
    accounts.end_sessions(person)
    door.helped("signed out everywhere", account=person, by=by)
    _tell("people/signed_out_everywhere", person)


@transaction.atomic
def take_second_step_off(person: User, *, by: Any) -> None:
    """An app or a passkey is lost. The password goes with it, or it alone would be enough to set up another: the one
    way in is a new invitation, to the account's own address."""
    _refuse_others(person, by)
    invitations.take_ways_in_away(person)
    invitations.send(person, by)
    door.helped("took second step off", account=person, by=by)
    _tell("people/second_step_off", person)


@transaction.atomic
def end_pause(request: HttpRequest, person: User, *, by: Any) -> None:
    """Forget the wrong tries that were counted for a person: the next one is looked at again."""
    _refuse_others(person, by)
    door.helped("ended pause", account=person, by=by)
    # The keys of allauth's own counts, for the password and for the code.
    for key in (get_adapter()._get_login_attempts_cache_key(request, email=person.email), f"mfa-auth-user-{person.pk}"):
        ratelimit.clear(request, **COUNTED, key=key)


def _tell(what: str, person: User) -> None:
    transaction.on_commit(lambda: get_adapter().send_notification_mail(what, person))


def _refuse_others(person: User, by: Any) -> None:
    if not rules.can_help_with_account(by, person):
        raise PermissionDenied
