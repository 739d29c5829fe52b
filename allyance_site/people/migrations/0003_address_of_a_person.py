"""Each account gets a UUID, by which its page in the register of people is called."""

from uuid import uuid4

from django.db import migrations, models


def give_addresses(apps, schema_editor):
    for user in apps.get_model("people", "User").objects.filter(uuid=None):
        user.uuid = uuid4()
        user.save(update_fields=["uuid"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_signing_in")]

    operations = [
        migrations.AddField(
            "user", "uuid", models.UUIDField(null=True, editable=False, verbose_name="address")
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            "user", "uuid", models.UUIDField(default=uuid4, editable=False, unique=True, verbose_name="address")
        ),
    ]
