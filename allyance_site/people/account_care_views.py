"""The technical administrators' pages of accounts: who has one, how it stands, and three ways to help."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.generic import TemplateView

from allyance_site.people import account_care, accounts
from allyance_site.people.models import User
from allyance_site.people.providers import Framed
from casework.access import reading, rules

NAME = "account_care"
ON_A_PAGE = 50

DONE = {
    "sign_out": "{} is signed out everywhere, and is told.",
    "end_pause": "The next try of {} is looked at again.",
    "second_step": "The second step of {} is off, and a new invitation is on its way to their own address.",
}


class FramedAccounts(Framed):
    """As the pages of schools' sign-in."""

    page_title = LIST = "Accounts"
    ADDRESS = NAME
    header_icon = "user"


class Accounts(FramedAccounts, TemplateView):
    """Everybody who has an account, or whose account has ended; nothing of what they do here."""

    template_name = "people/accounts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, sought = self.request.user, self.request.GET.get("q", "").strip()
        people = accounts.with_standing(rules.visible_accounts(user)).order_by("last_name", "first_name", "pk")
        for word in sought.split():
            found = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            people = people.filter(found)
        page = Paginator(people, ON_A_PAGE).get_page(self.request.GET.get("p"))
        reading.listed(user, User, rows=page.paginator.count, search=bool(sought))
        return super().get_context_data(**kwargs) | {"page": page, "sought": sought}


class Account(FramedAccounts, TemplateView):
    """One account, and what can be done for its person."""

    template_name = "people/account_of.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        people = accounts.with_standing(rules.visible_accounts(request.user))
        self.person = get_object_or_404(people, uuid=kwargs["uuid"])
        self.page_title = str(self.person)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        what, person, by = request.POST.get("what", ""), self.person, request.user
        acts: dict[str, Callable[[], None]] = {
            "sign_out": lambda: account_care.sign_out(person, by=by),
            "end_pause": lambda: account_care.end_pause(request, person, by=by),
            "second_step": lambda: account_care.take_second_step_off(person, by=by),
        }
        if what not in acts:
            raise Http404
        if what == "second_step" and "sure" not in request.POST:
            messages.error(request, "Tick first that you know it is they who asked.")
            return redirect(request.path)
        try:
            acts[what]()
        except PermissionDenied:
            raise Http404 from None
        messages.success(request, DONE[what].format(person))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading.opened(self.request.user, self.person, part="account")
        helps = rules.can_help_with_account(self.request.user, self.person)
        return super().get_context_data(**kwargs) | {"person": self.person, "helps": helps}


urlpatterns = [
    path("accounts/", Accounts.as_view(), name=NAME),
    path("accounts/<uuid:uuid>/", Account.as_view(), name=f"{NAME}_one"),
]
