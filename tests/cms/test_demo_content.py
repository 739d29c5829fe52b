"""The demo's websites: made once however often, in words that people read easily, about nobody real."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import Page, Site

from cms import reading
from cms.findings import LONGEST, findings, years_for
from cms.models import DirectoryEntry, Helpline, HomePage, LanguagePage, ServiceSettings
from tests.cms.conftest import CHECKED_ON, larkwell

JARGON = re.compile(
    r"\b(SEMH|TaMHS|intervention|caseload|disclosure|suffers? from|commence|regarding|abnormal|e\.g\.|i\.e\.|etc)\b",
    re.I,
)
MAP = [
    "/",
    "for-parents",
    "how-to-ask",
    "what-happens",
    "what-stays-private",
    "the-questionnaires",
    "moving-to-year-7",
    "what-we-cannot-do",
    "while-you-wait",
    "words-people-use",
    "when-school-is-worried",
    "for-children",
    "7-to-11",
    "11-to-14",
    "feelings-words",
    "what-we-keep",
    "for-schools",
    "become-a-partner",
    "hours-and-costs",
    "how-to-refer",
    "your-part-in-september",
    "clusters-and-camhs",
    "our-team",
    "how-we-are-run",
    "other-help",
    "contact",
    "languages",
    "easy-read",
    "polski",
    "arabic",
    "privacy",
    "accessibility",
    "if-something-goes-wrong",
    "get-help-now",
    "library",
]
OF_THE_CLUSTER = ["what-a-cluster-is", "support-and-guidance", "the-targeted-services-leader", "what-you-can-expect"]


def read(client, place, page) -> bytes:
    path = "/" + page.url_path.removeprefix(place.root_page.url_path)
    return client.get(path, headers={"host": place.hostname}).content


@pytest.fixture
def pages(client, site, cluster_site):
    """Each page that everybody may read, with the page as it is shown."""
    return [
        (page, read(client, place, page))
        for place in (site, cluster_site)
        for page in place.root_page.get_descendants(inclusive=True).exclude(slug="library").specific()
    ]


def test_words_are_as_easy_as_their_readers_need(pages):
    hard = {
        page.url_path: years
        for page, html in pages
        if (years := reading.school_years(html)) > years_for(page)
        and not (isinstance(page, LanguagePage) and not page.is_english)
    }
    assert not hard


def test_no_sentence_is_long_and_no_word_is_jargon(pages):
    for page, html in pages:
        for sentence in reading.sentences(html):
            assert len(sentence.split()) <= LONGEST, (page, sentence)
            assert not JARGON.search(sentence), (page, sentence)


def test_every_page_of_the_map_is_there(site, cluster_site):
    slugs = set(site.root_page.get_descendants().values_list("slug", flat=True))
    assert set(MAP) - {"/"} <= slugs
    assert set(OF_THE_CLUSTER) <= set(cluster_site.root_page.get_descendants().values_list("slug", flat=True))


def test_the_content_checker_has_nothing_to_say_of_the_demo(pages, site, cluster_site):
    places = {place.root_page.url_path: place for place in (site, cluster_site)}
    for page, html in pages:
        place = next(place for path, place in places.items() if page.url_path.startswith(path))
        with time_machine.travel(CHECKED_ON, tick=False):
            assert list(findings(page, str(BeautifulSoup(html, "html.parser").main), place)) == [], page


def test_make_site_twice_makes_one(site):
    def everything():
        pages = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id"))
        return pages, [model.objects.count() for model in (Site, Helpline, DirectoryEntry, ServiceSettings)]

    before = everything()
    assert larkwell() == site
    assert everything() == before


def test_make_site_keeps_what_an_editor_wrote(site):
    HomePage.objects.update(hero_title="Our own words")
    larkwell()
    assert set(HomePage.objects.values_list("hero_title", flat=True)) == {"Our own words"}


def test_default_site_takes_over_the_one_that_wagtail_brings(site):
    assert Site.objects.get(is_default_site=True) == site
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()


def test_doors_lead_somewhere(site):
    home = site.root_page.specific
    assert [door.value["page"].slug for door in home.doors] == ["for-parents", "for-children", "for-schools"]
    assert [button.value["page"].slug for button in home.buttons] == ["how-to-ask", "for-schools"]
