"""The chance that somebody is not met in the next 30 days: a logistic regression on eight features.

Features come from contact days alone, as whole numbers of days; those after the day from which one
looks forward are never looked at. The model that is shipped (`silence_prior`) was fitted on public
contact logs; a record with enough history moves it towards what it shows of itself.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

#: How far the forecast looks.
AHEAD_DAYS = 30
FEATURES = (
    "decayed_14", "decayed_60", "recency", "active_days", "weeks", "age", "recency_over_gap", "reciprocity",
)  # fmt: skip
#: Of somebody whom one meets, neither side writes to the other: both are there.
MUTUAL = 0.5
#: In a record's own past, windows that end on the day of looking and go back from it are its lessons:
#: those of so many people and windows, and of whoever was met within so many days before each.
MOST_LESSONS = 800
MOST_WINDOWS = 12
LESSON_DAYS = 365
#: With fewer lessons, or fewer of either outcome, the shipped model stands as it is.
LEAST_LESSONS = 120
LEAST_OF_EACH = 25
#: How strongly the fit is held to the shipped model: as by so many lessons, roughly.
PRIOR_STRENGTH = 40.0
#: From so many rows on the fit is numpy's; under it plain Python is quicker than loading that.
_MANY_ROWS = 4000
_STEPS = 25
#: A step as small as this is the last: Newton's next would be its square.
_CLOSE = 1e-4

Features = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: features are centred by `means` and divided by `scales`, then weighted.

    `fitted_on` is how many rows it was fitted on, `lessons` how many of them are the record's own.
    """

    means: Features
    scales: Features
    weights: Features
    intercept: float
    fitted_on: int = 0
    lessons: int = 0

    def chance(self, features: Features) -> float:
        """Return the probability (0–1) of an encounter within the next 30 days."""
        total = self.intercept
        for value, mean, scale, weight in zip(features, self.means, self.scales, self.weights, strict=True):
            total += weight * (value - mean) / scale
        return _logistic(total)


def _logistic(x: float) -> float:
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    small = math.exp(x)
    return small / (1.0 + small)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody was met, as far as the forecast needs it; in days.

    `weeks` is in how many weeks, counted back from the day of looking, there was a contact day;
    `gap_days` the median number of days between one contact day and the next (None with one only).
    """

    recency_days: int
    active_days: int
    weeks: int
    age_days: int
    gap_days: float | None
    decayed_14: float
    decayed_60: float

    def features(self, reciprocity: float = MUTUAL) -> Features:
        """Return the eight features, in logarithms (of one more than each).

        The gap of the seventh is the mean one (age over contact days): on contact logs it told more
        than the median, which a single long silence hardly moves.
        """
        gap = self.age_days / self.active_days
        return (
            math.log1p(self.decayed_14),
            math.log1p(self.decayed_60),
            math.log1p(self.recency_days),
            math.log1p(self.active_days),
            math.log1p(self.weeks),
            math.log1p(self.age_days),
            math.log1p(self.recency_days / max(gap, 1.0)),
            math.log1p(reciprocity),
        )


_FADE_14 = tuple(0.5 ** (n / 14) for n in range(601))
_FADE_60 = tuple(0.5 ** (n / 60) for n in range(1201))


def derive_rhythm(days: Sequence[int], on: int) -> Rhythm | None:
    """Return the rhythm as of the end of a day, or None where nobody was met by then.

    `days` are distinct ordinals (`date.toordinal`), ascending; those after `on` do not count.
    """
    known = bisect_right(days, on)
    if not known:
        return None
    decayed_14 = decayed_60 = 0.0
    for place in range(known - 1, -1, -1):
        back = on - days[place]
        if back > 1200:
            break
        decayed_60 += _FADE_60[back]
        if back <= 600:
            decayed_14 += _FADE_14[back]
    gaps = sorted(days[n + 1] - days[n] for n in range(known - 1))
    gap: float | None = None
    if gaps:
        middle = len(gaps) // 2
        gap = float(gaps[middle]) if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2
    weeks = len({(on - day) // 7 for day in days[:known]})
    return Rhythm(on - days[known - 1], known, weeks, on - days[0], gap, decayed_14, decayed_60)


def is_met_within(days: Sequence[int], on: int, ahead_days: int = AHEAD_DAYS) -> bool:
    """Say whether one of some ascending days lies after a day and within so many of it."""
    return bisect_right(days, on + ahead_days) > bisect_right(days, on)


def is_late_enough(since: int, first: int, on: int) -> bool:
    """Say whether a day lies in the later half of what is recorded from a first day to another.

    Earlier windows are no lessons: the record was too short for ages and numbers to tell then what
    they tell later. Of public contact logs both order and level are foretold better without them.
    """
    return 2 * (since - first) >= on - first


# ── fitting ─────────────────────────────────────────────────────────────────────────────


def fit_model(
    rows: Sequence[Features], met: Sequence[bool], prior: Model | None = None, strength: float = 1.0
) -> Model:
    """Return the model that fits rows and outcomes best, held to a prior's weights by a ridge.

    Without a prior, weights are held to zero, and rows give means and scales; with one they are the
    prior's. The intercept is free in both cases, so that the mean chance is the share that was met.
    """
    if prior is None:
        means, scales = _spread(rows)
        start = (0.0,) * (len(means) + 1)
    else:
        means, scales = prior.means, prior.scales
        start = (prior.intercept, *prior.weights)
    solve = _solve_arrays if len(rows) > _MANY_ROWS else _solve_rows
    intercept, *weights = solve(rows, met, means, scales, start, strength)
    lessons = len(rows) if prior is not None else 0
    return Model(means, scales, tuple(weights), intercept, len(rows), lessons)


def _spread(rows: Sequence[Features]) -> tuple[Features, Features]:
    number = max(len(rows), 1)
    columns = list(zip(*rows, strict=True))
    means = tuple(math.fsum(c) / number for c in columns)
    scales = tuple(
        math.sqrt(math.fsum((v - m) ** 2 for v in c) / number) for c, m in zip(columns, means, strict=True)
    )
    # A column that never varies says nothing; its weight stays where the prior has it.
    return means, tuple(s if s > 1e-9 else 1.0 for s in scales)


def _solve_rows(
    rows: Sequence[Features],
    met: Sequence[bool],
    means: Features,
    scales: Features,
    start: Sequence[float],
    strength: float,
) -> list[float]:
    """Newton's method in plain Python."""
    data = [(1.0, *((v - m) / s for v, m, s in zip(r, means, scales, strict=True))) for r in rows]
    size = len(start)
    theta = list(start)
    span = range(size)
    for _ in range(_STEPS):
        gradient = [0.0] + [strength * (theta[i] - start[i]) for i in range(1, size)]
        hessian = [[strength if i == j and i else 0.0 for j in span] for i in span]
        hessian[0][0] = 1e-9
        for row, outcome in zip(data, met, strict=True):
            p = _logistic(sum(map(mul, theta, row)))
            error, weight = p - outcome, p * (1.0 - p)
            for i, value in enumerate(row):
                gradient[i] += error * value
                weighted = weight * value
                line = hessian[i]
                for j in range(i + 1):
                    line[j] += weighted * row[j]
        for i in span:
            for j in range(i):
                hessian[j][i] = hessian[i][j]
        step = _solve_linear(hessian, gradient)
        theta = [t - s for t, s in zip(theta, step, strict=True)]
        if max(map(abs, step)) < _CLOSE:
            break
    return theta


def _solve_linear(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small, symmetric, positive system by elimination."""
    size = len(right)
    rows = [[*line, right[i]] for i, line in enumerate(matrix)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                for j in range(i, size + 1):
                    rows[k][j] -= factor * rows[i][j]
    found = [0.0] * size
    for i in range(size - 1, -1, -1):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def _solve_arrays(
    rows: Sequence[Features],
    met: Sequence[bool],
    means: Features,
    scales: Features,
    start: Sequence[float],
    strength: float,
) -> list[float]:
    """Do the same with arrays, for many rows."""
    import numpy as np  # noqa: PLC0415 - only where there is much to fit

    data = (np.asarray(rows, dtype=float) - np.asarray(means)) / np.asarray(scales)
    data = np.column_stack([np.ones(len(data)), data])
    outcome = np.asarray(met, dtype=float)
    base = np.asarray(start, dtype=float)
    ridge = np.full(len(base), strength)
    ridge[0] = 0.0
    theta = base.copy()
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(data @ theta, -500, 500)))
        gradient = data.T @ (p - outcome) + ridge * (theta - base)
        hessian = (data * (p * (1.0 - p))[:, None]).T @ data + np.diag(ridge)
        hessian[0, 0] += 1e-9
        step = np.linalg.solve(hessian, gradient)
        theta = theta - step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return [float(t) for t in theta]


# ── one's own record ────────────────────────────────────────────────────────────────────


def derive_lessons(people: Iterable[Sequence[int]], on: int) -> tuple[list[Features], list[bool]]:
    """Return features and outcomes of past windows, the latest first; nothing after `on` is used.

    The first window is the last 30 days: what was known before them, and whether it came to an
    encounter. Older ones follow, 30 days apart, while there is room for all the people of one and
    they lie in the later half of the record.
    """
    rows: list[Features] = []
    met: list[bool] = []
    days = [of for of in people if of]
    first = min((of[0] for of in days), default=on)
    for window in range(1, MOST_WINDOWS + 1):
        since = on - window * AHEAD_DAYS
        if not is_late_enough(since, first, on):
            break
        new: list[Features] = []
        came: list[bool] = []
        for of in days:
            # Most are long gone or yet to come: they are told from the ends, without a search.
            if of[0] > since or of[-1] < since - LESSON_DAYS:
                continue
            rhythm = derive_rhythm(of, since)
            if rhythm is not None and rhythm.recency_days <= LESSON_DAYS:
                new.append(rhythm.features())
                came.append(is_met_within(of, since))
        if rows and len(rows) + len(new) > MOST_LESSONS:
            break
        rows += new
        met += came
    return rows, met


def refine_model(people: Iterable[Sequence[int]], on: int, prior: Model) -> Model:
    """Return the prior moved towards a record's own past; the prior itself where that is too short."""
    rows, met = derive_lessons(people, on)
    came = sum(met)
    if len(rows) < LEAST_LESSONS or min(came, len(rows) - came) < LEAST_OF_EACH:
        return prior
    return fit_model(rows[: 2 * MOST_LESSONS], met[: 2 * MOST_LESSONS], prior, PRIOR_STRENGTH)


def derive_chances(people: Mapping[str, Sequence[int]], on: int, model: Model) -> dict[str, float]:
    """Return the chance of an encounter within 30 days by person, of whoever was met by a day."""
    rhythms = ((person, derive_rhythm(days, on)) for person, days in people.items())
    return {person: model.chance(rhythm.features()) for person, rhythm in rhythms if rhythm is not None}
