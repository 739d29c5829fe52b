"""Which files build the cast once for all of their tests: those in which no test could tell the difference.

A test that asks for the database alone expects it empty; one that commits, or a thread of it, must not stand in an open
transaction; and under a clock that was set, the roles of a cast of today may not have begun.
"""

from collections.abc import Iterable

import pytest

COMMITS = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


def is_shared_by(tests: Iterable[pytest.Function]) -> bool:
    """Whether these, the tests of one file, share a cast."""
    return all(
        not commits(test) and not _sets_the_clock(test) and ("cast" in test.fixturenames or not asks_database(test))
        for test in tests
    )


def commits(test: pytest.Item) -> bool:
    """Whether it writes to the test database for good, or lets others write there."""
    marker = test.get_closest_marker("django_db")
    return bool(marker and (marker.args or marker.kwargs)) or not COMMITS.isdisjoint(test.fixturenames)


def _sets_the_clock(test: pytest.Function) -> bool:
    return hasattr(test.module, "time_machine") or "clock" in test.fixturenames


def asks_database(test: pytest.Item) -> bool:
    """Whether it looks into the test database or writes there."""
    fixtures = {"db"} | COMMITS
    return not fixtures.isdisjoint(test.fixturenames) or test.get_closest_marker("django_db") is not None
