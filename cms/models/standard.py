"""The ordinary pages of the website: one explains, one tells step by step, and one leads on to others."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import frame, starting
from cms.blocks import PageBlocks, StepBlock

from .web import WebPage

INSIDE = ["cms.StandardPage", "cms.StepsPage", "cms.PackagesPage", "cms.TeamPage", "cms.DirectoryPage"]
"""What a section holds."""


class Readers(models.TextChoices):
    """Whom a section is written for."""

    FAMILIES = "families", "Families"
    SCHOOLS = "schools", "Schools and services"


class SectionPage(WebPage):
    """The way into one part of the website: it lists its pages by itself."""

    readers = models.CharField(
        "written for", max_length=8, choices=Readers.choices, default=Readers.FAMILIES,
        help_text="How easy its words, and those of its pages, have to be.",
    )  # fmt: skip

    parent_page_types = ["cms.HomePage"]
    subpage_types = INSIDE
    template = "cms/section_page.html"
    content_panels = [*WebPage.content_panels, "readers"]

    class Meta:
        verbose_name = "section"
        verbose_name_plural = "sections"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"pages": pages_below(self, request)}


class StandardPage(WebPage):
    """A page that answers first, explains in blocks, and ends with what to do next."""

    body = StreamField(PageBlocks(), verbose_name="page", blank=True, default=starting.page)

    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages"


class StepsPage(WebPage):
    """A page that tells step by step who does what, for example what a school does when it is worried."""

    steps = StreamField(
        [("step", StepBlock())], verbose_name="steps", min_num=2, max_num=9, default=starting.steps,
        help_text="In order. Say in each who does something.",
    )  # fmt: skip

    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []
    template = "cms/steps_page.html"
    content_panels = [*Page.content_panels, "lede", "drawing", "steps", "body", "next_steps"]
    search_fields = [*WebPage.search_fields, index.SearchField("steps")]

    class Meta:
        verbose_name = "page of steps"
        verbose_name_plural = "pages of steps"


def pages_below(page: Page, request: HttpRequest) -> list[Page]:
    """What of a section is there for everybody, each with its first words."""
    around = frame.of(request)
    return around.pages(around.below(page.path)) if around and page.path else []
