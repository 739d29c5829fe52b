"""A parent answers by a link on a phone: no account, no cookie, nothing that axe finds wrong; then it counts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import SignIn

PHONE = 390


def make_link(staff: Page, about: str) -> str:
    """Make a link from the agreements of a case that is open; its path."""
    staff.get_by_role("link", name="Agreements", exact=True).first.click()
    staff.get_by_role("link", name="Ask the family by a link").click()
    staff.get_by_label("Who is asked?").select_option(index=1)
    staff.get_by_role("radio", name=about).check()
    staff.get_by_role("button", name="Make the link").click()
    return "/answer/" + staff.locator("code").inner_text().partition("/answer/")[2]


def nothing_wrong(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_parent_answers_by_link_on_a_phone(sign_in: SignIn, dark: bool):
    sendco = sign_in("sendco")
    sendco.goto("/admin/referrals/?status=active")
    sendco.get_by_role("link", name=re.compile("^R[0-9]")).first.click()
    sendco.get_by_text("Next move:").wait_for()
    case = sendco.url
    link = make_link(sendco, "a referral to another service")

    parent = sign_in(None, width=PHONE, dark=dark)
    parent.goto(link)
    expect(parent.get_by_role("heading", level=1, name="A question for you")).to_be_visible()
    nothing_wrong(parent)
    assert parent.evaluate("document.documentElement.scrollWidth") <= PHONE
    parent.get_by_role("button", name="Send my answer").click()
    expect(parent.get_by_role("alert")).to_contain_text("Choose one of the three answers.")
    nothing_wrong(parent)
    parent.get_by_label("Yes, I agree").check()
    parent.get_by_label("Your name").fill("Ada Carer")
    parent.get_by_role("button", name="Send my answer").click()
    expect(parent.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    nothing_wrong(parent)
    parent.goto(link)
    expect(parent.get_by_role("heading", level=1)).to_contain_text("does not work any more")
    assert parent.context.cookies() == []

    sendco.goto(f"{case}?tab=agreements")
    sendco.get_by_role("link", name="Look at the answer").first.click()
    sendco.get_by_role("button", name="It counts").click()
    expect(sendco.get_by_role("heading", name="A referral to another service").first).to_be_visible()
