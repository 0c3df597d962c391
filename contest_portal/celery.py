"""The Celery application, and the one table of what runs when."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")

app = Celery("contest_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["contest_portal.home", "contest_portal.notifications", "reports", "strands"])
# By name, since it reads the database and models are not loaded yet.
app.steps["worker"].add("contest_portal.home.watchdog:Watchdog")
app.steps["worker"].add("reports.rendering.warm:Warm")

app.conf.beat_schedule = {
    "heartbeat": {"task": "contest_portal.home.tasks.heartbeat", "schedule": 10.0, "options": {"expires": 10}},
    "call_for_returns": {
        "task": "contest_portal.home.tasks.call_for_returns",
        "schedule": crontab(hour=6, minute=0),
        "options": {"expires": 3600},
    },
    "follow_ups": {
        "task": "contest_portal.home.tasks.remind_of_follow_ups",
        "schedule": crontab(hour=6, minute=15),
        "options": {"expires": 3600},
    },
    "saved_views": {
        "task": "contest_portal.home.tasks.tell_of_saved_views",
        "schedule": crontab(hour=6, minute=45),
        "options": {"expires": 3600},
    },
    "attachments": {
        "task": "strands.tasks.scan_waiting_attachments",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "spreadsheets": {
        "task": "strands.tasks.forget_spreadsheets",
        "schedule": crontab(hour=5, minute=0),
        "options": {"expires": 3600},
    },
    "exports": {
        "task": "strands.tasks.forget_exports",
        "schedule": crontab(minute=20),
        "options": {"expires": 3600},
    },
    "dashboard_files": {
        "task": "reports.tasks.forget_pages",
        "schedule": crontab(hour=5, minute=15),
        "options": {"expires": 3600},
    },
    "fold_roll_up": {
        "task": "strands.tasks.fold_roll_up",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "check_roll_up": {
        "task": "strands.tasks.check_roll_up",
        "schedule": crontab(hour=4, minute=30),
        "options": {"expires": 3600},
    },
    "outbox": {
        "task": "contest_portal.notifications.tasks.sweep_outbox",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "daily_digests": {
        "task": "contest_portal.notifications.tasks.send_digests",
        "schedule": crontab(hour=7, minute=0),
        "args": ["daily"],
    },
    "weekly_digests": {
        "task": "contest_portal.notifications.tasks.send_digests",
        "schedule": crontab(hour=7, minute=0, day_of_week="monday"),
        "args": ["weekly"],
    },
}
