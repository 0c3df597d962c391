from django.db import connection, models


class Counter(models.Model):
    """A locked counter row. Numbers come out gapless: a transaction that fails gives its number back."""

    key = models.CharField(max_length=120, primary_key=True)
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


def next_number(key: str, first: int = 1) -> int:
    """The next number of a series, not below `first`. Others who ask for the same series wait until this transaction
    ends."""
    return next_numbers(key, 1, first)[0]


def next_numbers(key: str, count: int, first: int = 1) -> range:
    """The next `count` numbers of a series."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (key, value) VALUES (%(key)s, %(before)s + %(count)s) ON CONFLICT (key) "
            "DO UPDATE SET value = greatest(core_counter.value, %(before)s) + %(count)s RETURNING value",
            {"key": key, "count": count, "before": first - 1},
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
