"""Scores promises, introductions and occasions against the labelled texts, with the project's own names.

`python tests/data/score_findings.py DATA [errors]` prints, for each set and kind, precision, recall and F1
of what is shown at all, and precision at the score at which a finding enters unasked; `errors` lists the
mistakes in development texts. The sets: both halves of `gold_open`, and the cases of `findings/`, whose
README says how they were labelled and split.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate, Reading
from legation.facts.when import When
from legation.reading.read import read_item

SURE = 0.75
#: Findings below this score are not shown even as questions.
FLOOR = 0.45
KINDS = ("promise", "introduction", "occasion")
CASES = Path(__file__).with_name("findings") / "cases.jsonl"
SETS = ("gold A", "gold B", "dev", "held-out", "seeds")
#: The sets whose mistakes may be looked at.
OPEN = ("gold A", "dev", "seeds")
Doc = dict[str, Any]
COUNTS = ("wanted", "found", "hits", "parties", "on", "exact", "sure", "sure_hits", "sure_exact")


@dataclass
class Tally:
    """Counts of one kind in one set."""

    wanted: int = 0
    found: int = 0
    hits: int = 0
    parties: int = 0
    on: int = 0
    exact: int = 0
    sure: int = 0
    sure_hits: int = 0
    sure_exact: int = 0
    rules: dict[str, list[int]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """Of what was found, how much is labelled."""
        return self.hits / max(1, self.found)

    @property
    def recall(self) -> float:
        """Of what is labelled, how much was found."""
        return self.hits / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.hits / max(1, self.found + self.wanted)

    @property
    def sure_precision(self) -> float:
        """Of what enters unasked, how much is labelled so, with the same people."""
        return self.sure_exact / max(1, self.sure)

    def __add__(self, other: Tally) -> Tally:
        made = Tally()
        for name in COUNTS:
            setattr(made, name, getattr(self, name) + getattr(other, name))
        made.rules = {k: list(v) for k, v in self.rules.items()}
        for rule, counts in other.rules.items():
            made.rules[rule] = [a + b for a, b in zip(made.rules.get(rule, [0, 0, 0]), counts, strict=True)]
        return made

    def line(self) -> str:
        """One line of figures, with the 95 % interval of precision unasked."""
        low, high = wilson(self.sure_exact, self.sure)
        return (
            f"P {self.precision:.2f} R {self.recall:.2f} F1 {self.f1:.2f} ({self.wanted} labelled,"
            f" {self.found} found) people {self.parties}/{self.hits} date {self.on}/{self.hits}"
            f" | unasked {self.sure}: labelled {self.sure_hits}, people too {self.sure_exact}"
            f" = {self.sure_precision:.2f} [{low:.2f}, {high:.2f}]"
        )


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    middle = p + z * z / (2 * total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


# --- the sets --------------------------------------------------------------------------------------


def load_sets(data: Path) -> dict[str, list[Doc]]:
    """Load all labelled texts as documents of one shape: text, context, findings, how to tell people."""
    out: dict[str, list[Doc]] = {name: [] for name in SETS}
    lines = (data / "reading" / "gold_open.jsonl").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(line for line in lines if line):
        out["gold A" if number % 2 == 0 else "gold B"].append(_gold(json.loads(line)))
    for line in CASES.read_text(encoding="utf-8").split("\n"):
        if line:
            doc = json.loads(line)
            out[doc["split"]].append(_case(doc, data))
    return out


def _gold(doc: Doc) -> Doc:
    kind = "entry" if doc["doc"].startswith("pepys") else None
    written = When(doc["written_on"]) if doc["written_on"] else None
    findings = [
        *(
            {"kind": "promise", "by": [row["by"]], "to": [row["to"]], "on": row["due"]} | _span(row)
            for row in doc["promises"]
        ),
        *(
            {"kind": "introduction", "by": [row["introducer"]], "introduced": row["introduced"]} | _span(row)
            for row in doc["introductions"]
        ),
        *(
            {"kind": "occasion", "by": [row["person"]], "what": row["kind"], "on": row["on"]} | _span(row)
            for row in doc["occasions"]
        ),
    ]
    return {
        "doc": doc["doc"],
        "text": doc["text"],
        "context": Context(kind=kind, written_on=written, author=str(doc["people"].get(doc["author"], ""))),  # type: ignore[arg-type]
        "findings": findings,
        "gold": doc,
        "kinds": KINDS,
    }


def _span(row: Doc) -> Doc:
    span = row["span"]
    return {"span": [span["start"], span["end"]] if isinstance(span, dict) else list(span)}


def _case(doc: Doc, data: Path) -> Doc:
    text = (data / doc["doc"]).read_bytes().decode("utf-8-sig")
    if hashlib.sha256(text.encode()).hexdigest() != doc["sha256"]:
        raise ValueError(f"{doc['doc']} is another text than the one labelled")
    findings = []
    for row in doc["findings"]:
        made = dict(row)
        who = row.get("by", row.get("introducer", row.get("person")))
        made["by"] = who["any"] if isinstance(who, dict) else [who]
        if "to" in row:
            made["to"] = row["to"]["any"] if isinstance(row["to"], dict) else [row["to"]]
        findings.append(made)
    return {
        "doc": doc["doc"],
        "text": text,
        "context": Context(path=Path(doc["doc"]).name),
        "findings": findings,
        "gold": None,
        "kinds": tuple(doc.get("tasks", KINDS)),
    }


# --- people ----------------------------------------------------------------------------------------


def is_same(doc: Doc, reading: Reading, mention: int, label: Any) -> bool:
    """Say whether a party of ours is the labelled one."""
    gold = doc["gold"]
    if mention == UNKNOWN:
        return label is None
    if gold is not None:
        return label is not None and label in _persons(gold, reading, mention)
    if mention == AUTHOR or label == "author":
        return mention == AUTHOR and label == "author"
    if label is None:
        return False
    span = reading.mentions[mention].span
    start, end = label
    if span.start < end and start < span.end:
        return True
    return _last(span.cut(doc["text"])) == _last(doc["text"][start:end])


def _last(words: str) -> str:
    return words.rsplit(maxsplit=1)[-1].strip(".,'’").lower()


def _persons(gold: Doc, reading: Reading, mention: int) -> set[str]:
    if mention == AUTHOR:
        return {gold["author"]}
    span = reading.mentions[mention].span
    best: tuple[bool, int] = (False, 0)
    out: set[str] = set()
    for row in gold["mentions"]:
        shared = min(span.end, row["end"]) - max(span.start, row["start"])
        rank = ((row["start"], row["end"]) == (span.start, span.end), shared)
        if shared > 0 and rank > best:
            best, out = rank, {row["person"]}
    return out


def people_right(doc: Doc, reading: Reading, finding: FindingCandidate, label: Doc) -> bool:
    """Say whether the finding names the labelled people and nobody else.

    A promise's hearer and one of the people brought together may be left unsaid.
    """
    roles: dict[str, list[int]] = {}
    for party in finding.parties:
        roles.setdefault(party.role, []).append(party.mention)
    first = {"promise": "by", "introduction": "introducer", "occasion": "person"}[finding.kind]
    mine = roles.get(first, [UNKNOWN])
    if not any(is_same(doc, reading, m, one) for m in mine for one in label["by"]):
        return False
    if finding.kind == "promise":
        to = [m for m in roles.get("to", []) if m != UNKNOWN]
        named = [one for one in label["to"] if one is not None]
        return not to or not named or any(is_same(doc, reading, m, one) for m in to for one in named)
    if finding.kind == "introduction":
        brought = [m for m in roles.get("introduced", []) if m != UNKNOWN]
        return bool(brought) and all(
            any(is_same(doc, reading, m, one) for one in label["introduced"]) for m in brought
        )
    return True


# --- matching --------------------------------------------------------------------------------------


def read_doc(doc: Doc) -> Reading:
    """Read a labelled text by itself."""
    return read_item(doc["text"], doc["context"])


def pair_up(
    doc: Doc, reading: Reading, mine: list[FindingCandidate], labels: list[Doc]
) -> dict[int, tuple[int, bool]]:
    """Match one to one: kind (and an occasion's) alike, spans overlap; the right people first."""
    pairs = []
    for i, finding in enumerate(mine):
        for k, label in enumerate(labels):
            start, end = label["span"]
            shared = min(end, finding.span.end) - max(start, finding.span.start)
            if shared <= 0 or (finding.kind == "occasion" and finding.what != label["what"]):
                continue
            right = people_right(doc, reading, finding, label)
            pairs.append((right, not label.get("doubtful"), finding.score, shared, -i, -k))
    out: dict[int, tuple[int, bool]] = {}
    taken: set[int] = set()
    for right, _, _, _, minus_i, minus_k in sorted(pairs, reverse=True):
        if -minus_i not in out and -minus_k not in taken:
            out[-minus_i] = (-minus_k, right)
            taken.add(-minus_k)
    return out


def score_doc(doc: Doc, *, report: bool = False) -> dict[str, Tally]:
    """Score one text."""
    reading = read_doc(doc)
    out: dict[str, Tally] = {}
    for kind in KINDS:
        tally = out[kind] = Tally()
        if kind not in doc["kinds"]:
            continue
        labels = [f for f in doc["findings"] if f["kind"] == kind]
        mine = [f for f in reading.findings if f.kind == kind and f.score >= FLOOR and f.status != "denied"]
        pairs = pair_up(doc, reading, mine, labels)
        tally.wanted = sum(not label.get("doubtful") for label in labels)
        for i, finding in enumerate(mine):
            pair = pairs.get(i)
            if pair is None and _repeats(finding, mine, pairs, labels):
                continue
            label = labels[pair[0]] if pair else None
            if label is not None and label.get("doubtful"):
                continue
            _count(tally, finding, label, right=pair is not None and pair[1])
            if report:
                _show(doc, reading, finding, label, right=pair is not None and pair[1])
        if report:
            for k, label in enumerate(labels):
                if not label.get("doubtful") and all(k != pair[0] for pair in pairs.values()):
                    start, end = label["span"]
                    print(f"  MISSED {kind} {label.get('what', '')} | {doc['text'][start:end]!r}")
    return out


def _repeats(
    finding: FindingCandidate,
    mine: list[FindingCandidate],
    pairs: dict[int, tuple[int, bool]],
    labels: list[Doc],
) -> bool:
    """Say whether a finding only repeats a doubtful label that another took."""
    return any(
        label.get("doubtful")
        and label["span"][0] < finding.span.end
        and finding.span.start < label["span"][1]
        and label.get("what", finding.what) == finding.what
        for label in labels
    )


def _count(tally: Tally, finding: FindingCandidate, label: Doc | None, *, right: bool) -> None:
    dated = label is not None and (finding.on.value if finding.on else None) == label.get("on")
    tally.found += 1
    tally.hits += label is not None
    tally.parties += right
    tally.on += dated
    tally.exact += right and dated
    rule = tally.rules.setdefault(f"{finding.rule} {finding.score}", [0, 0, 0])
    rule[0] += 1
    rule[1] += label is not None
    rule[2] += right
    if finding.score >= SURE:
        tally.sure += 1
        tally.sure_hits += label is not None
        tally.sure_exact += right


def _show(doc: Doc, reading: Reading, finding: FindingCandidate, label: Doc | None, *, right: bool) -> None:
    who = [
        (p.role, "author" if p.mention == AUTHOR else "?" if p.mention == UNKNOWN
         else reading.mentions[p.mention].span.cut(doc["text"]))
        for p in finding.parties
    ]  # fmt: skip
    verdict = "FALSE" if label is None else "ok" if right else "PEOPLE"
    on = finding.on.value if finding.on else None
    if label is not None and on != label.get("on"):
        verdict += f" DATE {on} not {label.get('on')}"
    words = finding.span.cut(doc["text"]).replace("\n", " ")
    print(f"  {verdict} {finding.score} {finding.rule} {finding.what} {finding.status} {who} | {words!r}")


def score_all(data: Path, *, report: bool = False) -> dict[str, dict[str, Tally]]:
    """Score all sets; mistakes are shown of development texts only."""
    out: dict[str, dict[str, Tally]] = {}
    for name, docs in load_sets(data).items():
        total = {kind: Tally() for kind in KINDS}
        for doc in docs:
            show = report and name in OPEN
            if show:
                print("==", name, doc["doc"])
            for kind, tally in score_doc(doc, report=show).items():
                total[kind] += tally
        out[name] = total
    return out


def lines(scores: dict[str, dict[str, Tally]]) -> Iterator[str]:
    """The table, and what all sets make together."""
    for kind in KINDS:
        for name in SETS:
            if scores[name][kind].wanted or scores[name][kind].found:
                yield f"{kind:12} {name:8} {scores[name][kind].line()}"
        for label, names in (("cases", ("dev", "held-out")), ("all", SETS)):
            total = sum((scores[n][kind] for n in names), Tally())
            yield f"{kind:12} {label:8} {total.line()}"
        shown = sum((scores[n][kind] for n in OPEN), Tally())
        yield f"   {dict(sorted(shown.rules.items()))}"


if __name__ == "__main__":
    for row in lines(score_all(Path(sys.argv[1]), report="errors" in sys.argv)):
        print(row)
