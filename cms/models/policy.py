"""What a service owes its readers in writing: privacy, accessibility, complaints."""

from django.db import models
from wagtail.models import Page

from .web import WebPage


class PolicyPage(WebPage):
    """A statement with the day on which it was last looked at; every page of the site links to it at its foot."""

    looked_at_on = models.DateField("last looked at on", help_text="Shown on the page. Look at it again each year.")

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/policy_page.html"
    content_panels = [*Page.content_panels, "looked_at_on", "lede", "body", "next_steps"]

    class Meta:
        verbose_name = "statement"
        verbose_name_plural = "statements"
