from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "contest_portal.notifications"
    verbose_name = "Notices"
