"""How near to the bound the planner comes, and how fast: made books, the same for the same seed.

    python bench/plan.py --people 500 --weeks 12 --seeds 10
    python bench/plan.py --people 2000 --seeds 2 --first-seed 100 --json

`gap` is 1 - plan / bound of the weekly model with what lies beyond the last week; the bound is the
optimum of its linear programme without any cuts. Seconds are from the instance to the plan. In the
same run, beside each plan: the linear programme with its groups rounded once and nothing else
("rounded"), and greedy filling of one week after the other ("greedy"), both measured by that bound.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from dataclasses import dataclass

from instance import draw_hours, make_instance
from measure import machine

from legation.plan.dive import dive_plainly, seat_attendances
from legation.plan.improve import Draft
from legation.plan.instance import Instance, Weeks
from legation.plan.model import derive_limits, derive_model
from legation.plan.schedules import Master
from legation.plan.score import find_broken, score_groups
from legation.plan.solve import LARGE, solve_weeks


@dataclass(frozen=True, slots=True)
class Row:
    """One plan and its peers: gaps as shares, seconds by the wall and of the processor."""

    seed: int
    gap: float
    seconds: float
    processor: float
    rounded: float
    rounded_seconds: float
    greedy: float
    broken: int


def run_seed(people: int, count: int, seed: int, *, peers: bool) -> Row:
    instance = make_instance(people, seed)
    weeks = Weeks(hours=draw_hours(count, seed + 1, instance.scale))
    began, spent = time.perf_counter(), time.process_time()
    found = solve_weeks(instance, weeks)
    seconds, processor = time.perf_counter() - began, time.process_time() - spent
    rounded = rounded_seconds = greedy = float("nan")
    if peers:
        total = score_groups(instance, weeks, found.groups).total
        bound = total / (1 - found.gap)
        if people <= LARGE:
            began = time.perf_counter()
            rounded = 1 - run_rounded(instance, weeks) / bound
            rounded_seconds = time.perf_counter() - began
        greedy = 1 - run_greedy(instance, weeks) / bound
    broken = len(find_broken(instance, weeks, found.groups))
    return Row(seed, found.gap, seconds, processor, rounded, rounded_seconds, greedy, broken)


def run_rounded(instance: Instance, weeks: Weeks) -> float:
    model, limits = derive_model(instance, weeks), derive_limits(instance, weeks)
    master = Master(instance, weeks, model)
    master.begin(instance, weeks)
    plain = dive_plainly(instance, model, limits, master, master.solve())
    return score_groups(instance, weeks, seat_attendances(instance, weeks, model, plain)).total


def run_greedy(instance: Instance, weeks: Weeks) -> float:
    draft = Draft(instance, weeks, ())
    for t in range(weeks.count):
        draft.fill_week(t)
    return score_groups(instance, weeks, draft.list_groups()).total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=10, help="how many")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="a list of {seed, gap, seconds}")
    given = parser.parse_args()
    seeds = range(given.first_seed, given.first_seed + given.seeds)
    if not given.json:
        print(machine())
        print(f"{given.people} people, {given.weeks} weeks\n")
        print("seed   gap %  seconds  processor   rounded %  seconds   greedy %  rules broken")
    rows = []
    for seed in seeds:
        row = run_seed(given.people, given.weeks, seed, peers=not given.json)
        rows.append(row)
        if not given.json:
            print(
                f"{row.seed:4}  {100 * row.gap:6.2f}  {row.seconds:7.2f}  {row.processor:9.2f}"
                f"   {100 * row.rounded:9.2f}  {row.rounded_seconds:7.2f}   {100 * row.greedy:8.2f}"
                f"  {row.broken:12}",
                flush=True,
            )
    # Kilobytes on Linux, bytes on a Mac.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    peak = f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MB"
    if given.json:
        print(json.dumps([{"seed": r.seed, "gap": r.gap, "seconds": r.seconds} for r in rows]))
        print(peak, file=sys.stderr)
        return
    worst, mean = max(r.gap for r in rows), sum(r.gap for r in rows) / len(rows)
    slowest = max(r.seconds for r in rows)
    print(f"\nmean gap {100 * mean:.2f} %, worst {100 * worst:.2f} %; slowest {slowest:.1f} s; {peak}")


if __name__ == "__main__":
    main()
