"""Where signing in joins Wagtail's admin: the pages of schools' sign-in and of accounts, and the way to them."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from allyance_site import surfaces

from . import account_care_views, providers

hooks.register("register_admin_urls", lambda: [*providers.urlpatterns, *account_care_views.urlpatterns])


class Entry(MenuItem):
    """The way there, for whoever may enter it."""

    def __init__(self, label: str, address: str, icon_name: str) -> None:
        self.opens = surfaces.surfaces_of(address)
        super().__init__(label, reverse(address), name=address.replace("_", "-"), icon_name=icon_name)

    def is_shown(self, request: Any) -> bool:
        return surfaces.may_enter(request.user, self.opens)


@hooks.register("register_settings_menu_item")
def offer_providers() -> MenuItem:
    """Beside the site's other settings."""
    return Entry("Sign-in of schools", "school_sign_ins", "key")


@hooks.register("register_settings_menu_item")
def offer_accounts() -> MenuItem:
    """As above."""
    return Entry("Accounts", account_care_views.NAME, "user")
