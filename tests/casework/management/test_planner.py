"""SQLite learns how its rows are spread; PostgreSQL, which learns by itself, is left alone."""

import pytest
from django.db import connection

from casework.management import planner
from tests.factories import ReferralFactory


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its statistics by itself")
def test_refresh_lets_sqlite_know_its_indexes(cast):
    ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)

    planner.refresh()

    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'casework_referral'")
        assert {"referral_newest", "referral_counted"} <= {name for (name,) in cursor.fetchall()}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="this is about PostgreSQL")
def test_refresh_asks_postgresql_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        planner.refresh()
