"""Comparing two ways of doing something on a machine that does other things too.

Only ratios count, and only of two runs that stood beside each other. The same way run twice gives `aa`, which ought to
be 1: when it is not, the machine was busy, and the line says NOISY.
"""

import gc
import statistics
import time
from collections.abc import Callable

FAR = 0.10
Timed = Callable[[], float]


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, one: Timed, other: Timed, *, pairs: int) -> float:
    """Print how many times as long `one` takes as `other`, and give that number."""
    ratios, same = [], []
    one(), other()
    for at in range(pairs):
        first, second = (one(), other()) if at % 2 else (other(), one())[::-1]
        ratios.append(first / second)
        before, after = other(), other()
        same.append(before / after)
    q1, ratio, q3 = statistics.quantiles(ratios, n=4)
    aa = statistics.median(same)
    noisy = " NOISY" if abs(aa - 1) > FAR else ""
    print(f"bench {name} ratio={ratio:.2f} q1={q1:.2f} q3={q3:.2f} aa={aa:.2f}{noisy}", flush=True)
    return ratio
