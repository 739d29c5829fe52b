"""The demo's websites: made once however often, in words that people read easily, about nobody real."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, Site

from cms.demo_content import make_site
from cms.models import Helpline, HomePage, ServiceSettings
from tests.cms.conftest import CHECKED_ON

JARGON = re.compile(
    r"\b(SEMH|TaMHS|intervention|caseload|disclosure|suffers? from|commence|regarding|abnormal|e\.g\.|i\.e\.|etc)\b",
    re.I,
)
# What a child, a parent and a school can be asked to read, in years of school.
HARDEST = {"for-children": 3.0, "for-parents": 5.0, "get-help-now": 5.0, "larkwell": 6.0, "for-schools": 8.0}


def sentences(html: bytes) -> Iterator[str]:
    for element in BeautifulSoup(html, "html.parser").main.find_all(["p", "li", "summary"]):
        if not element.find(["p", "li", "ul", "ol"]):
            yield from filter(
                None, (part.strip() for part in re.split(r"(?<=[.?!:])\s+", element.get_text(" ", strip=True)))
            )


def syllables(word: str) -> int:
    """About how many: groups of vowels, without a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1))


def school_years(html: bytes) -> float:
    """Flesch and Kincaid's estimate."""
    lines = [re.findall(r"[A-Za-z’]+", line) for line in sentences(html)]
    lines = [line for line in lines if len(line) > 2]
    words = [word for line in lines for word in line]
    return 0.39 * len(words) / len(lines) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("slug", HARDEST)
def test_words_are_as_easy_as_their_readers_need(client, site, slug):
    path = "/" if slug == "larkwell" else f"/{slug}/"
    assert school_years(client.get(path).content) <= HARDEST[slug]


def test_no_sentence_is_long_and_no_word_is_jargon(client, site, cluster_site):
    for place in (site, cluster_site):
        for page in place.root_page.get_descendants(inclusive=True).exclude(slug="library"):
            html = client.get("/" + page.url_path.split("/", 2)[2], headers={"host": place.hostname}).content
            for sentence in sentences(html):
                assert len(sentence.split()) <= 26, sentence
                assert not JARGON.search(sentence), sentence


def test_make_site_twice_makes_one(site):
    before = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id"))
    counts = (Site.objects.count(), Helpline.objects.count(), ServiceSettings.objects.count())
    again = make_site(
        service_name="Larkwell School Counselling",
        hostname="testserver",
        slug="larkwell",
        is_default=True,
        checked_on=CHECKED_ON,
    )
    assert again == site
    assert list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id")) == before
    assert (Site.objects.count(), Helpline.objects.count(), ServiceSettings.objects.count()) == counts


def test_make_site_keeps_what_an_editor_wrote(site):
    HomePage.objects.update(hero_title="Our own words")
    make_site(
        service_name="Larkwell School Counselling",
        hostname="testserver",
        slug="larkwell",
        is_default=True,
        checked_on=CHECKED_ON,
    )
    assert HomePage.objects.get().hero_title == "Our own words"


def test_default_site_takes_over_the_one_that_wagtail_brings(site):
    assert Site.objects.count() == 1
    assert site.is_default_site
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()


def test_doors_lead_somewhere(site):
    home = HomePage.objects.get()
    assert [door.value["page"].slug for door in home.doors] == ["for-parents", "for-children", "for-schools"]
    assert [button.value["page"].slug for button in home.buttons] == ["for-parents", "for-schools"]
