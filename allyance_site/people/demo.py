"""The second step in the demo: a real one, whose code the page shows, for its people have no telephones.

Only where `settings.DEMO` is true, which the settings of a live service refuse; and only for the demo's own accounts.
"""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import caches

from .apps import TRIES
from .demo_accounts import DEMO_ACCOUNTS
from .forms import code_key
from .models import User

PERIOD = 30
EMAILS = frozenset(entry.email for entry in DEMO_ACCOUNTS)


def set_up_second_steps() -> None:
    """Give each account of the sign-in page an authenticator app and recovery codes, unless it has them."""
    for user in User.objects.filter(email__in=EMAILS).exclude(authenticator__type=Authenticator.Type.TOTP):
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)


def code_of(user: Any) -> str:
    """A code that this account's app shows about now and that nobody has used; empty when there is none."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if not settings.DEMO or user.email not in EMAILS or app is None:
        return ""
    secret, now = decrypt(app.data["secret"]), int(time.time()) // PERIOD
    codes = [format_hotp_value(hotp_value(secret, counter)) for counter in (now, now + 1, now - 1)]
    return next((code for code in codes if code_key(user, code) not in caches[TRIES]), "")
