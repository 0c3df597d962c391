"""Rows that keep their history, the ledger that proves it, and the record of who read what."""

import datetime as dt
from functools import cache
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.encoding import force_str
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from contest_portal.audit.acting import current_author, current_reason, current_request_id, moment
from contest_portal.core.refusal import Stale


class HistoryRow(models.Model):
    """What every row of history holds beside simple-history's own columns."""

    request_id = models.CharField(max_length=64, default=current_request_id, editable=False)

    class Meta:
        abstract = True


class HistoryMadeOnce(HistoryManager):
    """simple-history makes a class of managers anew for each row that is saved, a tenth of the work of saving it."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """simple-history, with an author on every row who can never be removed from it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("bases", [HistoryRow])
        kwargs.setdefault("history_manager", HistoryMadeOnce)
        kwargs.setdefault("history_change_reason_field", models.TextField(blank=True, default=""))
        super().__init__(**kwargs)

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        user: models.Field = models.ForeignKey(
            settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
        )
        return {"history_user": user}

    def fields_included(self, model: Any) -> list[models.Field]:
        return [field for field in super().fields_included(model) if field.name not in model.kept_out_of_history]

    def copy_fields(self, model: Any) -> dict[str, Any]:
        """Versions are looked for by the record's own key and by that of the record it is part of, and by nothing
        else: every other index would be paid for with each save and used by nobody."""
        fields = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name == model._meta.pk.name or _is_part_of(field)
        return fields

    def get_history_user(self, instance: models.Model) -> Any:
        return current_author()

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: str | None) -> str:
        return getattr(instance, "change_reason", "") or current_reason()


def _is_part_of(field: Any) -> bool:
    """Whether it may lead to a record of which this is a part: not to a person, nor to reference data with codes."""
    whole: Any = field.db_index and getattr(field.remote_field, "model", None)
    if not whole or isinstance(whole, str):
        return bool(whole) and whole != settings.AUTH_USER_MODEL
    return whole._meta.label != settings.AUTH_USER_MODEL and not isinstance(whole._meta.pk, models.CharField)


@cache
def _words_of(field: models.Field) -> dict[Any, Any]:
    return dict(field.flatchoices)


class TrackedQuerySet(models.QuerySet):
    """Reads as usual. Rows change one by one, through `save`, or history would not see it."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} keeps a history: save or delete its rows one by one.")

    update = bulk_update = bulk_create = delete = aupdate = abulk_update = abulk_create = adelete = _refuse


class TrackedModel(models.Model):
    """A row with history, ledger and a version number.

    `save` writes exactly the columns that changed since the row was read, and only if nobody saved it in between
    (else `Stale`): history is made from the Python object, so the object must be the row.
    Set `change_reason` before saving to say why.
    """

    version = models.PositiveIntegerField(default=0, editable=False)

    history = Records(inherit=True)
    objects = TrackedQuerySet.as_manager()
    change_reason: str = ""
    # Columns that neither history nor ledger may hold, such as a password hash.
    kept_out_of_history: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        current_author()
        if self._state.adding:
            super().save(*args, **kwargs | {"force_insert": True})
        else:
            self._save_changes(update_fields, **kwargs)
        self.as_stored()

    def as_stored(self) -> None:
        """What it holds is what the database holds; what is changed from here on is to be saved."""
        self._as_read = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        instance = super().from_db(db, field_names, values)
        instance._as_read = dict(zip(field_names, values, strict=False))
        return instance

    def _get_FIELD_display(self, field: models.Field) -> str:  # noqa: N802  (Django's name)
        """As Django's own, which puts all choices in order anew for each cell of a list."""
        words = _words_of(field).get(getattr(self, field.attname))
        return super()._get_FIELD_display(field) if words is None else force_str(words, strings_only=True)

    @property
    def _history_date(self) -> dt.datetime:
        """simple-history's name for when the change was made."""
        return moment()

    def changed_fields(self) -> set[str]:
        """Names (attname) of the columns whose value is no longer the one that was read."""
        as_read = getattr(self, "_as_read", {})
        return {
            field.attname
            for field in self._meta.concrete_fields
            if field.attname != "version" and as_read.get(field.attname) != getattr(self, field.attname)
        }

    def _save_changes(self, update_fields: Any, **kwargs: Any) -> None:
        if self.get_deferred_fields():
            raise TypeError(f"{type(self).__name__} was read in part: history would record what is not there.")
        changed = self.changed_fields()
        fields = self._meta.concrete_fields
        named = {field.attname for field in fields if {field.name, field.attname} & set(update_fields or ())}
        if update_fields is not None and not changed <= named:
            raise TypeError(f"{type(self).__name__} has other changes than those named in update_fields.")
        if not changed:
            return
        stored = type(self)._base_manager.select_for_update().filter(pk=self.pk).values_list("version", flat=True)
        # Row and history are one, and whoever acts can go back to before both: no savepoint of their own.
        with transaction.atomic(savepoint=False):
            is_stale = list(stored) != [self.version]
            if not is_stale:
                self.version += 1
                super().save(update_fields=[*changed, "version"], **kwargs)
        if is_stale:
            raise Stale(f"“{self}”")


class LedgerEntry(models.Model):
    """One change of one row, written by the database's own triggers (audit.ledger) and by nothing else."""

    at = models.DateTimeField()
    transaction = models.BigIntegerField()
    actor = models.TextField()
    request_id = models.TextField()
    reason = models.TextField()
    table = models.TextField()
    key = models.TextField()
    operation = models.CharField(max_length=1)
    row = models.TextField()
    row_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["table", "key"], name="ledger_table_key")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.key}"


class AccessRecord(models.Model):
    """Somebody read, downloaded or exported something OFFICIAL-SENSITIVE."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_records")
    action = models.CharField(max_length=20)
    what = models.CharField(max_length=200)
    request_id = models.CharField(max_length=64, default=current_request_id)

    def __str__(self) -> str:
        return f"{self.action} {self.what}"
