"""What is new: short pages with a day, listed on a page of their own, the newest of them on the home page too."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms import frame

from .web import WebPage

ON_THE_HOME_PAGE = 3


class NewsIndexPage(WebPage):
    """Everything that was new, the newest first."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    max_count_per_parent = 1
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = "list of news"
        verbose_name_plural = "lists of news"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"news": news_of(request)}


class NewsPage(WebPage):
    """Something new, in a few words."""

    dated = models.DateField("day", default=timezone.localdate, help_text="Shown above it. The newest comes first.")

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news_page.html"
    content_panels = [*Page.content_panels, "dated", "lede", "body", "next_steps"]

    class Meta:
        verbose_name = "piece of news"
        verbose_name_plural = "news"


def news_of(request: HttpRequest) -> list[NewsPage]:
    """What is new on the site that was asked, and may be read by everybody; nothing is asked where there is none."""
    around = frame.of(request)
    found: list[Any] = around.pages(around.of_kind(NewsPage)) if around else []
    return sorted(found, key=lambda page: (page.dated, page.pk), reverse=True)
