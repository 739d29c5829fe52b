"""Fills a register's form in as a browser would: what stands in it, but for what is changed."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def filled(client: Client, address: str, **changed: Any) -> dict[str, Any]:
    """The answers of the form at an address, with some changed; a box that is not ticked is left out."""
    form = client.get(address).context["form"]
    answers = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            if value:
                answers[field.html_name] = "on"
            continue
        prepared = field.field.prepare_value(value)
        answers[field.html_name] = "" if prepared is None else prepared
    return answers | changed


def send(client: Client, address: str, **changed: Any) -> HttpResponse:
    """Open the form, fill it in and send it."""
    return client.post(address, filled(client, address, **changed))
