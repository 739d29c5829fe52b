"""The style sheet of a site's own colours, at an address that changes with them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms import colours
from cms.models import ServiceSettings

ONE_YEAR = 365 * 24 * 60 * 60


@require_safe
def colour_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet of this site; any other key is not there."""
    site = Site.find_for_request(request)
    service = ServiceSettings.objects.filter(site=site).first() if site else None
    if service is None or not key or key != service.colours_key:
        raise Http404
    response = HttpResponse(colours.style_sheet(service.colours), content_type="text/css")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
