from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "contest_portal.accounts"
