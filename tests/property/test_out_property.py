"""What goes out of a plan holds for any names, any changes and any answers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import icalendar
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from legation.facts.errors import LegationError
from legation.plan.changes import WeekChange, apply_change
from legation.plan.weeks import Courtesy, Guest, KeptWeeks, PlannedEncounter
from legation.report.guests import COLUMNS, guard_cell, guest_rows, write_csv
from legation.report.ical import (
    Host,
    clean_line,
    event_uid,
    name_in_parameter,
    write_calendar,
    write_invitation,
)
from legation.report.letters import LetterTexts, write_letter
from legation.report.replies import match_replies, read_replies
from legation.report.views import PersonLink

STAMP = dt.datetime(2026, 3, 8, 10, 30, tzinfo=dt.UTC)
HOST = Host("Ivan Maisky", "maisky@embassy.example")
#: What has broken calendars: line ends of every kind, marks of syntax, other directions, pictures.
HOSTILE = (
    "\r\nBEGIN:VEVENT", "a;b,c:d", '"quoted"', "\\n \\; \\\\", "^n^'^^", "ש\u200fעמוס", "\u202eabc", "🕊️👨‍👩‍👧",
    "\x00\x07\x7f\x85\u2028\u2029", "\ud800", "e\u0301" * 60, "x" * 400, "END:VCALENDAR", "  ", "ＡＢ", "\ufeff",
)  # fmt: skip
names = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=90),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join),
)
days = st.dates(dt.date(1600, 1, 1), dt.date(2100, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> KeptWeeks:
    since = draw(days)
    encounters = []
    for n in range(draw(st.integers(0, 3))):
        guests = tuple(
            Guest(
                f"p-{n}{g}",
                draw(names),
                draw(names),
                draw(st.sampled_from(["", "needs-action", "accepted", "declined"])),
            )
            for g in range(draw(st.integers(0, 4)))
        )
        encounters.append(
            PlannedEncounter(
                f"w-{n}", since + dt.timedelta(days=draw(st.integers(0, 20))),
                draw(st.sampled_from(["lunch", "dinner", "walk", "reception"])), guests,
                draw(st.sampled_from([0.3, 2.0, 4.5, 30.0])), draw(st.sampled_from(["", "13:00", "23:59", "late"])),
                draw(names), occasion=draw(names), origin=draw(st.sampled_from(["plan", "you"])),
            )
        )  # fmt: skip
    courtesies = tuple(
        Courtesy(f"p-{n}", draw(names), since, draw(names), draw(names), draw(names))
        for n in range(draw(st.integers(0, 2)))
    )
    return KeptWeeks(since, 3, tuple(encounters), courtesies)


def unnamed(person: str, on: str) -> PersonLink:
    return PersonLink(person, "")


def read(data: bytes) -> dict[str, icalendar.Event]:
    found = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    events = {str(e["UID"]): e for e in found}
    assert len(events) == len(found)
    return events


def shown(event: icalendar.Event) -> bytes:
    """Return what an event says beside the times at which it was written and its number."""
    return b"\n".join(
        line for line in event.to_ical().replace(b"\r\n ", b"").splitlines()
        if not line.startswith((b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE"))
    )  # fmt: skip


@given(plans(), st.booleans())
@settings(max_examples=150)
def test_any_names_make_a_calendar_that_is_read_back(kept: KeptWeeks, why: bool) -> None:
    data = write_calendar(kept, stamp=STAMP, host=HOST, why=why)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    for line in lines:
        assert len(line) <= 75
        line.decode("utf-8")
        assert not any(byte < 32 and byte != 9 for byte in line)
    events = read(data)
    assert len(events) == len(kept.encounters) + len(
        {(c.person, clean_line(c.occasion), c.courtesy) for c in kept.courtesies}
    )
    for encounter in kept.encounters:
        event = events[encounter.uid]
        found = event.get("ATTENDEE", [])
        found = found if isinstance(found, list) else [found]
        assert [str(a.params["CN"]) for a in found] == [name_in_parameter(g.name) for g in encounter.guests]
        assert str(event.get("LOCATION", "")) == clean_line(encounter.place)
        start = event["DTSTART"].dt
        assert (start.date() if isinstance(start, dt.datetime) else start) == encounter.on


@given(plans())
@settings(max_examples=60)
def test_reasons_do_not_leak(kept: KeptWeeks) -> None:
    mark = "secretreason"
    kept = replace(
        kept,
        encounters=tuple(
            replace(e, guests=tuple(replace(g, why=f"{mark} {g.why}") for g in e.guests))
            for e in kept.encounters
        ),
        courtesies=tuple(replace(c, why=mark) for c in kept.courtesies),
    )
    out = [write_calendar(kept, stamp=STAMP, host=HOST)]
    for encounter in kept.encounters:
        for guest in encounter.guests:
            out.append(write_invitation(encounter, guest, stamp=STAMP, host=HOST))
            letter = write_letter(
                encounter, guest, today=kept.since, owner="I", office="", texts=LetterTexts()
            )
            out.append(letter.text.encode("utf-8", "replace"))
    rows = guest_rows(kept, unnamed, {})
    out.append(write_csv(rows).encode("utf-8", "replace"))
    assert all(mark not in text.replace(b"\r\n ", b"").decode().casefold() for text in out)


@st.composite
def changes(draw: st.DrawFn) -> WeekChange:
    uid = f"w-{draw(st.integers(0, 2))}"
    kind = draw(st.sampled_from(["move", "lock", "unlock", "drop", "swap", "add", "remove", "reply"]))
    person = f"p-{uid[2:]}{draw(st.integers(0, 3))}"
    return WeekChange(
        kind, uid, dt.date(1938, 9, 1) + dt.timedelta(days=draw(st.integers(0, 20))),
        draw(st.sampled_from(["", "13:00", "17:30"])), person, draw(st.sampled_from(["p-x", "p-y"])), "Jan Masaryk",
        reply=draw(st.sampled_from(["needs-action", "accepted", "declined", "tentative"])),
    )  # fmt: skip


@given(plans(), st.lists(changes(), max_size=12))
@settings(max_examples=100)
def test_whatever_changes_keeps_its_uid_and_says_so_by_its_sequence(
    kept: KeptWeeks, made: list[WeekChange]
) -> None:
    shift = dt.date(1938, 8, 29) - kept.since
    kept = replace(
        kept, since=dt.date(1938, 8, 29), weeks=4,
        encounters=tuple(replace(e, on=e.on + shift) for e in kept.encounters), courtesies=(),
    )  # fmt: skip
    before = read(write_calendar(kept, stamp=STAMP, host=HOST))
    for change in made:
        try:
            kept = apply_change(kept, change)
        except LegationError:
            continue
        after = read(write_calendar(kept, stamp=STAMP, host=HOST))
        assert set(after) == set(before)
        for uid, event in after.items():
            step = int(event["SEQUENCE"]) - int(before[uid]["SEQUENCE"])
            assert step == (0 if shown(event) == shown(before[uid]) else 1)
        before = after


@given(st.lists(names, min_size=1, max_size=5))
@example(["=1+1", "@x", "\t=2"])
def test_a_guest_list_survives_any_name(given_names: list[str]) -> None:
    guests = tuple(Guest(f"p-{n}", name) for n, name in enumerate(given_names))
    kept = KeptWeeks(
        dt.date(1938, 9, 5), 1, (PlannedEncounter("w", dt.date(1938, 9, 6), "lunch", guests, 2.0),)
    )
    rows = guest_rows(kept, unnamed, {})
    found = list(csv.reader(io.StringIO(write_csv(rows), newline="")))
    assert tuple(found[0]) == COLUMNS
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert sorted(row[4] for row in found[1:]) == sorted(guard_cell(clean_line(name)) for name in given_names)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found[1:] for cell in row)


ANSWER = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:w-lunch\r\nSEQUENCE:0\r\nDTSTART:19380906T130000\r\n"
    b"ATTENDEE;CN=Lord Halifax;PARTSTAT=ACCEPTED:mailto:h@fo.example\r\nDTSTAMP:19380901T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LUNCH = PlannedEncounter(
    "w-lunch", dt.date(1938, 9, 6), "lunch", (Guest("p-h", "Lord Halifax"),), 2.0, at="13:00"
)


@given(st.integers(0, len(ANSWER)), st.integers(0, 40), st.binary(max_size=30))
@settings(max_examples=200)
def test_no_answer_however_broken_stops_the_reader(at: int, cut: int, new: bytes) -> None:
    kept = KeptWeeks(dt.date(1938, 9, 5), 1, (LUNCH,))
    answers, said = read_replies(ANSWER[:at] + new + ANSWER[at + cut :])
    assert answers or said
    for matched in match_replies(kept, answers, {"p-h": ("h@fo.example",)}):
        assert matched.says
        # Whatever is taken is of this encounter and this guest.
        assert matched.state != "taken" or (matched.uid, matched.person) == ("w-lunch", "p-h")


@given(names, names)
def test_a_uid_is_one_line_and_there(uid: str, name: str) -> None:
    encounter = replace(LUNCH, uid=uid, guests=(Guest("", name),))
    made = event_uid(encounter)
    assert made
    assert clean_line(made) == made
    assume(clean_line(uid))
    assert made == clean_line(uid)
