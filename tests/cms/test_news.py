"""News: the newest first, on its own page and three of them on the home page; drafts and what is closed never."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cms import generation
from cms.models import NewsIndexPage, NewsPage


def titles(client, path="/"):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [heading.get_text(strip=True) for heading in page.select(".news h3")]


@pytest.fixture
def index(site):
    found = NewsIndexPage.objects.child_of(site.root_page).get()
    NewsPage.objects.child_of(found).delete()
    found.refresh_from_db()
    return found


def add(index, number, **fields):
    dated = date(2026, 9, 1) + timedelta(days=number)
    return index.add_child(
        instance=NewsPage(title=f"News {number}", slug=f"news-{number}", lede="New.", dated=dated, **fields)
    )


def test_home_page_shows_the_newest_three_and_the_list_shows_all(client, index):
    for number in (2, 4, 1, 3):
        add(index, number)
    assert titles(client) == ["News 4", "News 3", "News 2"]
    assert titles(client, "/news/") == ["News 4", "News 3", "News 2", "News 1"]
    assert "4 September 2026" not in client.get("/news/news-4/").content.decode()
    assert "5 September 2026" in client.get("/news/news-4/").content.decode()


def test_home_page_without_news_says_nothing_of_it(client, index):
    assert "What is new" not in client.get("/").content.decode()
    assert "Nothing new just now" in client.get("/news/").content.decode()


def test_draft_and_closed_news_are_shown_nowhere(client, index):
    add(index, 1, live=False)
    closed = add(index, 2)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client) == titles(client, "/news/") == []


def test_news_of_another_site_is_its_own(client, index, cluster_site):
    add(index, 1)
    other = BeautifulSoup(client.get("/", headers={"host": "localhost"}).content, "html.parser")
    assert other.select(".news h3") and "News 1" not in other.get_text()


def test_publishing_news_counts(index):
    before = generation.current()
    add(index, 1)
    assert generation.current() > before
