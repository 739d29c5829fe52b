"""Where allauth asks us: nobody signs up, secrets are sealed, links and words are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from . import mail, sealing, second_factor, words


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation alone, and one that has ended reads like one that never was."""

    error_messages = DefaultAccountAdapter.error_messages | words.WRONG

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allyance_site.people.second_factor.SecondStep"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Tries count for the person, whichever of our host names they came by.
        return credentials.get("email", "").strip().lower()

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """By a passkey, which is no guess: the sign-in page, saying what it says of any other."""
        messages.error(request, words.WRONG["incorrect_code"])
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return second_factor.must_ask_again(current.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    # --- Links and mails

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A link to where the service is said to be, never to what a request calls it."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """To who has a password already: a first one is set by the invitation alone."""
        if user.has_usable_password():
            text = render_to_string("people/mail/reset.txt", context)
            mail.send_soon(EmailMessage("Set a new password", text, to=[user.email]))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person what was changed at their account, at the address that the account has."""
        what = {"what": words.TOLD[template_prefix], "address": settings.WAGTAILADMIN_BASE_URL}
        text = render_to_string("people/mail/notice.txt", what)
        mail.send_soon(EmailMessage("A change to how you sign in", text, to=[email or user.email]))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if said := message or words.SAID.get(message_template or ""):
            messages.add_message(request, level, said)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are sealed at rest, and nobody is left without a second step."""

    error_messages = DefaultMFAAdapter.error_messages | words.WRONG

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=second_factor.SECOND_STEPS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A school's own sign-in opens an account that is there; it never makes one, and its address leads nowhere else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        session.max_redirects = 0
        return session
