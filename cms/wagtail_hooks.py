"""Where Wagtail hands over to our rules: the library's, before its own checks, and whose pages an editor is shown."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from cms import (
    admin_addresses,
    choosing,
    content_checker,
    deleting,
    files_list,
    help_page,
    messages,
    own_sites,
    public_files,
    reading_room,
    sites,
)
from cms.library import LibraryPage
from cms.library_pages import LibraryArticlePage, OwnPages
from cms.library_writing import unless_it_is_the_librarys

register_permission_policy(Page, OwnPages())
for model in own_sites.MODELS:
    register_permission_policy(model, own_sites.SitePolicy(model))

# Files are added one at a time: Wagtail's page for many at once is closed.
documents.IndexView.add_url_name = "wagtaildocs:add"
images.IndexView.add_url_name = "wagtailimages:add"

# The list of documents says whether each holds, and what is known of viruses in it.
documents.IndexView.columns = files_list.with_viruses(documents.IndexView.columns)
documents.IndexView.is_scanned = files_list.is_scanned
documents.IndexView.template_name = "cms/files_list.html"
documents.IndexView.get_base_queryset = files_list.with_standing(documents.IndexView.get_base_queryset)
documents.DeleteView.dispatch = deleting.kept_once_opened(documents.DeleteView.dispatch)

ExplorableIndexView.get = unless_it_is_the_librarys(ExplorableIndexView.get)

hooks.register("before_delete_page", help_page.before_delete)
hooks.register("before_unpublish_page", help_page.before_unpublish)
hooks.register("after_unpublish_page", help_page.after_unpublish)
hooks.register("construct_page_chooser_queryset", choosing.own_pages)
hooks.register("construct_wagtail_userbar", content_checker.use_ours)
hooks.register("register_admin_urls", lambda: admin_addresses.urlpatterns)
hooks.register("register_admin_viewset", lambda: [*own_sites.VIEWSETS, public_files.PublicFiles()])


class Entry(MenuItem):
    """A page of ours, for whoever finds something there."""

    def __init__(self, label: str, address: str, icon_name: str, is_for: Callable[[Any], bool]) -> None:
        super().__init__(label, reverse(address), name=address.replace("_", "-"), icon_name=icon_name)
        self.is_for = is_for

    def is_shown(self, request: HttpRequest) -> bool:
        return self.is_for(request.user)


@hooks.register("register_admin_menu_item")
def offer_messages() -> MenuItem:
    """What was written through the website."""
    return Entry("Messages", "website_messages", "mail", messages.reads_some)


@hooks.register("register_admin_menu_item")
def offer_numbers() -> MenuItem:
    """What nobody has checked in time."""
    return Entry("Help page and numbers", "numbers_to_check", "warning", lambda user: sites.edited_by(user).exists())


@hooks.register("register_log_actions")
def name_acts(actions: Any) -> None:
    """What is on record of a message, and of the help page."""
    actions.register_action("cms.help_page.asked", "Ask to take it off", "Asked to take it off the website")
    actions.register_action("cms.help_page.agreed", "Agree to take it off", "Agreed to take it off the website")
    actions.register_action("cms.help_page.refused", "Keep it", "Kept on the website")
    actions.register_action("cms.message.opened", "Open a message", "Message opened")
    actions.register_action("cms.message.answered", "Answer a message", "Message answered")


# The rule decides and the answer is complete, so that Wagtail's own check (which would
# tell a stranger by a redirect that the thing exists) is never reached for the library.
@hooks.register("before_serve_page", order=-1)
def ask_before_library(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """The library's pages are shown by the reading room; every other page goes its usual way."""
    if isinstance(page, LibraryPage):
        return reading_room.show_library(page, request)
    if isinstance(page, LibraryArticlePage):
        return reading_room.show_article(page, request)
    return None
