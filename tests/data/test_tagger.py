from pathlib import Path

import pytest
from score_ablation import ROWS, bare_unknown, load_sets, score_row

from legation.ledger.read import load_tagger

pytestmark = pytest.mark.data
REPEATED, ASKED = ROWS[-2], ROWS[-1]


@pytest.mark.parametrize(
    ("name", "floor"), [("LitBank dev", 0.91), ("GUM dev", 0.73), ("seeds", 0.98), ("linked", 0.97)]
)
def test_rules_and_tagger_together(data_dir: Path, name: str, floor: float):
    every, _, _ = score_row(load_sets(data_dir)[name], REPEATED, {}, load_tagger())
    assert every.f1 >= floor


def test_what_the_tagger_holds_by_itself_is_right(data_dir: Path):
    sets = load_sets(data_dir)
    for name in ("LitBank dev", "GUM dev", "gold", "linked", "seeds"):
        before, _, _ = score_row(sets[name], ROWS[2], {}, load_tagger())
        after, _, _ = score_row(sets[name], REPEATED, {}, load_tagger())
        wrong = (after.found - after.hits) - (before.found - before.hits)
        assert wrong <= 0.03 * max(1, after.found - before.found)


def test_questions_stay_few(data_dir: Path):
    texts = load_sets(data_dir)["gold"]
    every, _, questions = score_row(texts, ASKED, {}, load_tagger())
    assert 100 * questions / every.wanted <= 0.5


def test_bare_unknown_names():
    text = "Mr. Garth and Vellacott met Garth."
    spans = [(0, 9), (14, 23), (28, 33)]
    assert bare_unknown(text, spans) == [(14, 23)]
