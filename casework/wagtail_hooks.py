"""Where casework joins Wagtail's admin: addresses, registers, the first page, the menu and the looks."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.telepath import register as register_adapter
from wagtail.admin.ui.sidebar import MainMenuModule

from .admin import home, menu
from .admin.registers import REGISTERS
from .admin.urls import urlpatterns

STYLES = (
    "public/demo_bar.css",
    "casework/casework.css",
    "casework/home.css",
    "casework/registers.css",
    "casework/case.css",
    "casework/step_bar.css",
    "casework/board.css",
    "casework/concerns.css",
    "casework/hours.css",
    "casework/readiness.css",
    "casework/supervision.css",
)

for register in REGISTERS:
    register.register_with_wagtail()

register_adapter(menu.OwnAccountMenu(), MainMenuModule)

hooks.register("register_admin_urls", lambda: urlpatterns)
hooks.register("construct_homepage_panels", home.put_cards)
hooks.register("construct_homepage_summary_items", home.take_summary_away)
hooks.register("construct_main_menu", menu.put_entries)


@hooks.register("insert_global_admin_css")
def link_styles() -> SafeString:
    """Our style sheets, after Wagtail's."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLES))


@hooks.register("insert_global_admin_js")
def link_script() -> SafeString:
    """What keeps a form's words when the connection is lost; forms are sent without it too."""
    return format_html('<script src="{}" defer></script>', static("casework/sending.js"))
