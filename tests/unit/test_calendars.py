"""Reading calendars and listing recurrences."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Context, Event, Reading
from legation.facts.when import When
from legation.reading.calendars import read_event, split_events
from legation.reading.recurrence import check_rule, convert_rule, occurrences

LUNCH = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:lunch@example.org
DTSTART;TZID=Europe/London:19390308T130000
DTEND;TZID=Europe/London:19390308T143000
SUMMARY:Lunch with Hudson\\, Carlton Grill
LOCATION:Carlton Grill
DESCRIPTION:Trade\\nand loans
ORGANIZER;CN=Ivan Maisky:mailto:maisky@example.org
ATTENDEE;CN="Hudson, Robert";PARTSTAT=ACCEPTED:MAILTO:hudson@example.org
ATTENDEE:mailto:secretary@example.org
STATUS:confirmed
BEGIN:VALARM
SUMMARY:alarm
TRIGGER:-PT5M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:lunch@example.org
RECURRENCE-ID:19390315T130000
DTSTART;VALUE=DATE:19390315
DTEND;VALUE=DATE:19390317
SUMMARY:Two days
END:VEVENT
END:VCALENDAR
"""


def read_all(text: str) -> list[Reading]:
    parts = split_events(text)
    assert "".join(text[start:end] for _, start, end in parts) == text
    return [read_event(text[start:end], Context(), whole=text) for _, start, end in parts]


def only_event(text: str) -> Event:
    (reading,) = read_all(text)
    assert reading.event is not None
    return reading.event


def make_event(start: str, rule: str, *, exdates: str = "") -> Event:
    lines = f"BEGIN:VEVENT\nSUMMARY:x\nDTSTART:{start}\nRRULE:{rule}\n"
    return only_event(f"{lines}{exdates}END:VEVENT\n")


def test_an_event_with_people_dates_and_texts() -> None:
    assert [name for name, _, _ in split_events(LUNCH)] == [
        "uid:lunch@example.org",
        "uid:lunch@example.org/19390315T130000",
    ]
    first, second = read_all(LUNCH)
    event = first.event
    assert event is not None
    assert (event.start, event.end) == (When("1939-03-08"), When("1939-03-08"))
    assert (event.start_time, event.zone) == ("13:00", "Europe/London")
    assert event.summary == "Lunch with Hudson, Carlton Grill"
    assert event.description == "Trade\nand loans"
    assert event.status == "CONFIRMED"
    assert event.attendees == (
        ("Ivan Maisky", "maisky@example.org"),
        ("Hudson, Robert", "hudson@example.org"),
        ("", "secretary@example.org"),
    )
    assert [(m.given, m.surname) for m in first.mentions] == [
        (("Ivan",), "Maisky"),
        (("Robert",), "Hudson"),
    ]
    assert [LUNCH[m.span.start : m.span.end] for m in first.mentions] == [
        "Ivan Maisky",
        "Hudson, Robert",
    ]
    assert first.header is not None
    assert {person.role for person in first.header.people} == {"attendee"}
    assert not first.problems
    assert second.event is not None
    assert (second.event.start, second.event.end) == (When("1939-03-15"), When("1939-03-16"))
    assert second.event.instance == When("1939-03-15")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("BEGIN:VEVENT\nSUMMARY:a\n", {"event-broken"}),
        ("BEGIN:VEVENT\nSUMMARY:a\nX\nEND:VEVENT", {"event-broken"}),
        ("BEGIN:VEVENT\nEND:VEVENT", {"event-broken"}),
        ("BEGIN:VEVENT\nSUMMARY:a\nDTSTART:19390230\nEND:VEVENT", {"event-property"}),
        (
            "BEGIN:VEVENT\nSUMMARY:a\nDTSTART:19390210\nDTEND:19390201\nEND:VEVENT",
            {"event-property"},
        ),
        (
            "BEGIN:VEVENT\nSUMMARY:a\nDTSTART:19390210\nDURATION:soon\nEND:VEVENT",
            {"event-property"},
        ),
        (
            "BEGIN:VEVENT\nSUMMARY:a\nDTSTART:19390210\nRRULE:FREQ=OFTEN\nEND:VEVENT",
            {"event-property"},
        ),
        (
            "BEGIN:VEVENT\nSUMMARY:a\nDTSTART:19390210\nRRULE:FREQ=DAILY\nEND:VEVENT",
            {"event-endless"},
        ),
        ("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\nEND:VCALENDAR", {"event-none"}),
        ("BEGIN:VALARM\nSUMMARY:x\nATTENDEE:mailto:a@b.example\nEND:VALARM", {"event-none"}),
        ("", set()),
        ("nothing here", {"event-broken"}),
    ],
)
def test_what_is_wrong_is_a_problem(text: str, codes: set[str]) -> None:
    assert {p.code for reading in read_all(text) for p in reading.problems} == codes


def test_an_event_without_end_is_ended_by_the_next() -> None:
    first, second = read_all("BEGIN:VEVENT\nSUMMARY:a\nBEGIN:VEVENT\nSUMMARY:b\nEND:VEVENT\n")
    assert (first.title, second.title) == ("a", "b")
    assert [p.code for p in first.problems] == ["event-broken"]


def test_bare_properties_are_an_event_of_their_own() -> None:
    assert split_events("DTSTART:20120901\nSUMMARY:a\n") == (("calendar", 0, 27),)
    event = only_event("DTSTART:20120901\nSUMMARY:a\n")
    assert (event.start, event.summary) == (When("2012-09-01"), "a")


def test_an_event_of_vcalendar_one() -> None:
    event = only_event(
        "BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\n"
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 =\nat noon\n"
        "DTSTART:19960401T120000\nRRULE:W1 MO TU #4\n"
        "ATTENDEE;ROLE=OWNER:John Smith <js@example.org>\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert event.summary == "Café at noon"
    assert event.attendees == (("John Smith", "js@example.org"),)
    days = occurrences(event, dt.date(1996, 1, 1), dt.date(1997, 1, 1))
    assert [day.day for day in days] == [1, 2, 8, 9]


def test_a_cancelled_calendar_cancels_its_events() -> None:
    text = "BEGIN:VCALENDAR\nMETHOD:CANCEL\n" + "BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n" * 2
    assert [r.event.status for r in read_all(text) if r.event] == ["CANCELLED"] * 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("D2 #5", "FREQ=DAILY;INTERVAL=2;COUNT=5"),
        ("W2 MO TU #0", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"),
        ("MP1 1+ MO 2- FR 19991231T000000Z", None),
        ("MD1 1 15 LD #6", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15,-1;COUNT=6"),
        ("YM1 6 7", "FREQ=YEARLY;INTERVAL=1;BYMONTH=6,7;COUNT=2"),
        ("FREQ=DAILY;", "FREQ=DAILY"),
    ],
)
def test_rules_of_vcalendar_one(old: str, new: str | None) -> None:
    expected = new or "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO,-2FR;UNTIL=19991231T000000Z"
    assert convert_rule(old) == expected
    assert check_rule(convert_rule(old)) == ""


def test_occurrences_leave_out_and_stop() -> None:
    event = make_event("19390101", "FREQ=WEEKLY;COUNT=4", exdates="EXDATE:19390108,19390115\n")
    assert occurrences(event, dt.date(1900, 1, 1), dt.date(2000, 1, 1)) == (
        dt.date(1939, 1, 1),
        dt.date(1939, 1, 22),
    )
    endless = make_event("19390101", "FREQ=DAILY;INTERVAL=3")
    days = occurrences(endless, dt.date(2024, 2, 28), dt.date(2024, 3, 5))
    assert len(days) in {2, 3}
    assert all((day - dt.date(1939, 1, 1)).days % 3 == 0 for day in days)
    assert len(occurrences(endless, dt.date(1939, 1, 1), dt.date(2024, 1, 1), limit=10)) == 10
    leap = make_event("19400229", "FREQ=YEARLY")
    assert [d.year for d in occurrences(leap, dt.date(1940, 1, 1), dt.date(1950, 1, 1))] == [
        1940,
        1944,
        1948,
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;COUNT=999999999",
        "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO",
        "FREQ=HOURLY;INTERVAL=49",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=-1",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=DAILY;BYHOUR=99",
        "FREQ=DAILY;UNTIL=00010101",
        "FREQ=YEARLY;BYDAY=999MO",
        "FREQ=DAILY;WKST=XX",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=SECONDLY;INTERVAL=99999999999999999999",
    ],
)
def test_no_rule_hangs(rule: str) -> None:
    event = make_event("19000101", rule)
    started = time.process_time()
    occurrences(event, dt.date(2024, 1, 1), dt.date(2026, 1, 1))
    assert time.process_time() - started < 5


def test_sub_daily_rules_give_each_day_once() -> None:
    event = make_event("20240101", "FREQ=HOURLY;INTERVAL=30;COUNT=5")
    days = occurrences(event, dt.date(2024, 1, 1), dt.date(2025, 1, 1))
    assert [day.day for day in days] == [1, 2, 3, 4, 6]


LINES = st.lists(
    st.sampled_from(
        ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTODO", "UID:1",
         "BEGIN:VALARM", "END:VALARM", "DTSTART:20240101", "DTSTART:9999", "DURATION:P99999999W",
         "RRULE:FREQ=DAILY", "SUMMARY:x", "ATTENDEE;CN=A B:mailto:a@b", " folded", "junk", "",
         "RECURRENCE-ID:20240101", "EXDATE:20240101,x", "RRULE:W1 MO"]
    )
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_broken_calendars_are_tiled_and_read(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    parts = split_events(text)
    assert len({name for name, _, _ in parts}) == len(parts)
    for reading in read_all(text):
        assert reading.event or reading.problems


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_all(text)
    read_all(f"BEGIN:VEVENT\nDTSTART:{text}\nRRULE:{text}\nATTENDEE;CN={text}\nEND:VEVENT")


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2021, 1, 1))
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@given(
    st.sampled_from(["DAILY", "WEEKLY"]),
    st.integers(1, 5),
    st.sets(st.sampled_from(WEEKDAYS), max_size=3),
    st.sets(st.integers(1, 12), max_size=3),
    st.sampled_from(["", ";COUNT=1", ";COUNT=20", ";UNTIL=20200615"]),
    st.sampled_from(["", ";WKST=SU", ";WKST=TH"]),
    DAYS,
    DAYS,
)
def test_our_own_stepping_agrees_with_dateutil(
    frequency: str,
    interval: int,
    days: set[str],
    months: set[int],
    end: str,
    week: str,
    start: dt.date,
    first: dt.date,
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval}{end}{week}"
    rule += f";BYDAY={','.join(sorted(days))}" if days else ""
    rule += f";BYMONTH={','.join(map(str, sorted(months)))}" if months else ""
    last = first + dt.timedelta(days=500)
    midnight = dt.time()
    series = rrule.rrulestr(rule, dtstart=dt.datetime.combine(start, midnight))
    bounds = dt.datetime.combine(first, midnight), dt.datetime.combine(last, midnight)
    expected = {moment.date() for moment in series.between(*bounds, inc=True)}
    if first <= start <= last:
        expected.add(start)
    found = occurrences(Event("", "", When.on(start), rrule=rule), first, last)
    assert set(found) == expected


@given(st.text("FREQ=DAILYWKMONTHUSCB;,0123456789+-", max_size=40))
def test_any_rule_is_followed_or_refused(rule: str) -> None:
    event = Event("", "", When("2024-01-01"), rrule=rule)
    assert len(occurrences(event, dt.date(2024, 1, 1), dt.date(2024, 3, 1))) <= 61
