import hashlib
import importlib.util
import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation import TAGGER_VERSION
from legation.facts.candidates import Context, Reading
from legation.facts.span import Span
from legation.ledger.read import load_tagger
from legation.people.register import Counts, Register, find_asked, key_of, promote
from legation.reading import tagger as tagger_module
from legation.reading.names import draft_names, find_names
from legation.reading.read import read_item
from legation.reading.tagger import LABELS, Tagger, parse_tagger, write_weights
from legation.reading.tagger_features import word_features

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "src" / "legation" / "reading" / "tagger.weights"
STEPS = dict.fromkeys(LABELS, (0, 0, 0))


def made(*liked: str) -> Tagger:
    """A tagger that takes for a name whatever has one of some features."""
    states = dict.fromkeys(liked, (400, -400, -400))
    return parse_tagger(write_weights({**states, "r=O": (-300, -300, 300)}, STEPS, 100))


# --- the weights ------------------------------------------------------------------------------------


def test_the_weights_are_those_of_this_version_and_small():
    data = WEIGHTS.read_bytes()
    assert hashlib.sha256(data).hexdigest().startswith(TAGGER_VERSION)
    assert len(TAGGER_VERSION) == 12
    assert len(data) <= 2_000_000
    assert load_tagger() is load_tagger()
    assert TAGGER_VERSION in (ROOT / "training" / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_weights_hold_no_capitalised_word():
    lines = WEIGHTS.read_text(encoding="utf-8").split("\n")
    words = [line.split("\t")[0].partition("w=")[2] for line in lines if "w=" in line]
    assert words
    assert [w for w in words if w != w.lower()] == []
    assert not any(f.partition("=")[2] == "Halifax" for f in word_features("Halifax", 0))


def test_weights_written_are_read_again():
    states = {"a": (1, -2, 3), "b=é": (0, 0, 7)}
    steps = {"B": (1, 2, 3), "I": (4, 5, 6), "O": (7, 8, 9)}
    data = write_weights(states, steps, 10)
    read = parse_tagger(data)
    assert read.states == {"a": (0.1, -0.2, 0.3), "b=é": (0.0, 0.0, 0.7)}
    assert read.steps == ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6), (0.7, 0.8, 0.9))
    assert write_weights(dict(reversed(states.items())), steps, 10) == data


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCARD\n", b"\xff\xfe"])
def test_other_bytes_are_refused(data: bytes):
    with pytest.raises(ValueError, match=r"not a file of weights|utf-8"):
        parse_tagger(data)


# --- the sums ---------------------------------------------------------------------------------------

WEIGHT = st.floats(-6, 6).map(lambda x: round(x, 2))
ROW = st.tuples(WEIGHT, WEIGHT, WEIGHT)


@given(st.lists(ROW, min_size=1, max_size=5), st.tuples(ROW, ROW, ROW))
def test_chances_are_those_of_all_ways_to_label_a_sentence(scores, steps):
    total = 0.0
    sums = [[0.0] * 3 for _ in scores]
    for labels in itertools.product(range(3), repeat=len(scores)):
        weight = sum(row[k] for row, k in zip(scores, labels, strict=True))
        weight += sum(steps[a][b] for a, b in itertools.pairwise(labels))
        total += math.exp(weight)
        for n, k in enumerate(labels):
            sums[n][k] += math.exp(weight)
    found = tagger_module._weigh_labels(scores, steps)
    for row, wanted in zip(found, sums, strict=True):
        assert row == pytest.approx([s / total for s in wanted], abs=1e-9)


def test_long_sentences_are_weighed_without_overflow():
    found = tagger_module._weigh_labels([(60.0, -60.0, 0.0)] * 5000, ((9.0, 9.0, 9.0),) * 3)
    assert all(sum(row) == pytest.approx(1) for row in found)


# --- proposals --------------------------------------------------------------------------------------


def asked(text: str, tagger: Tagger, register: Register | None = None) -> list[str]:
    reading = Reading("entry", mentions=find_names(text, tagger=tagger))
    register = register or Register()
    flags = find_asked(reading, promote(reading, register), register)
    return [m.span.cut(text) for m, yes in zip(reading.mentions, flags, strict=True) if yes]


def test_what_only_the_tagger_sees_is_a_question():
    text = "After that I thought of Vellacott again."
    tagger = made("0:unlisted")
    (mention,) = [m for m in find_names(text, tagger=tagger) if m.surname == "Vellacott"]
    assert not mention.sure
    assert any(code.startswith("tagger:") for code in mention.evidence)
    assert asked(text, tagger) == ["Vellacott"]


def test_no_question_about_what_the_diary_holds_or_uses_as_a_place():
    text = "After that I thought of Vellacott again."
    tagger = made("0:unlisted")
    assert asked(text, tagger, Register.from_counts({"vellacott": Counts(titled=9, documents=9)})) == []
    assert asked(text, tagger, Register.from_counts({"vellacott": Counts(place=30, documents=30)})) == []


def test_what_one_text_repeats_holds():
    text = "After that I thought of Vellacott again. It was cold. Indeed I dreamt of Vellacott."
    found = [m for m in find_names(text, tagger=made("0:unlisted")) if m.surname == "Vellacott"]
    assert [m.sure for m in found] == [True, True]
    assert all("tagged" in m.evidence for m in found)
    reading = Reading("entry", mentions=tuple(found))
    assert promote(reading, Register()) == (True, True)
    assert not any(promote(reading, Register.from_counts({"vellacott": Counts(place=30, documents=30)})))


@pytest.mark.parametrize(
    "text",
    [
        "We rested in Vellacott. Later I thought of Vellacott, and then of Vellacott again.",
        "The Vellacott was shut.",
    ],
)
def test_a_form_that_stands_as_a_place_does_is_not_carried(text: str):
    assert not any(m.sure for m in find_names(text, tagger=made("0:unlisted")))


def test_the_rules_keep_what_they_hold():
    text = "Mr. Garth and Tom came to Paris. Thence to my Lord Wexcombe, and met Fenwick."
    alone = {m.span for m in find_names(text) if m.sure}
    assert {m.span for m in find_names(text, tagger=made("never")) if m.sure} == alone
    assert {m.span for m in find_names(text, tagger=load_tagger()) if m.sure} >= alone


def test_links_win_over_proposals():
    text = "Indeed I thought of Vellacott again."
    at = text.index("Vellacott")
    (only,) = find_names(text, linked=[(Span(at, at + 9), "Ann Vellacott")], tagger=made("0:unlisted"))
    assert only.evidence == ("linked",)


def test_reading_with_and_without_a_tagger():
    text = "12 May 1930\n\nAfter that I thought of Vellacott again.\n"
    assert read_item(text, Context()) == read_item(text, Context(), None)
    with_it = read_item(text, Context(), made("0:unlisted"))
    assert any(c.startswith("tagger:") for m in with_it.mentions for c in m.evidence)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("AbCde .,'’“”\n-éЖжΩ周محمد0"), max_size=120))
def test_the_same_for_the_same_text_and_never_a_fault(text: str):
    tagger = load_tagger()
    first = find_names(text, tagger=tagger)
    assert first == find_names(text, tagger=parse_tagger(WEIGHTS.read_bytes()))
    for mention in first:
        assert mention.span.cut(text).strip() == mention.span.cut(text)
        assert key_of(mention) == key_of(mention)


def test_reach_changes_no_proposal(monkeypatch):
    names = "Fenwick said to Orlenko that Vellacott, whom Garth had met at Wexcombe, dined with Sikorski"
    text = " and the day was long, while ".join([names] * 6) + "."
    words, drafts = draft_names(text)
    near = load_tagger().propose(words, drafts)
    monkeypatch.setattr(tagger_module, "_REACH", 10**6)
    far = {p.start: p for p in load_tagger().propose(words, drafts)}
    assert near
    assert all(abs(far[p.start].chance - p.chance) < 0.005 for p in near if p.start in far)


# --- training ---------------------------------------------------------------------------------------


def load_training():
    spec = importlib.util.spec_from_file_location("train_tagger", ROOT / "training" / "train_tagger.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_training_gives_the_same_bytes_twice():
    pytest.importorskip("pycrfsuite")
    training = load_training()
    text = "Then Vellacott said no. He went to Wexcombe. I saw Garth.\nThen Orlenko laughed. The end came."
    names = [(text.index(n), text.index(n) + len(n)) for n in ("Vellacott", "Garth", "Orlenko")]
    texts = {str(n): (text, names) for n in range(4)}
    first = training.train(texts)
    assert first == training.train(dict(reversed(texts.items())))
    assert parse_tagger(first).states


@pytest.mark.parametrize(
    ("words", "yes"), [("Ann Lee", True), ("the Tsar", False), ("Indians", False), ("Orlenko", True)]
)
def test_labels_that_are_no_names_are_left_out(words: str, yes: bool):
    pytest.importorskip("pycrfsuite")
    assert load_training().is_name(words) is yes
