"""The builder makes the same demo on the same day, and nothing where there is to be none."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction

from allyance_site.management.demo import builder
from casework.models import Service
from tests.allyance_site.management.demo_seen import snapshot
from tests.clock import london

ADDRESS = "http://127.0.0.1:8000"


@time_machine.travel(london(2026, 11, 18, 11, 0), tick=False)
def test_build_is_the_same_each_time(db):
    built = []
    for _ in range(2):
        with transaction.atomic():
            builder.build("seven green kites", ADDRESS)
            built.append(snapshot())
            transaction.set_rollback(True)
        cache.clear()  # Wagtail remembers there which site is where

    assert built[0] == built[1]


def test_demo_is_refused_where_it_is_none(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="This is no demo"):
        call_command("demo", address=ADDRESS)
    assert not Service.objects.exists()
