"""Casework: referrals, allocations, sessions, and who may see which."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "casework"

    def ready(self) -> None:
        """Refuse to start without the keys: a service that cannot read its notes must not take new ones."""
        from . import checks, sealed  # noqa: F401
        from .audit import insert_only, seals, waiting

        sealed.ring()
        seals.key()
        post_migrate.connect(lambda **_: waiting.install(), sender=self, weak=False, dispatch_uid="audit_event_waits")
        if settings.AUDIT_INSERT_ONLY:
            post_migrate.connect(
                lambda **_: insert_only.install(), sender=self, weak=False, dispatch_uid="audit_is_insert_only"
            )
