"""Scores names, descriptions, and who is one person within a document."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from legation.reading.tokens import fold
from legation.workspace.evaluate.align import span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.spans import Pair, match_spans

Value = Mapping[str, Any]
ROLES = ("office", "kin")
CONTEXT = 40


def of_kinds(mentions: Iterable[Value], *kinds: str) -> list[Value]:
    """Return the mentions of some kinds, in order."""
    return sorted((m for m in mentions if m["kind"] in kinds), key=span_of)


def error(task: str, what: str, doc: GoldDoc, span: Pair, **more: Any) -> dict[str, Any]:
    """Return one thing that went wrong, with the words around it."""
    start, end = span
    return {
        "task": task, "error": what, "file": doc.file, "line": doc.line, "doc": doc.doc,
        "start": start, "end": end, "words": doc.text[start:end],
        "before": doc.text[max(0, start - CONTEXT) : start], "after": doc.text[end : end + CONTEXT], **more,
    }  # fmt: skip


def note_unmatched(
    tally: Tally,
    task: str,
    doc: GoldDoc,
    found: Sequence[Value],
    wanted: Sequence[Value],
    of: Mapping[int, int],
) -> None:
    """Note what was found and is not labelled, and what is labelled and was not found."""
    taken = set(of.values())
    tally.errors += [
        error(task, "false", doc, span_of(m), rule=m.get("rule", ""))
        for i, m in enumerate(found)
        if i not in of
    ]
    tally.errors += [error(task, "missed", doc, span_of(g)) for k, g in enumerate(wanted) if k not in taken]


def score_names(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count names: exact, overlapping, and those of one bare word."""
    found, wanted = of_kinds(read["mentions"], "name"), of_kinds(doc.labels["mentions"], "name")
    mine, theirs = [span_of(m) for m in found], [span_of(m) for m in wanted]
    exact = len(set(mine) & set(theirs))
    of = match_spans(mine, theirs)
    tally.add("names", "exact", doc.unit, exact, len(mine), len(theirs))
    tally.add("names", "overlap", doc.unit, len(of), len(mine), len(theirs))
    more = mine + [span_of(m) for m in of_kinds(read.get("proposed", ()), "name")]
    tally.add("names", "with_proposed", doc.unit, len(match_spans(more, theirs)), len(more), len(theirs))
    taken = set(of.values())
    words = [fold(doc.text[a:b]).split() for a, b in theirs]
    longer = {w for row in words if len(row) > 1 for w in row}
    bare = [k for k, row in enumerate(words) if len(row) == 1]
    unknown = [k for k in bare if words[k][0] not in longer]
    tally.add("names", "bare_recall", doc.unit, sum(k in taken for k in bare), len(bare))
    tally.add("names", "unknown_recall", doc.unit, sum(k in taken for k in unknown), len(unknown))
    certain = [i for i, m in enumerate(found) if m.get("state") != "ask"]
    tally.add("names", "certain_precision", doc.unit, sum(i in of for i in certain), len(certain))
    note_unmatched(tally, "names", doc, found, wanted, of)


def score_roles(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count descriptions by office or kin."""
    found, wanted = of_kinds(read["mentions"], *ROLES), of_kinds(doc.labels["mentions"], *ROLES)
    of = match_spans([span_of(m) for m in found], [span_of(m) for m in wanted])
    tally.add("roles", "overlap", doc.unit, len(of), len(found), len(wanted))
    note_unmatched(tally, "roles", doc, found, wanted, of)


def score_linking(doc: GoldDoc, read: Value, tally: Tally) -> None:
    """Count pairs of mentions that are said to be one person, within one document."""
    for measure, kinds in (("pairs", ("name",)), ("pairs_with_roles", ("name", *ROLES))):
        found, wanted = of_kinds(read["mentions"], *kinds), of_kinds(doc.labels["mentions"], *kinds)
        of = match_spans([span_of(m) for m in found], [span_of(m) for m in wanted])
        golds: dict[str, int] = defaultdict(int)
        for label in wanted:
            if label.get("person"):
                golds[label["person"]] += 1
        true = sum(n * (n - 1) // 2 for n in golds.values())
        said: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
        for i, k in sorted(of.items()):
            # What is labelled without a person says nothing of who it is.
            if found[i].get("state") != "ask" and wanted[k].get("person"):
                said[found[i]["person"]].append((wanted[k]["person"], span_of(found[i])))
        right = claims = 0
        for rows in said.values():
            for one, two in itertools.combinations(rows, 2):
                claims += 1
                right += one[0] == two[0]
                if one[0] != two[0] and measure == "pairs":
                    tally.errors.append(error("linking", "two in one", doc, two[1], people=[one[0], two[0]]))
        tally.add("linking", measure, doc.unit, right, claims, true)
