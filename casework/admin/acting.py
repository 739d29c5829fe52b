"""Runs one action for one form: in a transaction, and only once however often it is sent."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from .. import once
from ..access import scope

FORM_KEY = "form_key"


class OnceForm(forms.Form):
    """A form with its one-time key; add it to every form that changes something."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=once.new_key)


def act(request: HttpRequest, action: Callable[[], str]) -> HttpResponseRedirect:
    """Run `action`, which returns the address to go to; a second sending of the form goes there and changes nothing.

    What the action refuses is raised again with nothing saved and the key unspent, so that the mended form can be sent.
    """
    try:
        with transaction.atomic():
            used = once.spend(_key(request), by=request.user)
            scope.renew(request.user)  # a role may have ended while this form waited for its turn
            address = action()
            once.answer(used, address)
    except once.AlreadyDone as done:
        return redirect(done.answer or "wagtailadmin_home")
    return redirect(address)


def sent_before(request: HttpRequest) -> HttpResponseRedirect | None:
    """Where a form that was sent already led; asked first, for the act may have closed the record to its sender."""
    address = once.led_to(_key(request), by=request.user)
    return None if address is None else redirect(address or "wagtailadmin_home")


def _key(request: HttpRequest) -> str:
    key = request.POST.get(FORM_KEY, "")
    try:
        return str(UUID(key))
    except ValueError:
        raise SuspiciousOperation("a form without its key") from None
