import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('page', models.CharField(max_length=300)),
                ('words', models.CharField(max_length=120)),
                ('data', models.JSONField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-saved_at'],
                'indexes': [models.Index(fields=['owner', '-saved_at'], name='draft_of_owner')],
            },
        ),
    ]
