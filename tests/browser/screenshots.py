"""`make screenshots`: the README's pictures, taken on the journey itself, so that they show what there is."""

from pathlib import Path

from playwright.sync_api import Page

from . import journey
from .conftest import SignIn

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
HEIGHT = 800


def test_pictures_of_the_journey(sign_in: SignIn):
    """The public home page, the therapist's day and a case file as its headteacher sees it."""
    take(sign_in(None, height=HEIGHT), "home.png")
    take(sign_in(None, width=390, height=HEIGHT), "home-phone.png")
    sendco = sign_in("sendco")
    reference = journey.refer(sendco, pupil=journey.free_pupil(sendco))
    head = sign_in("head", height=HEIGHT)
    journey.say_yes(head, reference)
    therapist = sign_in("therapist", height=HEIGHT)
    journey.say_yes(therapist, reference)
    case = journey.open_case(therapist, reference)
    journey.take_step(therapist, "Start sessions")
    journey.record_session(therapist)
    therapist.goto("/admin/")
    take(therapist, "my-day.png")
    head.goto(case)
    take(head, "case-file.png")


def take(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / name)
    assert (PICTURES / name).stat().st_size > 10_000
