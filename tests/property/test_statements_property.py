"""Reading statements never fails, on any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import UNKNOWN, Context
from legation.reading.names import find_names
from legation.reading.roles import find_roles, merge_mentions
from legation.reading.scene import open_scene
from legation.reading.speech_quotes import find_quotations
from legation.reading.statements import find_statements

PIECES = st.sampled_from(
    [
        "Mr. Eden", "my wife", "he", "she", "who", "I", "me", "him", "her", "said", "told", "asked",
        "replied", "that", "whether", "to", "by", "and", ",", ".", ";", "?", '"', "“", "”", "‘", "’", "'",
        "``", "''", "—", "\n", "\n\n", "the old man", "according to", "a letter from", "did not", "would",
        "saying", "telling", "İ", "\u200f", "1", "(", ")",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=40), st.sampled_from(["entry", "paper", "note"]))
def test_any_text(pieces: list[str], kind: str) -> None:
    """Spans lie within the text, mentions exist, scores are shares."""
    text = " ".join(pieces)
    names = find_names(text)
    mentions = merge_mentions(names, find_roles(text, names))
    found = find_statements(open_scene(text, mentions, (), Context(kind=kind)))  # type: ignore[arg-type]
    for finding in found:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert 0.0 <= finding.score <= 1.0
        assert finding.parties[0].role == "speaker"
        assert all(UNKNOWN <= p.mention < len(mentions) for p in finding.parties)


@given(st.text(alphabet="a A.,\"'“”‘’\n—", max_size=80))
def test_quotations_do_not_cross(text: str) -> None:
    """Quotations stand in order and apart."""
    last = 0
    for start, end in find_quotations(text):
        assert last <= start < end <= len(text)
        last = end
