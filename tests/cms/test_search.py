"""Searching a site: what everybody may read there, and nothing else."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cms.models import DirectoryEntry, StandardPage


def found(client, sought, host="testserver"):
    page = BeautifulSoup(client.get("/search/", {"q": sought}, headers={"host": host}).content, "html.parser")
    return [heading.get_text(strip=True) for heading in page.main.find_all("h3")]


@pytest.fixture
def page(site):
    """A live page with a word of its own."""
    page = StandardPage(title="Zqhidden", slug="zq", lede="Zqhidden words.", body=[])
    return site.root_page.add_child(instance=page)


def test_words_of_title_and_body_are_found(client, site):
    assert "Moving to Year 7" in found(client, "Year 7")
    assert "The short forms" in found(client, "strengths and difficulties")


def test_live_page_is_found_by_its_own_site_alone(client, page, cluster_site):
    assert found(client, "Zqhidden") == ["Zqhidden"]
    assert found(client, "Zqhidden", host="localhost") == []


def test_what_is_not_public_is_never_found(client, page):
    page.unpublish()
    assert found(client, "Zqhidden") == []
    page.live = True
    page.save()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found(client, "Zqhidden") == []


def test_draft_words_of_a_live_page_are_not_found(client, page):
    page.lede = "Zqdraft words."
    page.save_revision()
    assert found(client, "Zqdraft") == []


def test_library_is_not_found(client, site):
    assert "Safeguarding library" not in found(client, "library")


def test_other_help_is_found_where_it_is_shown(client, site, cluster_site):
    assert "Winston’s Wish" in found(client, "Winston")
    DirectoryEntry.objects.of(site).filter(name="Winston’s Wish").update(shown=False)
    assert found(client, "Winston") == []
    assert "Winston’s Wish" in found(client, "Winston", host="localhost")


@pytest.mark.parametrize("sought", ["", "   ", "zzzz", "<script>", "'; drop table", "a" * 500, "\x00"])
def test_any_words_are_taken(client, site, sought):
    answer = client.get("/search/", {"q": sought})
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    assert b"<script>" not in answer.content
