"""The list and the page of an activity against bare pages of the same portal: one query, and a plain table.

Sign-in, rights, the transaction and the layout with its navigation are in both, for the same person, since no page of
the portal is without them. So what is compared is what the two pages themselves ask and show.
"""

from bench.pairs import compare
from bench.workers import filled, worker

SIZE = 10_000
PAIRS = 25
# Led by Brent and OFFICIAL, in the order of bench_data.
PAGES = {"page_floor_list": ("/activities/", "/bare/list"), "page_floor_detail": ("/activities/{}/", "/bare/detail")}


def main() -> None:
    filled("bench_small", SIZE)
    for name, (address, bare) in PAGES.items():
        portal = ("bench.pages", "page", "analyst", address.format(SIZE - 1))
        with (
            worker("bench_small", *portal) as one,
            worker("bench_small", "bench.pages", "page", "analyst", bare) as other,
        ):
            compare(name, one, other, pairs=PAIRS)
