"""/readyz: to the machine that watches the service it says whether all of it works; to anybody else it is not there."""

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare

from allyance_site.management import readiness

METHODS = ("GET", "HEAD")


def readyz(request: HttpRequest) -> JsonResponse:
    """One word for each thing that is needed: 200 when all of them are well, else 503. No session, no cookie."""
    if request.method not in METHODS or not _has_token(request):
        raise Http404
    found = readiness.look()
    return JsonResponse(found, status=200 if set(found.values()) <= readiness.WELL else 503)


def _has_token(request: HttpRequest) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(settings.READY_TOKEN) and kind == "Bearer" and constant_time_compare(given, settings.READY_TOKEN)
