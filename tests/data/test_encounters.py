"""Dates and encounters on the labelled texts; the figures are floors a little under the measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.score_encounters import Tally, load_lines, read, score

from legation.facts.when import When
from legation.reading.dates import find_dates

pytestmark = pytest.mark.data


def test_dates(data_dir: Path) -> None:
    """Dates found, and resolved to the labelled day."""
    found = gold = matched = right = 0
    for doc in load_lines(data_dir / "reading" / "gold_open.jsonl"):
        written = When(doc["written_on"]) if doc["written_on"] else None
        mentions = find_dates(doc["text"], written)
        found, gold = found + len(mentions), gold + len(doc["dates"])
        for mention in mentions:
            for label in doc["dates"]:
                if mention.span.start < label["end"] and label["start"] < mention.span.end:
                    matched += 1
                    right += mention.when.value == label["value"]
                    break
    assert 2 * matched / (found + gold) >= 0.96
    assert right / matched >= 0.97


def test_encounters_in_diaries_and_papers(data_dir: Path) -> None:
    """Encounters of `gold_open`, given its mentions."""
    tally = Tally()
    for doc in load_lines(data_dir / "reading" / "gold_open.jsonl"):
        accounts, mentions = read(doc, names=False)
        score(doc, accounts, mentions, tally)
    assert 2 * tally.matched / (tally.found + tally.gold) >= 0.73
    assert tally.exact / tally.matched >= 0.68
    assert tally.sure_right / tally.sure >= 0.88
