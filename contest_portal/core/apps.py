from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "contest_portal.core"
