"""The site: settings, addresses, surfaces and the commands that need the whole."""

from django.apps import AppConfig


class AllyanceSiteConfig(AppConfig):
    name = "allyance_site"
    verbose_name = "Allyance"

    def ready(self) -> None:
        from . import checks  # noqa: F401
