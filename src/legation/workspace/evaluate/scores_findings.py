"""Scores statements, introductions, promises, occasions and dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from legation.workspace.evaluate.align import Alignment, span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.scores_mentions import error, note_unmatched
from legation.workspace.evaluate.spans import match_spans

Value = Mapping[str, Any]


def _prefer(rate: Callable[[int, int, Any], float], rows: Any) -> Callable[[int, int], float]:
    """Return a rating of (index of found, of wanted) with the rows that it looks at."""
    return lambda i, k: float(rate(i, k, rows))


def is_unasked(value: Value) -> bool:
    """Say whether what was read enters the ledger without a question."""
    return value.get("state") != "ask"


def score_statements(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count statements, their speakers and addressees.

    In what enters unasked a speaker of whom it is open who that is has not been claimed.
    """
    wanted = doc.labels["statements"]
    aligned = Alignment(read, doc.labels.get("mentions", []), doc.author)
    every = [(s, aligned.person(s["speaker"], span_of(s))) for s in read["statements"]]
    unasked = [row for row in every if is_unasked(row[0])]
    settled = [row for row in unasked if not aligned.waits(row[0]["speaker"])]
    for prefix, found in (("", every), ("unasked_", unasked), ("settled_", settled)):
        speakers = [speaker for _, speaker in found]
        of = match_spans(
            [span_of(s) for s, _ in found],
            [span_of(g) for g in wanted],
            _prefer(lambda i, k, who: bool(who[i]) and who[i] == wanted[k]["speaker"], speakers),
        )
        measure = prefix.rstrip("_") or "found"
        tally.add("statements", measure, doc.unit, len(of), len(found), len(wanted))
        claimed = [
            (i, k)
            for i, k in sorted(of.items())
            if found[i][0]["speaker"] and not (prefix and aligned.waits(found[i][0]["speaker"]))
        ]
        right = sum(speakers[i] == wanted[k]["speaker"] for i, k in claimed)
        tally.add("statements", prefix + "speaker", doc.unit, right, len(claimed))
        tally.add("statements", prefix + "coverage", doc.unit, len(claimed), len(wanted))
        if not prefix:
            _score_details(doc, [s for s, _ in found], aligned, of, tally)
            tally.errors += [
                error("statements", "speaker", doc, span_of(wanted[k]), rule=found[i][0].get("rule", ""),
                      speaker=speakers[i], labelled=wanted[k]["speaker"])
                for i, k in claimed if speakers[i] != wanted[k]["speaker"]
            ]  # fmt: skip
            note_unmatched(tally, "statements", doc, [s for s, _ in found], wanted, of)


def _score_details(
    doc: GoldDoc, found: Sequence[Value], aligned: Alignment, of: Mapping[int, int], tally: Tally
) -> None:
    """Count addressees and mode of the statements that were matched."""
    for i, k in sorted(of.items()):
        mine, gold = found[i], doc.labels["statements"][k]
        if "addressees" in gold:
            people, theirs = aligned.persons(mine["addressees"], span_of(mine)), set(gold["addressees"])
            tally.add("statements", "addressees", doc.unit, int(people == theirs), 1)
            tally.add("statements", "addressed", doc.unit, len(people & theirs), len(people), len(theirs))
        if gold.get("mode"):
            tally.add("statements", "mode", doc.unit, int(mine["mode"] == gold["mode"]), 1)


def score_introductions(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count introductions: by whom, and who was introduced."""

    def fields(mine: Value, gold: Value, aligned: Alignment) -> dict[str, bool]:
        span = span_of(mine)
        return {
            "introducer": aligned.person(mine["introducer"], span) == gold["introducer"],
            "introduced": aligned.persons(mine["introduced"], span) == set(gold["introduced"]),
        }

    _score(doc, read, tally, "introductions", fields)


def score_promises(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count promises: by whom, to whom, due when."""

    def fields(mine: Value, gold: Value, aligned: Alignment) -> dict[str, bool]:
        span = span_of(mine)
        return {
            "by": aligned.person(mine["by"], span) == gold["by"],
            "to": aligned.person(mine["to"], span) == gold.get("to"),
            "due": mine["due"] == gold.get("due"),
        }

    _score(doc, read, tally, "promises", fields)


def score_occasions(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count occasions: which, whose, when."""

    def fields(mine: Value, gold: Value, aligned: Alignment) -> dict[str, bool]:
        return {
            "kind": mine["kind"] == gold["kind"],
            "person": aligned.person(mine["person"], span_of(mine)) == gold["person"],
            "date": mine["on"] == gold.get("on"),
        }

    _score(doc, read, tally, "occasions", fields)


def _score(doc: GoldDoc, read: Value, tally: Tally, task: str, fields: Any) -> None:
    """Count what overlaps, and which fields of it are right; the likest partner comes first."""
    wanted = doc.labels[task]
    aligned = Alignment(read, doc.labels.get("mentions", []), doc.author)
    for measure, found in (("found", read[task]), ("unasked", [f for f in read[task] if is_unasked(f)])):
        of = match_spans(
            [span_of(f) for f in found],
            [span_of(g) for g in wanted],
            _prefer(lambda i, k, rows: sum(fields(rows[i], wanted[k], aligned).values()), found),
        )
        tally.add(task, measure, doc.unit, len(of), len(found), len(wanted))
        if measure == "unasked":
            continue
        for i, k in sorted(of.items()):
            right = fields(found[i], wanted[k], aligned)
            for name, yes in right.items():
                tally.add(task, name, doc.unit, int(yes), 1)
            wrong = [name for name, yes in right.items() if not yes]
            if wrong:
                tally.errors.append(
                    error(task, "differs in " + ", ".join(wrong), doc, span_of(wanted[k]),
                          rule=found[i].get("rule", ""))
                )  # fmt: skip
        note_unmatched(tally, task, doc, found, wanted, of)


def score_dates(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count expressions of a date, and whether they were resolved to the labelled day."""
    found, wanted = read["dates"], doc.labels["dates"]
    of = match_spans(
        [span_of(d) for d in found],
        [span_of(g) for g in wanted],
        lambda i, k: float(found[i]["value"] == wanted[k]["value"]),
    )
    right = [i for i, k in of.items() if found[i]["value"] == wanted[k]["value"]]
    tally.add("dates", "found", doc.unit, len(of), len(found), len(wanted))
    tally.add("dates", "value", doc.unit, len(right), len(of))
    tally.add("dates", "right", doc.unit, len(right), len(found), len(wanted))
    tally.errors += [
        error("dates", "value", doc, span_of(wanted[k]), value=found[i]["value"], labelled=wanted[k]["value"])
        for i, k in sorted(of.items())
        if i not in right
    ]
    note_unmatched(tally, "dates", doc, found, wanted, of)
