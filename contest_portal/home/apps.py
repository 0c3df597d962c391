from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "contest_portal.home"
