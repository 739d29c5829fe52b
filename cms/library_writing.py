"""Who writes the library's own pages: of those who edit a website, whoever coordinates its service."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, PagePermissionTester

from casework.access import rules
from cms import sites


class Writing(PagePermissionTester):
    """What somebody may do in the admin with a page of the library: as much as with any other of the website, if they
    coordinate its service, and otherwise nothing."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not may_write(user, page):
            self.permissions: set[str] = set()


class Shelving(PagePermissionTester):
    """What somebody may do with the library itself: put pages there, if they coordinate the service."""

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and may_write(self.user, self.page)


def unless_it_is_the_librarys(get: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail's list of what lies below a page, which names that page to whoever edits anything of its site."""

    def ask_first(view: Any, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        page = apps.get_model("cms.LibraryArticlePage").objects.filter(pk=parent_page_id).first()
        if page is not None and not may_write(request.user, page):
            raise Http404
        return get(view, request, parent_page_id)

    return ask_first


def may_write(user: Any, page: Page) -> bool:
    """Whether this person coordinates the service whose site it is."""
    site = page.get_site()
    return bool(site) and rules.can_write_library_pages(user, sites.editors_of(site))
