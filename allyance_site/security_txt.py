"""Where to tell us of a weakness, as RFC 9116 has it: /.well-known/security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

ADDRESS = ".well-known/security.txt"
GOOD_FOR = timedelta(days=180)  # the RFC advises less than a year; an installation that is switched off soon says so


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact that the installation names; no file where it names none, for one without a contact is not valid."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/{ADDRESS}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
