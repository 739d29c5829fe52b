"""Signing in as only a browser can tell: a passkey by Chromium's virtual authenticator, and no script of ours in the way."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from .conftest import PASSWORD, SignIn

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page, *, verifies: bool = True) -> str:
    """A device that keeps passkeys, and knows its owner's finger or does not; its name."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": verifies}})
    return made["authenticatorId"]


@pytest.fixture
def at_name(address: str) -> str:
    """The demo by its name: a passkey belongs to a name, never to a number."""
    return f"http://localhost:{urlsplit(address).port}"


def go_in(page: Page, at: str, who: str) -> None:
    """By the card of the demo: address, password and code fill themselves in."""
    page.goto(f"{at}/sign-in/?as={who}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{at}/admin/")


def test_passkey_is_made_and_signs_in_by_itself(sign_in: SignIn, at_name: str):
    page = sign_in(None)
    give_device(page)
    go_in(page, at_name, "tsl")

    page.goto(f"{at_name}/account/passkey/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A name to know this device by").fill("The tablet")
    page.get_by_role("button", name="Set up the passkey").click()
    expect(page.get_by_text("The tablet, set up on")).to_be_visible()
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_text("You are signed out everywhere")).to_be_visible()
    page.goto(f"{at_name}/admin/")
    assert "/sign-in/" in page.url

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{at_name}/admin/")
    page.goto(f"{at_name}/account/codes/")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_passkey_of_a_device_that_does_not_know_its_owner_is_refused(sign_in: SignIn, at_name: str):
    page = sign_in(None)
    give_device(page, verifies=False)
    go_in(page, at_name, "steering")

    page.goto(f"{at_name}/account/passkey/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Set up the passkey").click()

    expect(page.get_by_text("No passkey was made.")).to_be_visible()


def test_by_number_the_page_says_why_there_is_no_passkey(sign_in: SignIn):
    page = sign_in("dsl")
    page.goto("/account/passkey/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("No passkey can be made here")).to_be_visible()
    expect(page.get_by_role("button", name="Set up the passkey")).to_be_hidden()


def test_password_and_code_need_no_script(sign_in: SignIn, address: str):
    browser = sign_in(None).context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go_in(page, address, "editor")
    context.close()


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_pages_fit_and_start_in_the_first_field(sign_in: SignIn, at_name: str, width: int):
    page = sign_in(None, width=width)
    for path, field in (("/sign-in/", "login"), ("/sign-in/forgotten/", "email")):
        page.goto(at_name + path)
        assert page.evaluate("document.activeElement.name") == field
        assert page.evaluate("document.documentElement.scrollWidth") <= width
