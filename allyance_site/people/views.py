"""Signing in: the password, the second step, a forgotten password, an invitation; and signing out."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import login as flow
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView, LogoutView, PasswordResetFromKeyView
from allauth.core.internal import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from allyance_site.management.demo import password
from allyance_site.people import demo, invitations, second_factor
from allyance_site.people.demo_accounts import DEMO_ACCOUNTS, DemoAccount, account
from allyance_site.people.forms import InvitationForm
from allyance_site.people.models import Provider

IN_THE_SESSION = "invitation"
KEPT = "here"


class SignIn(LoginView):
    """The one page to sign in. Somebody already signed in sees it too, so that no redirect can go round in a circle."""

    template_name = "people/sign_in.html"

    def get_initial(self) -> dict[str, Any]:
        chosen = self._chosen()
        return super().get_initial() | ({"login": chosen.email, "password": password.current()} if chosen else {})

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        # The demo's password is no secret: it fills itself in, on this machine alone.
        form.fields["password"].widget.render_value = bool(self._chosen()) and not form.is_bound
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"next": self.get_next_url() or "", "providers": Provider.objects.offered()}
        if settings.DEMO:
            context |= {"demo_accounts": DEMO_ACCOUNTS, "chosen": self._chosen()}
        return context

    def _chosen(self) -> DemoAccount | None:
        return account(self.request.GET.get("as", "")) if settings.DEMO else None


class SecondStep(AuthenticateView):
    """The code of an app, a recovery code, or a passkey; and whether this device is trusted from now on."""

    template_name = "people/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        context["has_app"], context["has_passkey"] = self._has("totp", user), self._has("webauthn", user)
        if settings.DEMO and (code := demo.code_of(user)):
            context["demo_code"] = context["form"].fields["code"].initial = code
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.stage.login.user
        response = super().form_valid(form)
        if "trust" in self.request.POST:
            second_factor.trust_device(self.request, user, response)
        return response

    def _has(self, kind: str, user: Any) -> bool:
        return user.authenticator_set.filter(type=kind).exists()


class SignInByPasskey(LoginWebAuthnView):
    """A passkey, which is both steps in one; and whether this device is trusted from now on."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if "trust" in self.request.POST and self.request.user.is_authenticated:
            second_factor.trust_device(self.request, self.request.user, response)
        return response


class SignOut(LogoutView):
    """Signs out, by a button only: a link that signs people out could be put on any page."""

    http_method_names = ["post", "options"]


class NewPassword(PasswordResetFromKeyView):
    """A new password by the link of a mail. It signs nobody in: the second step is asked as ever."""

    template_name = "people/new_password.html"
    success_url = reverse_lazy("account_login")


@method_decorator(
    [never_cache, sensitive_post_parameters(), ratelimit.decorator(app="allauth.account", action="invitation")],
    name="dispatch",
)
class Invited(FormView):
    """The link of an invitation: a password, and then the second step. Its token moves out of the address at once."""

    template_name = "people/invitation.html"
    form_class = InvitationForm

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        if token != KEPT:
            request.session[IN_THE_SESSION] = token
            return redirect("invitation", KEPT)
        self.token = request.session.get(IN_THE_SESSION, "")
        self.invitation = invitations.find(self.token)
        if self.invitation is None:
            return self.over(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.invitation.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "person": self.invitation.user,
            "providers": Provider.objects.offered(),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        user = invitations.accept(self.token, password=form.cleaned_data["password"])
        if user is None:
            return self.over(self.request)
        # Whoever was signed in here before is not the person who was invited.
        logout(self.request)
        record_authentication(self.request, user, "password")
        get_adapter().send_notification_mail("people/invitation_used", user)
        messages.success(self.request, "Your password is set.")
        return flow.perform_login(self.request, Login(user=user, redirect_url="/account/"))

    @staticmethod
    def over(request: HttpRequest) -> HttpResponse:
        """The invitation is not good any more."""
        request.session.pop(IN_THE_SESSION, None)
        return render(request, "people/invitation_over.html", status=410)
