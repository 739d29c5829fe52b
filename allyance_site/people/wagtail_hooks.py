"""Where signing in joins Wagtail's admin: the pages of schools' sign-in, and the way to them."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from allyance_site import surfaces

from .providers import urlpatterns

NAME = "school_sign_ins"

hooks.register("register_admin_urls", lambda: urlpatterns)


class Entry(MenuItem):
    """The way there, for whoever may enter it."""

    def is_shown(self, request: Any) -> bool:
        return surfaces.may_enter(request.user, surfaces.surfaces_of(NAME))


@hooks.register("register_settings_menu_item")
def offer_providers() -> MenuItem:
    """Beside the site's other settings."""
    return Entry("Sign-in of schools", reverse(NAME), name="school-sign-ins", icon_name="key")
