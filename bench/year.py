"""Judge the planner by simulated years, beside simpler ways to plan and what bounds them all.

    python bench/year.py --seeds 10
    python bench/year.py --seeds 10 --first-seed 50 --json

Each seed draws a book of people and a year of hours, lost hours and answers (`instance.py`). The
reference bound is the steady-state linear programme at the mean hours that remained in that year;
it is no proof. The clairvoyant one is (a year planned by somebody who knows every answer), takes a
minute or several a seed, and is solved for the first `--clairvoyant` seeds.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from instance import LAYER_DAYS, draw_year, make_instance

from legation.plan.baselines import greedy, most_overdue
from legation.plan.clairvoyant import solve_clairvoyant
from legation.plan.instance import Floor, Instance
from legation.plan.policies import by_prices
from legation.plan.steady import solve_steady
from legation.plan.year import YearResult, simulate_year

#: Seeds that the policy's numbers were chosen on: figures on them flatter it.
TUNED_ON = range(100, 110)
#: Floors of the second and third figure: the inner five, and the fifteen after them.
FLOORS = ((7, 0.65), (14, 0.50))
WEEKS = 52


@dataclass(frozen=True, slots=True)
class Row:
    """One seed: shares of worth within interval over the year, and of time by layer with floors."""

    seed: int
    b1: float
    greedy: float
    plan: float
    bound: float
    floored: float
    floored_bound: float
    layers: list[float]
    free_layers: list[float]
    bound_layers: list[float]
    hours: float
    hours_left: float
    seconds: float
    clairvoyant: float | None = None


def floors_of(instance: Instance) -> tuple[Floor, ...]:
    return tuple(
        Floor(f"{days} days", np.flatnonzero(instance.ideal_days == days), share) for days, share in FLOORS
    )


def layers_of(instance: Instance, result: YearResult) -> list[float]:
    return [round(result.by_interval(instance.ideal_days, days), 4) for days in LAYER_DAYS]


def measure(people: int, seed: int, clairvoyant: bool) -> Row:
    instance = make_instance(people, seed)
    year = draw_year(instance, seed, WEEKS)
    floors = floors_of(instance)
    base = simulate_year(instance, year, most_overdue(instance), WEEKS)
    by_greed = simulate_year(instance, year, greedy(instance), WEEKS)
    begun = time.perf_counter()
    plan = simulate_year(instance, year, by_prices(instance), WEEKS)
    seconds = time.perf_counter() - begun
    floored = simulate_year(instance, year, by_prices(instance, floors=floors), WEEKS)
    bound = solve_steady(instance, year.mean_hours)
    floored_bound = solve_steady(instance, year.mean_hours, floors=floors)
    return Row(
        seed=seed,
        b1=base.share,
        greedy=by_greed.share,
        plan=plan.share,
        bound=bound.share,
        floored=floored.share,
        floored_bound=floored_bound.share,
        layers=layers_of(instance, floored),
        free_layers=layers_of(instance, plan),
        bound_layers=[round(bound.by_interval(instance.ideal_days, days), 4) for days in LAYER_DAYS],
        hours=float(plan.hours_used.mean()),
        hours_left=year.mean_hours,
        seconds=seconds,
        clairvoyant=solve_clairvoyant(instance, year, WEEKS) if clairvoyant else None,
    )


def show(row: Row) -> None:
    extra = "" if row.clairvoyant is None else f"   clairvoyant {row.clairvoyant:.3f}"
    print(
        f"{row.seed:5d}  {row.b1:5.3f}  {row.greedy:6.3f}  {row.plan:5.3f}  {row.bound:5.3f}"
        f"  {row.plan / row.bound:5.3f}  {row.floored:7.3f}  {row.floored_bound:5.3f}"
        f"  {row.floored / row.floored_bound:5.3f}  {row.layers[0]:5.3f}  {row.layers[1]:5.3f}"
        f"  {row.hours:5.1f}  {row.seconds:4.1f}{extra}",
        flush=True,
    )


def mean_of(rows: list[Row], name: str) -> float:
    return float(np.mean([getattr(row, name) for row in rows]))


def goal(label: str, value: float, least: float) -> str:
    return f"  {label:<58} {value:6.3f}  goal {least:.3f}  {'met' if value >= least else 'MISSED'}"


def summarise(rows: list[Row]) -> None:
    base, by_greed, plan, bound = (mean_of(rows, name) for name in ("b1", "greedy", "plan", "bound"))
    floored, floored_bound = mean_of(rows, "floored"), mean_of(rows, "floored_bound")
    layers = np.mean([row.layers for row in rows], axis=0)
    free = np.mean([row.free_layers for row in rows], axis=0)
    steady = np.mean([row.bound_layers for row in rows], axis=0)
    print(
        f"\nMean of {len(rows)} years: most overdue first {base:.3f}, greedy {by_greed:.3f}, plan {plan:.3f}"
        f" (standard error {np.std([row.plan for row in rows]) / max(1, len(rows) - 1) ** 0.5:.3f}),"
        f" reference bound {bound:.3f}."
    )
    print(goal("plan / most overdue first (B1)", plan / base, 2.85))
    print(goal("plan - greedy", plan - by_greed, 0.03))
    print(goal("plan / reference bound", plan / bound, 0.94))
    print(goal("with floors / reference bound with floors", floored / floored_bound, 0.91))
    for k, (days, share) in enumerate(FLOORS):
        print(goal(f"share of time in the layer of {days} days, with floors", float(layers[k]), share))
    print(
        f"The floors cost {plan - floored:.3f} of the share ({bound - floored_bound:.3f} in the bound)."
        f" {mean_of(rows, 'hours'):.1f} hours a week were used of {mean_of(rows, 'hours_left'):.1f} that"
        f" were left after losses; a year took {mean_of(rows, 'seconds'):.1f} s to plan."
    )
    print("Share of time within interval, by layer of " + ", ".join(map(str, LAYER_DAYS)) + " days:")
    for label, of in (("plan", free), ("plan with floors", layers), ("reference bound", steady)):
        print(f"  {label:<18}" + "  ".join(f"{share:.3f}" for share in of))
    known = [row for row in rows if row.clairvoyant is not None]
    if known:
        ahead = float(np.mean([row.clairvoyant for row in known]))
        print(
            f"Clairvoyant bound ({len(known)} of the years): {ahead:.3f}; the plan reaches"
            f" {mean_of(known, 'plan') / ahead:.3f} of it."
        )
    print(f"Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.")
    if any(row.seed in TUNED_ON for row in rows):
        print(f"Some of these seeds ({TUNED_ON.start}-{TUNED_ON.stop - 1}) the policy was tuned on.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds (10)")
    parser.add_argument("--first-seed", type=int, default=0, help="the first of them (0)")
    parser.add_argument("--people", type=int, default=500, help="people in the book (500)")
    parser.add_argument("--clairvoyant", type=int, default=None, help="for how many (1; 0 with --json)")
    parser.add_argument("--json", action="store_true", help="print a list of objects, one a seed")
    given = parser.parse_args()
    known = given.clairvoyant if given.clairvoyant is not None else 0 if given.json else 1
    rows: list[Row] = []
    if not given.json:
        print(
            f"{given.people} people, {WEEKS} weeks; tuned on seeds {TUNED_ON.start}-{TUNED_ON.stop - 1}.\n"
            " seed  b1     greedy  plan   bound  ratio  floored  bound  ratio  7 d    14 d   hours  s"
        )
    for k in range(given.seeds):
        rows.append(measure(given.people, given.first_seed + k, k < known))
        if not given.json:
            show(rows[-1])
    if given.json:
        json.dump([asdict(row) for row in rows], sys.stdout, indent=1)
        print()
    else:
        summarise(rows)


if __name__ == "__main__":
    main()
