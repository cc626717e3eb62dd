from pathlib import Path

import pytest
from score_names import (
    gold_pairs,
    learn,
    load_diary,
    load_lines,
    load_volume,
    score_names,
    score_roles,
    score_sentences,
)

from legation.reading.names import find_names
from legation.reading.roles import find_roles

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("name", "floor"), [("linked_open", 0.93), ("seeds_open", 0.93), ("gold_open", 0.85)]
)
def test_names_read_alone(data_dir: Path, name: str, floor: float):
    assert score_names(load_lines(data_dir / "reading" / f"{name}.jsonl")).f1 >= floor


def test_names_within_the_diary_or_volume(data_dir: Path):
    registers = {
        "pepys": learn(load_diary(data_dir)),
        "frus1961-63v05": learn(load_volume(data_dir)),
    }
    gold = load_lines(data_dir / "reading" / "gold_open.jsonl")
    assert score_names(gold, registers).f1 >= 0.92


def test_roles(data_dir: Path):
    assert score_roles(load_lines(data_dir / "reading" / "gold_open.jsonl")).f1 >= 0.82


def test_fiction(data_dir: Path):
    path = data_dir / "reading" / "mentions_dev.jsonl"
    assert score_sentences(path, "litbank").f1 >= 0.87


def test_every_mention_lies_in_its_text(data_dir: Path):
    for text in load_diary(data_dir)[::50] + load_volume(data_dir)[::20]:
        names = find_names(text)
        for mention in (*names, *find_roles(text, names)):
            assert 0 <= mention.span.start < mention.span.end <= len(text)
            assert mention.span.cut(text).strip() == mention.span.cut(text)


def test_labels_are_where_the_scorer_looks(data_dir: Path):
    gold = load_lines(data_dir / "reading" / "gold_open.jsonl")
    assert sum(len(gold_pairs(d, "name", "office", "kin")) for d in gold) > 500
