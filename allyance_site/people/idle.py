"""How long a session goes on without its person proving again that it is they.

- A computer counts as shared until its person has said that it is their own; then it is a trusted device.
- On a shared one the session is locked 20 minutes after the last request that a person made, and 8 hours after it
  began.
- On one's own device it is locked 12 hours after it began, and not before.
- Locked for idleness, it is opened by a code or a passkey. Locked for its age, it is opened by all that signing in
  asks, and begins anew. Nothing is thrown away by the lock; a session that nobody opens ends after a day.

What a session remembers of this is three values of its own, written once a minute at most.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings

SINCE, SEEN, OWN_DEVICE = "since", "seen", "own_device"
HOUR = 3600


@dataclass(frozen=True)
class Standing:
    """Where a session stands now: seconds until it is locked, none left once it is, and whether age is the reason."""

    seconds: float
    by_age: bool

    @property
    def is_locked(self) -> bool:
        return self.seconds <= 0


def begin(session: Any, *, own_device: bool = False) -> None:
    """Somebody has just signed in."""
    session[SINCE] = session[SEEN] = time.time()
    session[OWN_DEVICE] = own_device


def standing(session: Any) -> Standing:
    """Where this session stands; locked by age when it does not say since when it goes on."""
    now, own = time.time(), session.get(OWN_DEVICE, False)
    hours = settings.SESSION_HOURS_OWN if own else settings.SESSION_HOURS_SHARED
    age = session.get(SINCE, 0) + hours * HOUR - now
    idle = age if own else session.get(SEEN, 0) + settings.IDLE_LOCK - now
    return Standing(min(age, idle), by_age=age <= max(idle, 0))


def every() -> float:
    """Seconds: how often it is written that a person was there. A minute, where the lock comes after twenty."""
    return settings.IDLE_LOCK / 20


def touch(session: Any) -> None:
    """A person has asked for something."""
    if time.time() - session.get(SEEN, 0) >= every():
        session[SEEN] = time.time()


def resume(session: Any, *, own_device: bool) -> None:
    """Its person has opened it again."""
    if standing(session).by_age:
        begin(session, own_device=own_device)
    session[SEEN] = time.time()
