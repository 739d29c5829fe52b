"""What every answer tells the browser, whatever the address and whoever asks."""

from django.http import HttpResponse

from allyance_site import headers, surfaces

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": headers.PERMISSIONS,
}
POLICIES = {headers.PUBLIC, headers.WORK, headers.EDITOR}
STRICTER = {"agreement_answer", "wagtaildocs_serve", "public_file"}
"""The family's page runs no script; a document stands alone in a sandbox."""


def wrong_headers(response: HttpResponse) -> list[str]:
    """The names of those that are missing, or that allow too much."""
    address = surfaces.requested(response.wsgi_request)
    entered = surfaces.surfaces_of(address)
    policy = response.headers.get(headers.POLICY, "")
    wrong = [name for name, value in ALWAYS.items() if response.headers.get(name) != value]
    if not _fits(address, policy, response.status_code) or ("unsafe" in policy and not entered & headers.EDITORS):
        wrong.append(headers.POLICY)
    if response.status_code == 301:  # sent to the same path with a slash, before anything was looked up
        return wrong
    if response.headers.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN"):
        wrong.append("X-Frame-Options")
    if surfaces.PUBLIC not in entered and "no-store" not in response.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    return wrong


def _fits(address: str, policy: str, status: int) -> bool:
    if status == 404:
        return policy == headers.PUBLIC
    if address in STRICTER and policy not in POLICIES:
        return policy.startswith("default-src 'none'") and "script-src" not in policy and "unsafe" not in policy
    return policy in POLICIES
