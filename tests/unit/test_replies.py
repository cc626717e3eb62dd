"""Answers to invitations: read from what mail and calendar programs send, matched and never guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage

import icalendar
import pytest

from legation.plan.changes import WeekChange, apply_change
from legation.plan.weeks import Dropped, Guest, KeptWeeks, PlannedEncounter
from legation.report.ical import Host, write_invitation
from legation.report.replies import LARGEST_BYTES, match_replies, parse_reply, read_replies

STAMP = dt.datetime(2026, 3, 8, 10, 30, tzinfo=dt.UTC)
ADDRESSES = {"p-halifax": ("halifax@fo.example", "edward@home.example"), "p-butler": ("rab@fo.example",)}
LUNCH = PlannedEncounter(
    "w-lunch", dt.date(1938, 9, 6), "lunch",
    (
        Guest("p-halifax", "Lord Halifax", "due", "needs-action"),
        Guest("p-butler", "Rab Butler", "due", "needs-action"),
        Guest("p-hart", "Liddell Hart", "due", "needs-action"),
    ),
    2.0, at="13:00",
)  # fmt: skip
WEEKS = KeptWeeks(
    dt.date(1938, 8, 29), 4, (LUNCH,), dropped=(Dropped("w-gone", dt.date(1938, 9, 9), "visit", ()),)
)


def answering(
    encounter: PlannedEncounter = LUNCH, guest: int = 0, partstat: str = "ACCEPTED", **changes: str
) -> bytes:
    """Return the answer that a calendar program makes of our invitation."""
    sent = write_invitation(
        encounter, encounter.guests[guest], stamp=STAMP, host=Host("Ivan Maisky", "maisky@embassy.example"),
        addresses={p: a[0] for p, a in ADDRESSES.items()},
    )  # fmt: skip
    calendar = icalendar.Calendar.from_ical(sent)
    calendar["METHOD"] = changes.pop("method", "REPLY")
    (event,) = calendar.walk("VEVENT")
    event["ATTENDEE"].params["PARTSTAT"] = partstat
    address = changes.pop("address", "")
    if address:
        made = icalendar.vCalAddress(address)
        made.params = event["ATTENDEE"].params
        event["ATTENDEE"] = made
    if "cn" in changes:
        event["ATTENDEE"].params["CN"] = changes.pop("cn")
    if changes.pop("start", "") == "none":
        del event["DTSTART"], event["DTEND"]
    for key, value in changes.items():
        del event[key.upper()]
        event.add(key, value if key != "dtstamp" else dt.datetime.fromisoformat(value))
    return calendar.to_ical()


def taken(data: bytes, kept: KeptWeeks = WEEKS) -> list[tuple[str, str, str]]:
    answers, said = read_replies(data)
    assert said == ()
    return [(m.person, m.reply, m.state) for m in match_replies(kept, answers, ADDRESSES)]


@pytest.mark.parametrize(
    ("partstat", "reply"), [("ACCEPTED", "accepted"), ("declined", "declined"), ("Tentative", "tentative")]
)
def test_an_answer_to_our_invitation_is_taken(partstat: str, reply: str) -> None:
    assert taken(answering(partstat=partstat)) == [("p-halifax", reply, "taken")]


def test_any_address_on_record_is_the_guest_s() -> None:
    data = answering(address="MAILTO:Edward@Home.Example", cn="E. Wood")
    assert taken(data) == [("p-halifax", "accepted", "taken")]


def test_who_has_no_address_is_known_by_the_urn_and_else_by_the_name() -> None:
    assert taken(answering(guest=2)) == [("p-hart", "accepted", "taken")]
    assert taken(answering(guest=2, address="mailto:basil@home.example")) == [("p-hart", "accepted", "taken")]


def test_an_address_goes_before_a_name() -> None:
    data = answering(address="mailto:rab@fo.example", cn="Lord Halifax")
    assert taken(data) == [("p-butler", "accepted", "taken")]


def test_a_stranger_is_told_and_not_guessed() -> None:
    for cn in ("Halifax", "Lord Halifax's secretary", ""):
        assert taken(answering(address="mailto:x@y.example", cn=cn)) == [("", "accepted", "unknown")]


def test_two_guests_of_one_name_are_not_told_apart() -> None:
    twins = (*LUNCH.guests, Guest("p-hart2", "liddell  hart"))
    kept = replace(WEEKS, encounters=(replace(LUNCH, guests=twins),))
    assert taken(answering(guest=2, address="mailto:basil@home.example"), kept) == [
        ("", "accepted", "unclear")
    ]
    # The calendar address of the invitation still does.
    assert taken(answering(guest=2), kept) == [("p-hart", "accepted", "taken")]


def test_an_answer_to_another_encounter_is_told() -> None:
    (unknown,) = match_replies(WEEKS, read_replies(answering(uid="w-other"))[0], ADDRESSES)
    assert (unknown.state, "is not in the plan" in unknown.says) == ("unknown", True)
    (gone,) = match_replies(WEEKS, read_replies(answering(uid="w-gone"))[0], ADDRESSES)
    assert "was dropped" in gone.says


def test_what_stood_so_already_changes_nothing() -> None:
    kept = apply_change(WEEKS, WeekChange("reply", "w-lunch", person="p-halifax", reply="accepted"))
    assert taken(answering(), kept) == [("p-halifax", "accepted", "same")]


def test_another_guest_s_answer_makes_none_stale() -> None:
    kept = apply_change(WEEKS, WeekChange("reply", "w-lunch", person="p-butler", reply="accepted"))
    assert kept.encounters[0].sequence == 1
    assert taken(answering(), kept) == [("p-halifax", "accepted", "taken")]


def test_an_answer_to_the_day_before_the_move_is_stale() -> None:
    moved = apply_change(WEEKS, WeekChange("move", "w-lunch", dt.date(1938, 9, 7)))
    assert taken(answering(), moved) == [("p-halifax", "accepted", "stale")]
    assert taken(answering(moved.encounters[0]), moved) == [("p-halifax", "accepted", "taken")]
    later = apply_change(WEEKS, WeekChange("move", "w-lunch", at="13:30"))
    assert taken(answering(), later) == [("p-halifax", "accepted", "stale")]


def test_an_answer_that_names_no_time_goes_by_its_sequence() -> None:
    moved = apply_change(WEEKS, WeekChange("move", "w-lunch", dt.date(1938, 9, 7)))
    assert taken(answering(start="none")) == [("p-halifax", "accepted", "taken")]
    assert taken(answering(start="none"), moved) == [("p-halifax", "accepted", "stale")]


@pytest.mark.parametrize(
    ("start", "state"),
    [
        ("19380906T120000Z", "taken"),
        ("19380906T230000Z", "taken"),
        ("19380908T120000Z", "stale"),
        ("19380906T130000", "taken"),
        ("19380906T140000", "stale"),
        ("19380906", "taken"),
        ("19380907", "stale"),
        ("19381340T990000", "stale"),
        ("soon", "taken"),
    ],
)
def test_times_of_an_answer(start: str, state: str) -> None:
    text = answering().replace(b"DTSTART:19380906T130000", b"DTSTART:" + start.encode())
    assert taken(text) == [("p-halifax", "accepted", state)]


def test_of_two_answers_the_later_counts_in_any_order() -> None:
    first = answering(dtstamp="2026-03-09T08:00:00+00:00")
    second = answering(partstat="DECLINED", dtstamp="2026-03-10T08:00:00+00:00")
    for pair in ((first, second), (second, first)):
        answers = [a for data in pair for a in read_replies(data)[0]]
        states = {(m.reply, m.state) for m in match_replies(WEEKS, answers, ADDRESSES)}
        assert states == {("accepted", "older"), ("declined", "taken")}


@pytest.mark.parametrize("partstat", ["DELEGATED", "X-LATER", "COMPLETED"])
def test_what_is_no_plain_answer_is_told(partstat: str) -> None:
    assert taken(answering(partstat=partstat)) == [("p-halifax", partstat.lower(), "unknown")]


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("COUNTER", "another time"),
        ("REQUEST", "invitation to you"),
        ("PUBLISH", "not an answer"),
        ("X", "is a x"),
    ],
)
def test_other_calendars_are_no_answers(method: str, said: str) -> None:
    answers, why = read_replies(answering(method=method))
    assert answers == ()
    assert said in why[0]


def test_an_answer_comes_in_a_mail() -> None:
    mail = EmailMessage()
    mail["From"] = "halifax@fo.example"
    mail["Subject"] = "Accepted: Lunch"
    mail.set_content("I shall be glad to come.")
    mail.add_alternative(answering().decode(), subtype="calendar", params={"method": "REPLY"})
    assert taken(mail.as_bytes()) == [("p-halifax", "accepted", "taken")]
    attached = EmailMessage()
    attached.set_content("See attached.")
    attached.add_attachment(
        answering(), maintype="application", subtype="octet-stream", filename="invite.ICS"
    )
    assert taken(attached.as_bytes()) == [("p-halifax", "accepted", "taken")]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff\xfe", b"I shall come.", b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE:mailto:a@b\nEND:VEVENT",
        b"END:VEVENT\nEND:VEVENT\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VEVENT", b"x" * (LARGEST_BYTES + 1),
    ],
    ids=["empty", "binary", "prose", "head", "nobody", "no uid", "turned round", "large"],
)  # fmt: skip
def test_what_cannot_be_used_is_told(data: bytes) -> None:
    answers, said = read_replies(data)
    assert answers == ()
    assert said


def test_alarms_and_other_parts_do_not_answer() -> None:
    data = answering().replace(
        b"END:VEVENT",
        b"BEGIN:VALARM\r\nATTENDEE;PARTSTAT=DECLINED:mailto:rab@fo.example\r\nEND:VALARM\r\nEND:VEVENT",
    )
    assert taken(data) == [("p-halifax", "accepted", "taken")]


@pytest.mark.parametrize(
    ("word", "reply"),
    [("accepted", "accepted"), (" Yes ", "accepted"), ("declines", "declined"), ("maybe", "tentative"),
     ("needs-action", "needs-action"), ("perhaps not", None), ("", None)],
)  # fmt: skip
def test_words_for_answers(word: str, reply: str | None) -> None:
    assert parse_reply(word) == reply
