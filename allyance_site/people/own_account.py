"""One's own account: password, second steps, recovery codes, and where one is signed in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from allyance_site.people import accounts, devices, links, second_factor
from casework.access import door

from .models import Provider


class OwnAccount(IndexView):
    """Everything about one's own signing in; to who has no second step yet, how to set it up."""

    def get_template_names(self) -> list[str]:
        return ["people/account.html" if second_factor.taken(self.request) else "people/set_up.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions = sorted(UserSession.objects.purge_and_list(self.request.user), key=lambda one: one.created_at)
        linked = links.of(self.request.user)
        return super().get_context_data(**kwargs) | {
            "sessions": [(session, devices.called(session.user_agent)) for session in sessions],
            "linked": linked,
            "linkable": Provider.objects.offered().exclude(pk__in=[provider.pk for _, provider in linked]),
        }


class ChangePassword(PasswordChangeView):
    """A new password, of who has one; whoever comes by their school alone has none."""

    template_name = "people/password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


class TakeOffPasskey(RemoveWebAuthnView):
    """Takes one's own passkey off, unless it is the only second step."""

    template_name = "people/take_off.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = mfa_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own, this one too, and trust no device any more. Asks for nothing: it only closes."""
    user: Any = request.user
    accounts.end_sessions(user)
    door.happened("signed out everywhere", account=user, by=user)
    get_adapter().send_notification_mail("people/signed_out_everywhere", user)
    logout(request)
    messages.success(request, "You are signed out everywhere, and no device is trusted any more.")
    return redirect("account_login")
