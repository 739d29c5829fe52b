"""The home page of a service: who it is for, what happens, and the ways in."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import ButtonBlock, DoorBlock, PageBlocks, StepBlock
from cms.own_things import OwnThingsPageForm

from .news import ON_THE_HOME_PAGE, news_of


class HomePage(Page):
    """The root of a site."""

    hero_title = models.CharField("first words", max_length=80)
    hero_text = models.TextField("what the service does", max_length=300, help_text="Two or three short sentences.")
    hero_picture = models.ForeignKey(
        "cms.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="picture",
        help_text="Leave empty for our own drawing.",
    )  # fmt: skip
    buttons = StreamField([("button", ButtonBlock())], verbose_name="buttons", max_num=2, blank=True)
    notice = models.CharField(
        "notice", max_length=200, blank=True, help_text="One line at the top while something is new or closed."
    )
    doors = StreamField([("door", DoorBlock())], verbose_name="three doors", max_num=3, blank=True)
    steps_title = models.CharField("heading of the steps", max_length=60, default="What happens")
    steps = StreamField([("step", StepBlock())], verbose_name="what happens", max_num=4, blank=True)
    body = StreamField(PageBlocks(), verbose_name="more", blank=True)
    schools_title = models.CharField("heading of the schools", max_length=80, default="Schools we work in")
    schools = StreamField([("school", CharBlock(max_length=80))], verbose_name="schools", blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.SectionPage",
        "cms.ChildrenPage",
        "cms.StandardPage",
        "cms.StepsPage",
        "cms.PackagesPage",
        "cms.TeamPage",
        "cms.DirectoryPage",
        "cms.ContactPage",
        "cms.LanguagesPage",
        "cms.NewsIndexPage",
        "cms.PolicyPage",
        "cms.HelpNowPage",
        "cms.LibraryPage",
    ]
    template = "cms/home_page.html"
    base_form_class = OwnThingsPageForm
    content_panels = [
        *Page.content_panels,
        "notice",
        "hero_title",
        "hero_text",
        "hero_picture",
        "buttons",
        "doors",
        "steps_title",
        "steps",
        "body",
        "schools_title",
        "schools",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_text"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "home page"
        verbose_name_plural = "home pages"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"news": news_of(request)[:ON_THE_HOME_PAGE]}
