"""Files to send and to print: a template of casework as a tagged PDF that fetches nothing from anywhere.

The words of a file are those of one person's view: who may have it is asked by the screen that makes it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from PIL import ImageFile

from ..actions.refusals import StepRefused

PANGO = "Pango on this server (its package `libpangoft2-1.0-0` brings it), without which no PDF can be made"


def pdf_response(request: HttpRequest, template: str, context: dict[str, Any], *, name: str) -> HttpResponse:
    """The template as a PDF to download; `name` is the file's and carries a reference, never a person's name.

    StepRefused where this server cannot make one.
    """
    who = {"printed_by": request.user.get_full_name(), "printed_at": timezone.localtime()}
    response = HttpResponse(
        pdf_of(render_to_string(template, context | who, request=request)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def pdf_of(html: str) -> bytes:
    """A page as a tagged PDF (PDF/UA-1). StepRefused where what it is drawn with is missing."""
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint  # its libraries are not Python's, so that a server may lack them
    except OSError as error:
        raise StepRefused(PANGO) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = strict  # no file that breaks off is taken for a picture because of it
    fetches_nothing = weasyprint.urls.URLFetcher(allowed_protocols=())  # a page for print has all in it
    written: bytes = weasyprint.HTML(string=html, url_fetcher=fetches_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return written
