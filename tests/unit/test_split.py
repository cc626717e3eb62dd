"""Where a diary file is cut, and what an entry's own date is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context
from legation.reading.diary import find_own_date, read_dated_opening, read_name_date
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


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (["## 8 August 1938", "## August 1938", "## 9 September 1938"],
         ["1938-08-08", "1938-08", "1938-09-09"]),
        (["## 8 August 1938", "## August 1938", "## August 1938", "## 1938", "## 9 September 1938"],
         ["1938-08-08", "1938-08", "1938-08#2", "1938", "1938-09-09"]),
        (["## 8 August 1938", "## Summer 1938", "## Winter 1938-39", "## 9 May 1939"],
         ["1938-08-08", "1938-summer", "1938-winter", "1939-05-09"]),
        (["## 30 December 1938", "## January", "## 2 January 1939"],
         ["1938-12-30", "1939-01", "1939-01-02"]),
        (["## 30 August 1938", "# September 1938", "## 1 September 1938"],
         ["1938-08-30", "1938-09", "1938-09-01"]),
        (["## August 1938", "## 8 August 1938", "## 9 August 1938"],
         ["1938-08", "1938-08-08", "1938-08-09"]),
        (["8 August 1938", "September 1938", "1 October 1938"], ["1938-08-08", "1938-09", "1938-10-01"]),
        (["## 8 August 1938", "### September 1938", "## 9 August 1938"], ["1938-08-08", "1938-08-09"]),
    ],
)  # fmt: skip
def test_months_seasons_and_years_open_parts(heads: list[str], wanted: list[str]) -> None:
    text = "".join(h + BODY for h in heads)
    assert names("d.md", text) == wanted
    for part in split_text("d.md", text):
        reading = read_item(text[part.start : part.end], Context(path="d.md", part=part.part))
        assert (reading.kind, reading.written_on) == ("entry", part.written_on)


def test_a_month_without_words_of_its_own_is_no_part() -> None:
    text = "## 30 August 1938" + BODY + "# September 1938\n\n## 1 September 1938" + BODY
    assert names("d.md", text) == ["1938-08-30", "1938-09-01"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 May 1937. Lunched with Eden.\n", "1937-05-12"),
        ("*12 May 1937* Lunched with Eden.\n", "1937-05-12"),
        ("\nWednesday 12 May 1937 - Lunched with Eden.\n", "1937-05-12"),
        ("May 12, 1937: Lunched with Eden.\n", "1937-05-12"),
        ("12 May 1937 was a fine day.\n", ""),
        ("12 May 1937, the day of the Coronation, was fine.\n", ""),
        ("We lunched on 12 May 1937. So it was.\n", ""),
    ],
)
def test_a_whole_date_opens_an_entry(text: str, value: str) -> None:
    reading = read_item(text, Context(path="notes.txt"))
    assert reading.kind == split_text("notes.txt", text)[0].kind == ("entry" if value else "note")
    assert (reading.written_on.value if reading.written_on else "") == value


def test_a_span_of_days_opens_no_entry() -> None:
    assert read_dated_opening("12 May 1937 – 14 May 1937. A journey.") is None
    assert read_dated_opening("12 May 1937 – 10.30 Eden.") is not None


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
