"""Which labelled person each person of a reading stands for, by the mentions that lead to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from legation.workspace.evaluate.spans import Pair, match_spans

Value = Mapping[str, Any]
#: Begins what stands for somebody who is not labelled.
STRANGER = "?"
#: Somebody whose only label says nobody in particular: neither a labelled person nor no one.
UNTOLD = "-"


def span_of(value: Value) -> Pair:
    """Return the span of a label or of what was read."""
    start, end = value["span"] if "span" in value else (value["start"], value["end"])
    return int(start), int(end)


def most_of(votes: Counter[str]) -> str:
    """Return what has most votes, of several the first by name; "" where there are none."""
    return max(sorted(votes), key=votes.__getitem__, default="")


class Alignment:
    """One reading against its labels.

    `mentions` maps the index of each of the reading's mentions to that of the labelled one that
    it overlaps, whatever their kinds: the name of an office may be labelled as either.
    """

    def __init__(self, read: Value, labels: Sequence[Value], author: str) -> None:
        self.read = read
        self.labels = labels
        mine = read["mentions"]
        self.mentions = match_spans([span_of(m) for m in mine], [span_of(m) for m in labels])
        self.author = author
        self.of: dict[str, Counter[str]] = defaultdict(Counter)
        self.at: dict[str, list[int]] = defaultdict(list)
        for i, mention in enumerate(mine):
            self.at[mention["person"]].append(i)
            gold = self._label(i)
            if gold:
                self.of[mention["person"]][gold] += 1

    def person(self, person: str | None, span: Pair | None = None) -> str | None:
        """Return the labelled person whom one of ours stands for in a span.

        The mentions inside the span decide, else all of them, by majority. Somebody who overlaps no
        labelled person is a stranger, "?" and the id; "-" where the only label there says nobody in
        particular; None where we name nobody.
        """
        if person is None:
            return None
        if person == self.read["author"] and self.author:
            return self.author
        inside = [
            i
            for i in self.at.get(person, ())
            if span and span[0] <= self.read["mentions"][i]["start"] < span[1]
        ]
        votes = Counter(g for i in inside if (g := self._label(i)))
        votes = votes or self.of.get(person, Counter())
        if votes:
            return most_of(votes)
        if any(i in self.mentions for i in self.at.get(person, ())):
            return UNTOLD
        return STRANGER + person

    def waits(self, person: str | None) -> bool:
        """Say whether it is open who somebody is: none of their mentions leads to a person for certain."""
        at = self.at.get(person or "", ())
        return bool(at) and all(self.read["mentions"][i].get("state") == "ask" for i in at)

    def persons(self, people: Sequence[str], span: Pair | None = None) -> frozenset[str]:
        """Return the labelled persons of some of ours; strangers count as such."""
        found = (self.person(p, span) for p in people)
        return frozenset(p for p in found if p and p != UNTOLD)

    def _label(self, index: int) -> str:
        if index not in self.mentions:
            return ""
        return str(self.labels[self.mentions[index]].get("person") or "")
