"""Every calendar of the data folder: a reading or a clear problem for each part."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest

from legation.facts.candidates import Context
from legation.reading.calendars import read_event, split_events
from legation.reading.content import guess_content_encoding
from legation.reading.decode import decode_text
from legation.reading.recurrence import occurrences

pytestmark = pytest.mark.data


def test_every_part_is_read_or_says_why_not(data_dir: Path) -> None:
    files = sorted((data_dir / "calendars").iterdir())
    assert len(files) >= 135
    events = 0
    for file in files:
        data = file.read_bytes()
        text = decode_text(data, guess_content_encoding(data)).text
        parts = split_events(text)
        assert "".join(text[start:end] for _, start, end in parts) == text
        assert len({name for name, _, _ in parts}) == len(parts)
        for name, start, end in parts:
            reading = read_event(text[start:end], Context(), whole=text)
            assert reading.event or reading.problems, (file.name, name)
            for mention in reading.mentions:
                assert text[start:end][mention.span.start : mention.span.end].strip()
            if reading.event:
                events += 1
                days = occurrences(reading.event, dt.date(1990, 1, 1), dt.date(2040, 1, 1))
                assert len(days) <= 1000
    assert events >= 150


def test_summaries_and_starts_are_those_that_icalendar_reads(data_dir: Path) -> None:
    compared = 0
    for file in sorted((data_dir / "calendars").iterdir()):
        data = file.read_bytes()
        try:
            calendar = icalendar.Calendar.from_ical(data)
            theirs = [c for c in calendar.walk() if c.name in {"VEVENT", "VTODO", "VJOURNAL"}]
            expected = [
                (str(c.get("SUMMARY", "")).strip(), str(c.decoded("DTSTART", ""))[:10]) for c in theirs
            ]
        except (ValueError, IndexError, KeyError, AttributeError, TypeError):
            continue
        if not data.startswith(b"BEGIN:VCALENDAR"):
            continue
        text = decode_text(data, guess_content_encoding(data)).text
        readings = [read_event(text[s:e], Context()) for _, s, e in split_events(text)]
        events = [r.event for r in readings if r.event and r.event.component != "freebusy"]
        if len(events) != len(expected):
            assert not expected, file.name
            continue
        for event, (summary, start) in zip(events, expected, strict=True):
            assert event.summary == summary, file.name
            # A component may have two starts, against the rule: ours is the first.
            if not start.startswith("[") and (event.component != "todo" or start):
                assert (event.start.value if event.start else "") == start, file.name
            compared += 1
    assert compared >= 90
