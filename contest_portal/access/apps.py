from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "contest_portal.access"
    verbose_name = "Access"

    def ready(self) -> None:
        import_module("contest_portal.access.checks")
