"""Spans matched one to one: what was found against what is labelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Pair = tuple[int, int]


def shared(a: Pair, b: Pair) -> int:
    """Return how many code points two spans have in common."""
    return min(a[1], b[1]) - max(a[0], b[0])


def match_spans(
    found: Sequence[Pair],
    wanted: Sequence[Pair],
    prefer: Callable[[int, int], float] | None = None,
) -> dict[int, int]:
    """Match spans that overlap, one to one, best first: index of found → index of wanted.

    The same span comes first, then what `prefer` (index of found, of wanted) rates higher, then
    the greater share of both spans in common. A span that could only have been matched with one
    that is taken is not matched: each error counts once.
    """
    pairs: list[tuple[bool, float, float, int, int]] = []
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    for i, mine in enumerate(found):
        for k in order:
            if wanted[k][0] >= mine[1]:
                break
            common = shared(mine, wanted[k])
            if common > 0:
                union = max(mine[1], wanted[k][1]) - min(mine[0], wanted[k][0])
                rated = prefer(i, k) if prefer else 0.0
                pairs.append((mine == wanted[k], rated, common / union, -i, -k))
    return pick((p[:3], -p[3], -p[4]) for p in pairs)


def pick(pairs: Iterable[tuple[tuple[float, ...], int, int]]) -> dict[int, int]:
    """Take pairs (rating, index of found, index of wanted) best first, each index once.

    Where the best choice leaves another pair without a partner that it could have had, the choice
    is mended along an alternating path, so that as many as possible are matched.
    """
    rows = sorted(pairs, key=lambda p: (p[0], -p[1], -p[2]), reverse=True)
    of_found: dict[int, int] = {}
    of_wanted: dict[int, int] = {}
    options: dict[int, list[int]] = {}
    for _, i, k in rows:
        options.setdefault(i, []).append(k)
        if i not in of_found and k not in of_wanted:
            of_found[i], of_wanted[k] = k, i

    def mend(i: int, seen: set[int]) -> bool:
        for k in options[i]:
            if k in seen:
                continue
            seen.add(k)
            if k not in of_wanted or mend(of_wanted[k], seen):
                of_found[i], of_wanted[k] = k, i
                return True
        return False

    for i in options:
        if i not in of_found:
            mend(i, set())
    return of_found
