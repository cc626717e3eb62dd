"""Headers of the FRUS volume: the goals of the issue, and every printed list read."""

from __future__ import annotations

from pathlib import Path

import pytest
from score_gold import figures, score_set
from score_papers import load_volume, printed_lists

from legation.facts.candidates import Reading

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def volume(data_dir: Path) -> dict[int, tuple[str, Reading]]:
    return load_volume(data_dir / "frus-1961-63v05")


def test_goals(data_dir: Path) -> None:
    found = score_set(data_dir, "participants_open", "participants")
    score = figures(found, "participants")
    assert min(score["date"], score["place"]) >= 0.95, found.errors[:5]
    assert score["subject"] == 1, found.errors[:5]
    assert score["surnames_f1"] >= 0.95, found.errors[:5]


def test_every_printed_list_is_read(data_dir: Path, volume: dict[int, tuple[str, Reading]]) -> None:
    for number in printed_lists(data_dir / "frus-1961-63v05"):
        _, reading = volume[number]
        assert reading.header is not None, number
        listed = [p for p in reading.header.people if p.role == "participant"]
        codes = {p.code for p in reading.problems}
        assert len(listed) >= 2 or "participants-elsewhere" in codes, number


def test_spans_hold_their_words(volume: dict[int, tuple[str, Reading]]) -> None:
    for number, (text, reading) in volume.items():
        for mention in reading.mentions:
            words = mention.span.cut(text)
            assert words == words.strip(), (number, words)
            assert mention.kind != "name" or mention.surname or mention.given, (number, words)
