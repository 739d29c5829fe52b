"""Whose a site is: the groups that edit it, the service behind it, and the sites that a person edits."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import GroupSitePermission, Site

from casework.access import website

EDITS = "change_servicesettings"


def editors_of(site: Site) -> list[int]:
    """The groups that edit a site; the coordinator's among them says whose service it is."""
    held = GroupSitePermission.objects.filter(site=site, permission__codename=EDITS)
    return list(held.order_by("group_id").values_list("group_id", flat=True))


def edited_by(user: Any) -> QuerySet[Site]:
    """The sites that a person edits."""
    return Site.objects.filter(
        group_permissions__group__user=user, group_permissions__permission__codename=EDITS
    ).distinct()


def team_of(site: Site | None) -> list[website.Member]:
    """Those of a site's team who agreed to be shown."""
    return website.team_of(editors_of(site)) if site else []
