"""Statements on the labelled texts; the figures are floors a little under the measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.score_statements import (
    Tally,
    Voices,
    load_lines,
    load_novels,
    score_novel,
    score_text,
)

pytestmark = pytest.mark.data


def test_statements_in_diaries_and_papers(data_dir: Path) -> None:
    """Statements of `gold_open`, read whole."""
    tally = Tally()
    for doc in load_lines(data_dir / "reading" / "gold_open.jsonl"):
        score_text(doc, tally)
    assert tally.matched / tally.gold >= 0.70
    assert tally.matched / tally.found >= 0.84
    assert tally.right / tally.claimed >= 0.90
    assert tally.claimed / tally.gold >= 0.60
    assert tally.sure_right / tally.sure_matched >= 0.92
    assert tally.mode / tally.matched >= 0.97


def test_quotations_in_novels(data_dir: Path) -> None:
    """Speakers of quotations in novels; half of them were never looked at."""
    for half, right in ((0, 0.86), (1, 0.85)):
        voices = Voices()
        for novel in load_novels(data_dir / "reading" / "speakers_open.jsonl")[half::2]:
            score_novel(novel, voices)
        assert voices.claimed / voices.gold >= 0.54
        assert voices.right / voices.known >= right
