"""Trains the name tagger from labelled sentences and writes its weights.

    python training/train_tagger.py ../shared/data/reading/mentions_train.jsonl \
        src/legation/reading/tagger.weights

The same input gives the same bytes on one machine: order, start and number of steps are fixed.
Needs python-crfsuite, which only training needs; `training/MODEL_CARD.md` says what comes out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from legation.reading.name_words import (
    F_FUNCTION,
    F_GIVEN,
    F_KIN,
    F_NATION,
    F_NON,
    F_OFFICE,
    F_ONLY_PLACE,
    F_SURNAME,
    F_TAIL,
    F_TITLE,
    look_up,
)
from legation.reading.names import draft_names
from legation.reading.tagger import LABELS, write_weights
from legation.reading.tagger_features import (
    context_features,
    rule_features,
    sentences_of,
    text_features,
    word_features,
)

C1, C2 = 0.1, 0.6
ITERATIONS = 200
LEAST = 3
UNIT = 100
#: What a label of GUM stands for that consists of such words only: a body, a people, an office.
_NO_NAME = F_NATION | F_OFFICE | F_NON | F_FUNCTION | F_KIN | F_TITLE | F_TAIL | F_ONLY_PLACE

Labelled = tuple[list[str], list[list[str]]]


def load_texts(
    path: Path, keep: frozenset[str] = frozenset()
) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """Load each document: its sentences joined by line ends, and the spans of its names."""
    out: dict[str, tuple[list[str], list[tuple[int, int]], list[int]]] = {}
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            texts, spans, size = out.setdefault(row["doc"], ([], [], [0]))
            for span in row["spans"]:
                if span["label"] == "PER" and is_name(row["text"][span["start"] : span["end"]]):
                    spans.append((size[0] + span["start"], size[0] + span["end"]))
            texts.append(row["text"])
            size[0] += len(row["text"]) + 1
    return {doc: ("\n".join(texts), spans) for doc, (texts, spans, _) in out.items()}


def is_name(words: str) -> bool:
    """Say whether a labelled name is one by our own guidelines: not "the Tsar", "Indians", "U.S."."""
    flags = [look_up(w)[1] for w in words.split() if w[:1].isupper()]
    return any(not f & _NO_NAME or f & (F_GIVEN | F_SURNAME) for f in flags)


def make_examples(text: str, spans: list[tuple[int, int]]) -> Iterator[Labelled]:
    """Yield features and labels of each sentence with a capital letter inside."""
    words, drafts = draft_names(text)
    told, ruled = text_features(words), rule_features(drafts)
    tokens = words.tokens
    labels = ["O"] * len(tokens)
    at = 0
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        while at < len(tokens) and tokens[at].start < start:
            at += 1
        mark = "B"
        while at < len(tokens) and tokens[at].start < end:
            labels[at], mark = mark, "I"
            at += 1
    for first, last in sentences_of(words):
        if not any(tokens[i].text[0].isupper() for i in range(first, last)):
            continue
        rows = []
        for i in range(first, last):
            row = context_features(words, i, (first, last), told, ruled)
            for offset in (-2, -1, 0, 1, 2):
                if first <= i + offset < last:
                    row += word_features(tokens[i + offset].text, offset)
            rows.append(row)
        yield rows, labels[first:last]


def train(texts: dict[str, tuple[str, list[tuple[int, int]]]]) -> bytes:
    """Train on documents in order of their names and return the bytes of the weights."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for doc in sorted(texts):
        for rows, labels in make_examples(*texts[doc]):
            trainer.append(rows, labels)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": ITERATIONS, "feature.minfreq": LEAST})
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "model")
        trainer.train(name)
        tagger = pycrfsuite.Tagger()
        tagger.open(name)
        info = tagger.info()
        tagger.close()
    states: dict[str, list[int]] = {}
    for (feature, label), weight in info.state_features.items():
        units = round(weight * UNIT)
        if units:
            states.setdefault(feature, [0, 0, 0])[LABELS.index(label)] = units
    steps = {a: tuple(round(info.transitions.get((a, b), 0.0) * UNIT) for b in LABELS) for a in LABELS}
    return write_weights({f: (w[0], w[1], w[2]) for f, w in states.items()}, steps, UNIT)


def main() -> None:
    """Train and write; print size and version."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("weights", type=Path)
    given = parser.parse_args()
    data = train(load_texts(given.labelled))
    given.weights.write_bytes(data)
    print(f"{len(data):,} bytes, {data.count(10) - 4:,} features, {hashlib.sha256(data).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
