"""Shows what each step of the name reader adds, and what the tagger's proposals cost in questions.

Run as a script it prints a table for each labelled set, with one step more in each row: precision,
recall and F1 of all names (a name counts as found where its span overlaps), the recall of bare
unknown names (one word that is part of no longer labelled name of the text), and the questions
"Is this a person?" for every hundred labelled names, each form asked about once a text.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from score_names import Pair, Score, gold_pairs, load_diary, load_lines, load_volume, score_overlap

from legation.facts.candidates import Reading
from legation.ledger.read import load_tagger
from legation.people.register import Register, count_evidence, find_asked, key_of, promote
from legation.reading.names import ALL_STEPS, Steps, find_names
from legation.reading.tagger import Tagger
from legation.reading.tokens import fold

#: A text, its labelled names, and the diary or volume it is of ("" where there is none).
Text = tuple[str, list[Pair], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: which steps are taken."""

    label: str
    steps: Steps = ALL_STEPS
    register: bool = False
    tagger: bool = False
    asked: bool = False


ROWS = (
    Row("each name by itself", Steps(coordination=False, consistency=False)),
    Row("+ consistency", Steps(coordination=False)),
    Row("+ coordination"),
    Row("+ register", register=True),
    Row("+ tagger, repeated", register=True, tagger=True),
    Row("+ tagger, asked", register=True, tagger=True, asked=True),
)


def bare_unknown(text: str, wanted: Iterable[Pair]) -> list[Pair]:
    """Return the labelled names of one word that no longer labelled name of the text holds."""
    pairs = list(wanted)
    words = [[fold(w).strip("'’.") for w in text[a:b].replace("’s", "").split()] for a, b in pairs]
    longer = {w for row in words if len(row) > 1 for w in row}
    return [p for p, row in zip(pairs, words, strict=True) if len(row) == 1 and row[0] not in longer]


def score_row(
    texts: Iterable[Text], row: Row, registers: Mapping[str, Register], tagger: Tagger
) -> tuple[Score, Score, int]:
    """Return the scores of all names and of bare unknown ones, and the number of questions."""
    every = unknown = Score(0, 0, 0)
    questions = 0
    for text, wanted, origin in texts:
        found = find_names(text, tagger=tagger if row.tagger else None, steps=row.steps)
        reading = Reading("entry", mentions=found)
        register = registers.get(origin, Register()) if row.register else Register()
        held = promote(reading, register)
        asked = find_asked(reading, held, register) if row.asked else (False,) * len(held)
        chosen = [
            (m.span.start, m.span.end) for m, yes, ask in zip(found, held, asked, strict=True) if yes or ask
        ]
        every += score_overlap(chosen, wanted)
        bare = bare_unknown(text, wanted)
        hits = sum(any(a < y and x < b for a, b in chosen) for x, y in bare)
        unknown += Score(hits, len(bare), len(bare))
        questions += len({key_of(m) for m, ask in zip(found, asked, strict=True) if ask})
    return every, unknown, questions


def load_sentences(path: Path, source: str) -> list[Text]:
    """Load fiction or web texts, each document whole."""
    docs: dict[str, tuple[list[str], list[Pair], list[int]]] = {}
    for row in load_lines(path):
        if row["source"] != source:
            continue
        texts, wanted, size = docs.setdefault(row["doc"], ([], [], [0]))
        wanted += [(size[0] + s["start"], size[0] + s["end"]) for s in row["spans"] if s["label"] == "PER"]
        texts.append(row["text"])
        size[0] += len(row["text"]) + 1
    return [("\n".join(texts), wanted, "") for texts, wanted, _ in docs.values()]


def load_sets(data: Path) -> dict[str, list[Text]]:
    """Load the labelled sets; half A of the gold texts is for development, half B for figures only."""
    folder = data / "reading"
    sets = {}
    for name in ("gold_open", "linked_open", "seeds_open"):
        sets[name] = [
            (doc["text"], gold_pairs(doc, "name"), str(doc["doc"]).split("/")[0])
            for doc in load_lines(folder / f"{name}.jsonl")
        ]
    gold = sets.pop("gold_open")
    diary = [t for t in gold if t[2] == "pepys"]
    papers = [t for t in gold if t[2] != "pepys"]
    names = {
        "gold": gold,
        "gold A": gold[::2],
        "gold B": gold[1::2],
        "gold diary": diary,
        "gold papers": papers,
    }
    names |= {"linked": sets["linked_open"], "seeds": sets["seeds_open"]}
    for label, source in (("LitBank dev", "litbank"), ("GUM dev", "gum-free")):
        names[label] = load_sentences(folder / "mentions_dev.jsonl", source)
    return names


def learn_registers(data: Path, tagger: Tagger) -> dict[str, Register]:
    """Learn the register of the diary and of the volume from all their texts."""
    origins = {"pepys": load_diary(data), "frus1961-63v05": load_volume(data)}
    return {
        name: Register.from_counts(
            count_evidence(Reading("entry", mentions=find_names(text, tagger=tagger)) for text in texts)
        )
        for name, texts in origins.items()
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--alone", action="store_true", help="without the registers, which take long to learn"
    )
    parser.add_argument("--only", nargs="*", help="names of sets")
    given = parser.parse_args()
    tagger = load_tagger()
    registers = {} if given.alone else learn_registers(given.data, tagger)
    print(f"{'':12} {'':20}      P      R     F1   bare R     of  questions/100")
    for name, texts in load_sets(given.data).items():
        if given.only and name not in given.only:
            continue
        for row in ROWS:
            every, bare, questions = score_row(texts, row, registers, tagger)
            precision, recall = every.hits / max(1, every.found), every.hits / max(1, every.wanted)
            print(
                f"{name:12} {row.label:20} {precision:6.3f} {recall:6.3f} {every.f1:6.3f}"
                f"   {bare.hits / max(1, bare.wanted):6.3f} {bare.wanted:6}  {100 * questions / every.wanted:6.2f}"
            )


if __name__ == "__main__":
    main()
