"""The pages that children read: one idea at a time, in few and easy words, with a picture. They hold no form."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import starting
from cms.blocks import PageBlocks

from .standard import pages_below
from .web import WebPage


class Reader(models.TextChoices):
    """Whom a page for children is written for."""

    YOUNGER = "younger", "7 to 11"
    OLDER = "older", "11 to 14"
    ALL = "all", "All children"


class ChildrenPage(WebPage):
    """A page for children; one that has pages below it leads on to them."""

    offers_leave = True  # always
    is_for_children = True
    promote_panels = Page.promote_panels

    reader = models.CharField("for", max_length=7, choices=Reader.choices, default=Reader.ALL)
    body = StreamField(PageBlocks(), verbose_name="page", blank=True, default=starting.children)

    parent_page_types = ["cms.HomePage", "cms.ChildrenPage"]
    subpage_types = ["cms.ChildrenPage"]
    template = "cms/children_page.html"
    content_panels = [*WebPage.content_panels[:1], "reader", *WebPage.content_panels[1:]]

    class Meta:
        verbose_name = "page for children"
        verbose_name_plural = "pages for children"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"pages": pages_below(self, request)}
