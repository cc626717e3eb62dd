"""Seating measured: time and cost by number of guests, and the gap to the best plan of small dinners."""

from __future__ import annotations

import argparse
import json
import random
import time

from legation.plan.seating import Diner, Near, Never, SeatingPlan, SeatingTask, Table, derive_seating
from legation.plan.seating_cost import Seats, build_costs
from legation.plan.seating_search import STEPS_LEAST, try_every

#: Guests, tables, places at each: one long table, then round ones.
SIZES = ((14, 1, 14), (24, 1, 24), (48, 6, 8), (100, 10, 10), (200, 20, 10))
TONGUES = ("en", "fr", "de", "ru")


def make_dinner(guests: int, tables: int, seats: int, seed: int) -> SeatingTask:
    """Return a dinner with ranks, couples, four languages, wishes and enemies."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    names = [f"Guest {n + 1}" for n in range(guests)]
    diners = tuple(
        Diner(
            name, rank=n + 1 if n < 0.6 * guests else 0, sex="f" if n % 2 else "m",
            languages=frozenset(rng.sample(TONGUES, rng.choice([1, 1, 2]))),
            partner=names[n ^ 1] if (n ^ 1) < guests and n < guests / 2 else "",
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    first = Table("1", seats, "long" if tables == 1 else "round", names[0], names[1])
    never = [
        Never(*rng.sample(names[2:], 2), "beside" if tables == 1 else "table") for _ in range(guests // 10)
    ]
    near = [Near(*rng.sample(names, 2), weight=rng.choice([2, 5])) for _ in range(guests // 5)]
    others = tuple(Table(str(n + 2), seats) for n in range(tables - 1))
    return SeatingTask(diners, (first, *others), tuple(never), tuple(near), alternate=True)


def measure_sizes(seeds: range) -> list[dict[str, float]]:
    found = []
    for guests, tables, seats in SIZES:
        for seed in seeds:
            task = make_dinner(guests, tables, seats, seed)
            start = time.perf_counter()
            plan = derive_seating(task)
            seconds = time.perf_counter() - start
            if not isinstance(plan, SeatingPlan):
                print(f"{guests} guests, seed {seed}: rules conflict")
                continue
            found.append(
                {"guests": guests, "seed": seed, "cost": plan.cost / 100, "bound": plan.bound / 100,
                 "seconds": round(seconds, 2)}
            )  # fmt: skip
    return found


def measure_gaps(seeds: range) -> list[dict[str, float]]:
    """Compare what the search finds for nine and ten free guests with the best of all plans."""
    found = []
    for guests in (11, 12):
        for seed in seeds:
            task = make_dinner(guests, 1, guests, seed)
            plan = derive_seating(task, steps=STEPS_LEAST)
            if not isinstance(plan, SeatingPlan):
                continue
            best = best_of_all(task, plan)
            found.append({"guests": guests, "seed": seed, "cost": plan.cost / 100, "best": best / 100})
    return found


def best_of_all(task: SeatingTask, plan: SeatingPlan) -> int:
    """Return the least cost of any plan with the same places."""
    from legation.plan.seating import rules_of  # noqa: PLC0415

    costs = build_costs(task, plan.laid, rules_of(task))
    number = {d.name: n for n, d in enumerate(task.diners)}
    at = [costs.people] * len(costs.places)
    for seated in plan.seated:
        at[seated.place] = number[seated.name]
    free = [p for p in range(len(at)) if p not in set(costs.fixed)]
    return try_every(costs, Seats(costs, at), free)[0].total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--gaps", type=int, default=20, help="small dinners of each size")
    parser.add_argument("--json", action="store_true", help="print two lists of objects")
    given = parser.parse_args()
    sizes = measure_sizes(range(given.first_seed, given.first_seed + given.seeds))
    gaps = measure_gaps(range(given.first_seed, given.first_seed + given.gaps))
    if given.json:
        print(json.dumps({"sizes": sizes, "gaps": gaps}, indent=1))
        return
    for row in sizes:
        said = (
            "{guests:4.0f} guests, seed {seed:3.0f}: {cost:7.2f} points (bound {bound:.2f}), {seconds:.2f} s"
        )
        print(said.format(**row))
    worse = [g for g in gaps if g["cost"] > g["best"]]
    print(f"{len(gaps)} small dinners: {len(gaps) - len(worse)} at the least cost there is")
    for row in worse:
        print("  {guests:.0f} guests, seed {seed:.0f}: {cost:.2f} points, best {best:.2f}".format(**row))


if __name__ == "__main__":
    main()
