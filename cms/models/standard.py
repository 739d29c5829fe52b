"""An ordinary page of the website."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.blocks import SHORT_FEATURES, PageBlocks


class StandardPage(Page):
    """A page that answers first, explains in blocks, and ends with what to do next."""

    lede = models.TextField("the answer in two sentences", max_length=300)
    body = StreamField(PageBlocks(), verbose_name="page", blank=True)
    next_steps = RichTextField("what to do next", blank=True, features=SHORT_FEATURES)
    offers_contact = models.BooleanField(
        "give our e-mail address at the end",
        default=True,
        help_text="Not on pages for children: we do not ask them to write.",
    )
    in_footer = models.BooleanField("list at the foot of every page", default=False)

    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard_page.html"
    content_panels = [*Page.content_panels, "lede", "body", "next_steps", "offers_contact"]
    promote_panels = [*Page.promote_panels, FieldPanel("in_footer")]

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages"
