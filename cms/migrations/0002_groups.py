"""Makes the groups of the website, and closes what Wagtail opens by default.

The collection that every document lies in is restricted from the start, and the two groups that
Wagtail brings go, for both may add documents and nobody is in them yet.
"""

from django.conf import settings
from django.db import migrations

ADMIN = [("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")]
PICTURES = [("wagtailimages", "image", f"{verb}_image", f"Can {verb} image") for verb in ("add", "change", "choose")]
DOCUMENTS = [("wagtaildocs", "document", f"{verb}_document", f"Can {verb} document") for verb in ("add", "change", "delete", "choose")]
HELPLINES = [("cms", "helpline", f"{verb}_helpline", f"Can {verb} helpline") for verb in ("add", "change", "delete", "view")]
SETTINGS = [("cms", "servicesettings", "change_servicesettings", "Can change service settings")]
SITES = [("wagtailcore", "site", f"{verb}_site", f"Can {verb} site") for verb in ("add", "change", "delete", "view")]
REDIRECTS = [("wagtailredirects", "redirect", f"{verb}_redirect", f"Can {verb} redirect") for verb in ("add", "change", "delete", "view")]

# name: (permissions everywhere, permissions on the collection of all files)
GROUPS = {
    "Website editor": (ADMIN + HELPLINES, PICTURES),
    "Library keeper": (ADMIN, DOCUMENTS),
    "Library readers": ([], []),
    "Technical administrator": (ADMIN + SETTINGS + SITES + REDIRECTS, []),
}


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for name, (everywhere, on_files) in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permission(apps, *key) for key in everywhere])
        for key in on_files:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=root, permission=permission(apps, *key)
            )
    restriction, _ = apps.get_model("wagtailcore", "CollectionViewRestriction").objects.get_or_create(
        collection=root, restriction_type="groups"
    )
    restriction.groups.add(Group.objects.get(name="Library readers"))


def permission(apps, app_label, model, codename, name):
    """The permission, made now where Django would make it only after the last migration."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def take_groups_away(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=list(GROUPS)).delete()
    apps.get_model("wagtailcore", "CollectionViewRestriction").objects.filter(collection__depth=1, restriction_type="groups").delete()


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cms", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(make_groups, take_groups_away)]
