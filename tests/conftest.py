"""What every test may ask for: the cast, and a browser's stand-in that is signed in as one of them."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from itertools import groupby
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from allyance_site.people.models import User
from tests import emptied, migrated, one_cast, signed_in
from tests.cast import Cast, build

LOCK = "tests/browser/test_lock.py"
TOGETHER = BROWSER, DRILLS = ("tests/browser/", "tests/drills/")
MATRIX = "tests/matrix/"


class EachBuiltOnce(LoadScopeScheduling):
    """Deals out file by file, so that what a file builds or starts for its tests is there once and in one process.

    - The browser's files share a demo; but the lock has one of its own, and waits there while the others work.
    - One drill at a time: each needs the machine.
    - The matrix is long, and is dealt out test by test.
    - Tests that commit come last, as pytest-django has put them, for they take away what migrations have written. So a
      file that has both kinds is dealt out twice, and nothing is put in another order.
    """

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self.scopes: dict[str, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        if not self.scopes:
            self.scopes = dict(_stretches(self.collection))
        return self.scopes[nodeid]


def _stretches(nodeids: list[str]) -> Iterator[tuple[str, str]]:
    """Each test with what it is dealt out with: its file, or what its file belongs to, as far as it goes on end."""
    for number, (group, together) in enumerate(groupby(nodeids, _group)):
        for nodeid in together:
            yield nodeid, f"{number}: {group}"


def _group(nodeid: str) -> str:
    file = nodeid.split("::")[0]
    if file == LOCK or file.startswith(MATRIX):
        return LOCK if file == LOCK else nodeid
    return next((shared for shared in TOGETHER if file.startswith(shared)), file)


def pytest_itemcollected(item: pytest.Item) -> None:
    """What asks no database is the same on every one, and need not be seen on a second."""
    if not one_cast.asks_database(item):
        item.add_marker(pytest.mark.one_database)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that nobody waits for it at the end: the browser's, which leave the test
    database alone, the lock's before them; and of those that commit the drills. Otherwise as pytest-django has it."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.nodeid.startswith(BROWSER):
        return 0 if item.nodeid.startswith(LOCK) else 1
    if one_cast.commits(item):
        return 3 if item.nodeid.startswith(DRILLS) else 4
    return 2 if one_cast.asks_database(item) else 5


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two more than there are cores, for the two processes with a browser wait more than they work."""
    return (os.cpu_count() or 1) + 2


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return EachBuiltOnce(config, log)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: no need to look through it for garbage again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """The cast of a file whose tests share it, each of which is undone back to it; None in other files."""
    if not one_cast.is_shared_by(test for test in request.session.items if test.path == request.path):
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def cast(built: Cast | None, db: None) -> Cast:
    """Two services, their schools, people and pupils: see tests/cast.py."""
    return deepcopy(built) if built else build()


@pytest.fixture
def client_for(db: None) -> Callable[[User], Client]:
    """Makes a client that is signed in as a person."""

    def sign_in(user: User) -> Client:
        client = Client()
        signed_in.sign_in(client, user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def turn() -> Iterator[ExitStack]:
    """This process's turn to make its test database, until it is there."""
    with ExitStack() as taken:
        taken.enter_context(migrated.in_turn())
        yield taken


@pytest.fixture(scope="session")
def begun(turn: ExitStack, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> bool:
    """Whether this process starts from a migrated database."""
    with django_db_blocker.unblock():
        return migrated.begin_from_it()


@pytest.fixture(scope="session")
def django_db_keepdb(begun: bool) -> bool:
    """Whether the test database is there; named so by pytest-django, which then migrates what is left."""
    return begun and connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, begun: bool, turn: ExitStack, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database; a first process keeps it for the next ones."""
    if not begun:
        with django_db_blocker.unblock():
            migrated.keep()
    emptied.only_what_was_written()
    turn.close()
