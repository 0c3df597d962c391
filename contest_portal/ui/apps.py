from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "contest_portal.ui"
    label = "ui"
    verbose_name = "Design system"
