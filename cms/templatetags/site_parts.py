"""What the frame around every public page needs, and what blocks show that changes by itself."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page, Site

from casework.access.website import Member
from cms import sites
from cms.models import ContactPage, DirectoryEntry, Helpline, HelpNowPage, LanguagesPage, PolicyPage

register = template.Library()

# Where a site has no help page yet, this address answers with the page that
# says "not found" and lists the same numbers.
HELP_WITHOUT_PAGE = "/get-help-now/"
AT_THE_FOOT = (ContactPage, LanguagesPage, PolicyPage)


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
    menu: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any]) -> Navigation:
    """The navigation of the site that was asked, or bare links where there is none."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Navigation()
    home = site.root_page
    types = ContentType.objects.get_for_models(HelpNowPage, *AT_THE_FOOT)
    kinds = {kind.pk for kind in types.values()}
    around = home.get_children().live().public().filter(Q(show_in_menus=True) | Q(content_type__in=kinds))
    pages = list(around.order_by("path"))

    def of_type(*models: type[Page]) -> tuple[Page, ...]:
        wanted = {types[model].pk for model in models}
        return tuple(page for page in pages if page.content_type_id in wanted)

    def first_url(found: Iterable[Page], instead: str) -> str:
        return next((page.get_url(request) for page in found), None) or instead

    here = getattr(context.get("page"), "path", "") or ""

    def entry(page: Page) -> Entry:
        current = "page" if page.path == here else "true" if here.startswith(page.path) else ""
        return Entry(page.title, page.get_url(request) or "", current)

    return Navigation(
        home_url=home.get_url(request) or "/",
        help_url=first_url(of_type(HelpNowPage), HELP_WITHOUT_PAGE),
        contact_url=first_url(of_type(ContactPage), ""),
        menu=tuple(entry(page) for page in pages if page.show_in_menus),
        footer=tuple(entry(page) for page in of_type(*AT_THE_FOOT)),
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
def pages_beside(context: dict[str, Any]) -> list[Page]:
    """The other pages of the section that this page is in; none for a page right below home."""
    page = context.get("page")
    site = Site.find_for_request(context.get("request"))
    if not page or not page.pk or not site or page.depth <= site.root_page.depth + 1:
        return []
    return list(page.get_siblings(inclusive=False).live().public())


def _of_site(model: Any, context: dict[str, Any]) -> Any:
    return model.objects.of(Site.find_for_request(context.get("request")))
