"""In a real browser: no page does what its policy forbids, none asks another host, and Back shows nothing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import Page, expect

from allyance_site import surfaces

from .conftest import SignIn

WHO = ["coordinator", "supervisor", "therapist", "head", "sendco", "dsl", "tsl", "steering", "admin", "editor"]
FILES = {
    *("casework_agreement_paper", "casework_assessment_file", "casework_concern_file"),
    *("casework_refer_form", "casework_referral_pdf", "casework_pupil_list_empty", "casework_pupil_list_rows"),
    *(f"casework_statement_{form}" for form in ("pdf", "csv", "xlsx", "accounts")),
    *("casework_packs_owed", "casework_letter_pdf", "casework_supervision_sheet_file"),
}
"""These answer with a file."""
OURS = {
    name
    for surface in (surfaces.CASEWORK, surfaces.COORDINATION, surfaces.CMS, surfaces.SYSTEM)
    for name in surfaces.TABLE[surface]
    if name.startswith(("casework_", "wagtaildocs:"))
    if not name.endswith("_results")
} - FILES
NOBODYS = {f"casework_clusterrole_modeladmin_{page}" for page in ("inspect", "end", "history")}
"""The demo's coordinator serves no cluster whose leader has a role to look at; these pages are those of a school's."""
NEVER_IN_THE_DEMO = {"casework_person_revoke", "casework_person_reopen", "casework_role_undo"}
"""Nobody there is invited or closed; and a role is undone by a button, without a page."""

ABOUT_OTHERS = {"casework_person_leave", "casework_person_invite_again"}
"""The walk meets the coordinator's own page, which does not lead to them; a test below opens somebody else's."""

OF_A_STATE = {
    *(f"casework_assessment_{page}" for page in ("begin", "change", "add", "recipient")),
    *(f"casework_agreement_{page}" for page in ("change", "decide", "link", "withdraw")),
    *(
        f"casework_concern_{page}"
        for page in ("acknowledge", "add", "answer", "close", "hold", "notify", "raise", "tell")
    ),
    *("casework_concern", "casework_concern_modeladmin_index"),
    *(f"casework_{page}" for page in ("carer_change", "professional_add", "professional_change", "family_orders")),
    *(f"casework_question_modeladmin_{page}" for page in ("create", "edit", "history", "index")),
    *("casework_kept_words", "casework_second_yes", "casework_second_yes_answer", "casework_show_to_school"),
    *("casework_look_again", "casework_sent", "casework_note_add", "casework_note_write", "casework_work_change"),
    *("casework_hours_loan", "casework_hours_plan_agree", "casework_service_agreement_again"),
    *(f"casework_pupil_list_{page}" for page in ("cancel", "one", "progress")),
    *(
        "casework_pack_send",
        "casework_pack_one",
        "casework_waiver_end",
        "casework_evidence_waive",
        "casework_evidence_look_up",
    ),
    *(
        f"casework_supervision_{page}"
        for page in ("agenda", "brought", "cancel", "change", "hours_of", "own", "plan", "prepare", "record", "sheet")
    ),
    *("casework_supervision_training", "casework_supervision_meeting", "casework_library_read", "casework_letter"),
}
"""The demo's records are not in the state for each of them, or nothing but a form leads there: the walk opens those that
it meets, and tests of their own go through them."""

NO_PAGES = FILES | {"admin/login/", "account_logout", "wagtaildocs_serve", "public_image", "public_file"}
SIBLINGS = {
    "casework_look_again": ["casework_sent"],
    "casework_refer_change": ["casework_agree"],
    "wagtaildocs:edit": ["wagtaildocs:delete"],
    "casework_user_modeladmin_index": ["casework_role_changes"],
}
DIFFERENT = {"wagtailadmin_home", "casework_case", "casework_supervision", "casework_supervision_meeting"}
"""What each role is shown differently is looked at as each."""


class Watch:
    """What a window was refused by the policy, and whom it asked."""

    def __init__(self, page: Page) -> None:
        self.refused: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda said: self._hear(page, said.text))
        page.on("pageerror", lambda error: self.refused.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _hear(self, page: Page, text: str) -> None:
        if "Content Security Policy" in text or "Permissions-Policy" in text:
            self.refused.append(f"{page.url}: {text}")


def kind_of(address: str) -> tuple[str, str] | None:
    """Which page it is, whichever record it shows: one of each kind is looked at. None for what is no page."""
    parts = urlsplit(address)
    try:
        name = surfaces.address_of(resolve(parts.path))
    except Resolver404:
        return None
    if name in NO_PAGES or not surfaces.surfaces_of(name):
        return None
    return name, parts.path if name == "wagtail_serve" else parse_qs(parts.query).get("tab", [""])[0]


def siblings(address: str) -> list[str]:
    """The other pages of the same record, which a closed menu may hold."""
    match = resolve(urlsplit(address).path)
    name = match.view_name
    near = SIBLINGS.get(name, [])
    if "_modeladmin_" in name:
        near = near + [f"{name.rpartition('_')[0]}_{page}" for page in ("inspect", "edit", "history", "end")]
    found = []
    for other in near:
        try:
            found.append(reverse(other, args=match.args, kwargs=match.kwargs))
        except NoReverseMatch:
            continue
    return found


def walk(page: Page, start: str, seen: set[tuple[str, str]]) -> None:
    """Every page that links lead to from here, one of each kind, but what somebody else has seen."""
    page.goto(start)
    here = page.url.removesuffix(start)
    waiting = [page.url]
    known = {kind_of(start)} | {kind for kind in seen if kind[0] not in DIFFERENT}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer and answer.status in (200, 404), address
        if answer.status == 404:
            continue
        seen.update(filter(None, [kind_of(page.url)]))
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href.split('#')[0])")
        for link in [*links, *(here + path for path in siblings(page.url))]:
            kind = kind_of(link) if link.startswith(here) else None
            if kind and kind not in known:
                known.add(kind)
                waiting.append(link)


def test_no_page_does_what_its_policy_forbids(sign_in: SignIn, address: str):
    seen: set[tuple[str, str]] = set()
    for who in WHO:
        page = sign_in(who)
        watch = Watch(page)
        walk(page, "/admin/", seen)
        assert watch.refused == [], who
        assert watch.hosts <= {urlsplit(address).netloc, ""}, who
    unseen = OURS - OF_A_STATE - {name for name, _ in seen}
    assert unseen == NOBODYS | NEVER_IN_THE_DEMO | ABOUT_OTHERS
    assert {"wagtailadmin_pages:edit", "wagtailimages:add", "wagtailredirects:add"} <= {name for name, _ in seen}


def test_no_page_about_somebody_else_does_what_its_policy_forbids(sign_in: SignIn):
    page = sign_in("coordinator")
    watch = Watch(page)
    page.goto("/admin/people/")
    page.get_by_role("link", name="Huw Tandry").first.click()
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/"))
    person = resolve(urlsplit(page.url).path).kwargs["uuid"]
    for name in sorted(ABOUT_OTHERS):
        answer = page.goto(reverse(name, args=[person]))
        assert answer and answer.status == 200, name
    assert watch.refused == []


@pytest.mark.parametrize("host", ["127.0.0.1", "harbourside.localhost"])
def test_no_public_page_does_what_its_policy_forbids(sign_in: SignIn, address: str, host: str):
    page = sign_in(None)
    watch = Watch(page)
    page.goto(address.replace("127.0.0.1", host))
    place = urlsplit(page.url)
    for path in public_paths(page):
        answer = page.goto(f"{place.scheme}://{place.netloc}{path}")
        assert answer and answer.status == 200, path
    assert watch.refused == []
    assert watch.hosts <= {place.netloc, urlsplit(address).netloc, ""}
    assert not page.context.cookies()


def public_paths(page: Page) -> list[str]:
    """Every address of the website that its home page and the pages below link to."""
    here, waiting, known = urlsplit(page.url).netloc, ["/"], ["/"]
    while waiting:
        page.goto(f"http://{here}{waiting.pop()}")
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            parts = urlsplit(link)
            if parts.netloc == here and parts.path not in known and (kind_of(parts.path) or [""])[0] == "wagtail_serve":
                known.append(parts.path)
                waiting.append(parts.path)
    return [path for path in known if path != "/library/"]


def test_policy_is_enforced(sign_in: SignIn):
    """Otherwise the walks above would prove nothing."""
    page = sign_in("therapist")
    watch = Watch(page)
    page.goto("/admin/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">words</p>')")
    page.wait_for_timeout(300)
    assert watch.refused


def test_back_after_signing_out_shows_nothing(sign_in: SignIn):
    page = sign_in("therapist")
    page.goto("/admin/referrals/")
    first = page.locator("main td a").first.inner_text()
    assert "-" in first, "the number of a case"
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert first not in page.content()
    expect(page.get_by_label("E-mail address")).to_be_visible()
    assert "/sign-in/" in page.url
