"""Figures: what each one counts, its value, and its interval of 95 %."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from legation.workspace.evaluate.intervals import Counts, bootstrap, f_score, wilson

Kind = Literal["match", "share", "rate"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted in a task: `match` gives precision, recall and F1, `share` a proportion.

    `rate` is a number for every hundred, which may be more than a hundred.
    """

    name: str
    kind: Kind
    definition: str


@dataclass(slots=True)
class Tally:
    """Counts by (task, measure) and unit; what was wrong is kept for whoever asks for it."""

    counts: dict[tuple[str, str], dict[str, Counts]] = field(default_factory=lambda: defaultdict(dict))
    errors: list[dict[str, Any]] = field(default_factory=list)
    #: Units of each task, also those without a case.
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, task: str, measure: str, unit: str, hits: int, found: int, wanted: int = 0) -> None:
        """Add the counts of one document; of a share, `found` is the number of cases."""
        rows = self.counts[task, measure]
        before = rows.get(unit, (0, 0, 0))
        rows[unit] = (before[0] + hits, before[1] + found, before[2] + wanted)

    def merge(self, other: Tally, prefix: str = "") -> None:
        """Add the counts of another tally; `prefix` keeps units of one name in two files apart."""
        for (task, measure), rows in other.counts.items():
            for unit, counts in rows.items():
                self.add(task, measure, prefix + unit, *counts)
        for task, units in other.units.items():
            self.units[task] |= {prefix + u for u in units}
        self.errors += other.errors


def total(rows: Iterable[Counts]) -> Counts:
    """Add counts up."""
    every = list(rows)
    return sum(r[0] for r in every), sum(r[1] for r in every), sum(r[2] for r in every)


def share_json(hits: int, of: int) -> dict[str, Any]:
    """Return a proportion with Wilson's interval."""
    bounds = wilson(hits, of)
    return {
        "value": hits / of if of else None,
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "interval": "wilson",
        "hits": hits,
        "of": of,
    }


def f_json(rows: Mapping[str, Counts]) -> dict[str, Any]:
    """Return F1 with its bootstrap interval; `of` is the mean of what is found and wanted."""
    hits, found, wanted = total(rows.values())
    bounds = bootstrap([rows[u] for u in sorted(rows)])
    return {
        "value": f_score(hits, found, wanted),
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "interval": "bootstrap",
        "hits": hits,
        "of": (found + wanted) / 2,
    }


def rate_json(rows: Mapping[str, Counts]) -> dict[str, Any]:
    """Return a number for every hundred with a bootstrap interval over documents."""
    hits, of, _ = total(rows.values())
    # F1 of (n, m, m) is n/m: the same resampling serves.
    bounds = bootstrap([(h, c, c) for h, c, _ in (rows[u] for u in sorted(rows))])
    return {
        "value": 100 * hits / of if of else None,
        "low": 100 * bounds[0] if bounds else None,
        "high": 100 * bounds[1] if bounds else None,
        "interval": "bootstrap",
        "hits": hits,
        "of": of,
    }


def list_figures(measure: Measure) -> tuple[tuple[str, str], ...]:
    """Return the figures of a measure with their definitions."""
    if measure.kind != "match":
        return ((measure.name, measure.definition),)
    return (
        (f"{measure.name}_precision", f"right / found: {measure.definition}"),
        (f"{measure.name}_recall", f"right / labelled: {measure.definition}"),
        (f"{measure.name}_f1", f"2 · right / (found + labelled): {measure.definition}"),
    )


def task_json(
    task: str, measures: Iterable[Measure], tally: Tally, *, every: bool = True
) -> dict[str, dict[str, Any]]:
    """Return the figures of a task by name; all of its measures, or those with counts."""
    made: dict[str, dict[str, Any]] = {}
    for measure in measures:
        rows = tally.counts.get((task, measure.name), {})
        if not rows and not every:
            continue
        hits, found, wanted = total(rows.values())
        if measure.kind == "share":
            made[measure.name] = share_json(hits, found)
        elif measure.kind == "rate":
            made[measure.name] = rate_json(rows)
        else:
            made[f"{measure.name}_precision"] = share_json(hits, found)
            made[f"{measure.name}_recall"] = share_json(hits, wanted)
            made[f"{measure.name}_f1"] = f_json(rows)
    return made
