from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "contest_portal.audit"
