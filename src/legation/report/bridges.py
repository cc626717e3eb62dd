"""Who alone connects the owner's people: bridges, from the record of the last two years."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from legation.network.bridges import derive_pairs, find_bridges
from legation.store import lookups, planning
from legation.store.tx import Tx

#: Bridges do not last: nine in ten are gone within a year (Burt 2002).
BRIDGE_DAYS = 2 * 365


def load_bridges(tx: Tx, owner: str, on: dt.date, names: Mapping[str, str]) -> dict[str, str]:
    """Return who alone connects a circle or a set of people with the others, with the reason in words.

    Of encounters with the owner in the two years up to a day; circles are those of cards.
    """
    since = (on - dt.timedelta(days=min(BRIDGE_DAYS, on.toordinal() - 1))).isoformat()
    companies: dict[str, list[str]] = defaultdict(list)
    for encounter, day, person in planning.load_company(tx, owner, on.isoformat()):
        if day >= since:
            companies[encounter].append(person)
    circles: dict[str, list[str]] = defaultdict(list)
    for person, circle in lookups.load_circles(tx):
        if person != owner:
            circles[circle].append(person)
    missing = {p for people in companies.values() for p in people if p not in names}
    known = {**lookups.load_names(tx, missing), **names}
    pairs = derive_pairs(companies.values(), owner=owner)
    return find_bridges(pairs, circles, lambda person: known.get(person, person))
