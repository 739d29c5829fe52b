"""Writing to the service: the page with the form, and what came in by it, sealed."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page, Site

from cms import contact

from .web import WebPage

BEFORE = (
    "We are not an emergency service. We do not read messages at night, at the weekend or in the holidays. "
    "To ask for help for a child, talk to school first."
)


class ContactPage(WebPage):
    """How to reach the service, and a form that asks for no child's details."""

    before = models.TextField("words above the form", max_length=300, default=BEFORE)
    thanks = models.TextField(
        "words of thanks", max_length=300, default="Thank you. We answer within five school days."
    )

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/contact_page.html"
    content_panels = [*Page.content_panels, "lede", "before", "thanks", "body"]

    class Meta:
        verbose_name = "contact page"
        verbose_name_plural = "contact pages"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"  # each has a key of its own
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"form": contact.ContactForm(), "key": contact.new_key()}


class ContactMessage(models.Model):
    """What somebody wrote to one service. Its words are sealed under a key of their own, which goes with them."""

    uuid = models.UUIDField("address", default=uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", editable=False)
    sent_at = models.DateTimeField("sent", default=timezone.now, editable=False)
    key = models.UUIDField(editable=False)
    sealed = models.TextField(editable=False)
    answered_at = models.DateTimeField("answered", null=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-sent_at"]
        verbose_name = "message"
        verbose_name_plural = "messages"
        indexes = [models.Index(fields=["site", "-sent_at"], name="messages_of_a_site")]

    def __str__(self) -> str:
        return f"message of {timezone.localtime(self.sent_at):%-d %B %Y, %H:%M}"
