"""The page of the team: those of the register who agreed to be shown."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from cms import sites

from .web import WebPage


class TeamPage(WebPage):
    """Who works here. The people come from the register of practitioners, so that nobody is shown who has left."""

    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/team_page.html"

    class Meta:
        verbose_name = "team page"
        verbose_name_plural = "team pages"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"team": sites.team_of(Site.find_for_request(request))}
