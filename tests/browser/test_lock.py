"""The lock as only a browser shows it: the warning, what covers the page, and that what was typed is still there.

On a demo of its own, where sixteen seconds stand for the twenty minutes: nobody's clock is pretended.
"""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PASSWORD, demo
from .test_signing_in import give_device

LOCKS_AFTER, WARNS_BEFORE = 16, 9  # seconds
LOCKED = (LOCKS_AFTER + 6) * 1000  # milliseconds until it must have happened
TYPED = "Somebody typed this and then the telephone rang."
CREATE = "/admin/school-roles/create/"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[str]:
    short = {"ALLYANCE_IDLE_SECONDS": str(LOCKS_AFTER), "ALLYANCE_IDLE_WARNING_SECONDS": str(WARNS_BEFORE)}
    with demo(tmp_path_factory.mktemp("locking"), **short) as address:
        # A passkey belongs to a name.
        yield f"http://localhost:{urlsplit(address).port}"


@pytest.fixture
def window(here: str, chromium: Browser) -> Iterator[Open]:
    """Opens a window on a shared computer, signed in as one of the demo's accounts."""
    contexts = []

    def open_window(who: str, **options: object) -> Page:
        viewport = {"width": 1280, "height": 900}
        context = chromium.new_context(**{"base_url": here, "locale": "en-GB", "viewport": viewport} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"/sign-in/?as={who}")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/admin/")
        return page

    yield open_window
    for context in contexts:
        context.close()


def lock_of(page: Page):
    return page.get_by_role("dialog", name="Locked")


def stored(page: Page) -> str:
    """Everything that scripts keep in this browser."""
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, document.cookie])")
    return json.dumps([kept, page.context.storage_state()])


def test_what_was_typed_survives_the_lock_and_is_saved_afterwards(window: Open):
    page = window("coordinator")
    page.goto(CREATE)
    title = page.title()
    page.get_by_label("Reason").fill(TYPED)
    page.get_by_label("E-mail address").fill("tsl@allyance.example")

    expect(page.get_by_text("This page locks in less than a minute")).to_be_visible(timeout=LOCKED)
    expect(lock_of(page)).to_be_visible(timeout=LOCKED)

    assert page.title() == "Locked"
    assert "Rowan" not in page.locator("body").inner_text()
    expect(page.get_by_label("Reason")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1500)
    expect(lock_of(page)).to_be_visible()
    expect(page.get_by_label("Reason")).to_be_hidden()
    assert TYPED not in stored(page)

    lock_of(page).get_by_label("Code of your").fill("000000")
    lock_of(page).get_by_role("button", name="Unlock").click()
    expect(lock_of(page).get_by_role("alert")).to_contain_text("That code or passkey was not right")
    lock_of(page).get_by_label("Code of your").fill("")
    expect(lock_of(page).get_by_text("In the demo nobody has a phone")).to_be_visible(timeout=15_000)
    expect(lock_of(page).get_by_label("Code of your")).not_to_be_empty(timeout=15_000)
    lock_of(page).get_by_role("button", name="Unlock").click()

    expect(lock_of(page)).to_be_hidden()
    assert page.title() == title
    expect(page.get_by_label("Reason")).to_have_value(TYPED)
    page.get_by_label("Designated safeguarding lead").check()
    page.locator("select[name=on]").select_option(index=1)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda address: CREATE not in address)


def test_the_slim_page_of_a_session_is_covered_too_and_loses_nothing(window: Open):
    page = window("therapist")
    page.locator("main a[href*='/session/']").first.click()
    page.get_by_label("Process note").fill(TYPED)

    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    expect(page.get_by_label("Process note")).to_be_hidden()
    expect(lock_of(page).get_by_label("Code of your")).not_to_be_empty(timeout=15_000)
    lock_of(page).get_by_role("button", name="Unlock").click()

    expect(page.get_by_label("Process note")).to_have_value(TYPED)
    page.get_by_text("Came", exact=True).click()
    page.get_by_role("button", name="Save session").click()
    page.wait_for_url(lambda address: "/session/" not in address)


def test_button_and_typing_keep_it_open(window: Open):
    page = window("sendco")
    button = page.get_by_role("button", name="Stay signed in")
    button.click(timeout=LOCKED)
    expect(button).to_be_hidden()
    for _ in range(LOCKS_AFTER + 2):
        page.keyboard.press("Shift")
        page.wait_for_timeout(1000)
    expect(lock_of(page)).to_be_hidden()
    assert page.goto("/admin/").status == 200


def test_editor_left_open_is_locked_whatever_wagtail_asks_meanwhile(window: Open):
    page = window("editor")
    page.goto("/admin/pages/")
    page.locator("main a[href$='/edit/']").first.click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    assert any("/editing-sessions/" in url for url in asked)
    assert page.request.get("/admin/").status == 423


def test_one_window_keeps_the_other_open_and_opens_it(window: Open):
    page = window("head")
    other = page.context.new_page()
    for _ in range((LOCKS_AFTER + 4) // 2):
        other.goto("/admin/")
        other.wait_for_timeout(2000)
        assert not lock_of(page).is_visible()

    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    expect(lock_of(other)).to_be_visible(timeout=5000)
    expect(lock_of(other).get_by_label("Code of your")).not_to_be_empty(timeout=15_000)
    lock_of(other).get_by_role("button", name="Unlock").click()
    expect(lock_of(other)).to_be_hidden()
    expect(lock_of(page)).to_be_hidden(timeout=15_000)


def test_passkey_opens_it(window: Open):
    page = window("tsl")
    give_device(page)
    page.goto("/account/passkey/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Set up the passkey").click()
    expect(page.get_by_text("Your passkey is set up.")).to_be_visible()

    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    lock_of(page).get_by_role("button", name="Use my passkey").click()

    expect(lock_of(page)).to_be_hidden()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    page.wait_for_timeout((LOCKS_AFTER + 1) * 1000)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", name="Locked")).to_have_count(0)


def test_signed_out_from_the_lock_nothing_comes_back(window: Open):
    page = window("therapist")
    page.goto("/admin/referrals/")
    first = page.locator("main td a").first.inner_text()
    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    lock_of(page).get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    page.go_back()
    page.wait_for_load_state()
    assert first not in page.content()
    assert "/sign-in/" in page.url


def test_somebody_else_who_signs_in_beside_it_sees_nothing_of_it(window: Open):
    page = window("supervisor")
    page.goto("/admin/referrals/")
    other = page.context.new_page()
    other.goto("/sign-in/")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.goto("/sign-in/?as=dsl")
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url("**/admin/")
    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    expect(lock_of(page).get_by_text("You are signed out here.")).to_be_visible()
    page.wait_for_timeout(3000)
    expect(lock_of(page)).to_be_visible()


def test_without_scripts_the_form_comes_back_after_unlocking(window: Open):
    page = window("coordinator", java_script_enabled=False)
    page.goto(CREATE)
    page.get_by_label("Reason").fill(TYPED)
    page.get_by_label("E-mail address").fill("dsl@allyance.example")
    page.wait_for_timeout((LOCKS_AFTER + 1) * 1000)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("heading", name="Here is what you typed")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value(TYPED)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_label("Reason")).to_have_value(TYPED)
    assert urlsplit(page.url).path == CREATE


def shown_each_way(page: Page) -> Iterator[int]:
    """The same page wide and as on a phone, light and dark; gives its width each time."""
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            yield width


def test_warning_and_lock_fit(window: Open):
    page = window("admin")
    button = page.get_by_role("button", name="Stay signed in")
    button.wait_for(timeout=LOCKED)
    for width in shown_each_way(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert button.is_visible()
    expect(lock_of(page)).to_be_visible(timeout=LOCKED)
    for width in shown_each_way(page):
        box = lock_of(page).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
