"""Shows a page to a visitor: one that everybody may read straight away, any other as Wagtail does, step by step.

That everybody may read it was asked once for all pages of the site, by the same number that counts every change of it
(`cms/frame.py`): so nothing of the way there, and no restriction, is asked for again, and the
page itself once for each generation.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import views

from cms import frame


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at this address of the site that was asked."""
    around = frame.of(request)
    place = around.at(f"/{path}") if around else None
    found = around.pages((place,)) if around and place else []
    if not found:
        response: HttpResponseBase = views.serve(request, path)
        return response
    answer: HttpResponseBase = found[0].check_request_method(request) or found[0].serve(request)
    return answer
