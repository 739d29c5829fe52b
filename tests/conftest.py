"""What every test may ask for: the cast, and a browser's stand-in that is signed in as one of them."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from allyance_site.people.models import User
from tests import migrated, signed_in
from tests.cast import Cast, build

BROWSER = "tests/browser/"


class OneDemo(LoadScopeScheduling):
    """Deals out test by test, but all that drives the browser to one process: the demo is started once."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores, for the process with the browser waits more than it works."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return OneDemo(config, log)


@pytest.fixture
def cast(db: None) -> Cast:
    """Two services, their schools, people and pupils: see tests/cast.py."""
    return build()


@pytest.fixture
def client_for(db: None) -> Callable[[User], Client]:
    """Makes a client that is signed in as a person."""

    def sign_in(user: User) -> Client:
        client = Client()
        signed_in.sign_in(client, user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether this process starts from a migrated file; named so by pytest-django, which then migrates what is left."""
    return connection.vendor == "sqlite" and migrated.begin_from_it()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database; a first process keeps it for the next ones."""
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep()
