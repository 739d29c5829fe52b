"""Where Wagtail hands over to our rules: the library's, before its own checks, and whose pages an editor is shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Page

from cms import choosing, files_list, reading_room
from cms.library import LibraryPage

# Files are added one at a time: Wagtail's page for many at once is closed.
documents.IndexView.add_url_name = "wagtaildocs:add"
images.IndexView.add_url_name = "wagtailimages:add"

# The list of documents says what is known of viruses in each.
documents.IndexView.columns = files_list.with_viruses(documents.IndexView.columns)
documents.IndexView.is_scanned = files_list.is_scanned
documents.IndexView.template_name = "cms/files_list.html"

hooks.register("construct_page_chooser_queryset", choosing.own_pages)


# The rule decides and the answer is complete, so that Wagtail's own check (which would
# tell a stranger by a redirect that the thing exists) is never reached for the library.
@hooks.register("before_serve_page", order=-1)
def ask_before_library(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """The library's page is shown by the reading room; every other page goes its usual way."""
    if isinstance(page, LibraryPage):
        return reading_room.show_library(page, request)
    return None
