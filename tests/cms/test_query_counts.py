"""What a public page asks the database where nothing is kept: ten questions at most, whatever kind of page it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import generation
from cms.models import StandardPage
from tests.cms.test_public_pages import public_pages

AT_MOST = 10


@pytest.fixture
def remembering(monkeypatch):
    """As in a running service, where what stands around every page is there from the page before."""
    monkeypatch.setattr(generation, "_known", (0, generation.Memory()))
    monkeypatch.setattr(generation, "_may_be_taken_back", lambda: False)


def test_a_page_made_anew_asks_little(client, site, cluster_site, remembering):
    asked = {}
    for place in (site, cluster_site):
        for page in public_pages(place):
            path = "/" + page.url_path.removeprefix(place.root_page.url_path)
            client.get(path, headers={"host": place.hostname})
            with CaptureQueriesContext(connection) as queries:
                client.get(path, {"made": "anew"}, headers={"host": place.hostname})
            kind = type(page).__name__
            asked[kind] = max(asked.get(kind, 0), len(queries))
    assert len(asked) > 10
    assert {kind: number for kind, number in asked.items() if number > AT_MOST} == {}


def test_what_is_remembered_is_of_one_generation_and_of_nothing_that_may_be_taken_back(site, monkeypatch):
    made = []

    def remember():
        return generation.memory().of("name", lambda: made.append(1) or len(made))

    assert (remember(), remember()) == (1, 2), "a test is a transaction that is taken back"
    monkeypatch.setattr(generation, "_may_be_taken_back", lambda: False)
    assert (remember(), remember()) == (3, 3)
    monkeypatch.setattr(generation, "current", lambda: 7)
    assert remember() == 4
    monkeypatch.setattr(generation, "current", lambda: None)
    assert (remember(), remember()) == (5, 6)


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(generation, "MOST_REMEMBERED", 2)
    memory = generation.Memory()
    for name in ("one", "two", "three"):
        assert memory.of(name, lambda: 1) == 1
    assert set(memory) == {"three"}


def test_a_page_that_changes_is_shown_as_it_is_now(client, site, remembering, monkeypatch):
    number = generation.current()
    page = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    assert "Other words." not in client.get("/how-we-are-run/").content.decode()
    page.lede = "Other words."
    page.save()
    assert generation.current() > number
    assert "Other words." in client.get("/how-we-are-run/").content.decode()
    page.unpublish()
    assert client.get("/how-we-are-run/").status_code == 404
