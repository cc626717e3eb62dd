"""Whatever a card holds, writing it and reading it again changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import CardField, Context
from legation.reading.cards import (
    join_components,
    read_card,
    split_cards,
    split_components,
)
from legation.reading.content import split_escaped
from legation.reading.vcard_write import fold, write_card

TEXT = st.text(
    # C1 controls are taken for bytes of an old charset, and mended.
    st.characters(
        blacklist_categories=["Cs"],
        blacklist_characters=["\r", "\ufeff", *map(chr, range(0x80, 0xA0))],
    ),
    min_size=1,
).filter(lambda text: bool(text.strip()))
WORD = st.text("abcdefghijklmnop-", min_size=1, max_size=10)
COMPONENTS = st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=7)


@given(TEXT, COMPONENTS, COMPONENTS, st.lists(WORD, max_size=3), TEXT)
def test_a_card_that_was_read_survives_writing(
    name: str, family: list[list[str]], street: list[list[str]], kinds: list[str], param: str
) -> None:
    fields = (
        CardField("fn", name),
        CardField("n", join_components(family)),
        CardField("adr", join_components(street), tuple(("type", kind) for kind in kinds)),
        CardField("note", name, (("x-label", param),)),
        CardField("x-other", name),
    )
    first = read_card(write_card(fields), Context()).card
    again = read_card(write_card(first), Context()).card
    assert [(f.name, f.value, f.params) for f in again] == [(f.name, f.value, f.params) for f in first]
    assert [f.name for f in first] == ["fn", "n", "adr", "note", "x-other"]
    assert (first[0].value, first[3].value) == (name, name)
    assert split_components(first[1].value)[: len(family)] == tuple(map(tuple, family))
    assert dict(first[3].params)["x-label"].strip() == param.strip()


@given(COMPONENTS)
def test_components_are_taken_apart_as_they_were_put_together(parts: list[list[str]]) -> None:
    assert split_components(join_components(parts)) == tuple(map(tuple, parts))


@given(st.text(), st.sampled_from(";,"))
def test_splitting_at_separators_loses_nothing(text: str, separator: str) -> None:
    assert separator.join(split_escaped(text, separator)) == text


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n")))
def test_folding_keeps_to_75_octets(line: str) -> None:
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


LINES = st.lists(
    st.sampled_from(
        ["BEGIN:VCARD", "END:VCARD", "AGENT:", "FN:A", "UID:1", "UID:2", "", " folded", "junk",
         "NOTE;ENCODING=QUOTED-PRINTABLE:a=", "PHOTO;ENCODING=b:QUJD", "QUJD", "N:a;b", "\ufeffFN:B"]
    )
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_broken_books_are_tiled_and_read(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    parts = split_cards(text)
    assert "".join(text[start:end] for _, start, end in parts) == text
    assert len({name for name, _, _ in parts}) == len(parts)
    for _, start, end in parts:
        part = text[start:end]
        reading = read_card(part, Context())
        assert reading.card or reading.problems
        for field in reading.card:
            assert field.span is not None
            assert field.span.end <= len(part)


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for _, start, end in split_cards(text):
        read_card(text[start:end], Context())
    read_card(f"BEGIN:VCARD\n{text}\nEND:VCARD", Context())
