"""Wagtail's groups: what each may do, and above all what none may."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, GroupPagePermission

from cms import groups

NEVER = {"add_user", "change_user", "delete_user", "add_group", "change_group", "delete_group"}


def codenames(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


def on_files(group: Group) -> set[str]:
    return set(GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", flat=True))


def test_groups_are_ours_alone(db):
    of_other_sites = f"{groups.WEBSITE_EDITOR},"
    names = set(Group.objects.exclude(name__startswith=of_other_sites).values_list("name", flat=True))
    assert names == {
        groups.WEBSITE_EDITOR,
        groups.TECHNICAL_ADMINISTRATOR,
        groups.LIBRARY_KEEPER,
        groups.LIBRARY_READERS,
    }


def test_no_group_changes_people_or_touches_casework(site, cluster_site):
    held = Permission.objects.filter(group__isnull=False)
    assert not NEVER & set(held.values_list("codename", flat=True))
    assert not held.filter(content_type__app_label__in=["casework", "guardian", "people"]).exists()


def test_website_editor_edits_pages_and_pictures_and_no_documents(site):
    editor = Group.objects.get(name=groups.WEBSITE_EDITOR)
    assert "access_admin" in codenames(editor)
    assert on_files(editor) == {"add_image", "change_image", "choose_image"}
    pages = GroupPagePermission.objects.filter(group=editor)
    assert {row.permission.codename for row in pages} == set(groups.PAGE_PERMISSIONS)
    assert {row.page_id for row in pages} == {site.root_page_id}


def test_second_site_has_editors_of_its_own(site, cluster_site):
    second = groups.editors_of(cluster_site)
    assert second.name == "Website editor, Harbourside Cluster Partnership"
    assert codenames(second) == codenames(groups.editors_of(site))
    assert on_files(second) == on_files(groups.editors_of(site))


def test_editors_of_two_sites_share_no_pictures(site, cluster_site):
    first, second = (
        set(groups.editors_of(place).collection_permissions.values_list("collection__name", flat=True))
        for place in (site, cluster_site)
    )
    assert first == {"Pictures of Larkwell School Counselling"}
    assert second == {"Pictures of Harbourside Cluster Partnership"}


def test_second_site_has_pages_of_its_own(site, cluster_site):
    second = groups.editors_of(cluster_site)
    assert set(GroupPagePermission.objects.filter(group=second).values_list("page_id", flat=True)) == {
        cluster_site.root_page_id
    }


def test_readers_may_do_nothing(db):
    readers = Group.objects.get(name=groups.LIBRARY_READERS)
    assert not codenames(readers) and not on_files(readers)


def test_technical_administrator_cares_for_sites_only(db):
    held = Group.objects.get(name=groups.TECHNICAL_ADMINISTRATOR).permissions
    models = set(held.values_list("content_type__app_label", "content_type__model"))
    assert models == {
        ("wagtailadmin", "admin"),
        ("cms", "servicesettings"),
        ("wagtailcore", "site"),
        ("wagtailredirects", "redirect"),
    }


@pytest.mark.parametrize("name", ["a child of the root", "the root"])
def test_every_document_lies_in_a_restricted_collection(db, name):
    root = Collection.get_first_root_node()
    collection = root if name == "the root" else root.add_child(name="Cawdale")
    restriction = collection.get_view_restrictions().get()
    assert restriction.restriction_type == CollectionViewRestriction.GROUPS
