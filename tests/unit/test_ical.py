"""The weeks that stand as iCalendar: what each event says, and what stays when it changes."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest

from legation.plan.changes import WeekChange, apply_change
from legation.plan.weeks import Courtesy, Guest, KeptWeeks, PlannedEncounter
from legation.report.ical import (
    Host,
    count_events,
    is_asked,
    is_ours,
    person_uri,
    say_reply,
    starts_at,
    write_calendar,
    write_invitation,
)

STAMP = dt.datetime(2026, 3, 8, 10, 30, tzinfo=dt.UTC)
HOST = Host("Ivan Maisky", "maisky@embassy.example")
ADDRESSES = {"p-halifax": "halifax@fo.example"}
LUNCH = PlannedEncounter(
    "w-lunch", dt.date(1938, 9, 6), "lunch",
    (
        Guest("p-halifax", "Lord Halifax", "due since 2 August", "accepted"),
        Guest("p-butler", "Rab Butler", "seat free", ""),
    ),
    2.0, at="13:00", place="the Embassy",
)  # fmt: skip
DINNER = PlannedEncounter(
    "w-dinner",
    dt.date(1938, 9, 10),
    "dinner",
    (Guest("p-eden", "Anthony Eden", "seldom met"),),
    4.5,
    at="19:30",
)
WEEKS = KeptWeeks(
    dt.date(1938, 8, 29),
    4,
    (LUNCH, DINNER),
    (Courtesy("p-churchill", "Winston Churchill", dt.date(1938, 11, 30), "birthday", "letter", "close"),),
)


def read(data: bytes) -> dict[str, icalendar.Event]:
    """Return the events of a calendar by UID, as icalendar reads them."""
    calendar = icalendar.Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    assert len({str(e["UID"]) for e in events}) == len(events)
    return {str(e["UID"]): e for e in events}


def events_of(kept: KeptWeeks = WEEKS, **options: object) -> dict[str, icalendar.Event]:
    return read(write_calendar(kept, stamp=STAMP, host=HOST, addresses=ADDRESSES, **options))


def attendees(event: icalendar.Event) -> dict[str, icalendar.vCalAddress]:
    found = event.get("ATTENDEE", [])
    return {str(a.params["CN"]): a for a in (found if isinstance(found, list) else [found])}


def test_an_encounter_says_when_where_and_who() -> None:
    event = events_of()["w-lunch"]
    assert event["DTSTART"].dt == dt.datetime(1938, 9, 6, 13)
    assert event["DTEND"].dt == dt.datetime(1938, 9, 6, 15)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == STAMP
    assert event["SUMMARY"] == "Lunch: Lord Halifax, Rab Butler"
    assert event["LOCATION"] == "the Embassy"
    assert (event["CLASS"], event["TRANSP"], event["SEQUENCE"]) == ("PRIVATE", "OPAQUE", 0)
    assert event["ORGANIZER"] == "mailto:maisky@embassy.example"
    guests = attendees(event)
    assert guests["Lord Halifax"] == "mailto:halifax@fo.example"
    assert guests["Lord Halifax"].params["PARTSTAT"] == "ACCEPTED"
    assert guests["Rab Butler"].startswith("urn:uuid:")
    assert guests["Rab Butler"].params["PARTSTAT"] == "NEEDS-ACTION"
    # A server that the calendar is on must not write to guests.
    assert {a.params["SCHEDULE-AGENT"] for a in guests.values()} == {"NONE"}
    assert event["DESCRIPTION"] == "Lord Halifax: comes\nRab Butler: not invited yet"


def test_times_are_floating() -> None:
    text = write_calendar(WEEKS, stamp=STAMP).decode()
    assert "DTSTART:19380906T130000\r\n" in text
    assert "VTIMEZONE" not in text
    assert "TZID" not in text
    assert "METHOD" not in text  # attendees in what is PUBLISHed are not allowed (RFC 5546)


def test_reasons_are_told_only_where_they_are_asked_for() -> None:
    plain = write_calendar(WEEKS, stamp=STAMP, host=HOST).decode().replace("\r\n ", "")
    for why in ("due since", "seat free", "seldom met", "close"):
        assert why not in plain.casefold()
    told = events_of(why=True)
    assert "Lord Halifax: comes. Due since 2 August." in told["w-lunch"]["DESCRIPTION"]


@pytest.mark.parametrize(
    ("replies", "origin", "status"),
    [
        (("", ""), "plan", "TENTATIVE"),
        (("needs-action", "declined"), "plan", "TENTATIVE"),
        (("tentative", ""), "plan", "TENTATIVE"),
        (("accepted", "declined"), "plan", "CONFIRMED"),
        (("declined", "declined"), "plan", "CANCELLED"),
        (("", ""), "you", "CONFIRMED"),
        ((), "plan", "TENTATIVE"),
    ],
)
def test_the_status_follows_the_answers(replies: tuple[str, ...], origin: str, status: str) -> None:
    guests = tuple(Guest(f"p-{n}", f"Guest {n}", reply=reply) for n, reply in enumerate(replies))
    event = events_of(replace(WEEKS, encounters=(replace(LUNCH, guests=guests, origin=origin),)))["w-lunch"]
    assert event["STATUS"] == status
    assert event["SUMMARY"].startswith("Called off: Lunch" if status == "CANCELLED" else "Lunch")


def test_what_came_from_the_calendar_does_not_go_back_there() -> None:
    assert set(events_of(replace(WEEKS, encounters=(replace(LUNCH, origin="calendar"), DINNER)))) & {
        "w-lunch", "w-dinner"
    } == {"w-dinner"}  # fmt: skip


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    moved = apply_change(WEEKS, WeekChange("move", "w-lunch", dt.date(1938, 9, 7)))
    event = events_of(moved)["w-lunch"]
    assert event["DTSTART"].dt == dt.datetime(1938, 9, 7, 13)
    assert event["SEQUENCE"] == 1
    assert set(events_of(moved)) == set(events_of())


def test_what_was_dropped_is_called_off() -> None:
    dropped = apply_change(
        apply_change(WEEKS, WeekChange("move", "w-dinner", dt.date(1938, 9, 9))),
        WeekChange("drop", "w-dinner"),
    )
    event = events_of(dropped)["w-dinner"]
    assert (event["STATUS"], event["SUMMARY"], event["SEQUENCE"]) == ("CANCELLED", "Called off: Dinner", 2)
    assert event["TRANSP"] == "TRANSPARENT"
    assert "ATTENDEE" not in event
    assert count_events(dropped) == (1, 1, 1)


def test_a_courtesy_is_a_whole_day() -> None:
    (event,) = [e for e in events_of().values() if "Churchill" in e["SUMMARY"]]
    assert event["SUMMARY"] == "Letter: Winston Churchill (birthday)"
    assert event["DTSTART"].dt == dt.date(1938, 11, 30)
    assert event["DTEND"].dt == dt.date(1938, 12, 1)
    assert (event["TRANSP"], "DESCRIPTION" in event) == ("TRANSPARENT", False)


@pytest.mark.parametrize(
    ("at", "form", "time"),
    [
        ("13:05", "lunch", dt.time(13, 5)),
        ("9:05", "lunch", dt.time(9, 5)),
        ("", "dinner", dt.time(19, 30)),
        ("", "walk", None),
        ("at one", "lunch", None),
        ("25:00", "lunch", None),
        ("13:60", "lunch", None),
    ],
)
def test_when_an_encounter_begins(at: str, form: str, time: dt.time | None) -> None:
    encounter = replace(LUNCH, at=at, form=form)
    assert starts_at(encounter) == time
    event = events_of(replace(WEEKS, encounters=(encounter,)))["w-lunch"]
    assert isinstance(event["DTSTART"].dt, dt.datetime) == (time is not None)
    assert event["TRANSP"] == ("OPAQUE" if time else "TRANSPARENT")


@pytest.mark.parametrize("hours", [0.0, -1.0, 1e9, float("inf"), float("nan")])
def test_a_length_that_cannot_be_leaves_the_end_out(hours: float) -> None:
    event = events_of(replace(WEEKS, encounters=(replace(LUNCH, hours=hours),)))["w-lunch"]
    assert "DTEND" not in event


@pytest.mark.parametrize(
    "day", [dt.date(1, 1, 1), dt.date(1666, 9, 2), dt.date(1969, 12, 31), dt.date(9999, 12, 31)]
)
def test_any_year_works(day: dt.date) -> None:
    kept = KeptWeeks(
        day, 1, (replace(DINNER, on=day, hours=7),), (Courtesy("p", "P", day, "birthday", "letter"),)
    )
    events = events_of(kept)
    assert events["w-dinner"]["DTSTART"].dt == dt.datetime.combine(day, dt.time(19, 30))
    assert len(events) == 2


def test_a_large_table_is_counted_not_listed() -> None:
    guests = tuple(Guest(f"p-{n}", f"Guest {n}") for n in range(40))
    event = events_of(replace(WEEKS, encounters=(replace(LUNCH, form="reception", guests=guests),)))[
        "w-lunch"
    ]
    assert event["SUMMARY"] == "Reception: Guest 0, Guest 1, Guest 2, Guest 3 and 36 others"
    assert len(event["ATTENDEE"]) == 40


def test_the_same_weeks_give_the_same_bytes_whatever_their_order() -> None:
    turned = replace(WEEKS, encounters=WEEKS.encounters[::-1])
    assert write_calendar(turned, stamp=STAMP) == write_calendar(WEEKS, stamp=STAMP)


def test_twice_the_same_uid_is_written_once() -> None:
    twice = replace(WEEKS, encounters=(LUNCH, replace(LUNCH, on=dt.date(1938, 9, 8))))
    assert events_of(twice)["w-lunch"]["DTSTART"].dt == dt.datetime(1938, 9, 6, 13)


def test_an_invitation_names_one_guest_and_no_reason() -> None:
    data = write_invitation(LUNCH, LUNCH.guests[0], stamp=STAMP, host=HOST, addresses=ADDRESSES)
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == "w-lunch"
    assert event["SUMMARY"] == "Lunch with Ivan Maisky"
    (guest,) = attendees(event).values()
    assert guest == "mailto:halifax@fo.example"
    assert guest.params["RSVP"] == "TRUE"
    text = data.decode().replace("\r\n ", "")
    assert "Butler" not in text
    assert "due since" not in text
    assert "DESCRIPTION" not in text


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("h@fo.example", "mailto:h@fo.example"),
        ("MAILTO:h@fo.example", "mailto:h@fo.example"),
        (" h@fo.example ", "mailto:h@fo.example"),
        ("h@fo.example\r\nX:1", None),
        ("Foreign Office", None),
        ("a b@c", None),
        ("", None),
    ],
)
def test_only_a_mail_address_is_one(address: str, uri: str | None) -> None:
    made = person_uri("p-h", "Halifax", {"p-h": address})
    assert made == uri if uri else made.startswith("urn:uuid:")
    assert person_uri("p-h", "X", {}) == person_uri("p-h", "Y", {})
    assert person_uri("p-h", "X", {}) != person_uri("p-i", "X", {})


def test_other_commands_do_not_pay_for_icalendar() -> None:
    code = (
        "import sys; import legation.report.ical, legation.workspace.outgoing, legation.report.guests;"
        "sys.exit('icalendar' in sys.modules or 'numpy' in sys.modules)"
    )
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": source})
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("form", "origin"),
    [("telephone", "plan"), ("letter", "plan"), ("corridor", "you"), ("lunch", "calendar")],
)
def test_where_nobody_is_invited_nothing_is_said_of_it(form: str, origin: str) -> None:
    encounter = replace(LUNCH, form=form, origin=origin, guests=LUNCH.guests[1:])
    assert not is_asked(encounter)
    assert say_reply(encounter, "") == ""
    assert say_reply(encounter, "declined") == "does not come"
    if origin != "calendar":
        assert events_of(replace(WEEKS, encounters=(encounter,)))["w-lunch"]["DESCRIPTION"] == "Rab Butler"


def test_what_was_written_here_is_known_again() -> None:
    made = [replace(e, uid="") for e in WEEKS.encounters]
    assert all(is_ours(uid) for uid in events_of(replace(WEEKS, encounters=tuple(made))))
    assert is_ours("plan-ifyfrumynfyx24tqwopr-2")
    for other in (
        "",
        "plan-b",
        "urn:uuid:a1bb09ce-d797-52d5-b747-cc3605443a6d",
        "plan-ifyfrumynfyx24tqwopr@x.example",
    ):
        assert not is_ours(other)
