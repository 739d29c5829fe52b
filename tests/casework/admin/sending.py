"""Filling in a screen's form as a browser does: the hidden fields of the page, and what somebody typed."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def hidden(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form at an address."""
    form = client.get(address).context["form"]
    return {field.html_name: str(field.value()) for field in form.hidden_fields()}


def send(client: Client, address: str, **typed: Any) -> HttpResponse:
    """Open the form at an address, fill it in and send it."""
    return client.post(address, hidden(client, address) | typed)


def text_of(response: HttpResponse) -> str:
    """What a browser would show of an answer, tags and all."""
    return response.content.decode()
