"""What makes some thousand requests quick while nothing changes, and undoes whatever has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from wagtail.contrib.redirects import middleware as redirecting

from allyance_site.people.sessions import SessionStore
from casework.access import scope


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def only_looking() -> Iterator[None]:
    """While nothing changes, each is asked once and not at every request: what a session holds, whose it is with what
    their groups give them, what they hold now, and that no redirect leads away from what is missing."""
    sessions: dict[str | None, Any] = {}
    load, save, delete = SessionStore.load, SessionStore.save, SessionStore.delete

    def loaded(session: SessionStore) -> Any:
        key = session.session_key
        if key not in sessions:
            sessions[key] = load(session)
        return deepcopy(sessions[key])

    def forgotten(write: Callable[..., None]) -> Callable[..., None]:
        def write_and_forget(session: SessionStore, *args: Any, **options: Any) -> None:
            sessions.clear()
            write(session, *args, **options)

        return write_and_forget

    with (
        patch.object(scope, "resolve", _once(scope.resolve, lambda user, at: user.pk)),
        patch.object(auth, "get_user", _once(auth.get_user, _who_asks)),
        patch.multiple(SessionStore, load=loaded, save=forgotten(save), delete=forgotten(delete)),
        patch.object(redirecting, "get_redirect", lambda *_: None),
    ):
        yield


def _who_asks(request: HttpRequest) -> tuple[str | None, Any]:
    return request.session.session_key, request.session.get(auth.SESSION_KEY)


def _once(ask: Callable[..., Any], about: Callable[..., Any]) -> Callable[..., Any]:
    """The same answer whenever it is asked about the same."""
    known: dict[Any, Any] = {}

    def answer(*args: Any) -> Any:
        key = about(*args)
        if key not in known:
            known[key] = ask(*args)
        return known[key]

    return answer
