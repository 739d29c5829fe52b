"""Searching a site: its own live pages that everybody may see, and the other help that it lists."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms import library_pages
from cms.models import DirectoryEntry

LONGEST = 80
MOST = 20


def pages_about(sought: str, site: Site) -> list[Page]:
    """The pages of a site that everybody may see and that hold these words."""
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).live().public().not_type(*library_pages.KINDS)
    return [page.specific for page in pages.search(sought, operator="and")[:MOST]]


def help_about(sought: str, site: Site) -> list[DirectoryEntry]:
    """The entries of other help that a site shows, with every one of these words."""
    entries = DirectoryEntry.objects.of(site).filter(shown=True)
    for word in sought.split():
        entries = entries.filter(
            Q(name__icontains=word) | Q(what__icontains=word) | Q(who_for__icontains=word) | Q(area__icontains=word)
        )
    return list(entries[:MOST])


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page of what was found. Nothing is kept of what somebody looked for."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    sought = "".join(sign for sign in request.GET.get("q", "") if sign.isprintable()).strip()[:LONGEST]
    found: dict[str, Any] = {"pages": [], "entries": []}
    if sought:
        found = {"pages": pages_about(sought, site), "entries": help_about(sought, site)}
    response = render(request, "cms/search.html", found | {"sought": sought})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
