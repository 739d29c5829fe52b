"""What only the editor's preview of a page shows: what was found in its words, and Wagtail's bar."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Site

from cms.findings import findings

register = template.Library()


class LookedAt(template.Node):
    """The page's own words; before them, in a preview, what was found in them."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        request, page = context.get("request"), context.get("page")
        if not getattr(request, "is_preview", False) or page is None:
            return html
        found = list(findings(page, html, Site.find_for_request(request)))
        return mark_safe(render_to_string("cms/findings.html", {"found": found}) + html)  # noqa: S308 both are templates


@register.tag
def looked_at(parser: Any, token: Any) -> LookedAt:
    """What stands up to `endlooked_at`."""
    nodelist = parser.parse(("endlooked_at",))
    parser.delete_first_token()
    return LookedAt(nodelist)


@register.simple_tag(takes_context=True)
def checker_bar(context: dict[str, Any]) -> str:
    """Wagtail's bar, which holds the checker; in a preview alone, for a visitor's page has no script in it."""
    return wagtailuserbar(context) if getattr(context.get("request"), "is_preview", False) else ""
