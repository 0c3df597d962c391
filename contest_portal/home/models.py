import datetime as dt

from django.db import models
from django.db.models.functions import Now

_FRESH = dt.timedelta(seconds=45)


class WorkerHeartbeat(models.Model):
    """When a worker last did anything: it came through the broker, so it proves both."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"worker seen at {self.at}"

    @classmethod
    def beat(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"at": Now()})

    @classmethod
    def is_fresh(cls) -> bool:
        return cls.objects.filter(at__gt=Now() - _FRESH).exists()
