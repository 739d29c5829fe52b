"""Lets people into the library: asks the rule, writes down what is opened, and keeps copies out of every cache."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from casework.access import reading, rules
from cms import download, library_pages, shelves
from cms.library import LibraryDocument, LibraryPage
from cms.library_pages import LibraryArticlePage

PRIVATE = "private, no-store"
LONGEST = 80


def show_library(page: LibraryPage, request: HttpRequest) -> HttpResponse:
    """What this person may open, by shelf. A visitor is asked to sign in; for anybody else the page does not exist."""
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    if not rules.can_open_library(request.user):
        raise Http404
    sought = "".join(sign for sign in request.GET.get("q", "") if sign.isprintable()).strip()[:LONGEST]
    if sought:
        found: dict[str, Any] = {"found": shelves.about(request.user, sought)}
    else:
        found = {"room": shelves.room(request.user), "pages": library_pages.readable(request.user, page)}
    return _shown(page, request, found | {"sought": sought, "oversees": rules.can_view_reading_lists(request.user)})


def show_article(page: LibraryArticlePage, request: HttpRequest) -> HttpResponse:
    """A page of the service's own, once its opening is written down; for nobody else but its team is it there."""
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    if not library_pages.may_read(request.user, page):
        raise Http404
    reading.page_opened(request.user, page)
    return _shown(page, request, {})


@require_safe
def serve_document(request: HttpRequest, number: str, filename: str) -> HttpResponseBase:
    """The file itself, once its opening is written down. One that is not yours, or that is shut, does not exist."""
    document = LibraryDocument.objects.filter(pk=number).first()
    if document is None or document.filename != filename or not rules.can_open_document(request.user, document):
        raise Http404
    if document.is_shut:
        raise Http404
    response = download.answer_with(document, request)
    response["Cache-Control"] = PRIVATE
    if request.method == "GET" and response.status_code in (200, 206):
        reading.document_opened(request.user, document, resumed=not download.begins(response))
    return response


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = redirect_to_login(request.get_full_path())
    response["Cache-Control"] = PRIVATE
    return response


def _shown(page: Page, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = TemplateResponse(request, page.template, page.get_context(request) | context)
    response["Cache-Control"] = PRIVATE
    return response
