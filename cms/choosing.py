"""Which pages an editor is shown when a link is to lead to a page: those of the site that they edit.

Wagtail's chooser names every page of every site, drafts too; two services in one installation see nothing of each
other.
"""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry


def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Of these pages, those that this person finds in the explorer."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=explorable.order_by().values("pk"))


def choose_child(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Wagtail's list of the pages below one, where that one is the person's own."""
    if not own_pages(Page.objects.all(), request).filter(pk=parent_page_id).exists():
        raise Http404
    return BrowseView.as_view()(request, parent_page_id=parent_page_id)
