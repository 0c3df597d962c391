import contest_portal.audit.acting
import datetime
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalGrant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.CharField(default=contest_portal.audit.acting.current_request_id, editable=False, max_length=64)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('role', models.CharField(choices=[('borough_lead', 'Borough Prevent lead'), ('borough_reader', 'Borough reader'), ('strand_lead', 'Strand lead'), ('analyst', 'Analyst'), ('secretary', 'Board secretary'), ('chair', 'Chair'), ('board_member', 'Board member'), ('member', 'MPA/MOPAC member'), ('auditor', 'Auditor or inspector'), ('admin', 'System administrator')], max_length=30)),
                ('scope_kind', models.CharField(choices=[('all', 'All London'), ('borough', 'Borough'), ('board', 'Board'), ('strand', 'Strand')], max_length=10)),
                ('scope_key', models.CharField(blank=True, max_length=80)),
                ('scope_name', models.CharField(help_text='The scope in words, as granted.', max_length=200, verbose_name='scope')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('reason', models.TextField()),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical grant',
                'verbose_name_plural': 'historical grants',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('borough_lead', 'Borough Prevent lead'), ('borough_reader', 'Borough reader'), ('strand_lead', 'Strand lead'), ('analyst', 'Analyst'), ('secretary', 'Board secretary'), ('chair', 'Chair'), ('board_member', 'Board member'), ('member', 'MPA/MOPAC member'), ('auditor', 'Auditor or inspector'), ('admin', 'System administrator')], max_length=30)),
                ('scope_kind', models.CharField(choices=[('all', 'All London'), ('borough', 'Borough'), ('board', 'Board'), ('strand', 'Strand')], max_length=10)),
                ('scope_key', models.CharField(blank=True, max_length=80)),
                ('scope_name', models.CharField(help_text='The scope in words, as granted.', max_length=200, verbose_name='scope')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants_given', to=settings.AUTH_USER_MODEL)),
                ('reason', models.TextField()),
            ],
            options={
                'ordering': ['user__name', 'role', 'scope_name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='grant_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('scope_key', ''), ('scope_kind', 'all')), models.Q(models.Q(('scope_kind', 'all'), _negated=True), models.Q(('scope_key', ''), _negated=True)), _connector='OR'), name='grant_scope_has_a_key_unless_all'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='grant_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDeputy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.CharField(default=contest_portal.audit.acting.current_request_id, editable=False, max_length=64)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('starts', models.DateField(verbose_name='first day')),
                ('ends', models.DateField(verbose_name='last day')),
                ('reason', models.CharField(max_length=200)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deputy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical deputy',
                'verbose_name_plural': 'historical deputies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputises', to=settings.AUTH_USER_MODEL)),
                ('starts', models.DateField(verbose_name='first day')),
                ('ends', models.DateField(verbose_name='last day')),
                ('reason', models.CharField(max_length=200)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies_named', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'deputies',
                'ordering': ['-starts', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='deputy_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('ends__lte', django.db.models.expressions.CombinedExpression(models.F('starts'), '+', models.Value(datetime.timedelta(days=90))))), name='deputy_for_90_days_at_most'), models.CheckConstraint(condition=models.Q(('person', models.F('deputy')), _negated=True), name='deputy_is_somebody_else'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='deputy_has_a_reason')],
            },
        ),
    ]
