"""Public pages as visitors get them: compressed, asked for again by their hash, and kept ready for the next visitor.

- Kept by scheme, host and path, with the website's generation, which is read before a page is made and before one is
  shown again: what an editor has saved is seen at the next request, whichever process saved it and whichever answers.
  Ten minutes at most.
- Each process keeps its own, in its memory: nothing to be away, and nothing for anybody else to put there.
- With a session cookie, in a preview or by another method than looking, nothing here is done: what is made for
  somebody is neither kept nor compressed, for the length of what is compressed tells of what stands in it.
- With a query string, or an answer that is not 200, that sets a cookie or that is private, nothing is kept.
"""

import hashlib
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import cc_delim_re, get_conditional_response, patch_vary_headers

from allyance_site import encodings, headers, surfaces
from cms import generation

KEPT = frozenset({"wagtail_serve", "robots", "site_colours", "site_search", "sitemap"})
"""The addresses that are alike for all. So is the website as data, but that is not kept: its headers go by who asks."""
MINUTES = 10
TEXTS = ("text/", "application/json", "application/xml")
ASK_AGAIN = "no-cache"
"""What a browser or a proxy does with a page that it has: ask whether it is still so."""


class Page(NamedTuple):
    """An answer that is alike for every visitor: its headers and its body by encoding."""

    headers: dict[str, dict[str, str]]
    bodies: dict[str, bytes]

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """In the best encoding that the browser takes; without its body, where the browser has it."""
        encoding = _best(request)
        response = HttpResponse(self.bodies[encoding], headers=self.headers[encoding])
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


class Kept(NamedTuple):
    """A page, of which generation it is, and until when it is shown."""

    page: Page
    generation: int
    until: float


class Shelf:
    """What this process keeps. Where there is no more room, what was put there first makes room."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self._lock = Lock()

    def page(self, place: str) -> Page | None:
        """The page of a place, as long as it is right; the database is asked only about a page that is here."""
        kept = self.kept.get(place)
        if kept and monotonic() < kept.until and kept.generation == generation.current():
            return kept.page
        return None

    def put(self, place: str, page: Page, number: int) -> None:
        with self._lock:
            self.kept.pop(place, None)
            while self.kept and len(self.kept) >= settings.PAGES_KEPT:
                del self.kept[next(iter(self.kept))]
            if settings.PAGES_KEPT:
                self.kept[place] = Kept(page, number, monotonic() + MINUTES * 60)


SHELF = Shelf()


class KeptPagesMiddleware:
    """After the static files, before anything that asks who somebody is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_a_visitors(request):
            return self.get_response(request)
        place = _place(request)
        if ready := place and SHELF.page(place):
            return ready.answer(request)
        address = _address(request)
        if address not in KEPT and not address.startswith(surfaces.DATA):
            return self.get_response(request)
        number = generation.current() if place and address in KEPT else None
        response = self.get_response(request)
        if not _is_public(response):
            return response
        response.headers.setdefault(headers.POLICY, headers.policy_of(address))
        if number and not _is_private(response):
            page = _made_of(response, *encodings.ENCODINGS)
            SHELF.put(place, page, number)
        else:
            page = _made_of(response, _best(request))
        return page.answer(request)


def _is_a_visitors(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not getattr(request, "is_dummy", False)  # Wagtail's, for a preview
    )


def _place(request: HttpRequest) -> str:
    """What a page is kept by; nothing for one that is not kept. A host that we do not answer to has never put one."""
    if request.META.get("QUERY_STRING"):
        return ""
    return f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.path_info}"


def _address(request: HttpRequest) -> str:
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return ""
    return surfaces.requested(request)


def _is_public(response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(TEXTS)
    )


def _is_private(response: HttpResponseBase) -> bool:
    return "private" in cc_delim_re.split(response.get("Cache-Control", "").lower())


def _best(request: HttpRequest) -> str:
    return encodings.best(request.META.get("HTTP_ACCEPT_ENCODING", ""))


def _made_of(response: HttpResponseBase, *wanted: str) -> Page:
    response.headers.setdefault("Cache-Control", ASK_AGAIN)
    patch_vary_headers(response, ["Accept-Encoding"])
    bodies = {encoding: encodings.encoded(response.content, encoding) for encoding in wanted}
    tag = hashlib.sha256(response.content).hexdigest()[:32]
    return Page({encoding: _headers(response, encoding, body, tag) for encoding, body in bodies.items()}, bodies)


def _headers(response: HttpResponseBase, encoding: str, body: bytes, tag: str) -> dict[str, str]:
    common = dict(response.items()) | {"Content-Length": str(len(body))}
    if encoding:
        return common | {"Content-Encoding": encoding, "ETag": f'"{tag}-{encoding}"'}
    return common | {"ETag": f'"{tag}"'}
