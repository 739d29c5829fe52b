"""Other help nearby and online: the entries, and the page that lists them."""

from typing import Any
from uuid import uuid4

from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.http import HttpRequest
from wagtail.models import Site

from cms import directory

from .checked import Checked, digits
from .web import WebPage


class Cost(models.TextChoices):
    """What it costs who asks."""

    FREE = "free", "Free"
    SOME = "some", "Free for some"
    PAID = "paid", "You pay"


class DirectoryEntry(Checked):
    """Help that somebody else gives. Where a family is passed on to it, casework refers to this entry."""

    uuid = models.UUIDField("address", default=uuid4, unique=True, editable=False)
    name = models.CharField("name", max_length=100)
    topic = models.CharField("helps with", max_length=10, choices=directory.TOPICS)
    what = models.TextField("what they do, in a sentence or two", max_length=300)
    who_for = models.CharField("who for", max_length=120, help_text="For example: young people who look after someone.")
    youngest = models.PositiveSmallIntegerField(
        "youngest age", null=True, blank=True, validators=[MaxValueValidator(99)], help_text="Leave empty for any age."
    )
    oldest = models.PositiveSmallIntegerField("oldest age", null=True, blank=True, validators=[MaxValueValidator(99)])
    area = models.CharField("where", max_length=80, help_text="For example: Easterby and Wendham, or: online.")
    cost = models.CharField("cost", max_length=4, choices=Cost.choices, default=Cost.FREE)
    languages = models.CharField("languages", max_length=120, default="English", help_text="With commas between them.")
    how_to_ask = models.CharField(
        "how to ask", max_length=160, help_text="For example: ring them, or: ask your school."
    )
    telephone = models.CharField("telephone", max_length=20, blank=True)
    link = models.URLField("website", blank=True, validators=[URLValidator(schemes=["https"])])
    shown = models.BooleanField("shown on the website", default=True)
    position = models.PositiveSmallIntegerField("position", default=0, help_text="Low numbers come first.")

    class Meta(Checked.Meta):
        verbose_name = "entry of other help"
        verbose_name_plural = "other help"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="one_directory_entry_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(youngest__isnull=True)
                | models.Q(oldest__isnull=True)
                | models.Q(oldest__gte=models.F("youngest")),
                name="directory_ages_in_order",
                violation_error_message="The oldest age must not be below the youngest.",
            ),
            *Checked.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ages(self) -> str:
        """The ages in words."""
        if self.youngest is None and self.oldest is None:
            return "Any age"
        if self.oldest is None:
            return f"{self.youngest} and over"
        return f"Up to {self.oldest}" if self.youngest is None else f"{self.youngest} to {self.oldest}"

    @property
    def telephone_link(self) -> str:
        """What a phone does when the number is pressed."""
        return f"tel:{digits(self.telephone)}"


class DirectoryPage(WebPage):
    """Every entry of the site that is shown, and a form without a script that leaves out what does not fit."""

    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/directory_page.html"

    class Meta:
        verbose_name = "other help page"
        verbose_name_plural = "other help pages"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        entries = list(DirectoryEntry.objects.of(Site.find_for_request(request)).filter(shown=True))
        form = directory.FilterForm(request.GET, entries=entries)
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "shelves": directory.shelves(form.fitting(entries)),
            "is_filtered": form.is_filtered,
        }
