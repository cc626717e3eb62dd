"""Two people who are planned for and may be one: what is still asked about them."""

from __future__ import annotations

from collections.abc import Mapping

from legation.store import planning
from legation.store.tx import Tx

#: How many are named; the review asks of all.
MOST_NAMED = 5


def say_doubles(tx: Tx, names: Mapping[str, str]) -> tuple[str, ...]:
    """Say which of the people planned for may be one, by open questions; () where none are.

    `names` are by person id. Whoever is asked about in several questions is named once, with all who
    may be the same.
    """
    groups: list[set[str]] = []
    for one, other in planning.load_pairs_asked(tx, names):
        joined = {one, other}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    said = sorted(" or ".join(sorted(names[p] for p in group)) for group in groups)
    if not said:
        return ()
    more = f"; and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
    named = "; ".join(said[:MOST_NAMED]) + more
    return (f"Perhaps one person, planned for as several: {named}. `legation review` asks.",)
