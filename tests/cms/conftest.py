"""The two websites of the demo, for the tests of the pages."""

from datetime import date

import pytest
from wagtail.models import Site

from cms.demo_content import make_site

CHECKED_ON = date(2026, 9, 7)


@pytest.fixture
def site(db: None) -> Site:
    """The counselling service's site, at the address that the test client asks."""
    return make_site(
        service_name="Larkwell School Counselling",
        hostname="testserver",
        slug="larkwell",
        is_default=True,
        schools=("Cawdale Primary School", "Brackenfield Primary School"),
        checked_on=CHECKED_ON,
    )


@pytest.fixture
def cluster_site(site: Site) -> Site:
    """The cluster service's site, beside it in the same installation."""
    return make_site(
        service_name="Harbourside Cluster Partnership",
        hostname="localhost",
        slug="harbourside",
        kind="cluster",
        checked_on=CHECKED_ON,
    )
