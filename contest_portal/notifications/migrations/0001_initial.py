import contest_portal.audit.acting
import contest_portal.core.creating
import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        contest_portal.core.creating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='HistoricalMailChoice',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('request_id', models.CharField(default=contest_portal.audit.acting.current_request_id, editable=False, max_length=64)),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('about', models.CharField(choices=[('return_called', 'A quarter’s return is called for'), ('return_due', 'A return is due soon or overdue'), ('return_submitted', 'A return waits for you to accept it'), ('return_sent_back', 'A return was sent back'), ('return_approved', 'A borough approved its return'), ('return_arranged', 'A return was excused, asked for again, or opened for a correction'), ('return_accepted', 'A return was accepted'), ('joint_activity', 'An activity names your borough as a partner'), ('partner_note', 'A partner added its own note to a joint activity'), ('comment', 'Somebody commented on an activity or a return of yours'), ('chart_comment', 'Somebody commented on a chart that you commented on'), ('paper_comment', 'Somebody commented on a draft of yours, or suggested a change'), ('follow_up', 'A follow-up is yours, or is due'), ('slip', 'A milestone was put off, and waits for you to accept it'), ('deputy', 'You are named as a deputy, or somebody is named as yours'), ('clearance', 'A paper waits for you to clear it, or was answered to'), ('approval', 'A paper waits for the chair’s approval, or was decided on'), ('published', 'A board that you subscribed to published a paper'), ('override', 'A held figure waits for your decision, or was decided on'), ('saved_view', 'A view that you subscribed to is there to look at'), ('job', 'Something that you asked for is ready or has stopped')], max_length=20)),
                        ('frequency', models.CharField(choices=[('instant', 'At once'), ('daily', 'Once a day, together'), ('weekly', 'Once a week, together'), ('off', 'No email')], max_length=8)),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical choice of emails',
                        'verbose_name_plural': 'historical choice of emailss',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to=settings.AUTH_USER_MODEL)),
                        ('subject', models.CharField(max_length=220)),
                        ('body', models.TextField()),
                        ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Not sent')], default='queued', max_length=8)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('next_try', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=300, verbose_name='why it was not sent')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['next_try'], name='mail_to_send')],
                    },
                ),
                migrations.CreateModel(
                    name='MailChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mail_choices', to=settings.AUTH_USER_MODEL)),
                        ('about', models.CharField(choices=[('return_called', 'A quarter’s return is called for'), ('return_due', 'A return is due soon or overdue'), ('return_submitted', 'A return waits for you to accept it'), ('return_sent_back', 'A return was sent back'), ('return_approved', 'A borough approved its return'), ('return_arranged', 'A return was excused, asked for again, or opened for a correction'), ('return_accepted', 'A return was accepted'), ('joint_activity', 'An activity names your borough as a partner'), ('partner_note', 'A partner added its own note to a joint activity'), ('comment', 'Somebody commented on an activity or a return of yours'), ('chart_comment', 'Somebody commented on a chart that you commented on'), ('paper_comment', 'Somebody commented on a draft of yours, or suggested a change'), ('follow_up', 'A follow-up is yours, or is due'), ('slip', 'A milestone was put off, and waits for you to accept it'), ('deputy', 'You are named as a deputy, or somebody is named as yours'), ('clearance', 'A paper waits for you to clear it, or was answered to'), ('approval', 'A paper waits for the chair’s approval, or was decided on'), ('published', 'A board that you subscribed to published a paper'), ('override', 'A held figure waits for your decision, or was decided on'), ('saved_view', 'A view that you subscribed to is there to look at'), ('job', 'Something that you asked for is ready or has stopped')], max_length=20)),
                        ('frequency', models.CharField(choices=[('instant', 'At once'), ('daily', 'Once a day, together'), ('weekly', 'Once a week, together'), ('off', 'No email')], max_length=8)),
                    ],
                    options={
                        'verbose_name': 'choice of emails',
                        'constraints': [models.UniqueConstraint(fields=('person', 'about'), name='one_choice_per_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('for_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices_to_deputies', to=settings.AUTH_USER_MODEL)),
                        ('about', models.CharField(choices=[('return_called', 'A quarter’s return is called for'), ('return_due', 'A return is due soon or overdue'), ('return_submitted', 'A return waits for you to accept it'), ('return_sent_back', 'A return was sent back'), ('return_approved', 'A borough approved its return'), ('return_arranged', 'A return was excused, asked for again, or opened for a correction'), ('return_accepted', 'A return was accepted'), ('joint_activity', 'An activity names your borough as a partner'), ('partner_note', 'A partner added its own note to a joint activity'), ('comment', 'Somebody commented on an activity or a return of yours'), ('chart_comment', 'Somebody commented on a chart that you commented on'), ('paper_comment', 'Somebody commented on a draft of yours, or suggested a change'), ('follow_up', 'A follow-up is yours, or is due'), ('slip', 'A milestone was put off, and waits for you to accept it'), ('deputy', 'You are named as a deputy, or somebody is named as yours'), ('clearance', 'A paper waits for you to clear it, or was answered to'), ('approval', 'A paper waits for the chair’s approval, or was decided on'), ('published', 'A board that you subscribed to published a paper'), ('override', 'A held figure waits for your decision, or was decided on'), ('saved_view', 'A view that you subscribed to is there to look at'), ('job', 'Something that you asked for is ready or has stopped')], max_length=20)),
                        ('event', models.CharField(blank=True, help_text='What happened: told once to each person.', max_length=120)),
                        ('subject', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                        ('link', models.CharField(max_length=300)),
                        ('frequency', models.CharField(choices=[('instant', 'At once'), ('daily', 'Once a day, together'), ('weekly', 'Once a week, together'), ('off', 'No email')], max_length=8)),
                        ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='notifications.mail')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-created_at', '-pk'],
                        'indexes': [models.Index(fields=['recipient', '-created_at'], name='message_newest_first'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='message_unread')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('event', ''), _negated=True), fields=('recipient', 'event'), name='one_message_per_person_and_event')],
                    },
                ),
            ],
        ),
    ]
