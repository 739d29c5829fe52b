"""What the frame around every public page needs: where home, help and the menu are."""

from typing import Any, NamedTuple

from django import template
from wagtail.models import Page, Site

from cms.models import HelpNowPage, StandardPage

register = template.Library()

# Where a site has no help page yet, this address answers with the page that
# says "not found" and lists the same numbers.
HELP_WITHOUT_PAGE = "/get-help-now/"


class Navigation(NamedTuple):
    """The links around a page."""

    home_url: str = "/"
    help_url: str = HELP_WITHOUT_PAGE
    menu: tuple[Page, ...] = ()
    footer: tuple[Page, ...] = ()


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any]) -> Navigation:
    """The navigation of the site that was asked, or bare links where there is none."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Navigation()
    home = site.root_page
    help_page = HelpNowPage.objects.child_of(home).live().public().first()
    return Navigation(
        home_url=home.get_url(request) or "/",
        help_url=(help_page.get_url(request) if help_page else None) or HELP_WITHOUT_PAGE,
        menu=tuple(home.get_children().live().public().in_menu()),
        footer=tuple(StandardPage.objects.descendant_of(home).live().public().filter(in_footer=True)),
    )
