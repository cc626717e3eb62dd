"""Fits the model that foretells silence on public contact logs and writes its figures.

    python training/train_silence.py ../shared/data/contact-logs/*.gz \
        --out src/legation/network/silence_prior.py

The same input gives the same figures on one machine. Every log counts alike: of each, so many rows are
taken in equal steps from windows thirty days apart, the early ones too: a workspace begins with a short
record. `training/SILENCE_CARD.md` says what comes out.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from silence import (
    POPULATIONS,
    Log,
    Window,
    area_of_all,
    area_of_own,
    calibration_error,
    choose_days,
    load_log,
    make_window,
    usable,
)

from legation.network.silence import AHEAD_DAYS, FEATURES, LESSON_DAYS, MUTUAL, Features, Model, fit_model

ROWS_A_LOG = 40_000
FIRST_DAY = 30

HEAD = '''"""The shipped model of silence: fitted by `training/train_silence.py`, not written by hand.

Of contact logs: {people}.
`training/SILENCE_CARD.md` has the sources and what to expect.
"""

from __future__ import annotations

from legation.network.silence import Model

'''


def windows_of(log: Log) -> list[Window]:
    """Return the windows of a whole log, thirty days apart, the last one ending with it."""
    return [make_window(log.ties, on) for on in range(log.span_days - AHEAD_DAYS, FIRST_DAY, -AHEAD_DAYS)]


def rows_of(log: Log, *, mutual: bool) -> tuple[list[Features], list[bool]]:
    """Return rows and outcomes of a log; with `mutual` both directions count as one."""
    rows: list[Features] = []
    met: list[bool] = []
    for window in windows_of(log):
        for rhythm, features, came in zip(window.rhythms, window.features, window.met, strict=True):
            if rhythm.recency_days <= LESSON_DAYS:
                rows.append(rhythm.features(MUTUAL) if mutual else features)
                met.append(came)
    step = max(1, math.ceil(len(rows) / ROWS_A_LOG))
    return rows[::step], met[::step]


def fit(logs: list[Log], *, mutual: bool) -> Model:
    """Return the model of some logs, all counting alike."""
    parts = [rows_of(log, mutual=mutual) for log in logs]
    return fit_model([r for rows, _ in parts for r in rows], [m for _, met in parts for m in met])


def cross(logs: list[Log]) -> None:
    """Print how a model of the other logs does on each, untouched and with the intercept of the log."""
    for log in logs:
        others = [other for other in logs if other is not log]
        if not others:
            continue
        _, tests = choose_days(log.span_days)
        windows = [make_window(log.ties, on) for on in tests]
        for mutual in (False, True):
            model = fit(others, mutual=mutual)
            for name, population in POPULATIONS.items():
                own, areas, chances, outcomes = [], [], [], []
                for window in windows:
                    cases = window.of(population)
                    if usable(cases.met):
                        rows = [r.features(MUTUAL) for r in cases.rhythms] if mutual else cases.features
                        told = [model.chance(row) for row in rows]
                        own.append(area_of_own(cases, told))
                        areas.append(area_of_all(cases, told))
                        chances += told
                        outcomes += cases.met
                if areas:
                    kind = "mutual" if mutual else "directed"
                    print(
                        f"{log.name}, {name}, {kind}, model of the other logs:"
                        f" AUC of own ties {sum(own) / len(own):.3f}, of all {sum(areas) / len(areas):.3f},"
                        f" ECE {calibration_error(outcomes, chances):.3f}"
                    )


def write(model: Model, name: str, says: str) -> str:
    """Return a model as a constant."""

    def line(values: Features) -> str:
        return "(" + ", ".join(f"{v:.5f}" for v in values) + ")"

    return (
        f"#: {says}\n{name} = Model(\n    means={line(model.means)},\n    scales={line(model.scales)},\n"
        f"    weights={line(model.weights)},\n    intercept={model.intercept:.5f},\n"
        f"    fitted_on={model.fitted_on},\n)\n"
    )


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    logs = [load_log(path) for path in given.files]
    cross(logs)
    directed, mutual = fit(logs, mutual=False), fit(logs, mutual=True)
    for name, one, both in zip(FEATURES, directed.weights, mutual.weights, strict=True):
        print(f"{name:<18}{one:>8.3f}{both:>8.3f}")
    if given.out:
        text = HEAD.format(people="e-mail in a research institution and messages among students")
        text += write(mutual, "PRIOR", "For encounters, where both sides are there.")
        text += "\n" + write(directed, "DIRECTED", "For letters and messages, where either side writes.")
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
