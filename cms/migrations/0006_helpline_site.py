"""Every helpline belongs to a site."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_each_site_its_own")]
    operations = [
        migrations.AlterField(
            "helpline",
            "site",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site", verbose_name="website"),
        ),
        migrations.AlterField(
            "directoryentry",
            "site",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site", verbose_name="website"),
        ),
    ]
