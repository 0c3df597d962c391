"""What a worker makes of a snapshot: one file, under the hash of its bytes."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.urls import reverse

from contest_portal.core.jobs import Job


class Rendered(Job):
    """`page` is what the names of its addresses begin with, and `no_longer` what is said when its person may not have
    it any more."""

    page: ClassVar[str]
    no_longer: ClassVar[str]
    # The child that makes it says every few seconds that it lives.
    lease: ClassVar[dt.timedelta] = dt.timedelta(seconds=15)

    input_hash = models.CharField(max_length=64)
    filename = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return self._address("")

    @property
    def progress_url(self) -> str:
        return self._address("_progress")

    @property
    def download_url(self) -> str:
        return self._address("_download")

    @property
    def retry_url(self) -> str:
        return self._address("_retry")

    @property
    def cancel_url(self) -> str:
        return self._address("_cancel")

    def _address(self, page: str) -> str:
        return reverse(f"{self.page}{page}", args=[self.pk])
