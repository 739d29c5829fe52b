"""Agreements by purpose, with an end, withdrawn or not; links for an answer; more about carers and who else helps."""

from datetime import timedelta

import casework.sealed
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


def key_and_day(apps, schema_editor):
    """An agreement that is there is sealed under its case's key, and holds for a year."""
    rows = apps.get_model("casework", "FamilyAgreement").objects
    for agreement in rows.select_related("referral").iterator():
        agreement.data_key_id = agreement.referral.data_key_id
        agreement.review_on = agreement.agreed_on + timedelta(days=365)
        agreement.save(update_fields=["data_key", "review_on"])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table cannot be altered in this transaction


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_concerns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='address')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('purpose', models.CharField(choices=[('work', 'counselling, questionnaires and talking with the school'), ('meeting', 'sharing at a Support and Guidance meeting'), ('service', 'a referral to another service'), ('camhs', 'a referral to CAMHS'), ('year_7', 'going on in Year 7 at the next school')], default='work', max_length=8, verbose_name='to what')),
                ('expires_at', models.DateTimeField(editable=False, verbose_name='works until')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken back')),
                ('answer', models.CharField(blank=True, choices=[('yes', 'yes'), ('no', 'no'), ('ask', 'please ask me')], editable=False, max_length=3, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('answered_by', casework.sealed.SealedTextField(blank=True, editable=False, kind='contact', verbose_name='who answered')),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='looked at')),
                ('counts', models.BooleanField(default=False, editable=False, verbose_name='counts')),
            ],
            options={
                'verbose_name': 'agreement by link',
                'verbose_name_plural': 'agreements by link',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Professional',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='address')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('name', casework.sealed.SealedTextField(kind='contact', verbose_name='name')),
                ('job', casework.sealed.SealedTextField(kind='contact', verbose_name='what they do')),
                ('agency', casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='for whom they work')),
                ('telephone', casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='telephone')),
                ('email', casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='e-mail address')),
                ('is_lead', models.BooleanField(default=False, help_text='Who keeps the agencies’ work for this family together.', verbose_name='lead practitioner')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='worked with the family until')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='familyagreement',
            options={'default_permissions': (), 'ordering': ['agreed_on', 'pk'], 'verbose_name': "family's agreement"},
        ),
        migrations.AddField(
            model_name='carer',
            name='contact_by',
            field=models.CharField(blank=True, choices=[('call', 'telephone call'), ('text', 'text message'), ('mail', 'e-mail'), ('letter', 'letter'), ('school', 'through the school')], max_length=6, verbose_name='best way to reach them'),
        ),
        migrations.AddField(
            model_name='carer',
            name='contact_when',
            field=casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='when to reach them, and what to mind'),
        ),
        migrations.AddField(
            model_name='carer',
            name='evidence',
            field=models.CharField(blank=True, choices=[('school', 'the school’s records say so'), ('told', 'they told us'), ('birth', 'birth certificate seen'), ('order', 'court order or agreement seen')], max_length=6, verbose_name='how that is known'),
        ),
        migrations.AddField(
            model_name='carer',
            name='evidence_seen_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written down by'),
        ),
        migrations.AddField(
            model_name='carer',
            name='evidence_seen_on',
            field=models.DateField(blank=True, null=True, verbose_name='on which day'),
        ),
        migrations.AddField(
            model_name='carer',
            name='language',
            field=casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='language'),
        ),
        migrations.AddField(
            model_name='carer',
            name='needs_interpreter',
            field=models.BooleanField(default=False, verbose_name='needs an interpreter'),
        ),
        migrations.AddField(
            model_name='carer',
            name='not_safe_to_contact',
            field=models.BooleanField(default=False, verbose_name='not safe to contact'),
        ),
        migrations.AddField(
            model_name='family',
            name='legal_note',
            field=casework.sealed.SealedTextField(blank=True, kind='contact', verbose_name='court orders and who may not be told what'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='competence',
            field=casework.sealed.SealedTextField(blank=True, kind='clinical', verbose_name='why they can decide'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='data_key',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.datakey'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='decided_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='decided'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='decision',
            field=casework.sealed.SealedTextField(blank=True, editable=False, kind='referral', verbose_name='how the work goes on'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='disagreement',
            field=casework.sealed.SealedTextField(blank=True, kind='referral', verbose_name='who disagrees, and why'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='disagreement_decision',
            field=casework.sealed.SealedTextField(blank=True, kind='referral', verbose_name='what was decided, and by whom'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='judged_by',
            field=casework.sealed.SealedTextField(blank=True, kind='referral', verbose_name='who judged that they can decide'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='own_view',
            field=casework.sealed.SealedTextField(blank=True, kind='referral', verbose_name='what the child says about it'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='purpose',
            field=models.CharField(choices=[('work', 'counselling, questionnaires and talking with the school'), ('meeting', 'sharing at a Support and Guidance meeting'), ('service', 'a referral to another service'), ('camhs', 'a referral to CAMHS'), ('year_7', 'going on in Year 7 at the next school')], default='work', max_length=8, verbose_name='to what'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='review_on',
            field=models.DateField(null=True, verbose_name='holds until'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='withdrawal_recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='withdrawn_how',
            field=models.CharField(blank=True, choices=[('spoken', 'in person or by telephone'), ('written', 'in writing'), ('link', 'by a link'), ('paper', 'on our paper form')], editable=False, max_length=8, verbose_name='withdrawn how'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='withdrawn_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='they said so on'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='withdrawn_who',
            field=casework.sealed.SealedTextField(blank=True, editable=False, kind='contact', verbose_name='who withdrew'),
        ),
        migrations.AddField(
            model_name='familyagreement',
            name='withdrawn_why',
            field=casework.sealed.SealedTextField(blank=True, editable=False, kind='referral', verbose_name='why, if they said'),
        ),
        migrations.AddField(
            model_name='listitem',
            name='passes_on_to',
            field=models.CharField(blank=True, choices=[('service', 'another service'), ('camhs', 'CAMHS')], help_text='For closing reasons only: where the child is referred on, the family agrees to it first.', max_length=8, verbose_name='passes the child on to'),
        ),
        migrations.AddField(
            model_name='service',
            name='agreement_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='Months, from 1 to 36. After that the family is asked again; a running case is not cut.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(36)], verbose_name='an agreement holds for'),
        ),
        migrations.RunPython(key_and_day, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='familyagreement',
            name='data_key',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.datakey'),
        ),
        migrations.AlterField(
            model_name='familyagreement',
            name='review_on',
            field=models.DateField(verbose_name='holds until'),
        ),
        migrations.AlterField(
            model_name='familyagreement',
            name='carer',
            field=models.ForeignKey(blank=True, help_text='Empty where the young person agreed for themselves.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='casework.carer', verbose_name='who agreed'),
        ),
        migrations.AlterField(
            model_name='familyagreement',
            name='method',
            field=models.CharField(choices=[('spoken', 'in person or by telephone'), ('written', 'in writing'), ('link', 'by a link'), ('paper', 'on our paper form')], max_length=8, verbose_name='how'),
        ),
        migrations.AddIndex(
            model_name='familyagreement',
            index=models.Index(fields=['referral', 'purpose'], name='agreement_of_referral'),
        ),
        migrations.AddConstraint(
            model_name='carer',
            constraint=models.CheckConstraint(condition=models.Q(('has_parental_responsibility', True), ('evidence', ''), _connector='OR'), name='evidence_of_what_is_held', violation_error_message='Leave out how it is known, where nobody says that they hold it.'),
        ),
        migrations.AddConstraint(
            model_name='familyagreement',
            constraint=models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('agreed_on'))), name='agreement_holds_from_its_day', violation_error_message='The day until which it holds comes after the day on which they agreed.'),
        ),
        migrations.AddConstraint(
            model_name='familyagreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_recorded_by__isnull', True), ('withdrawn_at__isnull', True), ('withdrawn_how', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_how', ''), _negated=True), ('withdrawal_recorded_by__isnull', False)), _connector='OR'), name='agreement_withdrawn_says_how'),
        ),
        migrations.AddConstraint(
            model_name='familyagreement',
            constraint=models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(('decided_by__isnull', False), ('withdrawn_at__isnull', False)), _connector='OR'), name='agreement_decided_after_withdrawal'),
        ),
        migrations.AddField(
            model_name='agreementlink',
            name='carer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.carer', verbose_name='who is asked'),
        ),
        migrations.AddField(
            model_name='agreementlink',
            name='data_key',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.datakey'),
        ),
        migrations.AddField(
            model_name='agreementlink',
            name='made_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agreementlink',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_links', to='casework.referral', verbose_name='referral'),
        ),
        migrations.AddField(
            model_name='agreementlink',
            name='settled_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='professional',
            name='data_key',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.datakey'),
        ),
        migrations.AddField(
            model_name='professional',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='professionals', to='casework.family', verbose_name='family'),
        ),
        migrations.AddConstraint(
            model_name='agreementlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='link_answered_says_when'),
        ),
        migrations.AddConstraint(
            model_name='agreementlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts', False), ('settled_at__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='link_counts_when_looked_at'),
        ),
        migrations.AddConstraint(
            model_name='professional',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('is_lead', True)), fields=('family',), name='one_lead_of_a_family', violation_error_message='This family has a lead practitioner already: change that entry first.'),
        ),
    ]
