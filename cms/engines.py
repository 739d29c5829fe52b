"""What search engines and other websites are told of a page: which it is, what lies above it, what it answers."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import frame
from cms.frame import Frame

LEFT_ALONE = (
    *("admin", "account", "answer", "api", "documents"),
    *("invitation", "library", "search", "sign-in", "write-to-us"),
)
SCHEMA = "https://schema.org"
AS_TEXT = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where they find the rest."""
    around = frame.of(request)
    lines = ["User-agent: *", *(f"Disallow: /{folder}/" for folder in LEFT_ALONE)]
    if around:
        lines += ["", f"Sitemap: {around.root}/sitemap.xml"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of this site that everybody may read."""
    around = frame.of(request)
    if around is None:
        raise Http404
    return render(request, "cms/sitemap.xml", {"around": around}, content_type="application/xml")


def facts(page: Page, around: Frame) -> Iterator[SafeString]:
    """Facts about a page as JSON-LD: whose website it is, on the first page; what lies above any other; its questions.

    The policy of a page forbids scripts that stand in it. These are none: a browser takes them for data.
    """
    trail = around.trail(page)
    if trail:
        yield _as_text(_breadcrumbs(page, around))
    else:
        yield _as_text(_service(around))
    if questions := list(_questions(page)):
        yield _as_text({"@context": SCHEMA, "@type": "FAQPage", "mainEntity": questions})


def _service(around: Frame) -> dict[str, Any]:
    service = around.service
    contact = {"email": service.contact_email, "telephone": service.contact_telephone}
    found = {
        "@context": SCHEMA,
        "@type": "NGO",
        "name": service.service_name,
        "url": f"{around.root}/",
        "description": service.strapline,
        "contactPoint": {"@type": "ContactPoint", "contactType": "enquiries", "description": service.contact_hours}
        | {name: value for name, value in contact.items() if value},
    }
    return {name: value for name, value in found.items() if value}


def _breadcrumbs(page: Page, around: Frame) -> dict[str, Any]:
    steps = [(place.title, f"{around.root}{place.url}") for place in around.trail(page)]
    here = around.of(page)
    if here:
        steps.append((here.title, f"{around.root}{here.url}"))
    items = [
        {"@type": "ListItem", "position": number, "name": title, "item": address}
        for number, (title, address) in enumerate(steps, start=1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def _questions(page: Page) -> Iterator[dict[str, Any]]:
    for block in getattr(page, "body", None) or ():
        if block.block_type == "expander":
            for item in block.value["questions"]:
                answer = " ".join(strip_tags(item["answer"].source.replace("<", " <")).split())
                yield {
                    "@type": "Question",
                    "name": item["question"],
                    "acceptedAnswer": {"@type": "Answer", "text": answer},
                }


def _as_text(found: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(found, ensure_ascii=False).translate(AS_TEXT))  # noqa: S308 - no sign of it ends a script
