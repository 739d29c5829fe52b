"""The website as data, for another website to show: read by everybody, and no more than everybody reads on its pages.

Wagtail's API, version 2, with lists of our own: which records there are, and which of their fields. Whoever is signed
in reads what a visitor reads. Wagtail's version 3 writes, and lets a token in where we ask for a second step: it is
not installed. `docs/api.md` says how to use this.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from rest_framework.fields import Field
from rest_framework.renderers import JSONRenderer
from wagtail.api import APIField
from wagtail.api.v2.filters import (
    AncestorOfFilter,
    ChildOfFilter,
    DescendantOfFilter,
    FieldsFilter,
    OrderingFilter,
    SearchFilter,
)
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.models import Page, PageQuerySet, ReferenceIndex, Site

from cms import library_pages, sites
from cms.models import DirectoryEntry, SiteImage

NAMESPACE = "api"
WIDTHS = (400, 800)
SEARCHED = frozenset({"search", "search_operator"})
COMMON = frozenset({"limit", "offset", "fields", "order", "format"})


class Team(Field):
    """The team as its page shows it: those who agreed, and no more of them than the public learns."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> list[dict[str, str]]:
        return [asdict(member) for member in sites.team_of(page.get_site())]


WORDS = ("lede", "body", "next_steps")
PAGE_FIELDS: Mapping[str, tuple[str | APIField, ...]] = {
    "cms.ChildrenPage": ("reader", *WORDS),
    "cms.ContactPage": ("lede", "body"),
    "cms.DirectoryPage": WORDS,
    "cms.HelpNowPage": ("emergency_title", "emergency_text", *WORDS),
    "cms.HomePage": (
        *("hero_title", "hero_text", "hero_picture", "notice", "doors"),
        *("steps_title", "steps", "body", "schools_title", "schools"),
    ),
    "cms.LanguagePage": ("language", "translated_on", *WORDS),
    "cms.LanguagesPage": WORDS,
    "cms.NewsIndexPage": WORDS,
    "cms.NewsPage": ("dated", *WORDS),
    "cms.PackagesPage": ("packages", *WORDS),
    "cms.PolicyPage": ("looked_at_on", *WORDS),
    "cms.SectionPage": WORDS,
    "cms.StandardPage": WORDS,
    "cms.StepsPage": ("steps", *WORDS),
    "cms.TeamPage": (APIField("team", serializer=Team()), *WORDS),
}
"""What of each kind of page is given out beside title and address; of a kind that is not here, nothing more."""


def public_pages(site: Site | None) -> PageQuerySet:
    """The pages of one site that everybody reads, whoever asks. The library is none of them, restricted or not."""
    if site is None:
        return Page.objects.none()
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    return pages.not_exact_type(*library_pages.KINDS).order_by("path")


def shown_pictures(site: Site | None) -> list[int]:
    """The pictures that public pages of one site show; one that stands in a draft alone is not among them."""
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in public_pages(site).values_list("pk", flat=True)],
        to_content_type=ContentType.objects.get_for_model(SiteImage),
    )
    return [int(pk) for pk in shown.values_list("to_object_id", flat=True)]


class ReadByAll:
    """What every endpoint has in common. Nobody is asked who they are, and nothing is taken in."""

    authentication_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head"]
    known_query_parameters = COMMON

    @property
    def site(self) -> Site | None:
        """The site of the host that was asked."""
        return Site.find_for_request(self.request)

    def resolve_rich_text_format(self) -> str:
        """As it is stored: a link to a page is its number, which says nothing of a page that is not public."""
        return "db_html"


class Pages(ReadByAll, PagesAPIViewSet):
    """The pages that everybody reads."""

    filter_backends = [
        *(FieldsFilter, ChildOfFilter, AncestorOfFilter, DescendantOfFilter, OrderingFilter),
        SearchFilter,  # last, for what is found cannot be filtered further
    ]
    known_query_parameters = COMMON | SEARCHED | {"type", "child_of", "ancestor_of", "descendant_of"}
    body_fields = ["id", "title"]
    meta_fields = [
        *("type", "detail_url", "html_url", "slug", "show_in_menus", "seo_title", "search_description"),
        *("first_published_at", "parent"),
    ]

    def get_base_queryset(self) -> PageQuerySet:
        return public_pages(self.site)

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:
        return cls._convert_api_fields([*cls.body_fields, *PAGE_FIELDS.get(model._meta.label, ())])

    @classmethod
    def get_meta_fields(cls, model: type[Page]) -> list[APIField]:
        return cls._convert_api_fields(cls.meta_fields)

    @classmethod
    def get_detail_default_fields(cls, model: type[Page]) -> list[str]:
        return cls.get_available_fields(model)

    @classmethod
    def get_listing_default_fields(cls, model: type[Page]) -> list[str]:
        return cls.listing_default_fields[:]


class Sizes(Field):
    """The addresses of a picture, by the width that it is at most. The picture as it was sent has no address."""

    def get_attribute(self, instance: SiteImage) -> SiteImage:
        return instance

    def to_representation(self, picture: SiteImage) -> dict[str, str]:
        sizes = picture.get_renditions(*(f"width-{width}|format-webp" for width in WIDTHS))
        return {str(width): size.full_url for width, size in zip(WIDTHS, sizes.values(), strict=True)}


class Pictures(ReadByAll, BaseAPIViewSet):
    """The pictures that those pages show."""

    filter_backends = [FieldsFilter, OrderingFilter]
    body_fields = ["id", "description", "width", "height", APIField("sizes", serializer=Sizes())]
    listing_default_fields = ["id", "type", "detail_url", "description", "sizes"]
    nested_default_fields = listing_default_fields
    name = "images"
    model = SiteImage

    def get_queryset(self) -> Any:
        return SiteImage.objects.filter(pk__in=shown_pictures(self.site)).order_by("pk")


class OtherHelp(ReadByAll, BaseAPIViewSet):
    """The directory of other help: the entries that the website shows."""

    filter_backends = [FieldsFilter, OrderingFilter]
    body_fields = [
        *("id", "name", "topic", "what", "who_for", "ages", "youngest", "oldest", "area", "cost", "languages"),
        *("how_to_ask", "telephone", "link", "last_checked"),
    ]
    listing_default_fields = ["type", "detail_url", *body_fields]
    name = "directory"
    model = DirectoryEntry

    def get_queryset(self) -> Any:
        return DirectoryEntry.objects.of(self.site).filter(shown=True).order_by("position", "name")


router = WagtailAPIRouter(NAMESPACE)
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Pictures)
router.register_endpoint("directory", OtherHelp)
