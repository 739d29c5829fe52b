"""The public pages: open to all, readable without a script, and silent towards every other host."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, Site

from cms.library import LibraryPage
from cms.models import ChildrenPage, LanguagePage, ServiceSettings
from cms.models.settings import NEUTRAL_PAGE
from tests.drills.processes import free_port

LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "srcset", "form": "action"}

DATA = "application/ld+json"
"""A browser takes what is in it for data, and runs none of it."""


def public_pages(site: Site) -> list[Page]:
    return [page for page in site.root_page.get_descendants(inclusive=True).specific() if type(page) is not LibraryPage]


def read(client: Client, site: Site, page: Page):
    return client.get("/" + page.url_path.removeprefix(site.root_page.url_path), headers={"host": site.hostname})


@pytest.fixture
def answers(client, site, cluster_site):
    return [(page, read(client, place, page)) for place in (site, cluster_site) for page in public_pages(place)]


def test_every_page_answers_without_a_cookie(answers):
    assert len(answers) > 70
    for page, response in answers:
        assert response.status_code == 200, page
        assert not response.cookies, page
        assert "Cookie" not in response.get("Vary", ""), page


def test_no_page_asks_another_host_for_anything(answers):
    for page, response in answers:
        soup = BeautifulSoup(response.content, "html.parser")
        for tag, attribute in LOADS.items():
            for element in soup.find_all(tag):
                if element.get("rel") in (["canonical"], ["alternate"]):  # names, which nothing is loaded from
                    continue
                assert str(element.get(attribute, "/")).startswith("/"), (page, element)
        elsewhere = [link for link in soup.find_all("a") if link["href"].startswith(("http:", "https:", "//"))]
        assert {NEUTRAL_PAGE} >= {link["href"] for link in elsewhere if not link.find_parent(class_="entry")}, page
        assert all("noreferrer" in link["rel"] for link in elsewhere), page


def test_leaving_is_offered_where_it_may_be_needed_and_such_a_page_is_not_kept(answers):
    offered = {page.slug for page, response in answers if b"data-leave" in response.content}
    assert offered == {
        *("for-children", "7-to-11", "11-to-14", "feelings-words", "what-we-keep"),
        *("get-help-now", "if-something-goes-wrong"),
    }
    for page, response in answers:
        assert (response.get("Cache-Control") == "no-store") == (page.slug in offered), page
        assert (b"leave.js" in response.content) == (page.slug in offered), page


def test_no_page_has_script_or_style_of_its_own(answers):
    for page, response in answers:
        soup = BeautifulSoup(response.content, "html.parser")
        assert all(
            script.get("src") and not script.string
            for script in soup.find_all("script", type=lambda kind: kind != DATA)
        ), page
        assert not soup.find_all("style"), page
        for element in soup.find_all(True):
            assert not [name for name in element.attrs if name == "style" or name.startswith("on")], (page, element)


def test_every_page_has_one_heading_a_title_and_help_before_all_else(answers):
    for page, response in answers:
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.html["lang"] == "en-GB"
        assert len(soup.find_all("h1")) == 1, page
        assert soup.title.string.strip(), page
        assert all(image.has_attr("alt") for image in soup.find_all("img")), page
        first, second = [link["href"] for link in soup.body.find_all("a")[:2]]
        assert (first, second) == ("#content", "/get-help-now/"), page


def test_every_page_says_what_to_do_next(answers):
    for page, response in answers:
        if page.slug not in {"larkwell", "harbourside", "get-help-now", "contact"} and not isinstance(
            page, LanguagePage
        ):
            assert b"What to do next" in response.content, page


def test_headings_leave_out_no_level(answers):
    for page, response in answers:
        levels = [
            int(tag.name[1]) for tag in BeautifulSoup(response.content, "html.parser").find_all(re.compile("^h[1-6]$"))
        ]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (page, levels)


def test_each_service_says_its_own_name_and_not_the_others(client, site, cluster_site):
    larkwell = client.get("/").content.decode()
    harbourside = client.get("/", headers={"host": "localhost"}).content.decode()
    assert "Larkwell School Counselling" in larkwell and "Harbourside" not in larkwell
    assert "Harbourside Cluster Partnership" in harbourside and "Larkwell" not in harbourside


def test_children_are_not_asked_to_write(client, site):
    for page in ChildrenPage.objects.descendant_of(site.root_page):
        main = BeautifulSoup(read(client, site, page).content, "html.parser").main
        assert not main.find_all("form")
        assert "mailto:" not in str(main) and "/contact/" not in str(main)


def test_home_asks_the_database_little(client, site, django_assert_max_num_queries):
    client.get("/")  # the first answer also remembers which content type is which
    with django_assert_max_num_queries(13):
        client.get("/")


def test_pages_answer_while_the_cache_is_away(client, site, settings):
    away = {"BACKEND": "allyance_site.caches.Redis", "LOCATION": f"redis://127.0.0.1:{free_port()}"}
    settings.CACHES = settings.CACHES | {"default": away}
    assert client.get("/get-help-now/").status_code == 200


def test_page_without_settings_still_answers(client, site):
    ServiceSettings.objects.all().delete()
    assert client.get("/for-parents/").status_code == 200


@pytest.mark.parametrize("path", ["/api/v2/documents/", "/api/v3/", "/_util/login/", "/admin/password_reset/"])
def test_doors_that_packages_bring_are_shut(client, site, path):
    assert client.get(path).status_code == 404


def test_health_and_robots_tell_nothing(client, db):
    health = client.get("/healthz")
    assert (health.status_code, health.content) == (200, b"ok\n")
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_home_stays_when_a_page_that_it_leads_to_is_gone(client, site):
    door = site.root_page.specific.doors[0].value
    door["page"].delete()

    answer = client.get("/")

    assert answer.status_code == 200 and door["title"] in answer.content.decode()
