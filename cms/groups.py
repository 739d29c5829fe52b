"""The Wagtail groups that the website needs; a migration makes them, and none of them opens casework."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupPagePermission, GroupSitePermission, Page, Site

WEBSITE_EDITOR = "Website editor"
TECHNICAL_ADMINISTRATOR = "Technical administrator"
LIBRARY_KEEPER = "Library keeper"
LIBRARY_READERS = "Library readers"

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
PICTURE_PERMISSIONS = ("add_image", "change_image", "choose_image")


def editors_of(site: Site) -> Group:
    """The group that edits one site: `Website editor` for the default site, one with the service's name for another."""
    standard = Group.objects.get(name=WEBSITE_EDITOR)
    if site.is_default_site:
        return standard
    group, made = Group.objects.get_or_create(name=f"{WEBSITE_EDITOR}, {site.site_name}"[:150])
    if made:
        group.permissions.set(standard.permissions.all())
    return group


def pictures_of(site: Site) -> Collection:
    """Where the pictures of a site lie; no other site's editors see them."""
    root = Collection.get_first_root_node()
    name = f"Pictures of {site.site_name or site.hostname}"
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def let_editors_edit(site: Site, home: Page) -> Group:
    """Open one site's pages, pictures and settings to its editors, and no other site's."""
    group = editors_of(site)
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)
    for codename in PICTURE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
        group.collection_permissions.get_or_create(collection=pictures_of(site), permission=permission)
    settings = Permission.objects.get(content_type__app_label="cms", codename="change_servicesettings")
    GroupSitePermission.objects.get_or_create(group=group, site=site, permission=settings)
    return group
