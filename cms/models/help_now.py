"""The page for a bad moment: whom to ring, before anything else."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from .helplines import Audience, Helpline
from .web import WebPage


class HelplineGroup(NamedTuple):
    """The helplines for one kind of reader."""

    heading: str
    helplines: list[Helpline]


class HelpNowPage(WebPage):
    """Get help now. The numbers are helplines, so that each is checked and changed in one place."""

    offers_leave = True  # always
    promote_panels = Page.promote_panels

    emergency_title = models.CharField(
        "heading of the emergency box", max_length=80, default="If someone is in danger right now"
    )
    emergency_text = models.TextField("words of the emergency box", max_length=300)

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/help_now_page.html"
    content_panels = [*Page.content_panels, "lede", "emergency_title", "emergency_text", "body"]

    class Meta:
        verbose_name = "get help now page"
        verbose_name_plural = "get help now pages"

    def clean(self) -> None:
        super().clean()
        if self.expire_at:
            raise ValidationError("“Get help now” does not expire: leave the day empty on which it would go.")
        if self.live and self.go_live_at and self.go_live_at > timezone.now():
            # Wagtail takes a page off until that day, where it was never published from its editor before.
            raise ValidationError("“Get help now” is on the website: leave the day empty on which it would come.")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        helplines = list(Helpline.objects.of(Site.find_for_request(request)))
        groups = [
            HelplineGroup(
                audience.label, [line for line in helplines if line.audience == audience and not line.emergency]
            )
            for audience in Audience
        ]
        return super().get_context(request, *args, **kwargs) | {
            "emergency_lines": [line for line in helplines if line.emergency],
            "groups": [group for group in groups if group.helplines],
            "last_checked": min((line.last_checked for line in helplines), default=None),
        }
