"""What allauth and Django tell of signing in goes on the record. A session that cannot be recorded does not begin."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from casework.access import door

from .models import User


def connect() -> None:
    """Listen; once for a process, however often it is called."""
    for signal, receiver in {
        account.user_logged_in: _signed_in,
        auth.user_logged_out: _signed_out,
        auth.user_login_failed: _failed,
        account.password_set: _password_changed,
        account.password_changed: _password_changed,
        account.password_reset: _password_changed,
        mfa.authentication_failed: _second_step_failed,
        mfa.authenticator_added: _second_step_added,
        mfa.authenticator_removed: _second_step_removed,
        mfa.authenticator_reset: _second_step_renewed,
    }.items():
        signal.connect(receiver, dispatch_uid=f"on record: {receiver.__name__}")


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    door.happened("signed in", account=user, by=user)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        door.happened("signed out", account=user, by=user)


def _failed(credentials: dict[str, Any], **_: Any) -> None:
    """Nobody is known to have done it."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    door.happened("failed to sign in", account=User.objects.filter(email__iexact=address).first())


def _second_step_failed(user: User, **_: Any) -> None:
    """The code was wrong, or used already. Whoever sent it is not known to be its person."""
    door.happened("failed second step", account=user)


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    door.happened("changed password", account=user, by=user)


def _second_step_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    door.happened("added second step", account=user, by=user, kind=authenticator.type)


def _second_step_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    door.happened("removed second step", account=user, by=user, kind=authenticator.type)


def _second_step_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    door.happened("renewed second step", account=user, by=user, kind=authenticator.type)
