"""What every answer tells the browser: what its page may load and run, and who may frame or embed it.

Three policies, by the surface of the address. Only the editor's pages may run what stands in the page itself, for
Wagtail's choosers and date pickers do; nobody's record is shown there. Django's own middleware adds the rest from the
settings (HSTS, nosniff, Referrer-Policy, COOP, X-Frame-Options), and `surfaces.py` says what no browser may keep.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from allyance_site import surfaces

POLICY = "Content-Security-Policy"


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


_PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the small pictures inside style sheets
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_WORK = _PUBLIC | {"connect-src": "'self'"}
_EDITOR = _WORK | {
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",  # a picture shown before it is sent
    "frame-src": "'self'",  # the preview of a page beside its form
    "frame-ancestors": "'self'",
}
PUBLIC, WORK, EDITOR = _written(_PUBLIC), _written(_WORK), _written(_EDITOR)

EDITORS = frozenset({surfaces.CMS, surfaces.SYSTEM})
"""The surfaces of the website's editor: pages, pictures, settings of the site, redirects."""

WEBSITE = "wagtail_serve"
"""The website's own pages, which those that look at them for search engines read robots.txt from."""
WAGTAILS = "wagtail"
"""What the names of Wagtail's own addresses begin with."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
        *("magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)
"""What no page of ours ever asks a device for. Passkeys are not among it."""


def policy_of(address: str) -> str:
    """The policy of an address, by its surfaces; the strictest for one that is on none. The editor's is for those of
    Wagtail's own pages that are the editor's alone: ours need no more than the rest."""
    entered = surfaces.surfaces_of(address)
    if entered and entered <= EDITORS and address.startswith(WAGTAILS):
        return EDITOR
    if not entered or (entered & surfaces.ASKS_FOR_NOBODY and address != WEBSITE):
        return PUBLIC
    return WORK


def _open_to_named_websites(request: HttpRequest, response: HttpResponseBase) -> None:
    """Scripts of the websites that the settings name may read the website's data; no cookie goes with it."""
    patch_vary_headers(response, ["Origin"])
    if request.headers.get("Origin") in settings.API_ORIGINS:
        response["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response["Access-Control-Expose-Headers"] = "ETag"


class HeadersMiddleware:
    """Outermost, so that files, redirects and errors carry them too. A view's own stricter policy stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        address = surfaces.requested(request)
        if address.startswith(surfaces.DATA):
            _open_to_named_websites(request, response)
        response.headers.setdefault(POLICY, policy_of(address))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
