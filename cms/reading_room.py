"""Lets people into the library: asks the rule, writes down what is opened, and keeps copies out of every cache."""

import logging
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from casework.access import reading, rules
from cms import download
from cms.library import LibraryDocument, LibraryPage

logger = logging.getLogger(__name__)

PRIVATE = "private, no-store"
TEAM_SHELF = "For everyone in the team"


class Shelf(NamedTuple):
    """Documents that belong together: the service's own, or those of one school."""

    heading: str
    documents: list[LibraryDocument]


def show_library(page: LibraryPage, request: HttpRequest) -> HttpResponse:
    """What this person may open, by shelf. A visitor is asked to sign in; for anybody else the page does not exist."""
    if not request.user.is_authenticated:
        response: HttpResponse = redirect_to_login(request.get_full_path())
        response["Cache-Control"] = PRIVATE
        return response
    if not rules.can_open_library(request.user):
        raise Http404
    documents = rules.visible_documents(request.user)
    context = page.get_context(request) | {"shelves": shelves(documents)}
    response = TemplateResponse(request, page.template, context)
    response["Cache-Control"] = PRIVATE
    return response


@require_safe
def serve_document(request: HttpRequest, number: str, filename: str) -> HttpResponseBase:
    """The file itself, once its opening is written down. One that is not yours, or that is shut, does not exist."""
    document = LibraryDocument.objects.filter(pk=number).first()
    if document is None or document.filename != filename or not rules.can_open_document(request.user, document):
        raise Http404
    if document.is_shut:
        raise Http404
    try:
        file = document.file.storage.open(document.file.name or "")
    except OSError:
        logger.exception("The file of library document %s is not there.", document.pk)
        raise Http404 from None
    response = download.answer(
        request,
        file,
        size=file.size,
        tag=f'"{document.get_file_hash()}"',
        name=document.download_name,
        kind=document.content_type,
    )
    response["Cache-Control"] = PRIVATE
    if request.method == "GET" and response.status_code in (200, 206):
        reading.document_opened(request.user, document, resumed=not download.begins(response))
    return response


def shelves(documents: Iterable[LibraryDocument]) -> list[Shelf]:
    """The documents by shelf, the team's own first, then each school's; newest first on each."""
    ordered = sorted(documents, key=_place)
    return [Shelf(heading, list(group)) for heading, group in groupby(ordered, key=_heading)]


def _heading(document: LibraryDocument) -> str:
    # `visible_documents` says with each document whose it is: a school's name, or none for the whole team.
    return getattr(document, "school_name", None) or TEAM_SHELF


def _place(document: LibraryDocument) -> tuple[bool, str, int, str]:
    heading = _heading(document)
    newest_first = -document.dated.toordinal() if document.dated else 0
    return (heading != TEAM_SHELF, heading, newest_first, document.title)
