"""“Get help now” stays on the website: it is never deleted, and takes two people, or tells the others, to go off it.

By default it goes at once, all others who edit the site are told, and one click brings it back. Where the service wants
two people for it, it stays until a second one has said yes.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from wagtail.log_actions import log
from wagtail.models import Page

from casework.access import website
from cms import sites
from cms.models import HelpNowPage, TakingDown

LIST = "numbers_to_check"
NEVER = "“Get help now” is never deleted. Take it off the website, where it must be; one click brings it back."
WAITS = (
    "“Get help now” is still there: somebody else who edits this website has been asked, and it goes with their yes."
)
NOBODY = "Nobody else edits this website, so nobody could say the second yes. It stays."
DOWN = "“Get help now” is off the website. The others who edit it have been told."


def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """No page goes for good that a help page is, or lies below."""
    if not _among(page.get_descendants(inclusive=True)).exists():
        return None
    messages.error(request, NEVER)
    return redirect("wagtailadmin_pages:edit", page.pk)


def before_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Where two people are wanted, the wish is written down instead, and the page stays."""
    below = bool(request.POST.get("include_descendants"))
    pages = page.get_descendants(inclusive=True) if below else Page.objects.filter(pk=page.pk)
    going = list(_among(pages).filter(live=True))
    if not any(website.two_take_help_down(_editors(one)) for one in going):
        request.help_going = going  # type: ignore[attr-defined]
        return None
    asked = [ask(one, by=request.user) for one in going]
    messages.warning(request, WAITS if all(asked) else NOBODY)
    return redirect("wagtailadmin_pages:edit", page.pk)


def after_unpublish(request: HttpRequest, page: Page) -> None:
    """The others learn of it."""
    for one in getattr(request, "help_going", ()):
        website.tell_of_help("help_page_down", _others(one, request.user))
        messages.warning(request, DOWN)


@transaction.atomic
def ask(page: HelpNowPage, *, by: Any) -> bool:
    """Ask the others for the second yes; False where there are none. Asked twice, it is asked once."""
    others = _others(page, by)
    if not others:
        return False
    _, made = TakingDown.objects.get_or_create(page=page, defaults={"asked_by": by})
    if made:
        log(page, "cms.help_page.asked", user=by)
        website.tell_of_help("help_page_waits", others)
    return True


@transaction.atomic
def answer(page: HelpNowPage, *, yes: bool, by: Any) -> None:
    """The second person's answer, or that who asked takes it back. PermissionDenied for a yes to one's own wish."""
    wish = get_object_or_404(TakingDown.objects.select_for_update(), page=page)
    if yes and wish.asked_by_id == by.pk:
        raise PermissionDenied
    asked_by = wish.asked_by
    wish.delete()
    log(page, "cms.help_page.agreed" if yes else "cms.help_page.refused", user=by)
    if yes:
        page.unpublish(user=by)
        website.tell_of_help("help_page_down", _others(page, by))
    elif asked_by != by:
        website.tell_of_help("help_page_kept", [asked_by])


def bring_back(page: HelpNowPage, *, by: Any) -> None:
    """As it was when it went; what was written since stays among its versions."""
    TakingDown.objects.filter(page=page).delete()
    page.save_revision(user=by).publish(user=by)


def of_own_sites(user: Any) -> QuerySet[HelpNowPage]:
    """The help pages of the sites that a person edits."""
    pages = HelpNowPage.objects.none()
    for site in sites.edited_by(user).select_related("root_page"):
        pages |= HelpNowPage.objects.descendant_of(site.root_page)
    return pages.select_related("taking_down__asked_by")


def to_look_at(user: Any) -> list[HelpNowPage]:
    """Those of them that are off the website, or that somebody wants to take off it."""
    return [page for page in of_own_sites(user) if not page.live or hasattr(page, "taking_down")]


class HelpPage(View):
    """What one button says of one help page; its address leads back to them."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(of_own_sites(request.user), pk=pk)
        return redirect(LIST)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = get_object_or_404(of_own_sites(request.user), pk=pk)
        said = request.POST.get("answer")
        if said == "back" and not page.live:
            bring_back(page, by=request.user)
            messages.success(request, "“Get help now” is on the website again.")
        elif said in ("yes", "no"):
            answer(page, yes=said == "yes", by=request.user)
            messages.success(request, DOWN if said == "yes" else "It stays on the website.")
        else:
            raise Http404
        return redirect(LIST)


def _among(pages: Any) -> Any:
    return HelpNowPage.objects.filter(pk__in=pages.order_by().values("pk"))


def _editors(page: Page) -> list[int]:
    site = page.get_site()
    return sites.editors_of(site) if site else []


def _others(page: Page, user: Any) -> Iterable[Any]:
    people = get_user_model()._default_manager.filter(groups__in=_editors(page), is_active=True)
    return list(people.exclude(pk=user.pk).distinct())
