"""What the processes of a drill run with: a real installation's settings, only without static files collected first."""

from allyance_site.settings.local import *  # noqa: F403
from allyance_site.settings.local import DATABASES, STORAGES, env

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if env.bool("DRILL_READ_ONLY", False):
    DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"
