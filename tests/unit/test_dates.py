"""Dates in prose and in fields."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.when import When
from legation.reading.date_words import weekday_of
from legation.reading.dates import find_date_problems, find_dates, parse_date

ENTRY = When("1939-03-09")  # a Thursday


def read(text: str, written: str | None = "1939-03-09") -> list[tuple[str, str]]:
    """Words and value of each date."""
    found = find_dates(text, When(written) if written else None)
    return [(m.span.cut(text), m.when.value) for m in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He came on March 10, 1961.", "1961-03-10"),
        ("He came on 10 March 1961.", "1961-03-10"),
        ("He came on the 10th of March, 1961.", "1961-03-10"),
        ("dated 8.III.1939 in Berlin", "1939-03-08"),
        ("dated 8.3.1939 in Berlin", "1939-03-08"),
        ("dated 1939-03-08 in Berlin", "1939-03-08"),
        ("le 8 mars 1939 à Paris", "1939-03-08"),
        ("am 8. März 1939 in Wien", "1939-03-08"),
        ("On Thursday, 9 March 1939 he left", "1939-03-09"),
        ("met in September 1936 first", "1936-09"),
        ("met in early September 1936", "1936-09"),
        ("met in autumn 1936 first", "1936-09-01/1936-11-30"),
        ("met in the winter of 1936 first", "1936-12-01/1937-02-28"),
        ("met in 1936 first", "1936"),
        ("the visit of April 27-29, 1962 went well", "1962-04-27/1962-04-29"),
        ("between 3 and 5 May 1940 in Rome", "1940-05-03/1940-05-05"),
        ("in Jan. 5th, 1660/61 old style", "1661-01-05"),
    ],
)
def test_explicit(text: str, value: str) -> None:
    """Dates that are written whole need no entry around them."""
    assert [v for _, v in read(text, None)] == [value]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("I saw him yesterday at noon.", "yesterday", "1939-03-08"),
        ("I dine there to-morrow.", "to-morrow", "1939-03-10"),
        ("Last night we talked.", "Last night", "1939-03-08"),
        ("He goes on Tuesday next.", "Tuesday next", "1939-03-14"),
        ("We met last Tuesday.", "last Tuesday", "1939-03-07"),
        ("He will come on Friday.", "Friday", "1939-03-10"),
        ("He came on Monday.", "Monday", "1939-03-06"),
        ("It began three days ago.", "three days ago", "1939-03-06"),
        ("She comes about two weeks hence.", "two weeks hence", "1939-03-23"),
        ("He has been here since February.", "February", "1939-02"),
        ("I go home on April 4 by sea.", "April 4", "1939-04-04"),
        ("It was settled on December 30 here.", "December 30", "1938-12-30"),
        ("I shall see him the day after tomorrow.", "the day after tomorrow", "1939-03-11"),
        ("The talks broke down last month.", "last month", "1939-02"),
    ],
)
def test_relative(text: str, words: str, value: str) -> None:
    """Relative dates are counted from the entry's own."""
    assert read(text) == [(words, value)]


def test_headings() -> None:
    """The entry's own heading counts, with its Sunday."""
    assert read("5th. Lord's day. Home.", "1660-08-05") == [("5th. Lord's day", "1660-08-05")]
    assert read("2d. Up early.", "1661-01-02") == [("2d", "1661-01-02")]
    assert read("Jan. 1st (Lord's day). Rose.", "1660-01-01")[0][1] == "1660-01-01"
    assert read("5th. Up early.", None) == []


def test_the_text_gives_the_year_and_the_day() -> None:
    """Retrospective prose: a date before gives what is missing."""
    text = "On 8 August 1938 they met. A week later, he met Lord Halifax. On 3 September they spoke."
    assert [v for _, v in read(text, None)] == ["1938-08-08", "1938-08-15", "1938-09-03"]
    assert read("The next day he left.", None) == []


def test_old_calendar() -> None:
    """Weekdays before 1752 follow the calendar that was then in use."""
    assert read("He goes on Saturday next.", "1661-01-02") == [("Saturday next", "1661-01-05")]
    assert weekday_of(When("1660-01-01").first) == 6


@pytest.mark.parametrize(
    "text",
    [
        "We sat till 3 in the afternoon, from 10 a.m. to 7 p.m.",
        "He may march 10 miles.",
        "Lost 1,500-1,800 men of £2000 and £1936 too.",
        "On 30 February 1661 nothing happened.",
        "In the year 2999 and in 0412 nothing.",
        "the day is fine",
        "May Craig and April Smith, Miss June Jones",
    ],
)
def test_no_date(text: str) -> None:
    """Clock times, numbers, names and days that never were are none."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 March 1939", "1939-03-08"),
        ("March 8, 1939, 7 p.m.", "1939-03-08"),
        ("1939-03-08", "1939-03-08"),
        ("19390308", "1939-03-08"),
        ("1939_03_08 lunch.md", "1939-03-08"),
        ("1660-01-01.md", "1660-01-01"),
        ("1938-08", "1938-08"),
        ("1936-autumn", "1936-09-01/1936-11-30"),
        ("1936", "1936"),
        ("Thursday, 9 March 1939", "1939-03-09"),
        ("Moscow, March 14, 1961.", "1961-03-14"),
        ("1936-09-01/1936-11-30", "1936-09-01/1936-11-30"),
        ("1939-03-08T10:00:00Z", "1939-03-08"),
        ("30 February 1939", None),
        ("1939-02-30", None),
        ("letter 4", None),
        ("3/4/1939", None),
        ("25/3/1939", "1939-03-25"),
        ("", None),
    ],
)
def test_fields(text: str, value: str | None) -> None:
    """Header fields, file names and front matter."""
    when = parse_date(text)
    assert (when.value if when else None) == value


def test_problems() -> None:
    """A day that does not exist is told of."""
    text = "On 30 February 1661 and on 3 March 1661."
    (problem,) = find_date_problems(text)
    assert problem.code == "date-invalid"
    assert "30 February 1661" in text[problem.start : problem.end]


_WORDS = st.sampled_from(
    "yesterday to-morrow March May 5th 30 1939 1660/61 February of the next day a week later on "
    "Friday last 8.III.1939 31 . , \n\n ago two days 1936-38 autumn April 27-29 00 99 ( ) '".split(" ")
)


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(), st.dates())
def test_any_text(text: str, day: object) -> None:
    """Whatever the text: no exception, spans in order inside it, years within reason."""
    end = 0
    for mention in find_dates(text, When(str(day))):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        assert 999 <= mention.when.first.year <= 2201
    parse_date(text)
    find_date_problems(text)


@pytest.mark.parametrize("piece", ["5 ", "January ", "the ", "on Friday ", "1", "a week ", "(", " "])
def test_long_lines(piece: str) -> None:
    """A line of 100,000 characters takes no more than its length."""
    started = time.process_time()
    find_dates(piece * (100_000 // len(piece)), ENTRY)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("words", "written", "value"),
    [
        ("We dined together on Shrove Tuesday", "1660-03-06", "1660-03-06"),
        ("We meet on Easter Monday", "1660-03-06", "1660-04-23"),
        ("I saw him on Good Friday", "1938-04-20", "1938-04-15"),
        ("It was settled on Easter Sunday 1939", "1946-01-01", "1939-04-09"),
        ("He came on Ash Wednesday", "1939-12-30", "1940-02-07"),
    ],
)
def test_feasts_that_move_with_easter(words: str, written: str, value: str) -> None:
    found = find_dates(words, When(written))
    assert [d.when.value for d in found] == [value]
