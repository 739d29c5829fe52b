"""The lock: what a locked session answers, how a page asks about it, and how its person opens it again.

While it is locked it is a visitor's on the website, and everywhere else answers 423, to looking and to sending alike;
a form that was sent is kept for its person. Only a person's own requests keep it open, not those that a page makes
by itself.
"""

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.http import require_http_methods

from allyance_site import surfaces
from allyance_site.people import demo, idle, kept_forms, second_factor, words
from allyance_site.people.forms import UnlockForm

LOCKED = 423
OPENS_OR_ENDS_IT = frozenset({"here", "unlock", "account_logout"})
SIGN_IN = "account_login"
BY_THE_PAGE_ITSELF = frozenset(
    {
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "casework_pupil_list_progress",
    }
)
"""What a page asks for again and again, whether or not anybody is there: Wagtail's editor, and long work's progress."""


class LockMiddleware:
    """Before any surface is entered: whether the session is locked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """An open session goes on, and counts the person; a locked one is answered here."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        address = surfaces.requested(request)
        if not idle.standing(request.session).is_locked:
            if not _by_the_page_itself(request, address):
                idle.touch(request.session)
                kept_forms.forget_old(request)
            request.lock = _told(request)
            return None
        if address in OPENS_OR_ENDS_IT:
            return None
        if not second_factor.taken(request):
            # There is nothing to open it by yet.
            logout(request)
            return None
        asks_to_sign_in = address == SIGN_IN and request.method == "GET"
        if surfaces.surfaces_of(address) & surfaces.WITHOUT_SIGNING_IN and not asks_to_sign_in:
            request.user = AnonymousUser()
            return None
        return _locked(request)


@require_http_methods(["GET", "POST"])
def here(request: HttpRequest) -> HttpResponse:
    """GET, which a page sends by itself: where the session stands. POST, which a person causes: I am still here."""
    told = _told(request) | {"csrf": get_token(request)}
    if told["locked"]:
        told |= {"ways": _ways(request), "demo_code": demo.code_of(request.user)}
    return JsonResponse(told, status=LOCKED if told["locked"] and request.method == "POST" else 200)


class Unlock(View):
    """Opens the session again, from the page that it covered or from the page that says that it is locked."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """For a script: what a passkey has to sign. For a person: the page, where there is something to open."""
        if _is_script(request):
            return JsonResponse({"request_options": begin_authentication(request.user)})
        if idle.standing(request.session).is_locked:
            return _locked(request)
        return redirect(_next(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if not idle.standing(request.session).is_locked:
            return self._opened(request)
        if not ratelimit.consume(request, app="allauth.account", action="reauthenticate", user=request.user):
            return self._refused(request, None, words.PAUSE)
        if "credential" in request.POST:
            form: Any = ReauthenticateWebAuthnForm(request.POST, user=request.user)
        else:
            form = UnlockForm(request.POST, user=request.user, **_ways(request))
        if not form.is_valid():
            return self._refused(request, form, *(error for errors in form.errors.values() for error in errors))
        form.save()
        idle.resume(request.session, own_device=second_factor.is_trusted(request, request.user))
        second_factor.renew_key(request)
        return self._opened(request)

    def _opened(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(_told(request)) if _is_script(request) else redirect(_next(request))

    def _refused(self, request: HttpRequest, form: Any, *wrong: str) -> HttpResponse:
        if _is_script(request):
            return JsonResponse({"wrong": " ".join(wrong)}, status=400)
        return _locked(request, wrong=wrong)


def _locked(request: HttpRequest, wrong: tuple[str, ...] = ()) -> HttpResponse:
    """The page that says so and asks; a script is told in its own way, for it still has what it wanted to send."""
    if _is_script(request):
        return JsonResponse({"locked": True}, status=LOCKED)
    ways, by_age = _ways(request), idle.standing(request.session).by_age
    form = UnlockForm(user=request.user, initial={"code": demo.code_of(request.user)}, **ways)
    context = {"ways": ways, "form": form, "next": _afterwards(request), "wrong": wrong, "by_age": by_age}
    request.user = AnonymousUser()  # the page shows nothing of whoever is away
    return render(request, "people/locked.html", context, status=LOCKED)


def _ways(request: HttpRequest) -> dict[str, bool]:
    """What opens this session: `passkey` if its person has one, and of a password and a code whichever is asked."""
    user: Any = request.user
    kinds = set(user.authenticator_set.values_list("type", flat=True))
    by_age = idle.standing(request.session).by_age
    return {
        "passkey": "webauthn" in kinds,
        "password": by_age or "totp" not in kinds,
        "code": not (by_age and second_factor.is_trusted(request, user)),
    }


def _told(request: HttpRequest) -> dict[str, Any]:
    """What a page may know: when it has to be covered, and whether it is still the session of whom it was made for."""
    standing = idle.standing(request.session)
    return {
        "locked": standing.is_locked,
        "seconds": max(0, int(standing.seconds)),
        "can_stay": not standing.by_age,
        "warning": settings.IDLE_WARNING,
        "every": int(idle.every()),
        "whose": salted_hmac("whose page", str(request.user.pk)).hexdigest()[:16],
    }


def _afterwards(request: HttpRequest) -> str:
    """Where the person is led when it is open: back to what they asked for, or to what they had typed."""
    address = surfaces.requested(request)
    if address in (SIGN_IN, "unlock"):
        return _next(request)
    return kept_forms.keep(request) if request.method == "POST" else request.get_full_path()


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse(settings.LOGIN_REDIRECT_URL)


def _by_the_page_itself(request: HttpRequest, address: str) -> bool:
    """Whether nobody need be there for it; Wagtail saves drafts by a script, and our own script tells of typing."""
    if address == "here":
        return request.method == "GET"
    return address in BY_THE_PAGE_ITSELF or (request.method == "POST" and _is_script(request))


def _is_script(request: HttpRequest) -> bool:
    by_wagtail = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return by_wagtail or request.headers.get("Accept", "").startswith("application/json")
