"""Whose a site is: the groups that edit it, the service behind it, and the sites that a person edits."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from wagtail.models import GroupSitePermission, Site

from casework.access import rules, website

EDITS = "change_servicesettings"


def editors_of(site: Site) -> list[int]:
    """The groups that edit a site; the coordinator's among them says whose service it is."""
    held = GroupSitePermission.objects.filter(site=site, permission__codename=EDITS)
    return list(held.order_by("group_id").values_list("group_id", flat=True))


def editors_by_site() -> dict[int, list[int]]:
    """The groups that edit each site."""
    editors: dict[int, list[int]] = defaultdict(list)
    for site, group in GroupSitePermission.objects.filter(permission__codename=EDITS).values_list("site", "group"):
        editors[site].append(group)
    return editors


def paths_of(groups: Any) -> list[str]:
    """Where the pages begin of the sites that these groups edit."""
    edited = GroupSitePermission.objects.filter(group__in=groups, permission__codename=EDITS)
    return list(edited.values_list("site__root_page__path", flat=True).distinct())


def edited_by(user: Any) -> QuerySet[Site]:
    """The sites that a person edits; who has nothing to do with the website is not asked after."""
    if "cms" not in rules.surfaces(user):
        return Site.objects.none()
    return Site.objects.filter(
        group_permissions__group__user=user, group_permissions__permission__codename=EDITS
    ).distinct()


def team_of(site: Site | None) -> list[website.Member]:
    """Those of a site's team who agreed to be shown."""
    return website.team_of(editors_of(site)) if site else []
