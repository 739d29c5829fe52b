"""What the frame around every public page needs, and what blocks show that changes by itself."""

from typing import Any, NamedTuple

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Site

from casework.access.website import Member
from cms import frame, sites
from cms.models import (
    ContactPage,
    DirectoryEntry,
    Helpline,
    HelpNowPage,
    LanguagesPage,
    NewsIndexPage,
    PolicyPage,
    PublicFile,
)

register = template.Library()

# Where a site has no help page yet, this address answers with the page that
# says "not found" and lists the same numbers.
HELP_WITHOUT_PAGE = "/get-help-now/"
AT_THE_FOOT = (ContactPage, LanguagesPage, NewsIndexPage, PolicyPage)


class Entry(NamedTuple):
    """A link to a page; `current` says that it is this page, or that this page lies below it."""

    title: str
    url: str
    current: str = ""


class Navigation(NamedTuple):
    """The links around a page."""

    home_url: str = "/"
    help_url: str = HELP_WITHOUT_PAGE
    contact_url: str = ""
    news_url: str = ""
    menu: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any]) -> Navigation:
    """The navigation of the site that was asked, or bare links where there is none."""
    around = frame.of(context.get("request"))
    if around is None:
        return Navigation()
    here = getattr(context.get("page"), "path", "") or ""

    def entry(place: frame.Place) -> Entry:
        current = "page" if place.path == here else "true" if here.startswith(place.path) else ""
        return Entry(place.title, place.url, current)

    return Navigation(
        help_url=next((place.url for place in around.of_kinds(HelpNowPage)), HELP_WITHOUT_PAGE),
        contact_url=next((place.url for place in around.of_kinds(ContactPage)), ""),
        news_url=next((place.url for place in around.of_kinds(NewsIndexPage)), ""),
        menu=tuple(entry(place) for place in around.below_home() if place.in_menus),
        footer=tuple(entry(place) for place in around.of_kinds(*AT_THE_FOOT)),
    )


SIZES = {"hero": "560 440", "mark": "138 120"}
"""Of the drawings that are not square."""


@register.simple_tag
def drawing(name: str, classes: str = "drawing") -> SafeString:
    """One of our own drawings; it says nothing that the words beside it do not."""
    address = f"{static('public/drawings.svg')}#{name}"
    svg = '<svg class="{}" viewBox="0 0 {}" aria-hidden="true"><use href="{}"/></svg>'
    return format_html(svg, classes, SIZES.get(name, "96 96"), address)


@register.simple_tag(takes_context=True)
def public_team(context: dict[str, Any]) -> list[Member]:
    """The team of the site that was asked."""
    return sites.team_of(Site.find_for_request(context.get("request")))


@register.simple_tag(takes_context=True)
def helplines_for(context: dict[str, Any], audience: str) -> list[Helpline]:
    """The site's helplines for one kind of reader."""
    lines: list[Helpline] = list(_of_site(Helpline, context).filter(audience=audience, emergency=False))
    return lines


@register.simple_tag(takes_context=True)
def other_help_on(context: dict[str, Any], topic: str) -> list[DirectoryEntry]:
    """The site's entries on one topic."""
    entries: list[DirectoryEntry] = list(_of_site(DirectoryEntry, context).filter(topic=topic, shown=True))
    return entries


@register.simple_tag(takes_context=True)
def files_for(context: dict[str, Any], readers: str) -> list[PublicFile]:
    """The site's files for one kind of reader that can be opened."""
    return [file for file in _of_site(PublicFile, context).filter(readers=readers) if not file.is_shut]


@register.simple_tag(takes_context=True)
def pages_beside(context: dict[str, Any]) -> tuple[frame.Place, ...]:
    """The other pages of the section that this page is in."""
    page, around = context.get("page"), frame.of(context.get("request"))
    return around.beside(page) if around and page and page.pk else ()


def _of_site(model: Any, context: dict[str, Any]) -> Any:
    return model.objects.of(Site.find_for_request(context.get("request")))
