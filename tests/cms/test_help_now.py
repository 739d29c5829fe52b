"""Get help now: the numbers are there, pressable, and somebody checked them."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from cms.models import Audience, Helpline
from cms.models.helplines import Way
from tests.cms.conftest import CHECKED_ON


@pytest.fixture
def page(client, site):
    return BeautifulSoup(client.get("/get-help-now/").content, "html.parser")


def test_page_carries_every_number_as_a_link(page):
    links = {link["href"]: link.get_text(" ", strip=True) for link in page.find_all("a", class_="call")}
    assert links == {
        "tel:999": "Call 999",
        "tel:111": "Call 111",
        "tel:08001111": "Call 0800 1111",
        "tel:08088005000": "Call 0808 800 5000",
        "tel:08088025544": "Call 0808 802 5544",
        "tel:116123": "Call 116 123",
        "sms:85258": "Text SHOUT to 85258",
    }


def test_page_puts_danger_first_and_says_what_we_are_not(page):
    assert page.find(class_="call")["href"] == "tel:999"
    assert "We are not an emergency service." in page.get_text()


def test_page_says_when_the_numbers_were_checked(page):
    assert "We checked these numbers on 7 September 2026." in page.get_text()


def test_page_without_helplines_keeps_the_local_line(client, site):
    Helpline.objects.all().delete()
    page = BeautifulSoup(client.get("/get-help-now/").content, "html.parser")
    assert [link["href"] for link in page.find_all("a", class_="call")] == ["tel:111"]


def test_due_for_review_finds_what_nobody_checked(site):
    review = CHECKED_ON + timedelta(days=90)
    assert not Helpline.objects.due_for_review(review - timedelta(days=1)).exists()
    assert Helpline.objects.due_for_review(review).count() == Helpline.objects.count()


def test_page_shows_the_numbers_of_its_own_site(client, site, cluster_site):
    Helpline.objects.of(cluster_site).filter(name="NSPCC").update(number="0800 000 000")
    assert b"0800 000 000" not in client.get("/get-help-now/").content
    assert b"0800 000 000" in client.get("/get-help-now/", headers={"host": "localhost"}).content


def test_review_must_not_come_before_the_check(site):
    with pytest.raises(IntegrityError), transaction.atomic():
        Helpline.objects.create(
            site=site,
            name="A line",
            number="111",
            audience=Audience.ANYONE,
            last_checked=date(2026, 9, 7),
            review_by=date(2026, 9, 6),
        )


def test_helpline_without_a_word_is_only_texted():
    assert Helpline(way=Way.TEXT, number="85258").instruction == "Text 85258"
