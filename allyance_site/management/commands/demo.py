"""`manage.py demo`: makes the demo once, and says each time where it is and who can sign in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site.management.demo import builder, password, people, websites
from allyance_site.people import demo as second_step
from allyance_site.people.demo_accounts import DEMO_ACCOUNTS

CHATTY = ("django_tasks", "wagtail")


class Command(BaseCommand):
    help = "Makes the demo's two services of invented people, unless they are there, and prints who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.WAGTAILADMIN_BASE_URL, help="where the demo will answer")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is no demo: its accounts share one printed password. On a machine of your own, use "
                "DJANGO_SETTINGS_MODULE=allyance_site.settings.local."
            )
        chosen = password.wanted()
        if builder.is_there():
            self._look_after(chosen, address)
        else:
            self._make(chosen, address)
        self._tell(chosen, address)

    def _make(self, chosen: str, address: str) -> None:
        started = monotonic()
        self.stdout.write("Making the demo.")
        with _hushed():
            builder.build(chosen, address)
        password.keep(chosen)
        self.stdout.write(f"The demo was made in {monotonic() - started:.0f} s.")

    def _look_after(self, chosen: str, address: str) -> None:
        """Only what the start itself decides: the password, where it is another now, the second step, and the port."""
        if chosen != password.current():
            people.set_password(chosen)
            password.keep(chosen)
        second_step.set_up_second_steps()
        websites.move(address)

    def _tell(self, chosen: str, address: str) -> None:
        width = max(len(account.email) for account in DEMO_ACCOUNTS)
        lines = [f"  {account.email:<{width}}  {account.role}" for account in DEMO_ACCOUNTS]
        where = [f"Allyance: {address}", f"The second service’s website: {websites.second(address)}"]
        self.stdout.write("\n".join(["", *where, "", *lines, "", f"Password of each: {chosen}", ""]))


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what Wagtail says of each page and each task of its index out of what a newcomer reads first."""
    loggers = [logging.getLogger(name) for name in CHATTY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
