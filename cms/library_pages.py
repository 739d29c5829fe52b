"""The service's own pages in the library: how things are done here, for the team alone."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from casework.access import rules
from cms import sites
from cms.blocks import PageBlocks
from cms.library import LibraryPage
from cms.library_writing import Writing
from cms.own_things import OwnThingsPageForm


class LibraryArticlePage(Page):
    """A page that the team reads and no visitor. Wagtail alone never shows it: `cms.reading_room` does, after asking
    the rule. What must be read is a document, for its versions are files."""

    lede = models.TextField("the answer in two sentences", max_length=300, help_text="Many read only this.")
    body = StreamField(PageBlocks(), verbose_name="page", blank=True)

    parent_page_types = ["cms.LibraryPage"]
    subpage_types: list[str] = []
    base_form_class = OwnThingsPageForm
    content_panels = [*Page.content_panels, "lede", "body"]
    promote_panels = ["slug"]
    template = "cms/library_article_page.html"

    class Meta:
        verbose_name = "page of the library"
        verbose_name_plural = "pages of the library"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Reached only if the hook that asks the rule is gone: then nobody reads.
        raise Http404

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return Writing(user, self)


class OwnPages(PagePermissionPolicy):
    """Wagtail's rules of pages, but that the library's are found by nobody who may not write them."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Page]:
        found: QuerySet[Page] = super().instances_user_has_any_permission_for(user, actions)
        articles = LibraryArticlePage.objects.order_by()
        for path in sites.paths_of(rules.groups_coordinated(user)):
            articles = articles.exclude(path__startswith=path)
        return found.exclude(pk__in=articles.values("pk"))


KINDS: tuple[type[Page], ...] = (LibraryPage, LibraryArticlePage)
"""What no visitor is shown, told of or given as data, restricted or not."""


def readable(user: Any, page: LibraryPage) -> list[LibraryArticlePage]:
    """The pages below a library that this person reads; all of them, or none."""
    site = page.get_site()
    if not site or not rules.can_read_library_pages(user, sites.editors_of(site)):
        return []
    return list(LibraryArticlePage.objects.child_of(page).live().order_by("path"))


def may_read(user: Any, page: Page) -> bool:
    """Whether this person is of the team of the service whose site it is."""
    site: Site | None = page.get_site()
    return bool(site) and page.live and rules.can_read_library_pages(user, sites.editors_of(site))
