"""Referring on a phone: in few actions, and without losing a word when the connection is lost between two steps."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from . import journey
from .conftest import SignIn
from .test_headers import Watch

PHONE = 390
MOST_ACTIONS = 40
CHILD = {"first": "Idony", "last": "Thackray", "born": "2018-03-04", "year": "Year 4"}


@contextmanager
def actions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done by hand: each click, each choice and each field that is filled in is one."""
    done: list[str] = []

    def counted(name: str) -> None:
        by_hand = getattr(Locator, name)

        def do(self: Locator, *args: object, **options: object) -> object:
            done.append(name)
            return by_hand(self, *args, **options)

        monkeypatch.setattr(Locator, name, do)

    with monkeypatch.context() as monkeypatch:
        for name in ("click", "check", "fill", "select_option"):
            counted(name)
        yield done


def fits(page: Page) -> bool:
    """Whether nothing stands beside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("is_known", [True, False], ids=["a known pupil", "a new pupil"])
def test_a_child_is_referred_in_at_most_forty_actions(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, is_known: bool):
    page = sign_in("sendco", width=PHONE)
    watch = Watch(page)
    who = {"pupil": journey.free_pupil(page)} if is_known else {"child": CHILD}

    with actions(monkeypatch) as done:
        reference = journey.refer(page, fully=True, **who)

    assert reference.startswith("R")
    assert 10 < len(done) <= MOST_ACTIONS, done
    expect(page.locator(".step-bar .is-now")).to_have_text("Sent")
    assert fits(page)
    page.goto("/admin/")
    expect(page.get_by_role("main").get_by_role("link", name=reference).first).to_be_visible()
    assert fits(page)
    assert watch.refused == []


def test_a_lost_connection_between_two_steps_loses_no_word(sign_in: SignIn):
    page = sign_in("sendco", width=PHONE)
    watch = Watch(page)
    pupil = journey.free_pupil(page)
    page.get_by_label("Pupil", exact=True).select_option(label=pupil)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("What have you seen?").fill(journey.SEEN)
    why = page.url

    page.context.set_offline(True)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection. Nothing was sent")
    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_label("What have you seen?")).to_have_value(journey.SEEN)
    assert page.url == why
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert journey.SEEN not in stored

    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("You are connected again.")
    page.get_by_role("button", name="Save and finish later").dblclick()
    page.get_by_text("Next move:").wait_for()
    page.goto(why)
    expect(page.get_by_label("What have you seen?")).to_have_value(journey.SEEN)
    assert page.locator("form [name=version]").input_value() == "2", "it was changed once"
    assert watch.refused == []
