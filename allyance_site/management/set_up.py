"""What every service needs beside its own rows, the demo's and a live one's: who edits its website, and its files."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Site

from casework.models import Service
from cms import groups

DOCUMENT_RIGHTS = ("add_document", "change_document", "choose_document")


def editors_of(service: Service, site: Site) -> Group:
    """A group of the coordinator's own, which may do what the website's editors may: the documents come on top."""
    website = groups.editors_of(site)
    group = Group.objects.create(name=f"Coordinator of {service.name}"[:150])
    group.permissions.set(website.permissions.all())
    for held in website.page_permissions.all():
        group.page_permissions.create(page=held.page, permission=held.permission)
    for held in website.site_permissions.all():
        group.site_permissions.create(site=held.site, permission=held.permission)
    for held in website.collection_permissions.all():
        group.collection_permissions.create(collection=held.collection, permission=held.permission)
    return group


def collection_of(service: Service) -> Collection:
    """Where the documents of a service lie."""
    return Collection.get_first_root_node().add_child(name=service.name)


def open_files(service: Service, collection: Collection) -> None:
    """Let the coordinator look after the service's own documents."""
    for codename in DOCUMENT_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        service.editors.collection_permissions.create(collection=collection, permission=permission)
