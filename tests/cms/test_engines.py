"""Search engines are told of what everybody may read, at the site's own address, and of nothing else."""

import json
import re

from bs4 import BeautifulSoup
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms.library import LibraryPage
from cms.models import LanguagePage, SectionPage, StandardPage
from tests.cms.test_public_pages import public_pages, read

ABOUT = "/how-we-are-run/"


def read_page(client, path, host="testserver"):
    return BeautifulSoup(client.get(path, headers={"host": host}).content, "html.parser")


def facts(soup):
    return {
        fact["@type"]: fact
        for fact in map(json.loads, (script.string for script in soup.find_all("script", type="application/ld+json")))
    }


def test_sitemap_names_the_public_pages_of_its_own_host(client, site, cluster_site):
    for place in (site, cluster_site):
        answer = client.get("/sitemap.xml", headers={"host": place.hostname})
        assert answer["Content-Type"].startswith("application/xml")
        named = re.findall("<loc>(.*?)</loc>", answer.content.decode())
        paths = {page.url_path.removeprefix(place.root_page.url_path) for page in public_pages(place)}
        assert named and set(named) == {f"{place.root_url}/{path}" for path in paths}


def test_sitemap_leaves_out_what_is_not_for_everybody(client, site):
    about = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    about.unpublish()
    section = SectionPage.objects.child_of(site.root_page).get(slug="for-schools")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    named = client.get("/sitemap.xml").content.decode()
    assert ABOUT not in named and "for-schools" not in named and "/library/" not in named
    assert LibraryPage.objects.child_of(site.root_page).exists()


def test_robots_are_kept_out_of_library_search_and_admin(client, site):
    said = client.get("/robots.txt").content.decode()
    for folder in ("admin", "library", "documents", "search", "sign-in", "account", "invitation", "answer"):
        assert f"Disallow: /{folder}/\n" in said
    assert f"Sitemap: {site.root_url}/sitemap.xml\n" in said


def test_every_page_says_its_own_address_whatever_host_was_asked(client, site):
    for page in public_pages(site):
        soup = BeautifulSoup(read(client, site, page).content, "html.parser")
        own = f"{site.root_url}/{page.url_path.removeprefix(site.root_page.url_path)}"
        assert soup.find("link", rel="canonical")["href"] == own
        assert soup.find("meta", property="og:url")["content"] == own
        assert (
            soup.find("meta", property="og:title")["content"]
            and soup.find("meta", property="og:description")["content"]
        )
    other = read_page(client, ABOUT, "127.0.0.1")
    assert other.find("link", rel="canonical")["href"] == f"{site.root_url}{ABOUT}"


def test_home_says_whose_website_it_is_and_other_pages_what_lies_above(client, site):
    service = facts(read_page(client, "/"))["NGO"]
    assert service["name"] == "Larkwell School Counselling" and service["contactPoint"]["email"]
    trail = facts(read_page(client, "/for-parents/what-counselling-is/"))["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3]
    assert trail[-1]["item"] == f"{site.root_url}/for-parents/what-counselling-is/"


def test_questions_on_a_page_are_told_with_their_answers_and_end_no_script(client, site):
    page = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    question = {"question": "Is </script> safe?", "answer": "<p>Yes.</p><p>It <b>is</b>.</p>"}
    page.body = [("expander", {"heading": "Asked", "questions": [question]})]
    page.save()
    answer = client.get(ABOUT)
    (asked,) = facts(BeautifulSoup(answer.content, "html.parser"))["FAQPage"]["mainEntity"]
    assert (asked["name"], asked["acceptedAnswer"]["text"]) == ("Is </script> safe?", "Yes. It is .")
    assert "</script> safe" not in answer.content.decode()


def test_deep_pages_show_the_way_back(client, site):
    way = read_page(client, "/for-parents/what-counselling-is/").find("nav", attrs={"aria-label": "Where you are"})
    assert [link["href"] for link in way.find_all("a")] == ["/", "/for-parents/"]
    assert not read_page(client, "/for-parents/").find("nav", attrs={"aria-label": "Where you are"})


def test_page_that_is_not_for_everybody_says_nothing_of_itself(client, site):
    page = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    page.unpublish()
    assert "canonical" not in page.make_preview_request().content.decode()


def test_moved_page_is_found_where_it_was(client, site, django_capture_on_commit_callbacks):
    page = StandardPage.objects.child_of(site.root_page).get(slug="how-we-are-run")
    page.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert Redirect.objects.filter(old_path="/how-we-are-run", automatically_created=True).exists()
    answer = client.get(ABOUT)
    assert (answer.status_code, answer["Location"]) == (301, f"{site.root_url}/who-we-are/")


def test_browsers_find_the_icons_that_they_ask_for_by_name(client, db):
    for path, kind in (("/favicon.ico", "image/"), ("/apple-touch-icon.png", "image/png")):
        answer = client.get(path)
        assert answer.status_code == 200 and answer["Content-Type"].startswith(kind)
        assert b"".join(answer.streaming_content)  # read to its end, and closed with it


def languages_of(soup):
    return {link["hreflang"]: link["href"] for link in soup.find_all("link", rel="alternate")}


def test_pages_in_other_languages_and_their_english_one_name_each_other(client, site):
    english, root = "/for-parents/", site.root_url
    said = languages_of(read_page(client, english))
    assert {"en-GB", "x-default", "pl", "ro", "uk", "ar"} == set(said)
    assert said["en-GB"] == said["x-default"] == f"{root}{english}"
    for path in ("/languages/polski/", "/languages/arabic/"):
        assert languages_of(read_page(client, path)) == said
        assert f"{root}{path}" in said.values()
    links = read_page(client, english).select(".in-languages a")
    assert {link["lang"] for link in links} == {"pl", "ro", "uk", "ar"}
    assert not read_page(client, "/languages/polski/").select(".in-languages a")


def test_easy_read_is_english_and_a_page_of_one_language_names_no_other(client, site):
    assert languages_of(read_page(client, "/languages/easy-read/")) == {}
    assert languages_of(read_page(client, ABOUT)) == {}


def test_page_that_is_not_public_is_named_in_no_language(client, site):
    LanguagePage.objects.get(slug="polski", path__startswith=site.root_page.path).unpublish()
    assert "pl" not in languages_of(read_page(client, "/for-parents/"))
    SectionPage.objects.child_of(site.root_page).get(slug="for-parents").unpublish()
    assert languages_of(read_page(client, "/languages/arabic/")) == {}


def test_each_language_is_marked_and_the_way_back_stays_english(client, site):
    page = read_page(client, "/languages/arabic/")
    heading = page.find("h1")
    marked = heading.find_parent(attrs={"lang": True})
    assert (marked["lang"], marked["dir"]) == ("ar", "rtl")
    way = page.find("nav", class_="trail")
    assert way is None or (way["lang"], way["dir"]) == ("en-GB", "ltr")
