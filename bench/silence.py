"""Measures how well silence is foretold on contact logs: rows of two ids and a time in seconds.

    python bench/silence.py [FILE …] [--json]

Plain or gzip; ids and time are parted by blanks, commas or semicolons; lines that hold no such row
are counted and left out, and so are rows of one id with itself. Both directions are one tie. Of a log
with holes of more than thirty days the longest stretch between holes is taken. Without files, those in
the folder of data are taken (LEGATION_DATA, else ../shared/data).

**Protocol.** On each of eight days, from 45 to 90 % of the stretch, every tie known by then is asked:
is there a contact within the next thirty days? The later half of these days is tested. For each, the
model is fitted anew, on windows of the same file alone that end before the day of the test and begin in
the later half of what lies before it; the model that is shipped takes no part. Peers in the same run:
recency, frequency (days of contact), and the overdue ratio by which reminders rank (days since the last
contact over the median gap).

Populations, each with a model fitted on its own kind: `all` ties, `active` (a contact within 90 days),
`strong` (five days of contact or more).

Areas under the ROC curve, of the model and of all peers alike: `auc` is that **within people's own ties**,
which is what a user ranks. On each test it is taken over the ties of each person who has at least ten, some
met and some not (a tie counts for both its ends); `auc` is the mean of these people, then of the tests, and
`rankings` how many there were. Where nobody has so many ties it is that of all ties, and `rankings` is 0.
`auc_all_ties` compares the ties of all people with one another, on each test, and is the mean of the tests:
usually a different figure, for some write to everybody more than others do. `auc_pooled` is that of all
forecasts of all tests together.

`ece` is the expected calibration error of all forecasts together, in fifteen bins of equal size;
`ece_windows` the mean of that within each test, where a month that is quieter than all earlier ones counts
as an error of every forecast.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy as np
from measure import corpus
from numpy.typing import NDArray

from legation.network.silence import (
    AHEAD_DAYS,
    Features,
    Model,
    Rhythm,
    derive_rhythm,
    fit_model,
    is_late_enough,
    is_met_within,
)

DAY_SECONDS = 86_400.0
FIRST, LAST, CUTOFFS = 0.45, 0.9, 8
ACTIVE_DAYS, STRONG_DAYS = 90, 5
#: Lessons begin when there are so many days to learn from, and lie at least so many apart.
WARM_DAYS, APART_DAYS, MOST_LESSONS = 30, 10, 30
BINS = 15
LEAST_CASES, LEAST_OF_EACH, LEAST_OWN = 50, 5, 10
_PARTS = re.compile(r"[\s,;]+")

Population = Callable[[Rhythm], bool]
POPULATIONS: dict[str, Population] = {
    "all": lambda _: True,
    "active": lambda rhythm: rhythm.recency_days < ACTIVE_DAYS,
    "strong": lambda rhythm: rhythm.active_days >= STRONG_DAYS,
}


@dataclass(slots=True)
class Tie:
    """One pair: its days of contact, ascending, and by day how many contacts went either way."""

    ends: tuple[str, str]
    days: list[int] = field(default_factory=list)
    sums: list[tuple[int, int]] = field(default_factory=list)

    def reciprocity(self, known: int) -> float:
        """Return the smaller direction's share (0–0.5) of contacts on the first `known` days."""
        one, other = self.sums[known - 1]
        return min(one, other) / (one + other)


@dataclass(frozen=True, slots=True)
class Log:
    """A contact log: its ties, how many days it spans, and what was left out of it."""

    name: str
    ties: tuple[Tie, ...]
    span_days: int
    rows: int
    bad_rows: int
    outside_rows: int


def load_log(path: Path) -> Log:
    """Load a log, plain or gzip; never fails on a row."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    rows: list[tuple[str, str, float]] = []
    bad = 0
    with gzip.open(path, "rt", errors="replace") if packed else path.open(errors="replace") as lines:
        for line in lines:
            parts = _PARTS.split(line.strip())
            if parts == [""] or parts[0].startswith(("#", "%")):
                continue
            try:
                one, other, seconds = parts[0], parts[1], float(parts[2])
            except (IndexError, ValueError):
                bad += 1
                continue
            if not math.isfinite(seconds):
                bad += 1
            elif one != other:
                rows.append((one, other, seconds))
    kept, begin, until = longest_stretch(rows)
    return Log(
        path.name,
        _ties(kept, begin),
        int((until - begin) / DAY_SECONDS),
        len(kept),
        bad,
        len(rows) - len(kept),
    )


def longest_stretch(
    rows: Sequence[tuple[str, str, float]],
) -> tuple[list[tuple[str, str, float]], float, float]:
    """Return the longest run of rows without a hole of over thirty days, and its first and last time."""
    ordered = sorted(rows, key=lambda r: r[2])
    best: tuple[int, int] = (0, 0)
    begin = 0
    for place in range(1, len(ordered) + 1):
        ends = place == len(ordered) or ordered[place][2] - ordered[place - 1][2] > AHEAD_DAYS * DAY_SECONDS
        if ends:
            best = max(best, (begin, place), key=lambda b: b[1] - b[0])
            begin = place
    kept = ordered[best[0] : best[1]]
    return kept, kept[0][2] if kept else 0.0, kept[-1][2] if kept else 0.0


def _ties(rows: Sequence[tuple[str, str, float]], begin: float) -> tuple[Tie, ...]:
    ties: dict[tuple[str, str], Tie] = {}
    for one, other, seconds in rows:
        forward = one < other
        ends = (one, other) if forward else (other, one)
        tie = ties.setdefault(ends, Tie(ends))
        day = int((seconds - begin) / DAY_SECONDS)
        there, back = tie.sums[-1] if tie.sums else (0, 0)
        now = (there + forward, back + (not forward))
        if tie.days and tie.days[-1] == day:
            tie.sums[-1] = now
        else:
            tie.days.append(day)
            tie.sums.append(now)
    return tuple(ties.values())


@dataclass(frozen=True, slots=True)
class Cases:
    """Ties of one population on one day: who they are of, what was known, and whether they met."""

    ends: list[tuple[str, str]]
    rhythms: list[Rhythm]
    features: list[Features]
    met: list[bool]


@dataclass(frozen=True, slots=True)
class Window:
    """All ties on one day, and whether they met in the thirty days after it."""

    on: int
    ends: tuple[tuple[str, str], ...]
    rhythms: tuple[Rhythm, ...]
    features: tuple[Features, ...]
    met: tuple[bool, ...]

    def of(self, population: Population) -> Cases:
        """Return those of one population."""
        chosen = [n for n, r in enumerate(self.rhythms) if population(r)]
        return Cases(
            [self.ends[n] for n in chosen],
            [self.rhythms[n] for n in chosen],
            [self.features[n] for n in chosen],
            [self.met[n] for n in chosen],
        )


def make_window(ties: Sequence[Tie], on: int) -> Window:
    """Return the window after a day."""
    ends, rhythms, features, met = [], [], [], []
    for tie in ties:
        rhythm = derive_rhythm(tie.days, on)
        if rhythm is not None:
            ends.append(tie.ends)
            rhythms.append(rhythm)
            features.append(rhythm.features(tie.reciprocity(rhythm.active_days)))
            met.append(is_met_within(tie.days, on))
    return Window(on, tuple(ends), tuple(rhythms), tuple(features), tuple(met))


def choose_days(span_days: int) -> tuple[list[int], list[int]]:
    """Return (days of lessons, days of tests) of a stretch; none where it is too short."""
    last = span_days - AHEAD_DAYS
    steps = [FIRST + (LAST - FIRST) * n / (CUTOFFS - 1) for n in range(CUTOFFS)]
    cutoffs = sorted({int(s * span_days) - 1 for s in steps if s * span_days <= last})
    tests = [on for on in cutoffs[len(cutoffs) // 2 :] if on > WARM_DAYS + AHEAD_DAYS]
    if not tests:
        return [], []
    apart = max(APART_DAYS, math.ceil(tests[-1] / MOST_LESSONS))
    # One grid for all tests, and for each the latest window that is known by then.
    grid = {*range(tests[-1] - AHEAD_DAYS, WARM_DAYS, -apart), *(on - AHEAD_DAYS for on in tests)}
    return sorted(grid), tests


# ── figures ─────────────────────────────────────────────────────────────────────────────


def area(met: Sequence[bool] | NDArray[np.bool_], scores: Sequence[float] | NDArray[np.float64]) -> float:
    """Return the area under the ROC curve; equal scores count half."""
    outcome = np.asarray(met, dtype=bool)
    _, place, counts = np.unique(np.asarray(scores, dtype=float), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    ones = int(outcome.sum())
    return float((ranks[outcome].sum() - ones * (ones + 1) / 2) / (ones * (len(outcome) - ones)))


def calibration_error(met: Sequence[bool], chances: Sequence[float]) -> float:
    """Return the expected calibration error in bins of about equal size; equal forecasts share one."""
    p = np.asarray(chances, dtype=float)
    outcome = np.asarray(met, dtype=float)
    edges = np.quantile(p, np.linspace(0, 1, BINS + 1)[1:-1])
    place = np.searchsorted(edges, p, side="right")
    bins: list[NDArray[np.bool_]] = [place == n for n in range(BINS)]
    return float(sum(abs(outcome[b].mean() - p[b].mean()) * b.sum() for b in bins if b.any()) / len(p))


def area_of_all(cases: Cases, scores: Sequence[float]) -> float:
    """Return the area over all ties of a test, whosever they are."""
    return area(cases.met, scores)


def area_of_own(cases: Cases, scores: Sequence[float]) -> float:
    """Return the mean area over everybody's own ties; not a number where nobody has enough."""
    told = np.asarray(scores, dtype=float)
    met = np.asarray(cases.met, dtype=bool)
    found = [area(met[places], told[places]) for places in rankings(cases)]
    return sum(found) / len(found) if found else math.nan


def rankings(cases: Cases) -> list[list[int]]:
    """Return the places of everybody's own ties, of whoever has ten or more and both outcomes."""
    own: dict[str, list[int]] = defaultdict(list)
    for place, ends in enumerate(cases.ends):
        for end in ends:
            own[end].append(place)
    return [
        places
        for places in own.values()
        if len(places) >= LEAST_OWN and len({cases.met[n] for n in places}) > 1
    ]


def usable(met: Sequence[bool]) -> bool:
    """Say whether there is enough of either outcome to tell anything."""
    return len(met) >= LEAST_CASES and LEAST_OF_EACH <= sum(met) <= len(met) - LEAST_OF_EACH


def measure_population(
    windows: dict[int, Window], tests: Sequence[int], population: Population
) -> dict[str, Any] | None:
    """Return the figures of one population, or None where there is not enough to tell."""
    own: dict[str, list[float]] = defaultdict(list)
    alls: dict[str, list[float]] = defaultdict(list)
    within: list[float] = []
    every_met: list[bool] = []
    every_chance: list[float] = []
    ranked = 0
    for on in tests:
        cases = windows[on].of(population)
        lessons = [w.of(population) for day, w in sorted(windows.items()) if is_lesson(day, on)]
        known = [row for lesson in lessons for row in lesson.features]
        came = [outcome for lesson in lessons for outcome in lesson.met]
        if not usable(cases.met) or not usable(came):
            continue
        model: Model = fit_model(known, came)
        chances = [model.chance(row) for row in cases.features]
        told: dict[str, list[float]] = {
            "model": chances,
            "recency": [-r.recency_days for r in cases.rhythms],
            "frequency": [r.active_days for r in cases.rhythms],
            "overdue": [-overdue_ratio(r) for r in cases.rhythms],
        }
        rankable = len(rankings(cases))
        ranked += rankable
        for name, scores in told.items():
            alls[name].append(area_of_all(cases, scores))
            if rankable:
                own[name].append(area_of_own(cases, scores))
        within.append(calibration_error(cases.met, chances))
        every_met += cases.met
        every_chance += chances
    if not within:
        return None
    figures: dict[str, Any] = {
        name: {"auc": mean(own[name] if ranked else values), "auc_all_ties": mean(values)}
        for name, values in alls.items()
    }
    figures["model"] |= {
        "ece": round(calibration_error(every_met, every_chance), 4),
        "ece_windows": mean(within),
        "auc_pooled": round(area(every_met, every_chance), 4),
    }
    return {
        **figures,
        "tests": len(within),
        "rankings": ranked,
        "cases": len(every_met),
        "met": round(sum(every_met) / len(every_met), 4),
    }


def is_lesson(day: int, on: int) -> bool:
    """Say whether the window after a day teaches what is asked on another: over by then, not too early."""
    return day + AHEAD_DAYS <= on and is_late_enough(day, 0, on)


def overdue_ratio(rhythm: Rhythm) -> float:
    """Return days since the last contact over the median gap; with one day only, over that since it."""
    gap = rhythm.age_days if rhythm.gap_days is None else rhythm.gap_days
    return rhythm.recency_days / max(gap, 1)


def mean(values: Sequence[float]) -> float:
    """Return the mean, to four places."""
    return round(sum(values) / len(values), 4)


def measure_log(log: Log) -> list[dict[str, Any]]:
    """Return the figures of every population of a log that has enough; what has not is said on stderr."""
    lessons, tests = choose_days(log.span_days)
    if not tests:
        print(f"{log.name}: {log.span_days} days are too few to learn and to test; skipped.", file=sys.stderr)
        return []
    windows = {on: make_window(log.ties, on) for on in sorted({*lessons, *tests})}
    found = []
    for name, population in POPULATIONS.items():
        figures = measure_population(windows, tests, population)
        if figures is None:
            print(f"{log.name}, {name}: too few ties that met or did not; skipped.", file=sys.stderr)
        else:
            found.append({"file": log.name, "population": name, **figures})
    return found


def main() -> int:
    """Measure every file; 1 where nothing could be measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = corpus()
    files = given.files or (sorted((folder / "contact-logs").glob("*.gz")) if folder else [])
    if not files:
        print("Name a file of rows with two ids and a time in seconds.", file=sys.stderr)
        return 1
    found: list[dict[str, Any]] = []
    for path in files:
        began = time.perf_counter()
        try:
            log = load_log(path)
        except (OSError, EOFError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        figures = measure_log(log)
        found += figures
        if not given.json:
            say(log, figures, time.perf_counter() - began)
    if given.json:
        print(json.dumps(found, indent=2))
    return 0 if found else 1


def say(log: Log, figures: Sequence[dict[str, Any]], seconds: float) -> None:
    """Print the table of one log."""
    print(
        f"{log.name}: {log.rows:,} contacts of {len(log.ties):,} ties over {log.span_days} days,"
        f" {seconds:.0f} s"
    )
    if log.bad_rows or log.outside_rows:
        print(f"  left out: {log.bad_rows:,} lines that are no row, {log.outside_rows:,} rows beyond a hole")
    if not figures:
        return
    print(f"  {'':<8}{'':>9}{'':>7} | {'the model: AUC':<29} |  ECE   within | AUC, own ties (of all):")
    print(
        f"  {'ties':<8}{'cases':>9}{'met':>7} |"
        f" {'own ties':>9}{'all ties':>10}{'pooled':>9}  | {'':>5}{'a test':>9} |"
        f"{'recency':>13}{'frequency':>15}{'overdue':>15}"
    )
    for f in figures:
        m = f["model"]
        print(
            f"  {f['population']:<8}{f['cases']:>9,}{f['met']:>7.1%} | {m['auc']:>9.4f}"
            f"{m['auc_all_ties']:>10.4f}{m['auc_pooled']:>9.4f}  | {m['ece']:.3f}{m['ece_windows']:>9.3f} |"
            + "".join(
                f"  {f[p]['auc']:.3f} ({f[p]['auc_all_ties']:.3f})"
                for p in ("recency", "frequency", "overdue")
            )
        )


if __name__ == "__main__":
    sys.exit(main())
