"""The Wagtail groups that the website needs; a migration makes them, and none of them opens casework."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, GroupSitePermission, Page, Site

WEBSITE_EDITOR = "Website editor"
TECHNICAL_ADMINISTRATOR = "Technical administrator"
LIBRARY_KEEPER = "Library keeper"
LIBRARY_READERS = "Library readers"

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


def editors_of(site: Site) -> Group:
    """The group that edits one site: `Website editor` for the default site, one with the service's name for another."""
    standard = Group.objects.get(name=WEBSITE_EDITOR)
    if site.is_default_site:
        return standard
    group, made = Group.objects.get_or_create(name=f"{WEBSITE_EDITOR}, {site.site_name}"[:150])
    if made:
        group.permissions.set(standard.permissions.all())
        for held in standard.collection_permissions.all():
            group.collection_permissions.create(collection_id=held.collection_id, permission_id=held.permission_id)
    return group


def let_editors_edit(site: Site, home: Page) -> Group:
    """Open one site's pages and settings to its editors, and no other site's."""
    group = editors_of(site)
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)
    settings = Permission.objects.get(content_type__app_label="cms", codename="change_servicesettings")
    GroupSitePermission.objects.get_or_create(group=group, site=site, permission=settings)
    return group
