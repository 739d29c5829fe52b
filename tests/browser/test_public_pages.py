"""Every page of the demo's websites, on a phone and on a desk: light, reachable by keys, readable by everybody."""

import gzip
import re
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

from .test_headers import Watch

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "api-example.html"
SERVICE = "https://counselling.example.org"  # as the example has it
HOSTS = ["127.0.0.1", "harbourside.localhost"]
PHONE, DESK, NARROW = (390, 780), (1280, 900), (320, 640)
MOST_BYTES, MOST_REQUESTS = 40 * 1024, 12
COUNTED = {"document", "stylesheet", "script"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def site(address: str, host: str) -> str:
    return address.replace("127.0.0.1", host)


def paths(address: str, host: str) -> list[str]:
    """Every page, as the sitemap names them."""
    asked = HTTPConnection(urlsplit(address).netloc, timeout=60)
    asked.request("GET", "/sitemap.xml", headers={"Host": urlsplit(site(address, host)).netloc})
    found = re.findall("<loc>(.*?)</loc>", asked.getresponse().read().decode())
    asked.close()
    return [urlsplit(one).path for one in found]


class Visit:
    """A window that counts what its page asks for, and how many bytes of it are words, looks and scripts."""

    def __init__(self, chromium: Browser, address: str, size: tuple[int, int], **options: Any) -> None:
        width, height = size
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=address, locale="en-GB", **options
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.watch = Watch(self.page)
        self.requests: list[Any] = []
        self.page.on("requestfinished", lambda request: self.requests.append(request))

    def go(self, path: str) -> None:
        self.requests.clear()
        answer = self.page.goto(path, wait_until="load")
        assert answer and answer.status == 200, path

    def weight(self) -> int:
        """Bytes on the way, as the best encoding makes them; a sheet that is at hand already is weighed too."""
        return sum(
            len(shortest(request.response().body())) for request in self.requests if request.resource_type in COUNTED
        )

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def shortest(body: bytes) -> bytes:
    return min(brotli.compress(body, quality=5), gzip.compress(body, 6), key=len)


# The second site has the same kinds of pages: a phone is enough for its words.
@pytest.mark.parametrize(("host", "size"), [(HOSTS[0], PHONE), (HOSTS[0], DESK), (HOSTS[1], PHONE)])
def test_every_page_is_light_and_without_a_fault_that_axe_finds(chromium: Browser, address: str, host: str, size):
    found: dict[str, Any] = {}
    pages = paths(address, host)
    assert len(pages) > 20
    with Visit(chromium, site(address, host), size) as visit:
        for path in pages:
            visit.go(path)
            faults = Axe().run(visit.page, options=RULES).response["violations"]
            if faults:
                found[path] = [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in faults]
            assert len(visit.requests) <= MOST_REQUESTS, (path, [request.url for request in visit.requests])
            assert visit.weight() <= MOST_BYTES, (path, visit.weight())
        assert found == {}
        assert visit.watch.refused == []
        assert visit.watch.hosts <= {urlsplit(site(address, host)).netloc, ""}
        assert visit.context.cookies() == []


@pytest.mark.parametrize("host", HOSTS)
def test_no_page_scrolls_sideways_and_help_comes_right_after_the_skip_link(chromium: Browser, address: str, host: str):
    wide = []
    with Visit(chromium, site(address, host), NARROW) as visit:
        for path in paths(address, host):
            visit.go(path)
            if visit.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
            reached = []
            for _ in range(2):
                visit.page.keyboard.press("Tab")
                reached.append(visit.page.evaluate("document.activeElement.getAttribute('href')"))
            assert reached == ["#content", "/get-help-now/"], path
    assert wide == []


def test_words_twice_as_large_push_nothing_out_of_the_page(chromium: Browser, address: str):
    """At 200 % text no word is cut off and nothing lies over another thing that can be pressed."""
    for host in HOSTS:
        with Visit(chromium, site(address, host), DESK) as visit:
            found = {path: _too_tight(visit, path) for path in paths(address, host)}
        assert {path: faults for path, faults in found.items() if faults} == {}


def _too_tight(visit: Visit, path: str) -> list[str]:
    visit.go(path)
    visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
    faults: list[str] = visit.page.evaluate(
        """() => {
            const faults = [];
            if (document.documentElement.scrollWidth > innerWidth + 1) faults.push("scrolls sideways");
            for (const one of document.querySelectorAll("h1, h2, h3, p, li, a, summary, button, dt, dd")) {
                const style = getComputedStyle(one), cut = style.overflowX !== "visible" || style.overflowY !== "visible";
                const over = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
                if (cut && over && one.clientWidth > 1)
                    faults.push("cut off: " + one.textContent.trim().slice(0, 40));
            }
            return faults;
        }"""
    )
    return faults


def test_three_times_shift_leaves_a_page_and_blanks_it_at_once(chromium: Browser, address: str):
    with Visit(chromium, address, DESK) as visit:
        visit.page.context.route(
            re.compile("^https:"), lambda route: route.fulfill(content_type="text/html", body="weather")
        )
        for path in ("/get-help-now/", "/for-children/"):
            visit.go(path)
            for _ in range(2):
                visit.page.keyboard.press("Shift")
            visit.page.keyboard.press("Tab")  # another key begins anew
            visit.page.keyboard.press("Shift")
            assert visit.page.url.endswith(path)
            with visit.page.expect_navigation():
                for _ in range(2):
                    visit.page.keyboard.press("Shift")
            assert visit.page.url.startswith("https://"), path
            assert visit.page.inner_text("body") == "weather"
            visit.page.go_back()
            assert not visit.page.url.endswith(path), "the page is not behind the back button"
        visit.go("/for-parents/")
        for _ in range(3):
            visit.page.keyboard.press("Shift")
        assert visit.page.url.endswith("/for-parents/"), "only where it is offered"


def test_own_colours_and_stillness_are_respected(chromium: Browser, address: str):
    """Where colours are forced, what can be pressed has an edge; where motion is not wanted, nothing moves."""
    with Visit(chromium, address, DESK, forced_colors="active", reduced_motion="reduce") as visit:
        for path in ("/", "/for-parents/", "/get-help-now/"):
            visit.go(path)
            moving = visit.page.evaluate(
                "[...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0"
                " || getComputedStyle(one).animationName !== 'none').length"
            )
            assert moving == 0, path
            flat = visit.page.evaluate(
                "[...document.querySelectorAll('main .button, .number, .page-card, .door')]"
                ".filter(one => getComputedStyle(one).borderTopStyle === 'none').map(one => one.className)"
            )
            assert flat == [], path


def test_facts_for_search_engines_are_data_that_no_policy_refuses(chromium: Browser, address: str):
    with Visit(chromium, address, DESK) as visit:
        for path in ("/", "/for-parents/"):
            visit.go(path)
            kinds = visit.page.eval_on_selector_all(
                "script[type='application/ld+json']", "all => all.map(one => JSON.parse(one.textContent)['@type'])"
            )
            assert kinds, path
        assert visit.watch.refused == []


def test_the_example_for_other_websites_shows_the_team_and_other_help(chromium: Browser, address: str):
    def from_the_demo(route: Route) -> None:
        answer = route.fetch(url=route.request.url.replace(SERVICE, address))
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
        route.fulfill(status=answer.status, headers=headers, body=answer.body())

    with Visit(chromium, address, DESK) as visit:
        visit.page.route(f"{SERVICE}/**", from_the_demo)
        visit.page.goto(EXAMPLE.as_uri())
        for listed in ("#team", "#directory"):
            visit.page.locator(f"{listed} li a").first.wait_for()
            assert visit.page.locator(f"{listed} li").count() > 2
        assert "undefined" not in visit.page.inner_text("body")
