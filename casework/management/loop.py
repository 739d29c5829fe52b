"""The life of a background process: piece after piece until a signal, never in the middle of one, never in a rush."""

import logging
import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import close_old_connections

from casework.models import Beat

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
BEATS_EVERY = 30.0


def run_until_stopped(process: Beat.Process, piece: Callable[[], float]) -> None:
    """Call `piece`, rest for the seconds that it answers with, and so on until SIGTERM or SIGINT.

    - A signal during a piece lets it finish; a signal during a rest ends the rest.
    - A piece that fails is logged and tried again after 1, 2, 4 and at most 60 seconds.
    - After a piece that did not fail it is put on record, at most twice a minute, that this process is at work.
    """
    rest, wait, beat_at = 0.0, FIRST_WAIT, -BEATS_EVERY
    with stop_signals() as stopped_within:
        while not stopped_within(rest):
            try:
                close_old_connections()
                rest, wait = piece(), FIRST_WAIT
                if monotonic() - beat_at >= BEATS_EVERY:
                    Beat.now(process)
                    beat_at = monotonic()
            except Exception:
                logger.exception("This piece of work failed and is tried again in %d seconds.", wait)
                rest, wait = wait, min(2 * wait, LONGEST_WAIT)


@contextmanager
def stop_signals() -> Iterator[Callable[[float], bool]]:
    """Gives a function that waits for so many seconds, or less, and says whether a stop was asked for by then."""
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    # The interpreter writes a byte for each signal that has a handler; the handlers have nothing to do themselves.
    handlers = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.set_wakeup_fd(waker.fileno())
    try:
        yield lambda seconds: bool(select.select([woken], [], [], seconds)[0])
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        woken.close()
        waker.close()
