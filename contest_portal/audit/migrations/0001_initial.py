import contest_portal.audit.acting
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('transaction', models.BigIntegerField()),
                ('actor', models.TextField()),
                ('request_id', models.TextField()),
                ('reason', models.TextField()),
                ('table', models.TextField()),
                ('key', models.TextField()),
                ('operation', models.CharField(max_length=1)),
                ('row', models.TextField()),
                ('row_hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['table', 'key'], name='ledger_table_key')],
            },
        ),
        migrations.CreateModel(
            name='AccessRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_records', to=settings.AUTH_USER_MODEL)),
                ('action', models.CharField(max_length=20)),
                ('what', models.CharField(max_length=200)),
                ('request_id', models.CharField(default=contest_portal.audit.acting.current_request_id, max_length=64)),
            ],
        ),
    ]
