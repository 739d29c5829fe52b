"""What `manage.py check --deploy` asks of an installation beyond Django's own questions."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")


@register(Tags.security, deploy=True)
def every_process_shares_the_caches(app_configs: Any, **_: Any) -> list[Error]:
    """A count of tries to sign in that each process keeps for itself lets through as many times more."""
    return [
        Error(
            f"The cache “{name}” is kept by each process for itself.",
            hint="Name a Redis or Valkey server in REDIS_URL, or leave the caches as settings/base.py has them.",
            id="allyance.E001",
        )
        for name, cache in settings.CACHES.items()
        if cache["BACKEND"].endswith(OF_ONE_PROCESS)
    ]
