from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "contest_portal.drafts"
    verbose_name = "Drafts"
