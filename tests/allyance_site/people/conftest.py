"""People at a browser who have a password, and perhaps a second step."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import caches
from django.test import Client

from allyance_site.people.mail import settle
from allyance_site.people.models import User
from tests.clock import london

PASSWORD = "seven green kites over water"
STEP = "/sign-in/second-step/"
MORNING = london(2026, 11, 23, 9)


@pytest.fixture(autouse=True)
def _no_tries_yet():
    caches["tries"].clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    """Stands at nine on a Monday morning until it is moved."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def newcomer(db):
    """Has a password, and no second step yet."""
    return User.objects.create_user("huw@school.example", PASSWORD, first_name="Huw", last_name="Farley")


@pytest.fixture
def person(db):
    """Has a password, an authenticator app and recovery codes."""
    user = User.objects.create_user("priya@school.example", PASSWORD, first_name="Priya", last_name="Elwood")
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def sent() -> Callable[[], list[Any]]:
    """The mails that were sent so far, and none that an earlier test handed over."""
    settle()
    mail.outbox.clear()

    def mails() -> list[Any]:
        settle()
        return mail.outbox

    return mails


def send_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def code_of(user: User, *, steps: int = 0) -> str:
    """What the app of this person shows, or will show after so many half minutes."""
    secret = decrypt(user.authenticator_set.get(type="totp").data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def enter(client: Client, user: User, *, steps: int = 0, **more: str) -> Any:
    """Password and code."""
    send_password(client, user.email)
    return client.post(STEP, {"code": code_of(user, steps=steps), **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def errors_of(response: Any) -> str:
    found = BeautifulSoup(response.content, "html.parser").find(class_="error-summary")
    return found.get_text(" ", strip=True) if found else ""
