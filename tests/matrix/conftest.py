"""The ground that the matrix is played on."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache, caches

from .ground import Ground, lay


@pytest.fixture
def ground(db: None, settings: object, tmp_path: object) -> Iterator[Ground]:
    """The cast and its records; thousands of refusals are expected here, and not logged one by one."""
    logging.disable(logging.CRITICAL)
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail remembers pictures by numbers that come again in the next test
    caches["tries"].clear()  # one visitor of the matrix is not another
    yield lay()
    logging.disable(logging.NOTSET)
