"""What a change of the weeks asks for again is remembered by its values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from legation.plan.remember import MOST_REMEMBERED, digest_of, remembered


@dataclass(frozen=True)
class Part:
    worth: np.ndarray
    pairs: frozenset[tuple[int, int]] = frozenset()
    name: str = ""


def test_equal_values_are_computed_once_and_others_anew():
    asked = []

    @remembered
    def total(part: Part, *, more: float = 0.0) -> float:
        asked.append(part)
        return float(part.worth.sum()) + more

    one = Part(np.arange(2000.0), frozenset({(1, 2), (3, 4)}))
    again = Part(np.arange(2000.0), frozenset({(3, 4), (1, 2)}))
    assert total(one) == total(again) == 1999000.0
    assert len(asked) == 1
    assert total(one, more=1.0) == 1999001.0
    for n in range(MOST_REMEMBERED):
        total(replace(one, name=str(n)))
    before = len(asked)
    total(one)
    assert len(asked) == before + 1, "the oldest is forgotten"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Part(np.array([1.0, 2.0])), Part(np.array([1.0, 3.0]))),
        (Part(np.zeros(4)), Part(np.zeros((2, 2)))),
        (Part(np.zeros(2)), Part(np.zeros(2, dtype=np.int64))),
        (("a", "bc"), ("ab", "c")),
        ((1, (2,)), (1, 2)),
        (1, 1.0),
        (None, "None"),
    ],
)
def test_values_that_differ_have_other_digests(one, other):
    assert digest_of(one) != digest_of(other)


def test_a_value_in_the_middle_of_a_long_array_counts():
    long = np.zeros(5000)
    other = long.copy()
    other[2500] = 1.0
    assert digest_of(Part(long)) != digest_of(Part(other))
