"""A session recorded on a phone in a cupboard: few taps, and nothing is lost while the connection is away."""

import json
from datetime import date, timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import SignIn

NOTE = "The boat found its harbour, and the boy its name."
RECORD = "main a[href*='/session/']"
MOST_TAPS = 6
WARNS_WHO_LEAVES = """() => {
  const leaving = new Event("beforeunload", {cancelable: true});
  return !window.dispatchEvent(leaving);
}"""


class Taps:
    """Counts what a thumb does."""

    def __init__(self) -> None:
        self.made = 0

    def tap(self, what) -> None:
        self.made += 1
        what.click()


def begin(page: Page, taps: Taps) -> str:
    """From the home to a filled form; the address of the page."""
    page.goto("/admin/")
    taps.tap(page.locator(RECORD).first)
    expect(page.get_by_label("How long, in minutes?")).to_have_value("60")
    taps.tap(page.get_by_text("Came", exact=True))
    page.get_by_label("Process note").fill(NOTE)
    return page.url


def sessions_of(page: Page, record: str) -> int:
    """How many sessions say on the case file that they were recorded by this page's author, note and all."""
    other = page.context.new_page()
    other.goto(f"{record.split('/session/')[0]}/?tab=sessions")
    count = other.get_by_role("link", name="Process note").count()
    other.close()
    return count


def test_a_session_takes_few_taps_and_survives_a_cut_connection(sign_in: SignIn):
    page = sign_in("therapist", width=390, height=844)
    page.goto("/admin/")
    record = page.locator(RECORD).first.get_attribute("href")
    before = sessions_of(page, record)
    taps = Taps()
    begin(page, taps)
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []

    page.context.set_offline(True)
    taps.tap(page.get_by_role("button", name="Save session"))

    expect(page.get_by_text("Not sent yet: this page keeps what you typed.")).to_be_visible()
    expect(page.get_by_label("Process note")).to_have_value(NOTE)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, document.cookie])")
    assert NOTE not in json.dumps([stored, page.context.storage_state()])
    assert page.evaluate(WARNS_WHO_LEAVES)

    page.context.set_offline(False)
    page.wait_for_url(lambda address: "/session/" not in address)

    assert taps.made <= MOST_TAPS
    assert sessions_of(page, record) == before + 1


def filled(page: Page, *, minute: int) -> str:
    """The page of some case of theirs, filled for a time that nothing is recorded at; its address."""
    page.goto("/admin/")
    case = page.locator("main a[href*='/admin/cases/']:not([href*='/session/'])").first.get_attribute("href")
    page.goto(f"{case.split('?')[0]}session/")
    page.get_by_text("Change", exact=True).click()
    page.get_by_label("When?").fill(f"{date.today() - timedelta(days=3)}T07:{minute}")
    page.get_by_label("Process note").fill(NOTE)
    return page.url


def test_a_sending_whose_answer_was_lost_is_recorded_once(sign_in: SignIn):
    page = sign_in("therapist", width=390, height=844)
    record = filled(page, minute=10)
    before = sessions_of(page, record)
    page.get_by_text("Came", exact=True).click()

    def swallow(route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(record, swallow)
    page.get_by_role("button", name="Save session").click()
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    page.unroute(record)
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(lambda address: "/session/" not in address)

    assert sessions_of(page, record) == before + 1


def test_what_is_to_be_mended_comes_back_on_the_same_page(sign_in: SignIn):
    page = sign_in("therapist", width=390, height=844)
    filled(page, minute=20)
    page.get_by_role("button", name="Save session").click()

    expect(page.get_by_role("link", name="Choose whether the session happened.")).to_be_visible()
    expect(page.get_by_label("Process note")).to_have_value(NOTE)
