"""The forms of signing in and of one's account: allauth's, in our words, and the invitation's own.

Every field lets a password manager or a phone help, and the first one is ready to be typed in.
"""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context as current
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base import forms as steps
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import caches
from django.core.exceptions import ValidationError

from .apps import TRIES

CODE_REMEMBERED = 120
"""Seconds: longer than a code of an authenticator app is good for, with what a clock may be off."""

CODE_OF_AN_APP = 6  # digits
WITH_A_RECOVERY_CODE = "Type the code that the app shows now. With a recovery code, type your password too."

PLAIN_TYPING = {"autocapitalize": "none", "spellcheck": "false"}


class Plain:
    """Our words and no others: labels without colon, nothing grey inside a field, and the cursor in the first."""

    words: dict[str, str] = {}
    required: dict[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = ""
            if name in self.required:
                field.error_messages["required"] = self.required[name]
        if shown := self.visible_fields():
            shown[0].field.widget.attrs["autofocus"] = True


class SignInForm(Plain, account.LoginForm):
    """E-mail address and password, and one answer for everything that is wrong with them."""

    words = {"login": "E-mail address", "password": "Password"}
    required = {"login": "Enter your e-mail address.", "password": "Enter your password."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        login = self.fields["login"]
        login.widget.attrs |= PLAIN_TYPING | {"autocomplete": "username"}
        login.error_messages["invalid"] = "Enter an e-mail address like name@school.org.uk."


class CodeForm(Plain, steps.AuthenticateForm):
    """A code of the authenticator app or a recovery code. It is good once."""

    words = {"code": "Code"}
    required = {"code": "Enter the code."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= PLAIN_TYPING | {"inputmode": "numeric"}

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _first_use(self.user, code):
            self._emit_authentication_failed(self.authenticator)
            raise mfa_adapter().validation_error("incorrect_code")
        return code


class CodeAgainForm(CodeForm, steps.ReauthenticateForm):
    """The same, of somebody who is signed in and wants to change something."""

    save = steps.ReauthenticateForm.save


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    """The password, of somebody who is signed in and wants to change something."""

    words = {"password": "Your password"}
    required = {"password": "Enter your password."}


class UnlockForm(CodeAgainForm):
    """What opens a locked session: a code, a password, or both. A recovery code never does it without the password."""

    words = {"password": "Your password", "code": "Code"}
    required = {"password": "Enter your password.", "code": "Enter the code."}
    field_order = ["password", "code"]

    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def __init__(self, *args: Any, password: bool, code: bool, passkey: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].required, self.fields["code"].required = password, code

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            # Counted as a try until a code clears the count.
            check_rate_limit(self.user)
            if not self.user.check_password(password):
                raise mfa_adapter().validation_error("incorrect_password")
        return password

    def clean_code(self) -> str:
        """A code is used up by looking at it, so everything else is looked at first."""
        code, has_password = self.cleaned_data["code"], bool(self.cleaned_data.get("password"))
        if "password" in self.errors or not code:
            return ""
        if not has_password and len("".join(filter(str.isdigit, code))) != CODE_OF_AN_APP:
            raise ValidationError(WITH_A_RECOVERY_CODE)
        code = super().clean_code()
        if not has_password and self.authenticator.type != Authenticator.Type.TOTP:
            raise ValidationError(WITH_A_RECOVERY_CODE)
        return code

    def save(self) -> None:
        if self.cleaned_data["code"]:
            super().save()
        else:
            reauthenticate_by_password(current.request)


class ForgottenForm(Plain, account.ResetPasswordForm):
    """The address to which a link is sent, where an account has it."""

    words = {"email": "E-mail address"}
    required = {"email": "Enter your e-mail address."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs |= PLAIN_TYPING | {"autocomplete": "username"}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    """A new password by the link of a mail."""

    words = {"password1": "New password", "password2": "New password, once more"}
    required = {"password1": "Enter a new password.", "password2": "Enter the new password once more."}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """A new password, of who knows the present one."""

    words = {"oldpassword": "Your password now"} | NewPasswordForm.words
    required = {"oldpassword": "Enter your password now."} | NewPasswordForm.required


class SetUpAppForm(Plain, ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it has the secret."""

    words = {"code": "The code that the app shows now"}
    required = {"code": "Enter the code that the app shows."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= PLAIN_TYPING | {"inputmode": "numeric"}

    def clean_code(self) -> str:
        code = super().clean_code()
        if not _first_use(self.user, code):
            raise mfa_adapter().validation_error("incorrect_code")
        return code


class AddPasskeyForm(Plain, AddWebAuthnForm):
    """A passkey: always one that can sign in by itself, so that it asks for a finger, a face or a PIN."""

    words = {"name": "A name to know this device by"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].max_length = 60
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean()


class InvitationForm(Plain, forms.Form):
    """The first password of an invited person."""

    words = {"password": "Password", "again": "Password, once more"}
    required = {"password": "Enter a password.", "again": "Enter the password once more."}

    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        self.user = user
        super().__init__(*args, **options)

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean_again(self) -> str:
        if self.cleaned_data.get("password") not in (None, self.cleaned_data["again"]):
            raise ValidationError("The two passwords are not the same.")
        return self.cleaned_data["again"]


def code_key(user: Any, code: str) -> str:
    """Under which it is remembered that a code was used."""
    return f"code-{user.pk}-{''.join(filter(str.isdigit, code))}"


def _first_use(user: Any, code: str) -> bool:
    """Whether nobody has used this code before; allauth forgets one sooner than a clock that is off lets it count."""
    return caches[TRIES].add(code_key(user, code), True, CODE_REMEMBERED)
