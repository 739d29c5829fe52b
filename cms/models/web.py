"""What every page of the website shares: the answer first, then blocks, then what to do next."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import SHORT_FEATURES, PageBlocks
from cms.drawings import DRAWINGS
from cms.own_things import OwnThingsPageForm

NOT_KEPT = "no-store"


class WebPage(Page):
    """A page that answers first, explains in blocks, and ends with what to do next."""

    lede = models.TextField(
        "the answer in two sentences", max_length=300, help_text="Many read only this. Search engines show it too."
    )
    drawing = models.CharField(
        "drawing", max_length=8, choices=DRAWINGS, blank=True,
        help_text="Stands beside the title, and on the card of a section that leads here.",
    )  # fmt: skip
    body = StreamField(PageBlocks(), verbose_name="page", blank=True)
    next_steps = RichTextField(
        "what to do next", blank=True, features=SHORT_FEATURES, help_text="One thing that the reader can do now."
    )

    # A page that offers it is not kept in the browser, so that “back” shows nothing.
    offers_leave = models.BooleanField(
        "offer “Leave this page”", default=False,
        help_text="For a page that could put its reader in danger, for example one about violence at home.",
    )  # fmt: skip

    base_form_class = OwnThingsPageForm
    content_panels = [*Page.content_panels, "lede", "drawing", "body", "next_steps"]
    promote_panels = [*Page.promote_panels, "offers_leave"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lede", boost=2),
        index.SearchField("body"),
        index.SearchField("next_steps"),
    ]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if self.offers_leave:
            response["Cache-Control"] = NOT_KEPT
        return response
