"""A pack in under five minutes: with last year's answers it is read and sent in two taps on a phone, or by keyboard."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import SignIn
from .test_session_on_a_phone import Taps

FIELDS = 8
MOST_TAPS = 2


def test_a_pack_with_last_years_answers_is_sent_in_two_taps(sign_in: SignIn):
    page = sign_in("head2", width=360, height=780)
    page.goto("/admin/")
    taps = Taps()

    taps.tap(page.get_by_role("link", name="Send the pack"))
    expect(page.get_by_text("These are the answers of")).to_be_visible()
    expect(page.get_by_label("Designated safeguarding lead")).not_to_have_value("")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    taps.tap(page.get_by_role("button", name="Send the pack"))

    expect(page.get_by_text("The pack is sent.")).to_be_visible()
    number = page.get_by_role("article").locator("a[href^='tel:']").first
    assert number.bounding_box()["height"] >= 24
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert taps.made <= MOST_TAPS


def test_a_pack_is_changed_with_the_keyboard_alone(sign_in: SignIn):
    page = sign_in("sendco")
    page.goto("/admin/")
    page.get_by_role("link", name="Look at it, or change it").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Change the pack").focus()
    page.keyboard.press("Enter")
    lead = page.get_by_label("Designated safeguarding lead")
    lead.focus()
    page.keyboard.press("End")
    page.keyboard.type(", room 3")

    for _ in range(FIELDS):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the pack")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text(", room 3")).to_be_visible()
