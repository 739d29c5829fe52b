"""What a log line may say: what happened and where in the program, never what somebody typed or what a record holds.

The words of an exception can hold either: a database quotes the row that it refuses. So they are left out, and what
stands instead is the kind of exception, its code, and the lines of the program that it came through. One event is one
line until its traceback, whatever an address or a name contains.
"""

import errno
import logging
import re
import traceback
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
SECRETS = re.compile(r"(/(?:calendar|answer)/)[^/\s]+")
"""Addresses that are themselves a key: Django logs the address of every answer from 400 on, 429 and 500 too."""

LEADING_TO = "\nwhich led to:\n\n"


class WithoutWords(logging.Formatter):
    """Every handler's formatter."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
        return SECRETS.sub(r"\1…", line)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's, with the words
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return LEADING_TO.join(_told(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> list[BaseException]:
    """An exception after everything that led to it."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _told(error: BaseException) -> str:
    """The lines of the program, then the kind of exception."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return "".join(traceback.format_tb(error.__traceback__)) + kind + _code(error)


def _code(error: BaseException) -> str:
    """What database or operating system call it: SQLITE_FULL, ENOSPC."""
    of_database = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    code = of_database or errno.errorcode.get(getattr(error, "errno", None) or 0)
    return f" ({code})" if code else ""
