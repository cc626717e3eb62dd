"""How long the events of a calendar last, by their own text, day by day."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest

from legation.reading.calendars import read_span
from legation.report.event_hours import hours_on

sys.path.insert(0, str(Path(__file__).parent))
from test_cli_plan import ask, encounters, guests, made, run

__all__ = ["made"]


def event(*lines):
    return "\r\n".join(("BEGIN:VEVENT", "UID:a", "SUMMARY:Talks", *lines, "END:VEVENT", ""))


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        (("DTSTART:19390314T090000", "DTEND:19390314T170000"), 8.0),
        (("DTSTART:19390314T090000", "DURATION:PT1H30M"), 1.5),
        (("DTSTART;VALUE=DATE:19390314", "DTEND;VALUE=DATE:19390318"), None),
        (("DTSTART:19390314T090000",), None),
        (("DTSTART:19390314T090000", "DTEND:19390314T080000"), None),
        (("DTSTART:19390314T090000Z", "DTEND:19390314T170000"), None),
    ],
)
def test_the_length_of_an_event_is_what_its_text_says(lines, hours):
    span = read_span(event(*lines))
    assert (span is None) == (hours is None)
    if span is not None:
        assert hours_on(*span, 0) == ("09:00", hours)


def test_several_days_are_held_by_their_clock_and_a_night_belongs_to_its_evening():
    week = (dt.datetime(1939, 3, 13, 9), dt.timedelta(days=4, hours=8))
    assert [hours_on(*week, n) for n in range(5)] == [("09:00", 8.0)] * 5
    ball = (dt.datetime(1939, 3, 13, 21), dt.timedelta(hours=5))
    assert [hours_on(*ball, n) for n in range(2)] == [("21:00", 5.0), ("", 0.0)]
    journey = (dt.datetime(1939, 3, 13, 18), dt.timedelta(days=2, hours=-6))
    assert [hours_on(*journey, n) for n in range(3)] == [("18:00", 4.0), ("08:00", 14.0), ("08:00", 4.0)]


def test_a_plan_keeps_the_hours_of_an_event_free(made, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    talks = event(
        "DTSTART:19390321T090000", "DTEND:19390321T170000", "ATTENDEE;CN=Lord Halifax:mailto:h@example.org"
    )
    days = event(
        "DTSTART;VALUE=DATE:19390327",
        "DTEND;VALUE=DATE:19390401",
        "ATTENDEE;CN=Jan Masaryk:mailto:m@example.org",
    ).replace("UID:a", "UID:b")
    whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{talks}{days}END:VCALENDAR\r\n"
    (copy / "talks.ics").write_bytes(whole.encode())
    assert run(copy, "import", str(copy / "talks.ics")).exit_code == 0
    view = ask(copy, "plan", "--weeks", "4", "--hours", "20")
    (held,) = (e for e in encounters(view) if e["on"] == "1939-03-21" and e["origin"] == "calendar")
    assert (held["at"], held["hours"]) == ("09:00", 8.0)
    for one in (e for e in encounters(view) if e["on"] == "1939-03-21" and e is not held):
        start = int(one["at"][:2]) + int(one["at"][3:]) / 60
        assert start >= 17 or start + one["hours"] <= 9
    (once,) = (e for e in encounters(view) if e["origin"] == "calendar" and guests(e) == {"Jan Masaryk"})
    assert once["on"] == "1939-03-27"
