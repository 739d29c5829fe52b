"""The suite: own keys and directories, made anew and thrown away; SQLite unless DATABASE_URL names another."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from allyance_site import keys

_scratch = Path(tempfile.mkdtemp(prefix="allyance-test-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ["ALLYANCE_DATA_DIR"] = str(_scratch / "data")
os.environ["ALLYANCE_KEYS_DIR"] = str(_scratch / "keys")
os.environ["ALLYANCE_BACKUP_DIR"] = str(_scratch / "backups")
os.environ["ALLYANCE_ANCHOR_DIR"] = str(_scratch / "anchor")
os.environ["ALLYANCE_AUDIT_INSERT_ONLY"] = "0"  # the triggers would refuse the suite's own clearing of tables
keys.make(_scratch / "keys")

from .base import *  # noqa: E402, F403
from .base import DATABASES, SQLITE_OPTIONS, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed only: these passwords guard nothing
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURITY_CONTACT = "mailto:security@allyance.example"
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in ("default", "tries")}
PAGES_KEPT = 0  # what a test is undone to has the number of before: no test is shown another's pages
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, for threads of a test to share as the threads of a server do. What a power cut would lose is of no
    # interest here: the drills that kill a server run it with the settings of a real one.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    }
