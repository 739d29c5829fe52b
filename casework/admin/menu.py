"""The menu: at most six entries for anybody, the most used first; what is left over is found under More."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, settings_menu
from wagtail.admin.ui.sidebar import ActionMenuItem, BaseSidebarAdapter, LinkMenuItem, MainMenuModule

from ..access import rules
from ..access.roles import SCHOOL_STAFF, Role
from ..access.scope import Scope, of
from ..models import Allocation, Cluster, Concern, HoursRequest, Practitioner, Pupil, Referral, School, Session
from .registers import SETUP

MOST = 6
LIBRARY = "/library/"
SITE_CARE = {"wagtailredirects:index", "wagtailsettings:edit", "school_sign_ins", "account_care"}

WEBSITES_OWN = {"helplines", "other-help", "files-to-download", "numbers-to-check", "website-messages"}
"""The names of what the website itself puts on the menu."""

Held = Callable[[Scope], bool]


@dataclass(frozen=True)
class Entry:
    """One entry: its words, icon and address, and whose it is."""

    name: str
    label: str
    icon: str
    address: str
    held: Held

    def item(self, order: int) -> MenuItem:
        return MenuItem(
            self.label, reverse(self.address), name=self.name, icon_name=self.icon, order=order, classname="menu-entry"
        )


def _listed(model: type[Any]) -> str:
    return f"casework_{model._meta.model_name}_modeladmin_index"


def _coordinates(scope: Scope) -> bool:
    return bool(scope.held(Role.COORDINATOR))


def _teaches(scope: Scope) -> bool:
    return bool(scope.held(*SCHOOL_STAFF))


def _works(scope: Scope) -> bool:
    return bool(scope.practitioners or scope.worked)


def _hears(scope: Scope) -> bool:
    return bool(scope.held(Role.DSL, Role.CHAIR, Role.SAFEGUARDING_LEAD))


def _supervises(scope: Scope) -> bool:
    return bool(scope.held(Role.SUPERVISOR))


def _has_cases(scope: Scope) -> bool:
    return _coordinates(scope) or _teaches(scope) or _works(scope) or _supervises(scope)


_SUPERVISION = "casework_supervision"

ENTRIES = (
    Entry("refer", "Refer a child", "plus", "casework_refer", _teaches),
    Entry("queue", "Waiting list", "time", "casework_queue", _has_cases),
    Entry("referrals", "Referrals", "list-ul", _listed(Referral), _has_cases),
    Entry("pupils", "Pupils", "group", _listed(Pupil), lambda scope: _teaches(scope) and not _coordinates(scope)),
    Entry(
        "supervise", "Supervision", "group", _SUPERVISION,
        lambda scope: _supervises(scope) and not _coordinates(scope),
    ),
    Entry(
        "sessions", "Sessions", "date", _listed(Session),
        lambda scope: (_works(scope) or _supervises(scope)) and not _coordinates(scope),
    ),
    Entry("concerns", "Concerns", "warning", _listed(Concern), lambda scope: _hears(scope) or _works(scope)),
    Entry(
        "team", "Team", "user", _listed(Practitioner), lambda scope: _supervises(scope) and not _coordinates(scope)
    ),
    Entry(
        "supervision", "Supervision", "group", _SUPERVISION,
        lambda scope: bool(scope.practitioners) and not _supervises(scope) and not _coordinates(scope),
    ),
    Entry(
        "readiness", "Readiness", "check", "casework_readiness",
        lambda scope: bool(scope.held(Role.SUPERVISOR)) and not _coordinates(scope),
    ),
    Entry(
        "clusters", "Clusters", "site", _listed(Cluster),
        lambda scope: bool(scope.held(Role.TSL)) and not _coordinates(scope),
    ),
    Entry(
        "schools", "Schools", "home", _listed(School),
        lambda scope: bool(scope.held(Role.TSL, Role.DSL, Role.CHAIR)) and not _coordinates(scope),
    ),
)  # fmt: skip

RECORDS = (
    Entry("board", "Allocation board", "user", "casework_board", _coordinates),
    Entry("stuck", "What is stuck", "warning", "casework_triage", _coordinates),
    Entry("pupils", "Pupils", "group", _listed(Pupil), _coordinates),
    Entry("hours", "Hours", "time", "casework_hours", _coordinates),
    Entry("hours-requests", "Requests for hours", "time", _listed(HoursRequest), _coordinates),
    Entry("packs", "Safeguarding packs", "clipboard-list", "casework_packs", _coordinates),
    Entry("allocations", "Allocations", "user", _listed(Allocation), _coordinates),
    Entry("sessions", "Sessions", "date", _listed(Session), _coordinates),
    Entry("coverage", "Who is where", "calendar-alt", "casework_coverage", _coordinates),
    Entry("readiness", "Readiness", "check", "casework_readiness", _coordinates),
    Entry("reading", "Who has read what", "doc-full", "casework_library_lists", _coordinates),
    Entry("months", "Therapists’ months", "time", "casework_months", _coordinates),
    Entry("supervision", "Supervision and training", "group", _SUPERVISION, _coordinates),
)


def put_entries(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hook: our entries instead of Wagtail's."""
    user = request.user
    scope, surfaces = of(user), rules.surfaces(user)
    chosen = [MenuItem("Home", reverse("wagtailadmin_home"), name="home", icon_name="home", order=0)]
    chosen += [entry.item(0) for entry in ENTRIES if entry.held(scope)]
    if _coordinates(scope):
        chosen.append(_group("records", "Records", "folder-open-1", [entry.item(0) for entry in RECORDS]))
        chosen.append(
            _group("set-up", "Set-up", "cogs", [register.get_menu_item(place) for place, register in enumerate(SETUP)])
        )
    website = _website(request, items, surfaces)
    library = [MenuItem("Library", LIBRARY, name="library", icon_name="doc-full")] if "library" in surfaces else []
    if _coordinates(scope):
        chosen.append(_group("website", "Website", "site", [*website, *library]))
    else:
        chosen += [*website, *library]
    items[:] = _at_most_six(chosen)


def site_care(request: HttpRequest) -> list[MenuItem]:
    """The settings of the site that this person may open."""
    items = settings_menu.menu_items_for_request(request)
    return [item for item in items if resolve(item.url).view_name in SITE_CARE]


class OwnAccountMenu(BaseSidebarAdapter):
    """Wagtail's menu with our own account page and our way out under the person's name, and nothing else."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, module: MainMenuModule) -> list[Any]:
        items, _, person = module.js_args()
        own = [
            LinkMenuItem("account", "My account", reverse("mfa_index"), icon_name="user"),
            ActionMenuItem("sign-out", "Sign out", reverse("account_logout"), icon_name="logout"),
        ]
        return [items, own, person]


def _website(request: HttpRequest, items: list[MenuItem], surfaces: frozenset[str]) -> list[MenuItem]:
    """What of Wagtail's own menu is open to this person."""
    found: list[MenuItem] = []
    offered = {item.name for item in items}
    if "cms" in surfaces:
        pages, images = reverse("wagtailadmin_explore_root"), reverse("wagtailimages:index")
        found.append(MenuItem("Pages", pages, name="pages", icon_name="doc-empty"))
        if "images" in offered:
            found.append(MenuItem("Images", images, name="images", icon_name="image"))
    if "coordination" in surfaces and "documents" in offered:
        found.append(
            MenuItem("Library files", reverse("wagtaildocs:index"), name="files", icon_name="doc-full-inverse")
        )
    if "cms" in surfaces:
        found += [item for item in items if item.name in WEBSITES_OWN]
    if surfaces & {"cms", "system"}:
        found += [
            MenuItem(str(item.label), item.url, name=item.name, icon_name=item.icon_name) for item in site_care(request)
        ]
    return found


def _group(name: str, label: str, icon: str, items: list[MenuItem]) -> SubmenuMenuItem:
    for place, item in enumerate(items):
        item.order = place
    return SubmenuMenuItem(label, Menu(items=items), name=name, icon_name=icon)


def _at_most_six(items: list[MenuItem]) -> list[MenuItem]:
    """Six as they are; of more, five and a group with the rest."""
    kept = items
    if len(items) > MOST:
        rest = items[MOST - 1 :]
        flat = [inner for item in rest for inner in (item.menu.initial_menu_items if hasattr(item, "menu") else [item])]
        kept = [*items[: MOST - 1], _group("more", "More", "dots-horizontal", flat)]
    for place, item in enumerate(kept):
        item.order = place
    return kept
