"""Asking again before what does most harm in the wrong hands: exports, giving and ending roles, one's own signing in.

A password, a code or a passkey holds for fifteen minutes, that of signing in too; that a device is trusted proves
nothing here. `surfaces.asks_again` says where it is asked; allauth asks by itself before it changes an account, and
there signing in does not count. Afterwards the person is where they were, with what they had typed.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from allyance_site import surfaces
from allyance_site.people import kept_forms
from allyance_site.people.second_factor import TRUSTED_DEVICE


class AskAgainMiddleware:
    """Stands behind the surfaces, so that it asks nobody about what is closed to them anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send who has not proved it lately to do so."""
        if not surfaces.asks_again(request) or not request.user.is_authenticated or proved_lately(request):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            raise PermissionDenied
        return redirect(f"{ways[0]['url']}?{urlencode({'next': _afterwards(request)})}")


def proved_lately(request: HttpRequest) -> bool:
    """Whether password, code or passkey were given within fifteen minutes."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record["at"] > since and record.get("type") != TRUSTED_DEVICE for record in records)


def _afterwards(request: HttpRequest) -> str:
    """Where the person is led then: to their form, or to the list that they wanted to export, as it was."""
    if request.method == "POST":
        return kept_forms.keep(request)
    if surfaces.EXPORT not in request.GET:
        return request.get_full_path()
    # A file leaves the page as it is: from the question one would not see that it was answered.
    messages.info(request, "Then choose your file once more.")
    asked = request.GET.copy()
    del asked[surfaces.EXPORT]
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
