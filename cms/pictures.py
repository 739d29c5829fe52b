"""The one public door to media files: pictures in the sizes that pages show."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

# The random name of the original, which Wagtail shortens, and the size.
PICTURE_NAME = re.compile(r"^[0-9a-f]{8,32}\.[\w.\-]+\.(?:png|jpe?g|webp|avif|gif)$")
ONE_DAY = 24 * 60 * 60


@require_safe
def public_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition by its own name. Originals and documents have no address, whatever is guessed."""
    if not PICTURE_NAME.match(name):
        raise Http404
    try:
        file = default_storage.open(f"images/{name}")
    except OSError:
        raise Http404 from None
    tag = f'"{name}"'  # what lies under a name stays the same
    response: HttpResponseBase
    if early := get_conditional_response(request, etag=tag):
        file.close()
        response = early
    else:
        response = FileResponse(file)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={ONE_DAY}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
