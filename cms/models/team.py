"""The page of the team: those of the register who agreed to be shown."""

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
