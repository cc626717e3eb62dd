"""Holds the labels of `labels/` to the texts that they were made on."""

from __future__ import annotations

from pathlib import Path

import pytest
from labels.load import HERE, KINDS, LabelsError, load_labels, read_rows

pytestmark = pytest.mark.data

REFERENCES = ("person", "speaker", "introducer", "by", "to")
LISTS = ("participants", "addressees", "introduced")


def test_every_label_lies_in_its_text_and_knows_its_people(data_dir: Path) -> None:
    docs = load_labels(data_dir)
    assert docs
    for doc in docs:
        text = doc["text"]
        for kind in KINDS:
            for label in doc[kind]:
                start, end = label["span"] if "span" in label else (label["start"], label["end"])
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
                known = [label[key] for key in REFERENCES if label.get(key)]
                known += [person for key in LISTS for person in label.get(key, [])]
                assert set(known) <= set(doc["people"])


def test_splits_share_no_document(data_dir: Path) -> None:
    dev, held = ({doc["doc"] for doc in load_labels(data_dir, split=split)} for split in ("dev", "held"))
    assert not dev & held
    assert len(dev) + len(held) == sum(1 for path in HERE.glob("*.jsonl") for _ in read_rows(path))


def test_another_text_is_refused(tmp_path: Path) -> None:
    row = next(read_rows(HERE / "pepys.jsonl"))
    path = tmp_path / row["doc"]
    path.parent.mkdir(parents=True)
    path.write_text("Up, and to the office.", encoding="utf-8")
    with pytest.raises(LabelsError, match="not the text"):
        load_labels(tmp_path, of="pepys")
