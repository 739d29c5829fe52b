"""The static files, collected and compressed once for whatever of the suite serves them, and kept beside the tables."""

import shutil
from pathlib import Path

from django.test import override_settings

from allyance_site import start
from allyance_site.settings import base
from tests import migrated

FOLDER, STAMP = "static", "static.sha256"


def into(data: Path) -> None:
    """Put them where a server with this data directory looks for them, as `make run` leaves them."""
    with migrated.in_turn(), override_settings(STATIC_ROOT=migrated.KEPT / FOLDER, STORAGES=base.STORAGES):
        start.collect_static(migrated.KEPT / STAMP)
        shutil.copytree(migrated.KEPT / FOLDER, data / FOLDER)
        shutil.copy(migrated.KEPT / STAMP, data)
