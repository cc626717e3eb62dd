"""What no seating plan can cost less than: a bound by assignment (Gilmore and Lawler)."""

from __future__ import annotations

from legation.plan.seating_cost import BROKEN, Costs

#: More people than this are not bounded: the sums grow with the cube.
MOST = 400


def bound_cost(costs: Costs) -> int:
    """Return a cost in hundredths of a point that no plan with these places goes below.

    Every pair is charged half to each of the two; each guest at each place is charged what the
    place costs by itself, and the cheapest company that so many neighbours could be. The cheapest
    way of giving everybody a place at these charges is the bound.
    """
    import numpy as np  # noqa: PLC0415 - only who asks for a bound pays for it
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    count, people = len(costs.places), costs.people
    if count > MOST:
        return 0
    width = max((len(p.beside) for p in costs.places), default=0)
    across = max((len(p.facing) for p in costs.places), default=0)
    room = [plan.at for plan in costs.plans]
    charge = np.zeros((count, count), dtype=np.int64)
    lonely = _alone(costs)
    for d in range(count):
        if d >= people:
            continue  # an empty place: nothing
        empty = [0] * (count - people)
        others = [e for e in range(people) if e != d]
        beside = _cheapest([costs.beside[d][e] for e in others] + empty, width)
        facing = _cheapest([costs.facing[d][e] for e in others] + empty, across)
        table = sorted(cost for _, cost in costs.table[d])
        for p, place in enumerate(costs.places):
            company = beside[len(place.beside)] + facing[len(place.facing)]
            shared = [c for c in table if c < 0][: max(0, len(room[place.table]) - 1)]
            charge[d, p] = 2 * min(costs.own[d][p], BROKEN // 10**3) + company + sum(shared) + lonely[d]
    rows, columns = linear_sum_assignment(charge)
    total = int(charge[rows, columns].sum())
    # Halves are rounded up: costs are whole.
    return max(0, costs.constant - (-total // 2))


def _cheapest(costs: list[int], most: int) -> list[int]:
    """Return the least sum of k of the costs, for k = 0 … most."""
    out = [0]
    for cost in sorted(costs)[:most]:
        out.append(out[-1] + min(cost, BROKEN // 10**3))
    return out + [out[-1]] * (most + 1 - len(out))


def _alone(costs: Costs) -> list[int]:
    """Return twice what it costs those who share a language with nobody at all."""
    weight = 2 * costs.talk_weight if costs.talk_matters else 0
    return [0 if costs.shares[d] or costs.interprets[d] else weight for d in range(costs.people)]
