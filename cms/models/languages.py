"""The service in other languages and in easy read: short pages, each beside its English twin."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page

from cms import frame

from .standard import pages_below
from .web import WebPage


class Language(models.TextChoices):
    """The languages, each as its readers write it."""

    ARABIC = "ar", "العربية"
    BENGALI = "bn", "বাংলা"
    CHINESE = "zh-Hans", "简体中文"
    EASY_READ = "en-GB", "Easy read"
    PERSIAN = "fa", "فارسی"
    POLISH = "pl", "Polski"
    ROMANIAN = "ro", "Română"
    TURKISH = "tr", "Türkçe"
    UKRAINIAN = "uk", "Українська"
    URDU = "ur", "اردو"
    WELSH = "cy", "Cymraeg"


RIGHT_TO_LEFT = frozenset({Language.ARABIC, Language.PERSIAN, Language.URDU})


class LanguagesPage(WebPage):
    """The list of languages, each in its own script."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.LanguagePage"]
    max_count_per_parent = 1
    template = "cms/languages_page.html"

    class Meta:
        verbose_name = "languages page"
        verbose_name_plural = "languages pages"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"pages": pages_below(self, request)}


class LanguagePage(WebPage):
    """The most important things about the service in one language, written by a person and dated."""

    EASY_READ = Language.EASY_READ  # English too, so no other language's page

    language = models.CharField("language", max_length=8, choices=Language.choices)
    translated_on = models.DateField("written on", help_text="Shown on the page, beside a link to the English one.")
    twin = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="the same in English"
    )

    parent_page_types = ["cms.LanguagesPage"]
    subpage_types: list[str] = []
    template = "cms/language_page.html"
    content_panels = [*Page.content_panels, "language", "translated_on", "twin", "lede", "body", "next_steps"]

    class Meta:
        verbose_name = "page in another language"
        verbose_name_plural = "pages in other languages"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        around = frame.of(request)
        twin = around.of(self.twin) if around and self.twin else None  # only what everybody may read on this site
        return super().get_context(request, *args, **kwargs) | {"twin": twin}

    @property
    def direction(self) -> str:
        """Which way its script runs."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_english(self) -> bool:
        """Whether it is easy read, which is English too."""
        return self.language == Language.EASY_READ
