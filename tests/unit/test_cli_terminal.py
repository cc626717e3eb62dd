"""Pages on the terminal: wrapped, safe, and without colour where there is none."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.desk.cli.terminal import Page, Told, clean, fit, one_line, print_json, width_of


@given(
    st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["", "quiet", "person"])), max_size=6),
    st.integers(24, 90),
    st.booleans(),
)
def test_a_paragraph_stays_in_its_width_and_loses_no_word(
    pieces: list[tuple[str, str]], width: int, joined: bool
) -> None:
    page = Page(colour=False, width=width)
    page.flow(*pieces, indent=2, hang=4, joined=joined)
    words = [w for line in page.lines for w in line.split()]
    for line in page.lines:
        # A word is what plain spaces part: a no-break space holds its two words together.
        assert width_of(line) <= width or len(line.strip(" ").split(" ")) == 1
    said = ("" if joined else " ").join(one_line(t) if not joined else clean(t) for t, _ in pieces)
    assert "".join(words) == "".join(said.split())


@given(st.text())
def test_nothing_that_moves_the_cursor_is_printed(text: str) -> None:
    page = Page(colour=False, width=60)
    page.flow(text)
    page.row("label", text)
    page.table(("a", "b"), [(text, text)])
    assert all(c == "\n" or c >= " " for c in page.text())
    assert not any("\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in page.text())


@given(st.text(), st.integers(1, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert width_of(fit(one_line(text), width)) <= max(width, 1)


def test_pieces_may_be_joined() -> None:
    page = Page(colour=False, width=60)
    page.flow("the ", ("found", "found"), " word", joined=True)
    page.flow("Lunch", ("with Halifax", "person"), ".")
    assert page.lines == ["the found word", "Lunch with Halifax ."]


def test_colour_is_only_where_it_is_wanted() -> None:
    page = Page(colour=True, width=60)
    page.flow(("Halifax", "person"))
    assert "\x1b[34mHalifax" in page.text()


def test_a_table_lines_up_and_cuts_only_its_first_column() -> None:
    page = Page(colour=False, width=40)
    page.table(
        ("name", "met"),
        [("A very long name of somebody whom one met once", "1"), ("B", "12")],
        frozenset({1}),
    )
    assert len({width_of(line) for line in page.lines}) == 1
    assert re.search(r"…\s+1$", page.lines[1])


def test_json_survives_what_the_stream_cannot_say(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "\udc80 Майский"})
    assert json.loads(capsys.readouterr().out) == {"name": "\udc80 Майский"}


def test_without_a_terminal_progress_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("legation.desk.cli.terminal.time.monotonic", lambda: now[0])
    with Told() as progress:
        for n in range(100):
            progress("Reading", n, 100)
            now[0] += 0.2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert 2 <= len(lines) <= 5
    assert all(line.startswith("legation: Reading ") for line in lines)
