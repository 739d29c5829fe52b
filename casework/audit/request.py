"""Which request is being answered: its number for the audit, and a place for what is asked only once in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

Answer = TypeVar("Answer")


@dataclass
class CurrentRequest:
    """One request: its number, where it came from, and what was resolved for it."""

    address: str | None
    id: str = field(default_factory=lambda: str(uuid4()))
    resolved: dict[Any, Any] = field(default_factory=dict)


_current: ContextVar[CurrentRequest | None] = ContextVar("current_request", default=None)


def current() -> CurrentRequest | None:
    """The request being answered; None in a command or a worker."""
    return _current.get()


def once(question: Any, ask: Callable[[], Answer]) -> Answer:
    """What is asked only once in a request; in a command or a worker, each time."""
    request = current()
    if request is None:
        return ask()
    if question not in request.resolved:
        request.resolved[question] = ask()
    answer: Answer = request.resolved[question]
    return answer


@contextmanager
def answering(address: str | None) -> Iterator[CurrentRequest]:
    """Everything inside belongs to one request."""
    request = CurrentRequest(address)
    token = _current.set(request)
    try:
        yield request
    finally:
        _current.reset(token)
