"""Scores encounters: whether they were found, with whom, in which form, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from legation.workspace.evaluate.align import Alignment, span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.scores_mentions import error
from legation.workspace.evaluate.spans import pick, shared

Value = Mapping[str, Any]


def pair_up(
    found: Sequence[tuple[Value, frozenset[str]]], wanted: Sequence[Value], beside: str = ""
) -> dict[int, int]:
    """Match encounters one to one: spans overlap, a participant is in common; likest people first.

    With `beside` it is not enough to have that person in common.
    """
    pairs = []
    for i, (mine, people) in enumerate(found):
        for k, gold in enumerate(wanted):
            common = shared(span_of(mine), span_of(gold))
            theirs = set(gold["participants"])
            both = len(people & theirs)
            if common > 0 and (people & theirs) - {beside}:
                pairs.append(((both / len(people | theirs), float(common)), -i, -k))
    return {-i: -k for i, k in pick(pairs).items()}


def score_encounters(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count all encounters, and by themselves those that enter unasked, and those with nobody who waits."""
    wanted = doc.labels["encounters"]
    aligned = Alignment(read, doc.labels.get("mentions", []), doc.author)
    every = [(e, aligned.persons(e["participants"], span_of(e))) for e in read["encounters"]]
    unasked = [row for row in every if row[0].get("state") != "ask"]
    settled = [row for row in unasked if not any(map(aligned.waits, row[0]["participants"]))]
    beside = pair_up(every, wanted, doc.author)
    tally.add("encounters", "beside_author", doc.unit, len(beside), len(every), len(wanted))
    for prefix, found in (("", every), ("unasked_", unasked), ("settled_", settled)):
        of = pair_up(found, wanted)
        measure = prefix.rstrip("_") or "found"
        tally.add("encounters", measure, doc.unit, len(of), len(found), len(wanted))
        for i, k in sorted(of.items()):
            (mine, people), gold = found[i], wanted[k]
            fields = {
                "exact_set": people == set(gold["participants"]),
                "form": mine["form"] == gold["form"] if gold.get("form") else None,
                "date": mine["on"] == gold["on"] if "on" in gold else None,
                "status": mine["status"] == gold["status"] if gold.get("status") else None,
            }
            for name, right in fields.items():
                if right is not None:
                    tally.add("encounters", prefix + name, doc.unit, int(right), 1)
            wrong = [name for name, right in fields.items() if right is False]
            if wrong and not prefix:
                said = {
                    "participants": sorted(people), "labelled": sorted(gold["participants"]),
                    "form": mine["form"], "on": mine["on"], "status": mine["status"],
                }  # fmt: skip
                tally.errors.append(
                    error(
                        "encounters",
                        "differs in " + ", ".join(wrong),
                        doc,
                        span_of(gold),
                        rule=mine["rule"],
                        **said,
                    )
                )
        if not prefix:
            _note(doc, found, wanted, of, tally)


def _note(
    doc: GoldDoc,
    found: Sequence[tuple[Value, frozenset[str]]],
    wanted: Sequence[Value],
    of: Mapping[int, int],
    tally: Tally,
) -> None:
    """Note what was not matched."""
    taken = set(of.values())
    for i, (mine, people) in enumerate(found):
        if i not in of:
            more = {"participants": sorted(people), "rule": mine["rule"], "state": mine["state"]}
            tally.errors.append(error("encounters", "false", doc, span_of(mine), **more))
    for k, gold in enumerate(wanted):
        if k not in taken:
            tally.errors.append(
                error("encounters", "missed", doc, span_of(gold), labelled=sorted(gold["participants"]))
            )
