"""The answers when something went wrong: plain pages that need no database and carry the crisis numbers."""

import sys
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from allyance_site import headers, kept_words, surfaces

A_MINUTE = "60"


def _page(template: str, status: int) -> HttpResponse:
    return _closed(HttpResponse(_words(template), status=status))


@cache
def _words(template: str) -> str:
    """Rendered once, and without a request: no context processor runs, so nothing is read and no cookie is set."""
    return render_to_string(template)


def _closed(response: HttpResponse) -> HttpResponse:
    """One set of headers for all, so that they do not tell either what is at an address."""
    response[headers.POLICY] = headers.PUBLIC
    response["Cache-Control"] = surfaces.NOT_KEPT
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that we cannot read."""
    return _page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only ever for an act that is refused, for a thing that is not yours is 404."""
    return _page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same bytes, whether it never was, has gone, or is somebody else's."""
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: ours, not the reader's. 503 while database, cache or disk is out of order. What was typed comes back."""
    # Django calls this while it handles what was raised, in a view or before one.
    status = 503 if kept_words.is_out_of_order(sys.exc_info()[1]) else 500
    response = _closed(kept_words.page(request, status=status) or _page("500.html", status))
    if status == 503:
        response["Retry-After"] = A_MINUTE
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose safety check has expired: says how to get the typed text back."""
    return _page("403_csrf.html", 403)


class NotFoundMiddleware:
    """Whatever is not there answers alike, to the last header: Wagtail's admin would tell its own addresses apart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return not_found(request) if response.status_code == 404 else response
