"""Who is who on labelled texts: no wrong link in silence, and few questions."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from legation.people.resolve import resolve

_SPEC = importlib.util.spec_from_file_location("score_linking", Path(__file__).with_name("score_linking.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
scoring: Any = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = scoring
_SPEC.loader.exec_module(scoring)

pytestmark = pytest.mark.data


def labelled(folder: Path, name: str, group: str, prefix: str = "") -> tuple[list[Any], dict[Any, str]]:
    uses: list[Any] = []
    who: dict[Any, str] = {}
    for doc in scoring.load(folder / f"{name}.jsonl"):
        if doc["doc"].startswith(prefix):
            more, gold = scoring.gold_uses(doc, group)
            uses += more
            who |= gold
    return uses, who


@pytest.mark.parametrize("group", ["diary:seeds", "volume:seeds"])
def test_seeds_with_each_person_left_out(data_dir: Path, group: str) -> None:
    folder = data_dir / "reading"
    uses, who = labelled(folder, "seeds_open", group)
    book = scoring.seed_book(folder / "book_seeds.json")
    whole, left = scoring.score_left_out(uses, who, book)
    assert (whole.wrong, left.wrong, left.mixed) == (0, 0, 0), left.errors.most_common(10)
    assert whole.linked >= 0.98 * whole.mentions
    assert left.asked <= 0.02 * left.mentions


def test_papers_with_each_person_left_out(data_dir: Path) -> None:
    uses, who = labelled(data_dir / "reading", "linked_open", "volume:frus")
    book = scoring.linked_book()
    whole, left = scoring.score_left_out(uses, who, book)
    assert (whole.wrong, left.wrong) == (0, 0), left.errors.most_common(10)


@pytest.mark.parametrize(("prefix", "group"), [("pepys", "diary:pepys"), ("frus", "volume:frus")])
def test_people_made_known_by_the_text_are_one_person_each(data_dir: Path, prefix: str, group: str) -> None:
    uses, who = labelled(data_dir / "reading", "gold_open", group, prefix)
    right, said, true, bad = scoring.pairs(resolve(uses), who)
    assert right >= 0.995 * said, bad.most_common(10)
    assert right >= 0.3 * true
