"""The public website and the library's files."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "website"

    def ready(self) -> None:
        """Let the database count the website's generations, but not while its tables are changed."""
        from . import checks, generation  # noqa: F401

        pre_migrate.connect(generation.stop_counting, sender=self)
        post_migrate.connect(generation.count_from_now_on, sender=self)
