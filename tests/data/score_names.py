"""Scores the names and roles that the rules find against the labelled texts.

Run as a script it prints a table; `test_names.py` holds the figures to their floors.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.facts.candidates import MentionCandidate, Reading
from legation.people.register import Register, count_evidence, promote
from legation.reading.names import find_names
from legation.reading.roles import find_roles
from legation.workspace.evaluate.spans import Pair, match_spans


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, proposals and labels; precision, recall and F1 from them."""

    hits: int
    found: int
    wanted: int

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        precision = self.hits / max(1, self.found)
        recall = self.hits / max(1, self.wanted)
        return f"p {precision:.3f} r {recall:.3f} F1 {self.f1:.3f} ({self.wanted})"


def score_overlap(found: Iterable[Pair], wanted: Iterable[Pair]) -> Score:
    """Match spans that overlap one to one, as `legation evaluate` does."""
    mine, theirs = list(found), list(wanted)
    return Score(len(match_spans(mine, theirs)), len(mine), len(theirs))


def load_lines(path: Path) -> list[dict[str, Any]]:
    """Load a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_names(text: str) -> Reading:
    """Read only the names of a text."""
    return Reading("entry", mentions=find_names(text))


def learn(texts: Iterable[str]) -> Register:
    """Learn the register of a diary or volume from its texts."""
    return Register.from_counts(count_evidence(read_names(t) for t in texts))


def load_diary(data: Path) -> list[str]:
    """Load every entry of the diary."""
    return [p.read_text(encoding="utf-8") for p in sorted((data / "diary-pepys").rglob("*.md"))]


def load_volume(data: Path) -> list[str]:
    """Load every paper of the volume, without its title line."""
    papers = sorted((data / "frus-1961-63v05").glob("*.txt"))
    return [p.read_text(encoding="utf-8").partition("\n")[2].strip() for p in papers]


def pairs(mentions: Sequence[MentionCandidate]) -> list[Pair]:
    """Return the ranges of mentions."""
    return [(m.span.start, m.span.end) for m in mentions]


def gold_pairs(doc: dict[str, Any], *kinds: str) -> list[Pair]:
    """Return the labelled ranges of some kinds."""
    return [(m["start"], m["end"]) for m in doc["mentions"] if m["kind"] in kinds]


def score_names(docs: Sequence[dict[str, Any]], registers: dict[str, Register] | None = None) -> Score:
    """Score names over documents, alone or with the register of each one's origin."""
    total = Score(0, 0, 0)
    for doc in docs:
        reading = read_names(doc["text"])
        register = (registers or {}).get(doc["doc"].split("/")[0], Register())
        held = [m for m, yes in zip(reading.mentions, promote(reading, register), strict=True) if yes]
        total += score_overlap(pairs(held), gold_pairs(doc, "name"))
    return total


def score_roles(docs: Sequence[dict[str, Any]]) -> Score:
    """Score office and kin mentions over documents."""
    total = Score(0, 0, 0)
    for doc in docs:
        names = find_names(doc["text"])
        total += score_overlap(pairs(find_roles(doc["text"], names)), gold_pairs(doc, "office", "kin"))
    return total


def score_sentences(path: Path, source: str) -> Score:
    """Score names over the sentences of fiction or web texts, each document read whole."""
    docs: dict[str, tuple[list[str], list[Pair], list[int]]] = {}
    for row in load_lines(path):
        if row["source"] != source:
            continue
        texts, wanted, size = docs.setdefault(row["doc"], ([], [], [0]))
        wanted += [(size[0] + s["start"], size[0] + s["end"]) for s in row["spans"] if s["label"] == "PER"]
        texts.append(row["text"])
        size[0] += len(row["text"]) + 1
    total = Score(0, 0, 0)
    for texts, wanted, _ in docs.values():
        text = "\n".join(texts)
        total += score_overlap(pairs([m for m in find_names(text) if m.sure]), wanted)
    return total


def main(data: Path) -> None:
    """Print the table."""
    reading = data / "reading"
    gold = load_lines(reading / "gold_open.jsonl")
    sets = {
        "gold A": gold[::2],
        "gold B": gold[1::2],
        "gold": gold,
        "gold Pepys": [d for d in gold if d["doc"].startswith("pepys")],
        "gold FRUS": [d for d in gold if not d["doc"].startswith("pepys")],
        "linked": load_lines(reading / "linked_open.jsonl"),
        "seeds": load_lines(reading / "seeds_open.jsonl"),
    }
    for name, docs in sets.items():
        print(f"names alone   {name:12}", score_names(docs))
    for name in ("gold A", "gold B", "gold", "gold Pepys", "gold FRUS"):
        print(f"roles         {name:12}", score_roles(sets[name]))
    for source in ("litbank", "gum-free"):
        print(f"names alone   {source:12}", score_sentences(reading / "mentions_dev.jsonl", source))
    diary, volume = load_diary(data), load_volume(data)
    for label, texts in (("pepys", diary[:1000]), ("frus", volume)):
        start = time.perf_counter()
        for text in texts:
            find_roles(text, find_names(text))
        seconds = time.perf_counter() - start
        print(
            f"rate {label}: {len(texts) / seconds:.0f} items/s, "
            f"{sum(map(len, texts)) / seconds / 1e6:.2f} M characters/s"
        )
    if "--alone" in sys.argv:
        return
    registers = {"pepys": learn(diary), "frus1961-63v05": learn(volume)}
    for name in ("gold A", "gold B", "gold", "gold Pepys", "gold FRUS"):
        print(f"with register {name:12}", score_names(sets[name], registers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
