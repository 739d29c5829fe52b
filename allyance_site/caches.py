"""The caches of what can be made anew: one that is away or full is gone without, and no page fails for it.

Only reading and writing are forgiven. What must be forgotten is forgotten, or the act that asked for it fails. Where
a cache guards something, as the count of tries to sign in does, it is none of these.
"""

import fcntl
import logging
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

AWAY = (RedisError, OSError)


class _Forgiving:
    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        try:
            return super().get(key, default, version)  # type: ignore[misc]
        except AWAY as error:
            logger.warning("The cache cannot be read: %s.", type(error).__name__)
            return default

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        try:
            super().set(key, value, *args, **options)  # type: ignore[misc]
        except AWAY as error:
            logger.warning("The cache cannot be written: %s.", type(error).__name__)


class Redis(_Forgiving, RedisCache):
    """In Redis or Valkey, for several machines."""


class Files(_Forgiving, FileBasedCache):
    """On the disk of one machine."""


class Tries(FileBasedCache):
    """Counts tries on the disk of one machine, and forgives nothing. Of several processes that add, one has added."""

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        self._createdir()
        with open(Path(self._dir) / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return super().add(key, value, *args, **options)
