"""A website editor's home: the pages that they may change, each with its way in."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from .panel import Panel

MOST = 20


class Pages(Panel):
    """The website's pages in the order of the site: whether visitors see them, and when each was last changed."""

    name = "pages"
    title = "The website’s pages"
    urgency = 75
    template_name = "casework/home/pages.html"

    def content(self) -> dict[str, Any]:
        policy = policy_registry.get_by_type(Page)
        pages = policy.instances_user_has_permission_for(self.user, "change").order_by("path")[: MOST + 1]
        return {"pages": pages[:MOST], "more": len(pages) > MOST}


PANELS: list[type[Panel]] = [Pages]
