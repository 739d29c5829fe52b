"""In a real browser, wide and as a phone, light and dark: an assessment is written and read, and what is stuck is seen."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import SignIn
from .test_headers import Watch

WORDS = "Sleeps badly before Mondays, and says why only when drawing."


def fits(page: Page) -> bool:
    """Whether nothing stands beside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["wide", "phone"])
def test_what_is_stuck_leads_to_the_case(sign_in: SignIn, width: int, dark: bool):
    page = sign_in("coordinator", width=width, dark=dark)
    watch = Watch(page)
    page.goto("/admin/")
    page.get_by_role("main").get_by_role("link", name="See all and whose move it is").click()
    page.get_by_role("navigation", name="Whose move").get_by_role("link", name="Late").click()

    expect(page.get_by_text("days late").first).to_be_visible()
    assert fits(page)
    page.locator(".case-stuck a").first.click()
    expect(page.get_by_text("Next move:")).to_be_visible()
    assert watch.refused == []


def test_an_assessment_is_finished_on_a_phone_and_added_to(sign_in: SignIn):
    page = sign_in("therapist", width=390)
    watch = Watch(page)
    page.goto("/admin/referrals/?status=assessment")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="Assessment", exact=True).click()
    case = page.url
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("What must happen?").fill(WORDS)
    assert fits(page)
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text(WORDS)).to_be_visible()

    page.get_by_role("link", name="Add to it").click()
    page.get_by_label("What do you add?").fill("The grandmother has moved in.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("The grandmother has moved in.")).to_be_visible()
    page.get_by_role("link", name="Put down who received it").click()
    assert fits(page)
    page.goto(case)
    page.get_by_role("link", name="Begin an assessment").click()
    assert watch.refused == []

    head = sign_in("head")
    answer = head.goto(case)
    assert answer and answer.status == 404
    assert WORDS not in head.content()
