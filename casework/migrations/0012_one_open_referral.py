
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0011_hours_calendar_and_other_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'submitted', 'returned', 'discussion', 'accepted', 'allocated', 'assessment', 'active', 'review', 'ending', 'on_hold'))), fields=('pupil', 'school', 'school_may_see'), name='one_open_referral_of_a_pupil'),
        ),
    ]
