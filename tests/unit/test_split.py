"""Where a diary file is cut, and what an entry's own date is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context
from legation.reading.diary import find_own_date, read_name_date
from legation.reading.read import read_item
from legation.reading.split import split_text


def names(name: str, text: str) -> list[str]:
    parts = split_text(name, text)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(parts))
    return [p.part for p in parts]


BODY = "\n\nWe had lunch and talked of many things.\n\n"


@pytest.mark.parametrize(
    ("name", "heads", "wanted"),
    [
        ("d.md", ["## 8 August 1938", "## 9 August 1938"], ["1938-08-08", "1938-08-09"]),
        (
            "d.md",
            ["# 1938-08-08", "# 1938-08-08", "# 1938-08-10"],
            ["1938-08-08", "1938-08-08#2", "1938-08-10"],
        ),
        ("d.txt", ["Monday, 8 August 1938", "9 August 1938."], ["1938-08-08", "1938-08-09"]),
        ("d.txt", ["August 8, 1938", "August 9th, 1938"], ["1938-08-08", "1938-08-09"]),
        ("1938.md", ["## 8 August — lunch", "## Tuesday 9 August"], ["1938-08-08", "1938-08-09"]),
        ("1938-08.txt", ["## 8", "## 9"], ["1938-08-08", "1938-08-09"]),
        ("d.md", ["# 1938\n\n## August\n\n### Monday 8", "### 9th"], ["1938-08-08", "1938-08-09"]),
        ("d.md", ["**8 August 1938**", "**9 August 1938**"], ["1938-08-08", "1938-08-09"]),
        ("d.md", ["8 août 1938", "9 août 1938"], ["1938-08-08", "1938-08-09"]),
    ],
)
def test_cut(name: str, heads: list[str], wanted: list[str]) -> None:
    assert names(name, "".join(h + BODY for h in heads)) == wanted


def test_openings() -> None:
    text = "Jan. 1st (Lord's day). Lay long and rose late.\n\n2d. To the office.\n\n3rd. Up early.\n"
    assert names("1660.txt", text) == ["1660-01-01", "1660-01-02", "1660-01-03"]


def test_a_file_named_by_its_day_is_one_entry() -> None:
    text = "5th. Up, and to the office all the morning.\n\n5th. instant, they say, it was.\n"
    assert names("1664-12-05.md", text) == [""]


def test_preamble_belongs_to_the_first_part() -> None:
    text = "---\ntitle: x\n---\n# My diary\n\n## 8 August 1938" + BODY + "## 9 August 1938" + BODY
    parts = split_text("d.md", text)
    assert [p.part for p in parts] == ["1938-08-08", "1938-08-09"]
    assert parts[0].start == 0


@pytest.mark.parametrize(
    "text",
    [
        "# 8 August 1938" + BODY,
        "Memorandum of Conversation\n\nLondon, 8 August 1938\n\nSUBJECT: Dates\n\n8 August 1938\n\nfoo\n\n9 August 1938\n\nbar\n",
        "# Meeting on 8 August 1938" + BODY + "# Meeting on 9 August 1938" + BODY,
        "Dates:\n\n8 August 1938\n\n9 August 1938\n\n10 August 1938\n",
        "I was born on\n8 August 1938\nand he on\n9 August 1937\nas it was said.\n",
        "```\n# 8 August 1938\n# 9 August 1938\n```\n",
        "",
        "9 August 1938" + BODY + "8 August 1937" + BODY + "10 August 1938" + BODY,
    ],
)
def test_not_cut(text: str) -> None:
    assert names("file.md", text) == [""]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("1938-08-26.md", "1938-08-26"),
        ("19380826.txt", "1938-08-26"),
        ("26 August 1938.md", "1938-08-26"),
        ("1938-08-26 London.md", "1938-08-26"),
        ("diary/1938/08/26.md", "1938-08-26"),
        ("diary/1938/August/26.md", "1938-08-26"),
        ("1938-08.md", "1938-08"),
        ("d028.txt", None),
        ("Report 1938 final.txt", None),
        ("1938-02-30.md", None),
        ("notes.md", None),
    ],
)
def test_name_date(path: str, value: str | None) -> None:
    when = read_name_date(path)
    assert (when.value if when else None) == value


def test_precedence_and_conflict() -> None:
    text = "---\ndate: 1938-08-25\n---\n# 26 August 1938\n\nLunch.\n"
    reading = read_item(text, Context(path="1938-08-27.md"))
    assert reading.written_on is not None
    assert reading.written_on.value == "1938-08-25"
    assert [p.code for p in reading.problems] == ["date-conflict", "date-conflict"]


def test_opening_completes_the_name() -> None:
    found = find_own_date("5th. To the office.", path="1660-01.md")
    assert found.when is not None
    assert found.when.value == "1660-01-05"
    assert not find_own_date("5th. To the office.", path="1660-01-05.md").problems
    assert find_own_date("6th. To the office.", path="1660-01-05.md").problems[0].code == "date-conflict"


@given(st.text(alphabet="# 0189-AugustJan.,\n\r\t", max_size=300))
def test_parts_tile_anything(text: str) -> None:
    names("1938.md", text)
