"""The way to a school's sign-in and back: to sign in, to use an invitation, or to link it to one's own account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows import login as flow
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from allyance_site.people import invitations, links, second_factor
from allyance_site.people.models import Provider, User
from allyance_site.people.school_sign_in import Away, Proof, Refused, ask, proof, waiting
from allyance_site.people.views import IN_THE_SESSION, Invited
from casework.access import rules

SIGN_IN, INVITATION, LINK = "sign in", "invitation", "link"

counted = ratelimit.decorator(app="allauth.account", action="school_sign_in")


def with_provider(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Finds the provider of an address, while it is offered, and says what there is to say when it fails."""

    @wraps(view)
    def found(request: HttpRequest, uuid: Any) -> HttpResponse:
        provider = get_object_or_404(Provider.objects.offered(), uuid=uuid)
        try:
            return view(request, provider)
        except Away:
            return render(request, "people/school_away.html", {"provider": provider}, status=503)
        except Refused:
            return render(request, "people/school_refused.html", {"provider": provider}, status=403)

    return found


@never_cache
@require_POST
@counted
@with_provider
def sign_in(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Off to the school, to sign in there; or to use the invitation that this browser has opened."""
    process = INVITATION if "invitation" in request.POST else SIGN_IN
    return _off(request, provider, process=process, next_url=get_next_redirect_url(request))


@never_cache
@require_POST
@counted
@reauthentication_required(app="allauth.socialaccount")
@with_provider
def link(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Off to the school, to link what one signs in with there to one's own account."""
    return _off(request, provider, process=LINK, person=request.user.pk)


@require_POST
@reauthentication_required(app="allauth.socialaccount")
def unlink(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Take a link of one's own off, also one to a provider that is not offered any more."""
    try:
        links.unlink(request.user, get_object_or_404(Provider, uuid=uuid))
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        get_adapter().send_notification_mail("people/school_unlinked", request.user)
        messages.success(request, "It is unlinked, and does not sign you in any more.")
    return redirect("mfa_index")


@never_cache
@require_safe
@with_provider
def back(request: HttpRequest, provider: Provider) -> HttpResponse:
    """What the school's answer leads to. It is looked at once, and only where this browser asked for it."""
    kept = waiting(request, provider)
    proved = proof(request, provider, kept)
    if kept["process"] == LINK:
        return _link(request, provider, proved, kept)
    if kept["process"] == INVITATION:
        return _invited(request, provider, proved)
    user = links.whose(provider, proved.subject)
    if user is None:
        return render(request, "people/school_unknown.html", {"provider": provider}, status=403)
    return _enter(request, user, provider, proved, kept.get("next"))


def _off(request: HttpRequest, provider: Provider, **kept: Any) -> HttpResponse:
    """A page that goes on by itself: a form of ours may be answered by no other host, as our headers say."""
    address = ask(request, provider, **kept)
    return render(request, "people/school_leaving.html", {"provider": provider, "address": address})


def _link(request: HttpRequest, provider: Provider, proved: Proof, kept: dict[str, Any]) -> HttpResponse:
    user: Any = request.user
    if not user.is_authenticated or user.pk != kept["person"]:
        raise Refused
    try:
        links.link(user, provider, proved.subject)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        get_adapter().send_notification_mail("people/school_linked", user)
        messages.success(request, f"From now on you can sign in with {provider}.")
    return redirect("mfa_index")


def _invited(request: HttpRequest, provider: Provider, proved: Proof) -> HttpResponse:
    try:
        user = invitations.accept_by_school(request.session.get(IN_THE_SESSION, ""), provider, proved.subject)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("account_login")
    if user is None:
        return Invited.over(request)
    get_adapter().send_notification_mail("people/invitation_used", user)
    return _enter(request, user, provider, proved, "/account/")


def _enter(request: HttpRequest, user: User, provider: Provider, proved: Proof, next_url: str | None) -> HttpResponse:
    """Sign in whom the school has shown to be this person; our own second step is asked where its does not count."""
    logout(request)  # whoever was signed in here before
    record_authentication(request, user, "socialaccount", provider=str(provider.uuid))
    if proved.second_step and rules.can_rely_on_second_step(user, provider.allowed_in.all()):
        record_authentication(request, user, second_factor.STEP, type=second_factor.SCHOOL)
    return flow.perform_login(request, Login(user=user, redirect_url=next_url))
