"""Intervals of 95 %: Wilson's for proportions, a bootstrap over documents for F1."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

#: The normal deviate of 95 %.
DEVIATE = 1.959963984540054
SEED = 1939
RESAMPLES = 1000
#: (hits, found, wanted) of one document.
Counts = tuple[int, int, int]


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """Return Wilson's score interval of a proportion, or None where there are no cases."""
    if of <= 0:
        return None
    share, square = hits / of, DEVIATE * DEVIATE
    middle = share + square / (2 * of)
    spread = DEVIATE * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = (middle - spread) / (1 + square / of), (middle + spread) / (1 + square / of)
    # At none and at all the bound is exact; floating point leaves a trace beside it.
    return (0.0 if hits == 0 else max(0.0, low), 1.0 if hits == of else min(1.0, high))


def f_score(hits: int, found: int, wanted: int) -> float | None:
    """Return F1, the harmonic mean of precision and recall; None where nothing is found or wanted."""
    return 2 * hits / (found + wanted) if found + wanted else None


def bootstrap(counts: Sequence[Counts], resamples: int = RESAMPLES) -> tuple[float, float] | None:
    """Return the 2.5th and 97.5th percentile of F1 when whole documents are drawn again.

    Documents without a case take no part. The seed is fixed: equal counts give equal bounds.
    None where there are fewer than two documents.
    """
    rows = [c for c in counts if c[1] or c[2]]
    if len(rows) < 2:
        return None
    chance = random.Random(SEED)  # noqa: S311 - resampling, no secret
    found = []
    for _ in range(resamples):
        drawn = chance.choices(rows, k=len(rows))
        score = f_score(sum(d[0] for d in drawn), sum(d[1] for d in drawn), sum(d[2] for d in drawn))
        found.append(score or 0.0)
    found.sort()
    last = resamples - 1
    return found[round(0.025 * last)], found[round(0.975 * last)]
