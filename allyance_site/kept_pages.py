"""Public pages as visitors get them: compressed, asked for again by their hash, and kept ready for the next visitor.

- Kept by scheme, host, path and the website's generation, which is read before the page is made: what an editor has
  saved is seen at the next request, whichever process saved it and whichever answers. Ten minutes at most.
- With a session cookie, in a preview or by another method than looking, nothing here is done: what is made for
  somebody is neither kept nor compressed, for the length of what is compressed tells of what stands in it.
- With a query string, or an answer that is not 200, that sets a cookie or that is private, nothing is kept.
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import cc_delim_re, get_conditional_response, patch_vary_headers

from allyance_site import encodings, surfaces
from cms import generation

ADDRESSES = frozenset({"wagtail_serve"})
SECONDS = 10 * 60
TEXTS = ("text/", "application/json", "application/xml")
ASK_AGAIN = "no-cache"
"""What a browser or a proxy does with a page that it has: ask whether it is still so."""


class Kept(NamedTuple):
    """An answer as it is kept."""

    headers: dict[str, str]
    bodies: dict[str, bytes]
    tag: str

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """In the best encoding that the browser takes; without its body, where the browser has it."""
        encoding = encodings.best(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(self.bodies[encoding], headers=self.headers)
        response["ETag"] = f'"{self.tag}{encoding and "-" + encoding}"'
        response["Content-Length"] = str(len(response.content))
        if encoding:
            response["Content-Encoding"] = encoding
        patch_vary_headers(response, ["Accept-Encoding"])
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


class KeptPagesMiddleware:
    """After the static files, before anything that asks who somebody is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_a_visitors(request):
            return self.get_response(request)
        key = _key(request)
        kept = caches["pages"].get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            if not _is_public(response):
                return response
            kept = _made_of(response)
            if key and not _is_private(response):
                caches["pages"].set(key, kept, SECONDS)
        return kept.answer(request)


def _is_a_visitors(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if getattr(request, "is_dummy", False):  # Wagtail's, for a preview
        return False
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return False
    address = surfaces.requested(request)
    return address in ADDRESSES or address.startswith(surfaces.DATA)


def _key(request: HttpRequest) -> str | None:
    """What a page is kept by; None for one that is not kept."""
    if request.META.get("QUERY_STRING"):
        return None
    number = generation.current()
    if number is None:
        return None
    place = f"{request.scheme}://{request.get_host().lower()}{request.path_info}"
    return f"{number}:{hashlib.sha256(place.encode()).hexdigest()}"


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


def _made_of(response: HttpResponseBase) -> Kept:
    response.headers.setdefault("Cache-Control", ASK_AGAIN)
    tag = hashlib.sha256(response.content).hexdigest()[:32]
    return Kept(dict(response.items()), encodings.encoded(response.content), tag)
