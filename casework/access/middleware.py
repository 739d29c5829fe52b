"""Marks where a request begins and ends, so that a scope is resolved once and every event names its request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ..audit.request import answering


class RequestContext:
    """One request, from the outside in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with answering(request.META.get("REMOTE_ADDR") or None):
            return self.get_response(request)
