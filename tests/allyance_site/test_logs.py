"""What went wrong is logged without a word of what somebody typed, and mailed to nobody."""

import io
import logging
from urllib.error import URLError

import pytest
from django.core import mail
from django.db import DataError, IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler

from allyance_site.logs import WithoutWords
from casework.admin.session_forms import SessionForm
from casework.models import Referral
from tests import signed_in
from tests.factories import ReferralFactory

WORDS = "Hid under the table and spoke of the zqelcanary"


@pytest.fixture
def logged():
    """All that the real handlers of the real settings write."""
    loggers = [logging.getLogger("django"), logging.getLogger()]
    (ours,) = {
        handler for logger in loggers for handler in logger.handlers if isinstance(handler.formatter, WithoutWords)
    }
    stream = io.StringIO()
    before = ours.setStream(stream)
    yield stream
    ours.setStream(before)


@pytest.fixture
def case(cast) -> Referral:
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


@pytest.fixture
def therapist(cast) -> Client:
    client = Client(raise_request_exception=False)
    signed_in.sign_in(client, cast.therapist)
    return client


@pytest.mark.parametrize("kind", [ValueError, IntegrityError, DataError])
def test_forced_error_leaves_no_word_of_the_form(therapist, case, logged, monkeypatch, kind):
    """As a database does that quotes the row which it refuses."""

    def refuse(form):
        raise kind(quoted := form.data["note"]) from KeyError(quoted)

    monkeypatch.setattr(SessionForm, "clean", refuse)
    response = therapist.post(
        reverse("casework_session_record", args=[case.uuid]),
        {"form_key": "6b0d8a4e-3c1f-4a57-9b1e-0c7f5d2e9a11", "note": WORDS, "strategies": WORDS},
    )
    said = logged.getvalue()
    assert response.status_code == 500
    assert "Internal Server Error" in said and kind.__name__ in said and "KeyError" in said and "test_logs.py" in said
    assert "zqelcanary" not in said
    assert mail.outbox == []


def test_nothing_is_mailed_when_something_goes_wrong():
    known = [logging.getLogger(name) for name in (*logging.root.manager.loggerDict, "")]
    handlers = [handler for logger in known for handler in logger.handlers]
    assert handlers and not [handler for handler in handlers if isinstance(handler, AdminEmailHandler)]


def formatted(message: str, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return WithoutWords().format(logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, info))


def test_one_event_is_one_line():
    assert len(formatted("%s", "R26-118\r\n2026-01-01 INFO forged: all is well").splitlines()) == 1


def test_words_that_another_handler_left_are_not_written():
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "broke", (), None)
    record.exc_text = "ValueError: the child's words"
    assert "child" not in WithoutWords().format(record)


def test_code_of_the_system_is_told():
    assert formatted("broke", error=OSError(28, "No space left", "/data/a child's name")).endswith("OSError (ENOSPC)")
    assert formatted("broke", error=URLError("a child's name")).endswith("urllib.error.URLError")


def test_an_error_that_leads_to_itself_is_told_once():
    first, second = ValueError("words"), KeyError("words")
    first.__cause__, second.__cause__ = second, first
    assert formatted("broke", error=first).count("ValueError") == 1


def test_an_address_that_is_a_key_is_not_told():
    said = formatted("Too Many Requests: %s", "/calendar/s3cret.ics") + formatted("Not Found: %s", "/answer/t0ken/")
    assert "s3cret" not in said and "t0ken" not in said
