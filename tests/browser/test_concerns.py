"""A concern as people meet it: raised on a phone, acknowledged and answered by the DSL, read by who raised it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import SignIn

WORDS = "He said: I sleep in the car now."
OUTCOME = "A social worker saw the child at noon."


def begin(page: Page) -> None:
    """From the therapist's day, as far as whom it is about."""
    page.goto("/admin/")
    page.get_by_role("link", name="Raise a concern").first.click()
    page.get_by_label("a child’s safety").check()
    page.get_by_label("At which school?").select_option(label="Cawdale Primary School")
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_from_a_childs_words_to_the_outcome(sign_in: SignIn, width: int):
    """Whom to ring stands before anything to write; the author sees that nobody has it, then that somebody does."""
    therapist = sign_in("therapist", width=width)
    begin(therapist)
    expect(therapist.get_by_role("link", name="999").first).to_be_visible()
    expect(therapist.get_by_text("Joanna Penhallow").first).to_be_visible()
    therapist.get_by_role("radio", name="No", exact=True).check()
    therapist.get_by_role("radio", name="I have not reached anybody yet").check()
    therapist.get_by_label("Which child?").select_option(index=1)
    therapist.get_by_label("The child’s own words").fill(WORDS)
    therapist.get_by_role("button", name="Save the concern").click()
    expect(therapist.get_by_role("heading", name="Nobody has been told in person yet")).to_be_visible()
    concern = therapist.url

    dsl = sign_in("dsl", width=width)
    dsl.goto(concern)
    expect(dsl.get_by_text(WORDS)).to_be_visible()
    dsl.get_by_role("button", name="Acknowledge").click()
    dsl.get_by_role("link", name="Say what was done").click()
    dsl.get_by_label("In words").fill(OUTCOME)
    dsl.get_by_role("button", name="Say what was done").click()
    expect(dsl.get_by_text("Outcome returned").first).to_be_visible()

    therapist.goto(concern)
    expect(therapist.get_by_text(OUTCOME)).to_be_visible()
    for who in ("head", "coordinator", "therapist2"):
        answer = sign_in(who, width=width).goto(concern)
        assert answer and answer.status == 404


def test_every_page_of_a_concern_is_accessible(sign_in: SignIn):
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        found[page.url] = [one["id"] for one in Axe().run(page).response["violations"]]

    therapist = sign_in("therapist", width=390)
    therapist.goto("/admin/concerns/raise/")
    look(therapist)
    begin(therapist)
    look(therapist)
    therapist.get_by_role("button", name="Save the concern").click()
    therapist.get_by_text("things need you").wait_for()
    look(therapist)
    dsl = sign_in("dsl", dark=True)
    for path in ("/admin/", "/admin/concerns/"):
        dsl.goto(path)
        look(dsl)
    dsl.get_by_role("main").get_by_role("link", name="C2").first.click()
    dsl.get_by_role("heading", name="Who can read this").wait_for()
    look(dsl)
    dsl.get_by_role("link", name="Say what was done").click()
    look(dsl)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
