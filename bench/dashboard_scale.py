"""The London dashboard, its queries and its template, with a million activities in the log against ten thousand."""

from bench.pairs import compare
from bench.workers import filled, worker

SMALL, LARGE = 10_000, 1_000_000
PAIRS = 15
ADDRESS = "/dashboards/?quarter=2025-26-Q3"


def main() -> None:
    filled("bench_small", SMALL)
    filled("bench_large", LARGE)
    asked = ("bench.pages", "page", "member", ADDRESS)
    with worker("bench_large", *asked) as large, worker("bench_small", *asked) as small:
        compare("dashboard_scale", large, small, pairs=PAIRS)
