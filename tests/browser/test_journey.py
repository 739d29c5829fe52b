"""The whole job in a real browser against the real demo: from the worry to the closed case, and who sees what of it."""

import pytest
from playwright.sync_api import expect

from . import journey
from .conftest import SignIn


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_from_worry_to_closed_case(sign_in: SignIn, address: str, width: int):
    """SENDCO refers; head and therapist agree; the therapist records; the head sees her side; review, end."""
    sendco = sign_in("sendco", width=width)
    reference = journey.refer(sendco, pupil=journey.free_pupil(sendco))

    head = sign_in("head", width=width)
    journey.say_yes(head, reference)
    therapist = sign_in("therapist", width=width)
    journey.say_yes(therapist, reference)
    case = journey.open_case(therapist, reference)
    expect(therapist.get_by_role("main").get_by_text("Allocated", exact=True).first).to_be_visible()

    journey.take_step(therapist, "Start sessions")
    journey.record_session(therapist)

    head.goto(f"{case}?tab=sessions")
    expect(head.get_by_text(journey.STRATEGY)).to_be_visible()
    assert journey.NOTE not in head.content()
    nobody_else_sees(sign_in, case, width)

    journey.take_step(therapist, "Start a review")
    journey.write_review(therapist)
    journey.take_step(therapist, "Plan the ending")
    journey.close(therapist)

    head.goto(case)
    expect(head.get_by_role("main").get_by_text("Closed", exact=True).first).to_be_visible()
    answer = therapist.goto(case)
    assert answer and answer.status == 404, "the allocation has ended, and the case with it"


def nobody_else_sees(sign_in: SignIn, case: str, width: int) -> None:
    """Another therapist, another head and a visitor learn nothing, not even that the case exists."""
    missing = case.replace(case.rstrip("/")[-12:], "0" * 12)
    for who in ("therapist2", "head2", "steering", "editor"):
        page = sign_in(who, width=width)
        answers = [page.goto(each) for each in (case, missing)]
        assert [answer.status for answer in answers if answer] == [404, 404]
        assert journey.SEEN not in page.content()
    visitor = sign_in(None, width=width)
    visitor.goto(case)
    assert "/sign-in/" in visitor.url


def test_visitor_reads_home_and_finds_help(sign_in: SignIn):
    page = sign_in(None)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("region", name="Help now").get_by_role("link", name="Get help now").click()
    expect(page.get_by_text("0800 1111").first).to_be_visible()
    assert page.context.cookies() == []


def test_restricted_document_opens_to_its_readers_alone(sign_in: SignIn, address: str):
    therapist = sign_in("therapist")
    therapist.goto("/library/")
    link = therapist.locator("a[href^='/documents/']", has_text="Cawdale").first
    document = address + (link.get_attribute("href") or "")

    assert therapist.request.get(document).status == 200
    assert sign_in("head").request.get(document).status == 200
    assert sign_in("head2").request.get(document).status == 404
    visitor = sign_in(None)
    visitor.goto(document)
    assert "/sign-in/" in visitor.url


def test_double_click_makes_one_referral(sign_in: SignIn):
    page = sign_in("sendco")
    pupil = journey.free_pupil(page)
    page.get_by_label("Pupil", exact=True).select_option(label=pupil)
    page.get_by_role("button", name="Save and go on").dblclick()
    page.get_by_label("What have you seen?").wait_for()
    series, number = page.title().split(":")[0].split("-")

    page.goto(f"/admin/referrals/?q={series}-{int(number) + 1}")

    expect(page.get_by_role("main").get_by_role("link", name=f"{series}-{int(number) + 1}")).to_have_count(0)


def test_nothing_is_fetched_from_another_host(sign_in: SignIn, address: str):
    page = sign_in("coordinator")
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2] if "://" in request.url else "data"))
    for path in ("/", "/admin/", "/admin/referrals/", "/admin/schools/", "/admin/pages/", "/library/"):
        page.goto(path)

    assert hosts - {"data"} == {address.removeprefix("http://")}
