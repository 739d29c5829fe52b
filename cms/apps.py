"""The public website and the library's files."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "website"

    def ready(self) -> None:
        from . import checks  # noqa: F401
