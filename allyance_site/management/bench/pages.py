"""Pages as a signed-in person gets them, from the first middleware to the last byte: their queries and their time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from wagtail.admin.auth import require_admin_access

from allyance_site import surfaces, urls
from allyance_site.people.models import User
from casework.access import rules
from casework.admin.case_tabs import TABS
from casework.admin.screens import Screen

from . import FRAME
from .clock import side_by_side
from .signed_in import sign_in

EMPTY = "empty_page"
ROUNDS = 40


class Empty(Screen):
    """Nothing of ours in Wagtail's frame: the account, what it may enter, its menu."""

    template_name = "casework/screen.html"
    page_title = "Empty"


urlpatterns = [path("admin/empty/", require_admin_access(Empty.as_view()), name=EMPTY), *urls.urlpatterns]


@contextmanager
def with_an_empty_page() -> Iterator[str]:
    """The address of an empty page, open to casework for as long as it is measured."""
    surfaces.TABLE[surfaces.CASEWORK].append(EMPTY)
    try:
        with override_settings(ROOT_URLCONF=__name__):
            yield reverse(EMPTY)
    finally:
        surfaces.TABLE[surfaces.CASEWORK].remove(EMPTY)


def measure(people: dict[str, User]) -> Iterator[dict[str, Any]]:
    """For each person and page: queries in all, queries beyond the frame, milliseconds, and how many frames that is."""
    with with_an_empty_page() as empty:
        for name, person in people.items():
            addresses = {FRAME: empty} | addresses_of(person)
            yield from ({"person": name} | page for page in _measure(signed_in(person), addresses))


def _measure(client: Client, addresses: dict[str, str]) -> Iterator[dict[str, Any]]:
    asked = {page: queries(client, address) for page, address in addresses.items()}
    took = side_by_side(*(partial(client.get, address) for address in addresses.values()), rounds=ROUNDS)
    for page, ms in zip(addresses, took, strict=True):
        beyond, frames = asked[page] - asked[FRAME], ms / took[0]
        yield {"page": page, "queries": asked[page], "beyond": beyond, "ms": ms, "frames": frames}


def signed_in(person: User) -> Client:
    """A browser's stand-in, as after password and code."""
    client = Client(HTTP_HOST="localhost")
    sign_in(client, person)
    return client


def addresses_of(person: User) -> dict[str, str]:
    """The pages that are measured: home, the register of referrals, the allocation board, and each tab of the newest
    case."""
    found = {"home": reverse("wagtailadmin_home"), "referrals": reverse("casework_referral_modeladmin_index")}
    if surfaces.COORDINATION in rules.surfaces(person):
        found["allocation board"] = reverse("casework_board")
    case = rules.visible_referrals(person).first()
    if case is None:
        return found
    file = reverse("casework_case", args=[case.uuid])
    client = signed_in(person)
    tabs = (tab for tab in TABS if client.get(file, {"tab": tab.key}).status_code == 200)
    return found | {f"case: {tab.title.lower()}": f"{file}?tab={tab.key}" for tab in tabs}


def queries(client: Client, address: str) -> int:
    """What a page asks the database, once everything that is kept between pages is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")
    return len(captured)
