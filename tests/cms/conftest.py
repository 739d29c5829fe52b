"""The two websites of the demo, built once for all tests of a file."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from cms.demo_content import make_site

CHECKED_ON = date(2026, 9, 7)


def larkwell() -> Site:
    """The counselling service's site, at the address that the test client asks."""
    return make_site(
        service_name="Larkwell School Counselling",
        hostname="testserver",
        slug="larkwell",
        is_default=True,
        schools=("Cawdale Primary School", "Brackenfield Primary School"),
        checked_on=CHECKED_ON,
    )


def harbourside() -> Site:
    """The cluster service's site, beside it in the same installation."""
    return make_site(
        service_name="Harbourside Cluster Partnership",
        hostname="localhost",
        slug="harbourside",
        kind="cluster",
        checked_on=CHECKED_ON,
    )


@pytest.fixture(scope="module")
def websites(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Both, in a transaction that outlives each test of the file and is undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        larkwell(), harbourside()
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def site(websites: None, db: None) -> Site:
    """The counselling service's site."""
    return Site.objects.get(hostname="testserver")


@pytest.fixture
def cluster_site(websites: None, db: None) -> Site:
    """The cluster service's site."""
    return Site.objects.get(hostname="localhost")
