"""The ground that the matrix is played on."""

import logging
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from .ground import Ground, lay


@pytest.fixture(scope="module")
def laid(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The cast and its records, laid once: each test is undone back to them, and they at the module's end."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield lay()
        transaction.set_rollback(True)


@pytest.fixture
def ground(laid: Ground, db: None) -> Iterator[Ground]:
    """A test's own copy of what is laid; thousands of refusals are expected here, and not logged one by one."""
    logging.disable(logging.CRITICAL)
    cache.clear()  # Wagtail remembers pictures by numbers that come again in the next test
    yield deepcopy(laid)
    logging.disable(logging.NOTSET)
