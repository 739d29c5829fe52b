"""People who can sign in."""

from django.apps import AppConfig
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

TRIES = "tries"


class PeopleConfig(AppConfig):
    name = "allyance_site.people"
    label = "people"
    verbose_name = "people"

    def ready(self) -> None:
        """Refuse to start without the keys, count tries where a count is never lost without an error, and put
        on record what happens at the door."""
        from allauth.core.internal import ratelimit
        from allauth.mfa.signals import authenticator_added
        from allauth.mfa.totp.internal import auth
        from django.contrib.auth.signals import user_logged_in

        from . import on_record, sealing, second_factor

        sealing.keys()
        # allauth knows the default cache alone, which is one that may be gone without.
        ratelimit.cache = auth.cache = ConnectionProxy(caches, TRIES)
        authenticator_added.connect(second_factor.on_set_up, dispatch_uid="second_step_is_set_up")
        on_record.connect()
        user_logged_in.connect(second_factor.on_signed_in, dispatch_uid="session_begins")
