"""Score statements against labelled texts and quotations; run as a script for a report.

`python tests/data/score_statements.py DATA [errors] [novels]`: `errors` lists what went wrong in
the even-numbered texts (and novels) only.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from legation.facts.candidates import AUTHOR, UNKNOWN, Context, FindingCandidate, MentionCandidate
from legation.facts.when import When
from legation.reading.parties import Cast
from legation.reading.read import read_item
from legation.reading.scene import open_scene
from legation.reading.statements import find_statements
from legation.workspace.evaluate.gold import load_gold

#: At and above this score a statement enters the ledger unasked.
SURE = 0.75
#: A speaker below this is not claimed.
CLAIMED = 0.6


def load_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@dataclass
class Tally:
    """Counts over some texts."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    claimed: int = 0
    right: int = 0
    sure: int = 0
    sure_matched: int = 0
    sure_right: int = 0
    hearers_gold: int = 0
    hearers_found: int = 0
    hearers_right: int = 0
    mode: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    rules_right: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """One line of figures."""
        p, r = self.matched / max(1, self.found), self.matched / max(1, self.gold)
        hp = self.hearers_right / max(1, self.hearers_found)
        hr = self.hearers_right / max(1, self.hearers_gold)
        return (
            f"gold {self.gold} found P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"
            f" | speaker right {self.right / max(1, self.claimed):.3f} claimed"
            f" {self.claimed / max(1, self.gold):.3f} | sure {self.sure}: matched"
            f" {self.sure_matched / max(1, self.sure):.3f} right"
            f" {self.sure_right / max(1, self.sure_matched):.3f} share"
            f" {self.sure_matched / max(1, self.gold):.3f} | hearers P {hp:.2f} R {hr:.2f}"
            f" | mode {self.mode / max(1, self.matched):.3f}"
        )


def person_of(mention: int, mentions: tuple[MentionCandidate, ...], doc: dict[str, Any]) -> str:
    """The labelled person that a mention stands for, by overlap."""
    if mention == AUTHOR:
        return str(doc.get("author") or "?author")
    span = mentions[mention].span
    best: tuple[tuple[bool, int], str] | None = None
    for gold in doc["mentions"]:
        shared = min(span.end, gold["end"]) - max(span.start, gold["start"])
        if shared > 0:
            rank = ((gold["start"], gold["end"]) == (span.start, span.end), shared)
            if best is None or rank > best[0]:
                best = (rank, str(gold["person"]))
    return best[1] if best else "?" + span.cut(doc["text"])


def bounds(row: dict[str, Any]) -> tuple[int, int]:
    """The span of a labelled statement."""
    return tuple(row["span"]) if "span" in row else (row["start"], row["end"])


def score_text(doc: dict[str, Any], tally: Tally, *, report: bool = False) -> None:
    """Read one labelled text and count."""
    text = doc["text"]
    written = When(doc["written_on"]) if doc.get("written_on") else None
    kind = "entry" if str(doc["doc"]).startswith("pepys") else "paper"
    reading = read_item(text, Context(kind=kind, written_on=written, author=doc.get("author") or ""))
    found = [f for f in reading.findings if f.kind == "statement" and f.status != "denied"]
    score_found(doc, found, reading.mentions, tally, report=report)


def score_found(
    doc: dict[str, Any],
    found: list[FindingCandidate],
    mentions: tuple[MentionCandidate, ...],
    tally: Tally,
    *,
    report: bool,
) -> None:
    """Match one to one by the shared part of the spans, then count."""
    gold = doc["statements"]
    text = doc["text"]
    pairs = []
    for i, finding in enumerate(found):
        for k, row in enumerate(gold):
            start, end = bounds(row)
            shared = min(end, finding.span.end) - max(start, finding.span.start)
            if shared > 0:
                union = max(end, finding.span.end) - min(start, finding.span.start)
                pairs.append((shared / union, i, k))
    of_found: dict[int, int] = {}
    of_gold: dict[int, int] = {}
    for _, i, k in sorted(pairs, reverse=True):
        if i not in of_found and k not in of_gold:
            of_found[i], of_gold[k] = k, i
    tally.gold += len(gold)
    tally.found += len(found)
    for i, finding in enumerate(found):
        speaker = next(p for p in finding.parties if p.role == "speaker")
        claimed = speaker.mention != UNKNOWN and finding.score >= CLAIMED
        tally.sure += finding.score >= SURE
        if i not in of_found:
            if report:
                print(f"  EXTRA {finding.score} {finding.rule} [{speaker.mention}:{speaker.inferred}]"
                      f" {finding.span.cut(text)[:130]!r}")  # fmt: skip
            continue
        row = gold[of_found[i]]
        tally.matched += 1
        tally.mode += finding.mode == row["mode"]
        if finding.score >= SURE:
            tally.sure_matched += 1
        who = person_of(speaker.mention, mentions, doc) if claimed else "-"
        right = who == row["speaker"]
        if claimed:
            tally.claimed += 1
            tally.right += right
            tally.rules[finding.rule + "|" + speaker.inferred] += 1
            tally.rules_right[finding.rule + "|" + speaker.inferred] += right
            tally.sure_right += right and finding.score >= SURE
        hearers = {
            person_of(p.mention, mentions, doc)
            for p in finding.parties
            if p.role == "addressee" and p.mention != UNKNOWN
        }
        tally.hearers_gold += len(row["addressees"])
        tally.hearers_found += len(hearers)
        tally.hearers_right += len(hearers & set(row["addressees"]))
        if report and not right:
            print(f"  WRONG {finding.score} {finding.rule} {speaker.inferred} got {who} gold {row['speaker']}"
                  f" {finding.span.cut(text)[:150]!r}")  # fmt: skip
    if report:
        for k, row in enumerate(gold):
            if k not in of_gold:
                start, end = bounds(row)
                print(f"  MISSED {row['mode']} {row['speaker']} {text[start:end][:170]!r}")


# --- quotations of novels -----------------------------------------------------------------------


@dataclass(frozen=True)
class Novel:
    """One novel's text as far as its contexts give it, and the quotations in it."""

    doc: str
    text: str
    quotes: tuple[tuple[int, int, str], ...]


def load_novels(path: Path) -> list[Novel]:
    """Load the novels of a file of quotations, by name."""
    (file,) = load_gold([path])
    return [
        Novel(d.doc, d.text, tuple((q.start, q.end, q.speaker) for q in d.extra["quotations"]))
        for d in sorted(file.docs, key=lambda d: d.doc)
    ]


_TITLES = frozenset("mr mrs miss ms dr sir lady lord the a an of and her his my old young".split())


@dataclass
class Voices:
    """Counts over quotations."""

    gold: int = 0
    seen: int = 0
    claimed: int = 0
    words: int = 0
    right: int = 0
    known: int = 0
    sure: int = 0
    sure_right: int = 0
    sure_known: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    rules_right: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """One line of figures."""
        return (
            f"quotations {self.gold} read {self.seen / max(1, self.gold):.3f} claimed"
            f" {self.claimed / max(1, self.gold):.3f} | by words {self.words / max(1, self.claimed):.3f}"
            f" | words or alignment {self.right / max(1, self.known):.3f} of {self.known}"
            f" | sure {self.sure / max(1, self.gold):.3f} right {self.sure_right / max(1, self.sure_known):.3f}"
        )


def score_novel(novel: Novel, voices: Voices, *, report: bool = False) -> None:
    """Read a novel and count whose words its quotations are said to be."""
    text = novel.text
    context = Context(kind="note")
    reading = read_item(text, context)
    found = [
        f for f in find_statements(open_scene(text, reading.mentions, (), context)) if f.mode == "quoted"
    ]
    cast = Cast(text, reading.mentions)
    rows: list[tuple[str, str, str, FindingCandidate, str, str]] = []
    for start, end, gold in novel.quotes:
        voices.gold += 1
        best = None
        for f in found:
            shared = min(end, f.span.end) - max(start, f.span.start)
            if shared > 0 and (best is None or shared > best[0]):
                best = (shared, f)
        if best is None:
            if report:
                print("   NOT READ", gold, text[start:end][:60], "..", text[end : end + 60])
            continue
        voices.seen += 1
        finding = best[1]
        speaker = finding.parties[0]
        if finding.score < CLAIMED:
            if report:
                print(
                    "   LOW",
                    finding.score,
                    finding.rule,
                    gold,
                    text[max(0, start - 60) : start],
                    "<<",
                    text[start:end][:40],
                    ">>",
                    text[end : end + 60],
                )
            continue
        if speaker.mention >= 0:
            said = reading.mentions[speaker.mention].span.cut(text)
            key = cast.key(speaker.mention)
        elif speaker.mention == AUTHOR:
            said, key = "I", "author"
        elif speaker.words is not None:
            said = speaker.words.cut(text)
            key = "/" + said.lower()
        else:
            continue
        if said.lower() in ("he", "she", "they"):
            continue
        rows.append((key, said, gold, finding, text[max(0, start - 70) : end][-150:], text[end : end + 70]))
    for n, (key, said, gold, finding, before, after) in enumerate(rows):
        voices.claimed += 1
        mine = {w for w in re.split(r"[\W_]+", said.lower()) if w and w not in _TITLES}
        theirs = {w for w in re.split(r"[\W_\d]+", gold.lower()) if w and w not in _TITLES}
        words = bool(mine & theirs)
        votes = Counter(g for m, (k, _, g, _, _, _) in enumerate(rows) if k == key and m != n)
        aligned = bool(votes) and votes.most_common(1)[0][0] == gold
        named = (
            finding.parties[0].mention >= 0 and reading.mentions[finding.parties[0].mention].kind == "name"
        )
        known = words or bool(votes) or named
        right = words or aligned
        voices.words += words
        sure = finding.score >= SURE
        voices.sure += sure
        rule = finding.rule + "|" + finding.parties[0].inferred
        if known:
            voices.known += 1
            voices.right += right
            voices.sure_known += sure
            voices.sure_right += right and sure
            voices.rules[rule] += 1
            voices.rules_right[rule] += right
            if report and not right:
                print(
                    "   WRONG",
                    finding.score,
                    rule,
                    "got",
                    said,
                    "gold",
                    gold,
                    "|",
                    before.replace("\n", " "),
                    ">>",
                    after.replace("\n", " "),
                )


def main(argv: list[str]) -> None:
    """Print the figures."""
    data = Path(argv[0]) / "reading"
    errors = "errors" in argv
    if "novels" not in argv:
        docs = load_lines(data / "gold_open.jsonl")
        whole = Tally()
        for half in (0, 1):
            for part in ("pepys", "frus"):
                tally = Tally()
                for number, doc in enumerate(docs):
                    if number % 2 == half and doc["doc"].startswith(part):
                        show = errors and half == 0
                        if show:
                            print("==", number, doc["doc"])
                        score_text(doc, tally, report=show)
                        score_text(doc, whole)
                if half == 0 or "all" in argv:
                    print(("even", "odd ")[half], part, tally.line())
                if half == 0:
                    print("   ", {r: f"{tally.rules_right[r]}/{n}" for r, n in tally.rules.most_common()})
        if "all" in argv:
            print("gold_open", whole.line())
    if "gold" not in argv:
        novels = load_novels(data / "speakers_open.jsonl")
        for half in (0, 1):
            if half and "all" not in argv:
                continue
            voices = Voices()
            for novel in novels[half::2]:
                if errors and half == 0:
                    print("==", novel.doc)
                score_novel(novel, voices, report=errors and half == 0)
            print(("even", "odd ")[half], "novels", voices.line())
            if half == 0:
                print("   ", {r: f"{voices.rules_right[r]}/{n}" for r, n in voices.rules.most_common()})


if __name__ == "__main__":
    main(sys.argv[1:])
