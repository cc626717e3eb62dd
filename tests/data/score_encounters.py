"""Score encounters in prose against the labelled texts; run as a script for a report.

`python -m tests.data.score_encounters DATA [names] [errors] [rules] [both]`: with `names` the project's
own name finder is used instead of the labelled mentions; `errors` lists what is wrong in the texts for
development; `both` adds the totals of those that are held out.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.data.labels.load import load_labels

from legation.facts.candidates import AccountCandidate, Context, ItemKind, MentionCandidate
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.dates import find_dates
from legation.reading.encounters import find_accounts

SURE = 0.75
#: Accounts below this score are not shown even as questions.
FLOOR = 0.45
#: The sets whose texts may be looked at.
OPEN = ("half A", "labels, dev")
COUNTS = (
    "gold", "found", "matched", "exact", "form", "on", "dated", "status", "sure", "sure_right", "sure_exact",
)  # fmt: skip


def load_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def gold_mentions(doc: dict[str, Any]) -> tuple[MentionCandidate, ...]:
    """Make mention candidates of the labelled mentions."""
    out = []
    for mention in doc["mentions"]:
        words = doc["text"][mention["start"] : mention["end"]]
        mine = bool(re.match(r"(?:my|our)\b", words, re.IGNORECASE))
        head = words.split()[-1].lower() if mention["kind"] == "kin" else ""
        out.append(
            MentionCandidate(
                Span(mention["start"], mention["end"]),
                mention["kind"],
                head=head,
                of="author" if mine and mention["kind"] == "kin" else "",
                score=1.0,
                sure=True,
            )
        )
    return tuple(out)


def own_mentions(text: str) -> tuple[MentionCandidate, ...]:
    """Find mentions as the project does."""
    from legation.reading.names import find_names
    from legation.reading.roles import find_roles

    names = find_names(text)
    try:
        roles = find_roles(text, names)
    except TypeError:
        roles = find_roles(text)  # type: ignore[call-arg]
    return tuple(names) + tuple(r for r in roles if r not in names)


@dataclass
class Tally:
    """Counts of one set of texts."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    form: int = 0
    on: int = 0
    dated: int = 0
    status: int = 0
    sure: int = 0
    sure_right: int = 0
    sure_exact: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """One line of figures."""
        p = self.matched / max(1, self.found)
        r = self.matched / max(1, self.gold)
        n = max(1, self.matched)
        return (
            f"P {p:.2f} R {r:.2f} F1 {2 * self.matched / max(1, self.found + self.gold):.3f}"
            f" exact {self.exact / n:.2f} form {self.form / n:.2f}"
            f" date {self.on / max(1, self.dated):.2f} status {self.status / n:.2f}"
            f" | sure {self.sure}: precision {self.sure_right / max(1, self.sure):.2f}"
            f" exact {self.sure_exact / max(1, self.sure_right):.2f} (gold {self.gold})"
        )


def people_of(
    account: AccountCandidate,
    mentions: tuple[MentionCandidate, ...],
    doc: dict[str, Any],
) -> frozenset[str]:
    """The labelled persons an account's mentions stand for, by overlap; strangers by their words.

    A mention that overlaps no labelled one counts as a wrong participant.
    """
    out = set()
    for index in account.participants:
        span = mentions[index].span
        best = None
        for gold in doc["mentions"]:
            shared = min(span.end, gold["end"]) - max(span.start, gold["start"])
            if shared > 0:
                exact = (gold["start"], gold["end"]) == (span.start, span.end)
                rank = (exact, shared, gold["start"])
                if best is None or rank > best[0]:
                    best = (rank, gold["person"])
        if best is None:
            out.add("?" + span.cut(doc["text"]))
        elif best[1]:
            # What is labelled without a person repeats a name beside it.
            out.add(best[1])
    if account.author and doc.get("author"):
        out.add(doc["author"])
    elif account.author:
        out.add("?author")
    return frozenset(out)


def span_of(encounter: dict[str, Any]) -> tuple[int, int]:
    """The span of a labelled encounter."""
    return tuple(encounter["span"]) if "span" in encounter else (encounter["start"], encounter["end"])


def pair_up(
    accounts: tuple[AccountCandidate, ...],
    parties: list[frozenset[str]],
    gold: list[dict[str, Any]],
) -> dict[int, int]:
    """Match one to one, best first: the spans overlap and a participant is in common."""
    pairs = []
    for i, account in enumerate(accounts):
        for k, encounter in enumerate(gold):
            start, end = span_of(encounter)
            shared = min(end, account.span.end) - max(start, account.span.start)
            both = len(parties[i] & set(encounter["participants"]))
            if shared > 0 and both:
                union = len(parties[i] | set(encounter["participants"]))
                pairs.append((both / union, shared, -i, -k))
    out: dict[int, int] = {}
    for _, _, minus_i, minus_k in sorted(pairs, reverse=True):
        if -minus_i not in out and -minus_k not in out.values():
            out[-minus_i] = -minus_k
    return out


def score(
    doc: dict[str, Any],
    accounts: tuple[AccountCandidate, ...],
    mentions: tuple[MentionCandidate, ...],
    tally: Tally,
    *,
    report: bool = False,
) -> None:
    """Match accounts to labelled encounters one to one and count."""
    text = doc["text"]
    gold = [
        e for e in doc["encounters"] if not re.match(r"(?:PARTICIPANTS|Participants)", text[span_of(e)[0] :])
    ]
    accounts = tuple(a for a in accounts if a.score >= FLOOR and a.status != "denied")
    parties = [people_of(a, mentions, doc) for a in accounts]
    of_account = pair_up(accounts, parties, gold)
    taken = set(of_account.values())
    tally.gold += len(gold)
    tally.found += len(accounts)
    for i, account in enumerate(accounts):
        tally.rules[account.rule] += 1
        tally.sure += account.score >= SURE
        k = of_account.get(i)
        if k is None:
            if report:
                print(f"  FALSE {account.score} {account.rule} {account.status} {account.form}"
                      f" {sorted(parties[i])} | {account.span.cut(text)[:150]!r}")  # fmt: skip
            continue
        encounter = gold[k]
        tally.right[account.rule] += 1
        tally.matched += 1
        same = parties[i] == set(encounter["participants"])
        tally.exact += same
        tally.form += account.form == encounter["form"]
        tally.status += account.status == encounter["status"]
        if "on" in encounter:
            tally.dated += 1
            tally.on += (account.on.value if account.on else None) == encounter["on"]
        if account.score >= SURE:
            tally.sure_right += 1
            tally.sure_exact += same
        if report:
            marks = "" if same else f" PEOPLE gold {sorted(encounter['participants'])}"
            if account.form != encounter["form"]:
                marks += f" FORM gold {encounter['form']}"
            if account.status != encounter["status"]:
                marks += f" STATUS gold {encounter['status']}"
            if "on" in encounter and (account.on.value if account.on else None) != encounter["on"]:
                marks += f" ON gold {encounter['on']} got {account.on}"
            print(f"  ok    {account.score} {account.rule} {account.status} {account.form}"
                  f" {sorted(parties[i])}{marks} | {account.span.cut(text)[:110]!r}")  # fmt: skip
    if report:
        for k, encounter in enumerate(gold):
            if k not in taken:
                start, end = span_of(encounter)
                print(f"  MISSED {encounter['status']} {encounter['form']}"
                      f" {encounter['participants']} | {text[start:end][:150]!r}")  # fmt: skip


def read(doc: dict[str, Any], *, names: bool) -> tuple[
    tuple[AccountCandidate, ...], tuple[MentionCandidate, ...]
]:  # fmt: skip
    """Read one labelled text."""
    text = doc["text"]
    written = When(doc["written_on"]) if doc.get("written_on") else None
    mentions = own_mentions(text) if names else gold_mentions(doc)
    kind: ItemKind = "entry" if is_diary(doc) else "note" if is_seed(doc) else "paper"
    context = Context(kind=kind, written_on=written, author=doc.get("author") or "")
    return find_accounts(text, mentions, find_dates(text, written), context), mentions


def merge(tallies: list[Tally]) -> Tally:
    """Add up the counts of several texts."""
    whole = Tally()
    for tally in tallies:
        for name in COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        whole.rules += tally.rules
        whole.right += tally.right
    return whole


def intervals(tallies: list[Tally], rounds: int = 1000) -> str:
    """95 % intervals: F1 and exact by drawing whole texts anew, precision of the sure by Wilson's score."""
    draw = random.Random(7)
    f1, exact = [], []
    for _ in range(rounds):
        some = merge(draw.choices(tallies, k=len(tallies)))
        f1.append(2 * some.matched / max(1, some.found + some.gold))
        exact.append(some.exact / max(1, some.matched))
    whole = merge(tallies)
    low, high = wilson(whole.sure_right, whole.sure)
    ends = [sorted(v)[k] for v in (f1, exact) for k in (rounds // 40, rounds - 1 - rounds // 40)]
    return (
        f"    F1 {ends[0]:.2f}-{ends[1]:.2f}, exact {ends[2]:.2f}-{ends[3]:.2f},"
        f" sure precision {low:.2f}-{high:.2f}"
    )


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a proportion."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, right / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def score_docs(docs: list[dict[str, Any]], *, names: bool, report: bool = False) -> list[Tally]:
    """Score texts one by one."""
    out = []
    for doc in docs:
        if report:
            print("==", doc["doc"])
        accounts, mentions = read(doc, names=names)
        tally = Tally()
        score(doc, accounts, mentions, tally, report=report)
        out.append(tally)
    return out


def is_diary(doc: dict[str, Any]) -> bool:
    """Say whether a text is a diary's entry, not a paper."""
    return "pepys" in str(doc["doc"])


def is_seed(doc: dict[str, Any]) -> bool:
    """Say whether a text is a printed biography or article, which the project reads as a note."""
    return str(doc["doc"]).startswith("seeds")


def main(argv: list[str]) -> None:
    """Print the figures."""
    root = Path(argv[0])
    names, errors = "names" in argv, "errors" in argv
    gold = load_lines(root / "reading" / "gold_open.jsonl")
    sets = {"half A": gold[::2], "labels, dev": load_labels(root, split="dev")}
    if "both" in argv:
        # Looked at seldom, and then only their totals.
        sets |= {"half B": gold[1::2], "labels, held": load_labels(root, split="held")}
    for label, docs in sets.items():
        for kind, chosen in (
            ("diary", [d for d in docs if is_diary(d)]),
            ("papers", [d for d in docs if not is_diary(d)]),
        ):
            tallies = score_docs(chosen, names=names, report=errors and label in OPEN)
            whole = merge(tallies)
            print(f"{label:12} {kind:6} {whole.line()}")
            print(intervals(tallies))
            if label in OPEN and "rules" in argv:
                print("   ", {r: f"{whole.right[r]}/{n}" for r, n in whole.rules.most_common()})
    tallies = []
    for doc in load_lines(root / "reading" / "seeds_open.jsonl"):
        accounts, mentions = read(doc, names=names)
        # Only the stretch that is labelled counts.
        first = min(span_of(e)[0] for e in doc["encounters"])
        last = max(span_of(e)[1] for e in doc["encounters"])
        kept = tuple(a for a in accounts if a.span.end > first and a.span.start < last)
        tally = Tally()
        score(doc, kept, mentions, tally, report=errors and "seeds" in argv)
        tallies.append(tally)
    print(f"{'seeds':19} {merge(tallies).line()}")


if __name__ == "__main__":
    main(sys.argv[1:])
