"""Somebody at a browser: signed in, sending forms to a real server, over connections of their own."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from tests.signed_in import sign_in

TOKEN = "t" * 32  # any is good, as long as cookie and form carry the same


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    text: str
    to: str = ""

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    def form(self) -> dict[str, Any]:
        """What pressing the button of this page's form would send."""
        (form,) = self.page.find_all("form", method="post")
        fields = form.find_all(["input", "textarea"])
        return {field["name"]: field.get("value") if field.name == "input" else field.text[1:] for field in fields}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


class Person:
    """A browser that holds this account's session, or none."""

    def __init__(self, address: str, user: Any = None) -> None:
        self.address = address
        self.cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
        if user is not None:
            client = Client()
            sign_in(client, user)
            self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def send(self, path: str, form: dict[str, Any]) -> Answer:
        """Send a form; OSError when the server is gone before it has answered."""
        return self._ask(path, urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN} | form, doseq=True).encode())

    def _ask(self, path: str, body: bytes | None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(self.address + path, body, {"Cookie": cookies})  # noqa: S310 - our own server
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.read().decode(), answer.headers.get("Location", ""))


def session_form(attendance: Any, text: str, **more: Any) -> dict[str, Any]:
    """A therapist's form about one hour, filled in."""
    return {
        "form_key": str(uuid4()),
        "attendance": str(attendance.uuid),
        "minutes": "60",
        "starts_at": "2026-01-15T10:00",
        "strategies": f"Strategy of {text}.",
        "note": f"Note of {text}.",
    } | more
