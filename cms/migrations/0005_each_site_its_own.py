"""Gives each site helplines and a collection of pictures of its own: services see nothing of each other."""

from django.db import migrations

RIGHTS = ("add_image", "change_image", "choose_image")
EDITS = "change_servicesettings"
STEP = 4
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def share_out(apps, schema_editor):
    sites = list(apps.get_model("wagtailcore", "Site").objects.order_by("-is_default_site", "pk"))
    _share_out_helplines(apps.get_model("cms", "Helpline"), sites)
    held = apps.get_model("wagtailcore", "GroupCollectionPermission")
    edits = apps.get_model("wagtailcore", "GroupSitePermission").objects.filter(permission__codename=EDITS)
    images = apps.get_model("cms", "SiteImage").objects.all()
    first = None
    for site in sites:
        groups = list(edits.filter(site=site).values_list("group_id", flat=True))
        if groups:
            collection = _collection(apps, f"Pictures of {site.site_name or site.hostname}")
            first = first or collection
            for group in groups:
                for permission in apps.get_model("auth", "Permission").objects.filter(
                    content_type__app_label="wagtailimages", codename__in=RIGHTS
                ):
                    held.objects.get_or_create(group_id=group, collection=collection, permission=permission)
    if first:
        images.filter(collection__depth=1).update(collection=first)
    held.objects.filter(collection__depth=1, permission__codename__in=RIGHTS).delete()


def _share_out_helplines(Helpline, sites):
    for line in Helpline.objects.filter(site=None):
        for number, site in enumerate(sites):
            line.pk = line.pk if number == 0 else None
            line.site = site
            line.save()


def _collection(apps, name):
    Collection = apps.get_model("wagtailcore", "Collection")
    root = Collection.objects.get(depth=1)
    last = Collection.objects.filter(depth=2).order_by("path").last()
    number = int(last.path[-STEP:], 36) + 1 if last else 1
    step = ""
    while number:
        number, sign = divmod(number, 36)
        step = SIGNS[sign] + step
    root.numchild += 1
    root.save()
    return Collection.objects.create(name=name, path=root.path + step.zfill(STEP), depth=2, numchild=0)


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_whole_website"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(share_out, migrations.RunPython.noop)]
