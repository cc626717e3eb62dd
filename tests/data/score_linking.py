"""Score who is who against labelled mentions: how many are linked in silence, asked, or wrong."""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from legation.people.identity import KnownPerson, NameUse, PersonKey, make_use
from legation.people.naming import parse_name
from legation.people.resolve import Resolution, resolve
from legation.reading.names import find_names

Place = tuple[str, int]


@dataclass
class Score:
    """Counts of mentions by outcome."""

    mentions: int = 0
    linked: int = 0
    wrong: int = 0
    asked: int = 0
    new: int = 0
    mixed: int = 0
    questions: int = 0
    errors: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        for name in ("mentions", "linked", "wrong", "asked", "new", "mixed", "questions"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors += other.errors

    def line(self) -> str:
        total = max(1, self.mentions)
        share = {n: f"{100 * getattr(self, n) / total:.1f} %" for n in ("linked", "asked", "new")}
        return (
            f"{self.mentions} mentions: linked {share['linked']}, new {share['new']}, asked {share['asked']}; "
            f"wrong {self.wrong}, two people in one {self.mixed}; questions {self.questions} "
            f"({100 * self.questions / total:.1f} per 100)"
        )


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def gold_uses(doc: dict[str, Any], group: str) -> tuple[list[NameUse], dict[Place, str]]:
    """Make a use of each labelled name, its parts as the reader gives them, with its person."""
    text = doc["text"]
    found = {}
    for c in find_names(text):
        found[c.span.start, c.span.end] = c
    uses, who = [], {}
    for m in doc["mentions"]:
        if m.get("kind", "name") != "name" or not m.get("person"):
            continue
        start, end = m["start"], m["end"]
        shown = text[start:end]
        c = found.get((start, end))
        on = doc.get("written_on") or ""
        if c is not None:
            use = replace(make_use(doc["doc"], group, text, c, on), start=start, shown=shown)
        else:
            name = parse_name(shown)
            use = NameUse(doc["doc"], group, start, name.titles, name.given, name.surname, shown, (), on)
        uses.append(use)
        who[doc["doc"], start] = m["person"]
    return uses, who


def seed_book(path: Path) -> list[KnownPerson]:
    book = []
    for row in json.loads(path.read_text("utf-8")):
        names = tuple(parse_name(n) for n in (row["name"], *row["also"]))
        offices = tuple((o["office"], o["start"] or "", o["end"] or "") for o in row["offices"])
        book.append(KnownPerson(json.dumps({"card": row["id"]}), row["name"], names, offices=offices))
    return book


def card(key: PersonKey) -> str:
    return json.loads(key)["card"] if key.startswith("{") else ""


def score(
    result: Resolution, who: dict[Place, str], book: Iterable[KnownPerson], shown: dict[Place, str]
) -> Score:
    """Compare with the labels: wrong links to known people, and new people made of two."""
    out = Score(mentions=len(who))
    ids = {card(k.key) for k in book}
    groups: dict[PersonKey, Counter[str]] = defaultdict(Counter)
    for block in result.blocks.values():
        out.questions += len([q for q in block.questions if q.kind == "who"])
        for a in block.assignments:
            gold = who.get((a.item, a.start))
            if gold is None:
                continue
            if a.state == "ask":
                out.asked += 1
                continue
            key = result.aliases.get(a.person, a.person)
            groups[key][gold] += 1
            if card(key):
                if card(key) == gold:
                    out.linked += 1
                else:
                    out.wrong += 1
                    out.errors["wrong", shown[a.item, a.start], gold, card(key), a.rule] += 1
            else:
                out.new += 1
                if gold in ids:
                    out.errors["new though known", shown[a.item, a.start], gold, "", a.rule] += 1
    for key, golds in groups.items():
        if len(golds) > 1 and not card(key):
            out.mixed += 1
            out.errors["mixed", key, *sorted(golds)] += 1
    return out


def score_left_out(
    uses: Sequence[NameUse], who: dict[Place, str], book: list[KnownPerson]
) -> tuple[Score, Score]:
    """Score with the whole book, and the sum of leaving out each person in turn."""
    shown = {u.place: u.shown for u in uses}
    whole = score(resolve(uses, book), who, book, shown)
    total = Score()
    for left in book:
        rest = [k for k in book if k is not left]
        total.add(score(resolve(uses, rest), who, rest, shown))
    return whole, total


def pairs(result: Resolution, who: dict[Place, str]) -> tuple[int, int, int, Counter[tuple[str, ...]]]:
    """Return (right, said, true) pairs of uses held for one person, within each document."""
    rows: dict[str, list[tuple[str, PersonKey, bool]]] = defaultdict(list)
    for block in result.blocks.values():
        for a in block.assignments:
            if (a.item, a.start) in who:
                rows[a.item].append((who[a.item, a.start], a.person, a.state != "ask"))
    right = said = true = 0
    bad: Counter[tuple[str, ...]] = Counter()
    for item, found in rows.items():
        for one, two in itertools.combinations(found, 2):
            same = one[0] == two[0]
            true += same
            if one[2] and two[2] and one[1] == two[1]:
                said += 1
                right += same
                if not same:
                    bad[item, *sorted((one[0], two[0]))] += 1
    return right, said, true, bad


def linked_book() -> list[KnownPerson]:
    rows = sorted({**FRUS_NAMES, **FRUS_NAMESAKES}.items())
    return [KnownPerson(json.dumps({"card": k}), v, (parse_name(v),)) for k, v in rows]


#: Public figures of the papers, under their usual names; and relatives and namesakes of theirs.
FRUS_NAMES = {
    "Kennedy": "John F. Kennedy", "RFK": "Robert Kennedy", "Mrs_Kennedy": "Jacqueline Kennedy",
    "Khrushchev": "Nikita S. Khrushchev", "Mrs_K": "Nina Khrushchev", "Rusk": "Dean Rusk",
    "Menshikov": "Mikhail Menshikov", "Herter": "Christian Herter", "Bowles": "Chester Bowles",
    "Stevenson": "Adlai Stevenson", "Mikoyan": "Anastas Mikoyan", "Kozlov": "Frol Kozlov",
    "Harriman": "Averell Harriman", "Salisbury": "Harrison Salisbury", "Adenauer": "Konrad Adenauer",
    "Macmillan": "Harold Macmillan", "Eisenhower": "Dwight Eisenhower", "Thompson": "Llewellyn Thompson",
    "Castro": "Fidel Castro", "Gromyko": "Andrei Gromyko", "Sorensen": "Theodore Sorensen",
    "Bolshakov": "Georgi Bolshakov", "Manning": "Robert Manning", "Adzhubei": "Aleksei Adzhubei",
    "Bohlen": "Charles Bohlen", "Chiang": "Chiang Kai-shek",
}  # fmt: skip
FRUS_NAMESAKES = {
    "n1": "Edward Kennedy", "n2": "Virginia Rusk", "n3": "Lord Salisbury", "n4": "Milton Eisenhower",
    "n5": "John Thompson", "n6": "Raul Castro", "n7": "Anatoly Gromyko", "n8": "Thomas Sorensen",
    "n9": "Sergei Khrushchev", "n10": "Natalya Menshikov", "n11": "Avis Bohlen",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder `reading` of the data")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    folder = options.folder
    book = seed_book(folder / "book_seeds.json")
    for name, group in (
        ("seeds_open", "volume:seeds"),
        ("seeds_open", "diary:seeds"),
        ("linked_open", "volume:frus"),
    ):
        docs = load(folder / f"{name}.jsonl")
        uses, who = [], {}
        for doc in docs:
            more, gold = gold_uses(doc, group)
            uses += more
            who |= gold
        people = book if name.startswith("seeds") else linked_book()
        whole, left = score_left_out(uses, who, people)
        print(f"{name} {group}\n  whole book: {whole.line()}\n  left out:   {left.line()}")
        if options.v:
            for row, n in (whole.errors + left.errors).most_common(40):
                print("   ", n, row)
    docs = load(folder / "gold_open.jsonl")
    for origin in ("pepys", "frus"):
        uses, who = [], {}
        for doc in docs:
            if doc["doc"].startswith(origin):
                more, gold = gold_uses(doc, "diary:pepys" if origin == "pepys" else "volume:frus")
                uses += more
                who |= gold
        result = resolve(uses)
        right, said, true, bad = pairs(result, who)
        asked = sum(a.state == "ask" for b in result.blocks.values() for a in b.assignments)
        questions = sum(q.kind == "who" for b in result.blocks.values() for q in b.questions)
        same = sum(q.kind == "same" for b in result.blocks.values() for q in b.questions)
        print(
            f"gold_open {origin}: {len(who)} mentions, pairs precision {right / max(1, said):.4f} "
            f"recall {right / max(1, true):.3f} of {true}; asked {100 * asked / len(who):.1f} %, "
            f"who {questions}, same {same} questions"
        )
        if options.v:
            for row, n in bad.most_common(20):
                print("   ", n, row)


if __name__ == "__main__":
    main()
