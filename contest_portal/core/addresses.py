"""Addresses of records, worked out once in each process: a list asks for dozens, and Django does it anew each time."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(name: str, *args: Any) -> str:
    return reverse(name, args=args)
