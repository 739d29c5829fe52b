"""The second step of signing in: who has taken it in this session, and what a session without it may open.

A passkey is both steps in one, and a school's sign-in may prove that it was. A device that took the step is trusted for
thirty days, until the password or anything about the second step changes, or its person signs out everywhere.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.internal.flows import trust
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string

from allyance_site import surfaces
from allyance_site.caches import AWAY
from allyance_site.people import idle

from . import words

logger = logging.getLogger(__name__)

STEP = "mfa"  # as allauth names it in a session's record of what was proved
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
TRUSTED_DEVICE = "trusted_device"
SCHOOL = "school"
SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_login", "account_logout", "invitation"}
)
"""The addresses of people that are open to who has a password and no second step yet."""
FIRST_OF_ONES_OWN = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})


def taken(request: HttpRequest) -> bool:
    """Whether the second step was taken in this session, by the person whose session it is."""
    return any(record.get("method") == STEP for record in get_authentication_records(request, request.user))


def is_set_up(user: Any) -> bool:
    """Whether a person has an authenticator app or a passkey."""
    return is_mfa_enabled(user, SECOND_STEPS)


def is_trusted(request: HttpRequest, user: Any) -> bool:
    """Whether this browser took the step for this person within thirty days, and nothing was changed since."""
    if settings.MFA_TRUST_COOKIE_NAME not in request.COOKIES:
        return False
    since = user.signed_out_at.timestamp() if user.signed_out_at else 0
    current = trust.create_config_fingerprint(user)
    return any(issued.fingerprint == current and issued.at > since for issued in trust.decode_trust_cookie(request))


def trust_device(request: HttpRequest, user: Any, response: HttpResponse) -> None:
    """It is its person's own: for thirty days it is asked for no second step, and no idle session is locked on it."""
    trust.trust_browser(request, user, response)
    idle.begin(request.session, own_device=True)


def renew_key(request: HttpRequest) -> None:
    """Give the session a new key; a key from before a step must not be worth anything after it."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def taken_at_school(request: HttpRequest, user: Any) -> bool:
    """Whether the sign-in that is going on ended with a second step at the school, one that counts."""
    records = get_authentication_records(request, user)
    return bool(records) and (records[-1]["method"], records[-1].get("type")) == (STEP, SCHOOL)


def must_ask_again(request: HttpRequest) -> bool:
    """Whether a change asks for password or code again: but of who sets up the first second step just now.

    Whoever has neither, for they come by their school alone, has nothing to be asked for: they set up a second step of
    their own first, which they may for a quarter of an hour after signing in.
    """
    if not taken(request) or get_reauthentication_flows(request.user):
        return taken(request)
    last = get_authentication_records(request, request.user)[-1]["at"]
    if surfaces.requested(request) in FIRST_OF_ONES_OWN and time.time() - last < REAUTHENTICATION_TIMEOUT:
        return False
    messages.error(request, words.OWN_STEP_FIRST)
    raise ImmediateHttpResponse(redirect("mfa_index"))


class SecondStep(AuthenticateStage):
    """Between the password and being signed in. Whoever has no second step yet sets it up next, and nothing else."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        # A key from before the password must not be worth anything after it.
        self.request.session.cycle_key()
        return super().handle()

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if not is_set_up(user) or did_use_passwordless_login(request, user) or taken_at_school(request, user):
            return False
        if is_trusted(request, user):
            record_authentication(request, user, STEP, type=TRUSTED_DEVICE)
            return False
        return True


def on_signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    """A session begins; on a shared computer, unless this device is trusted."""
    idle.begin(request.session, own_device=is_trusted(request, user))


def on_set_up(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets up their first second step has just taken it: the session goes on, under a new key."""
    others = Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exclude(pk=authenticator.pk)
    if authenticator.type in SECOND_STEPS and not (taken(request) and others.exists()):
        renew_key(request)
        record_authentication(request, user, STEP, id=authenticator.pk, type=authenticator.type, reauthenticated=True)


class SecondStepMiddleware:
    """A session without the second step is a visitor's everywhere but where it can be set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send who has only a password to set the step up; end a session that ought to have taken it."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated or taken(request):
            return None
        if is_set_up(request.user):
            # No way of ours leads here: it was made by another door, or the step was set up elsewhere meanwhile.
            logout(request)
            return None
        address = surfaces.requested(request)
        if address in SETTING_UP:
            return None
        request.user = AnonymousUser()
        opened = surfaces.surfaces_of(address)
        if not opened or opened & surfaces.ASKS_FOR_NOBODY:
            return None
        return redirect("mfa_index")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Where tries cannot be counted, nobody signs in, and the page says so."""
        opened = surfaces.surfaces_of(surfaces.requested(request))
        if not isinstance(exception, AWAY) or not opened & {surfaces.ACCOUNT, surfaces.OWN}:
            return None
        logger.error("Nobody can sign in: %s.", type(exception).__name__)
        return HttpResponse(render_to_string("people/closed.html"), status=503)
