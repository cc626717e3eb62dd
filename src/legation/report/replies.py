"""Answers to invitations: read from calendar files and mail (RFC 5546, REPLY), and matched.

An answer is matched by the encounter's UID and by who answers: the calendar address, else the
name. What does not match exactly one guest is told, never guessed. Answers come from outside:
nothing here raises on them.
"""

from __future__ import annotations

import datetime as dt
import email
import email.message
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from legation.plan.weeks import Guest, KeptWeeks, PlannedEncounter, Reply
from legation.reading.content import ContentLine, iter_content_lines, unescape
from legation.reading.decode import decode_text
from legation.report.ical import bare_address, clean_line, event_uid, person_uri, starts_at
from legation.report.saying import join_names, say_date, say_form

#: Larger than any answer; what is larger is told and not read.
LARGEST_BYTES: Final = 4 * 1024 * 1024
#: RFC 5545, PARTSTAT, as far as a guest's answer can be one.
_REPLIES: Final[Mapping[str, Reply]] = {
    "accepted": "accepted",
    "declined": "declined",
    "tentative": "tentative",
    "needs-action": "needs-action",
}
_START = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z)?)?")
_FARTHEST_ZONE = dt.timedelta(hours=14)
_METHODS = {
    "counter": "proposes another time: look at it, and move the encounter if it suits",
    "request": "is an invitation to you, not an answer; import it as a calendar",
    "publish": "is a calendar, not an answer; import it",
    "cancel": "takes an invitation back; it is not an answer",
    "": "has no METHOD: it is a calendar, not an answer",
}


@dataclass(frozen=True, slots=True)
class GuestReply:
    """One answer as it was read: who (address and name) answers what to which encounter.

    `start` is when the encounter begins according to the answer (DTSTART), "" where it does not say.
    """

    uid: str
    address: str
    name: str
    reply: str
    sequence: int
    stamp: str
    start: str = ""


@dataclass(frozen=True, slots=True)
class MatchedReply:
    """What became of an answer.

    `state` is taken, same (it stood so already), unknown (no such encounter or guest), unclear
    (several guests fit), stale (it answers the encounter as it was before a change), older (a later
    one of the same guest is there) or unread (it is no answer); `says` tells it in a sentence.
    """

    uid: str
    on: str
    form: str
    person: str
    name: str
    address: str
    reply: str
    state: str
    says: str


def read_replies(data: bytes) -> tuple[tuple[GuestReply, ...], tuple[str, ...]]:
    """Read the answers in a calendar file or a mail message, and what could not be used, in words."""
    if len(data) > LARGEST_BYTES:
        return (), (f"it is larger than {LARGEST_BYTES // 1024 // 1024} MB",)
    answers: list[GuestReply] = []
    said: list[str] = []
    texts = list(_calendars(data))
    if not texts:
        return (), ("there is no calendar in it",)
    for text in texts:
        _read_calendar(text, answers, said)
    if not answers and not said:
        said.append("nobody answers in it")
    return tuple(answers), tuple(dict.fromkeys(said))


def _calendars(data: bytes) -> Iterator[str]:
    """Yield the texts of calendars: the file itself, or those that a mail carries."""
    text = decode_text(data).text
    if "BEGIN:VCALENDAR" in text.lstrip("\ufeff \t\r\n")[:200].upper():
        yield text
        return
    for part in email.message_from_bytes(data).walk():
        named = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in ("text/calendar", "application/ics") or named:
            yield _text_of(part)


def _text_of(part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode_text(raw).text


def _read_calendar(text: str, answers: list[GuestReply], said: list[str]) -> None:
    method = ""
    inside: list[str] = []
    lines: list[ContentLine] = []
    events: list[list[ContentLine]] = []
    for line in iter_content_lines(text):
        if line.name == "begin":
            inside.append(line.value.strip().upper())
            if inside[-1] == "VEVENT":
                lines = []
        elif line.name == "end":
            if inside and inside[-1] == "VEVENT":
                events.append(lines)
            if inside:
                inside.pop()
        elif line.name == "method" and "VEVENT" not in inside:
            method = line.value.strip().lower()
        elif inside and inside[-1] == "VEVENT":
            lines.append(line)
    if method != "reply":
        said.append(f"it {_METHODS.get(method, f'is a {clean_line(method)[:40]}, not an answer')}")
        return
    for event in events:
        _read_event(event, answers, said)


def _read_event(lines: list[ContentLine], answers: list[GuestReply], said: list[str]) -> None:
    first = {line.name: line.value for line in reversed(lines)}
    uid = clean_line(unescape(first.get("uid", "")))
    if not uid:
        said.append("an answer in it names no encounter (UID)")
        return
    sequence = first.get("sequence", "0").strip()
    number = int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 10 else 0
    for line in lines:
        if line.name == "attendee":
            reply = line.param("partstat").strip().lower() or "needs-action"
            answers.append(
                GuestReply(
                    uid, line.value.strip(), clean_line(line.param("cn")), reply, number,
                    first.get("dtstamp", "").strip(), first.get("dtstart", "").strip(),
                )
            )  # fmt: skip


def match_replies(
    kept: KeptWeeks, answers: Iterable[GuestReply], addresses: Mapping[str, Iterable[str]]
) -> tuple[MatchedReply, ...]:
    """Match answers to guests of the weeks that stand; `addresses` are all addresses by person.

    Where one guest answers twice, the answer that was made later (DTSTAMP) counts.
    """
    by_uid = {event_uid(e): e for e in kept.encounters}
    answers = tuple(answers)
    found: list[tuple[GuestReply, PlannedEncounter | None, Guest | None, MatchedReply]] = []
    for answer in answers:
        encounter = by_uid.get(answer.uid)
        guests = _guests_of(encounter, answer, addresses) if encounter else ()
        guest = guests[0] if len(guests) == 1 else None
        found.append((answer, encounter, guest, _say(kept, answer, encounter, guests)))
    latest: dict[tuple[str, str, str], int] = {}
    for place, (answer, _, guest, matched) in enumerate(found):
        if guest is not None and matched.state in ("taken", "same"):
            key = (answer.uid, guest.person, guest.name)
            before = latest.get(key)
            if before is None or found[before][0].stamp <= answer.stamp:
                latest[key] = place
    out = []
    for place, (answer, encounter, guest, matched) in enumerate(found):
        if guest is not None and encounter is not None and matched.state in ("taken", "same"):
            last = latest[answer.uid, guest.person, guest.name] == place
            out.append(
                matched
                if last
                else _matched(answer, encounter, guest, "older", "a later answer is there too")
            )
        else:
            out.append(matched)
    return tuple(out)


def _guests_of(
    encounter: PlannedEncounter, answer: GuestReply, addresses: Mapping[str, Iterable[str]]
) -> tuple[Guest, ...]:
    """Return the guests whom an answer may be of: by address; where none has it, by exact name.

    A mail address that belongs to somebody else here is never overruled by a name.
    """
    given = _fold_address(answer.address)
    by_address = tuple(
        g for g in encounter.guests
        if given and given in {
            _fold_address(person_uri(g.person, g.name, {})),
            *(_fold_address(a) for a in addresses.get(g.person, ())),
        }
    )  # fmt: skip
    if by_address:
        return by_address
    name = _fold_name(answer.name)
    return tuple(g for g in encounter.guests if name and _fold_name(g.name) == name)


def _fold_address(address: str) -> str:
    return bare_address(address).casefold()


def _fold_name(name: str) -> str:
    return clean_line(name).casefold()


def _say(
    kept: KeptWeeks, answer: GuestReply, encounter: PlannedEncounter | None, guests: tuple[Guest, ...]
) -> MatchedReply:
    who = answer.name or answer.address or "somebody"
    if encounter is None:
        gone = any(d.uid == answer.uid for d in kept.dropped)
        said = "was dropped from the plan" if gone else "is not in the plan"
        return _matched(answer, None, None, "unknown", f"{who} answers an encounter that {said}")
    what = f"{say_form(encounter.form)} on {say_date(encounter.on.isoformat())}"
    if not guests:
        return _matched(answer, encounter, None, "unknown", f"{who} is no guest of {what}")
    if len(guests) > 1:
        names = join_names([f"{g.name} ({g.person})" for g in guests])
        return _matched(answer, encounter, None, "unclear", f"{who} may be {names} at {what}")
    guest = guests[0]
    reply = _REPLIES.get(answer.reply)
    if reply is None:
        said = f"{guest.name} answers {clean_line(answer.reply)[:40]!r}, which is no plain answer"
        return _matched(answer, encounter, guest, "unknown", said)
    if _is_stale(answer, encounter):
        said = f"{guest.name} says {reply} to {what} as it was before it was changed"
        return _matched(answer, encounter, guest, "stale", said)
    if reply == guest.reply:
        return _matched(answer, encounter, guest, "same", f"{guest.name}, {what}: {reply}, as it stood")
    return _matched(answer, encounter, guest, "taken", f"{guest.name}, {what}: {reply}")


def _is_stale(answer: GuestReply, encounter: PlannedEncounter) -> bool:
    """Say whether an answer may be to the encounter as it was at another time.

    The time that it names decides. Where it names none, its SEQUENCE does: it is then too old
    after any change, also where only somebody else answered, for nothing tells the two apart.
    """
    match = _START.fullmatch(answer.start)
    if match is None:
        return answer.sequence < encounter.sequence
    day = f"{match[1]}-{match[2]}-{match[3]}"
    time = starts_at(encounter)
    if match[4] is None or time is None:
        return day != encounter.on.isoformat()
    try:
        named = dt.datetime.fromisoformat(f"{day}T{match[4]}:{match[5]}")
    except ValueError:
        return True
    apart = abs(named - dt.datetime.combine(encounter.on, time))
    # In universal time it may be the same hour anywhere on earth.
    return apart > (_FARTHEST_ZONE if match[6] else dt.timedelta(0))


def _matched(
    answer: GuestReply, encounter: PlannedEncounter | None, guest: Guest | None, state: str, says: str
) -> MatchedReply:
    return MatchedReply(
        uid=answer.uid,
        on=encounter.on.isoformat() if encounter else "",
        form=encounter.form if encounter else "",
        person=guest.person if guest else "",
        name=guest.name if guest else answer.name,
        address=answer.address,
        reply=_REPLIES.get(answer.reply, answer.reply),
        state=state,
        says=clean_line(says),
    )


def parse_reply(word: str) -> Reply | None:
    """Return the answer that a word says ("accepts", "declined", "no"), or None."""
    folded = word.strip().casefold()
    return _REPLIES.get(_WORDS.get(folded, folded))


_WORDS: Final[Mapping[str, str]] = {
    "yes": "accepted", "accepts": "accepted", "accept": "accepted", "comes": "accepted",
    "no": "declined", "declines": "declined", "decline": "declined",
    "perhaps": "tentative", "maybe": "tentative",
    "invited": "needs-action", "open": "needs-action",
}  # fmt: skip
