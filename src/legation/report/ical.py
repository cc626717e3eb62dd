"""The weeks that stand as iCalendar (RFC 5545): a calendar to import, to subscribe to, or to send.

Times are floating: a lunch at one is at one wherever the reader's clock stands, and in 1666 as
today (decision 0014). `icalendar` does the escaping and folding; what it would choke on or other
programs trip over is taken out before.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from legation import __version__
from legation.facts.ids import derive_id
from legation.plan.changes import is_void
from legation.plan.forms import DEFAULT_FORMS
from legation.plan.weeks import Courtesy, Dropped, Guest, KeptWeeks, PlannedEncounter
from legation.report.saying import say_form_title, say_number, sentence

if TYPE_CHECKING:
    from icalendar import Calendar, Event

#: How many guests a title names before it counts the rest.
NAMED = 4
#: Before the title of what is not to be: some programs go on showing it.
CALLED_OFF = "Called off"
#: No encounter lasts longer; a number of hours beyond it is a slip of the pen.
MOST_HOURS = 1000
#: Forms to which nobody is invited: one telephones, writes, or meets in passing.
UNASKED = frozenset({"telephone", "letter", "corridor"})
#: How often a program that subscribes may well ask again.
REFRESH = dt.timedelta(hours=1)
#: RFC 5545, PARTSTAT; who is not invited yet has not answered either.
_PARTSTAT: Final[Mapping[str, str]] = {
    "": "NEEDS-ACTION",
    "needs-action": "NEEDS-ACTION",
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
}
SAID_REPLY: Final[Mapping[str, str]] = {
    "": "not invited yet",
    "needs-action": "invited, no answer yet",
    "accepted": "comes",
    "declined": "does not come",
    "tentative": "comes perhaps",
}
#: People without an address are named by a URN of this name space, which nobody can write to.
_SPACE = uuid.UUID("5d4b1e0c-6a52-5c0e-9d3e-0f8a7b1c6e21")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_AT = re.compile(r"(\d{1,2}):(\d{2})")
_MAIL = re.compile(r"[^\s@<>\"\\,;:]+@[^\s@<>\"\\,;:]+")
_OURS = re.compile(r"(?:plan|courtesy)-[a-z2-7]{20}(?:-\d+)?")
_DEFAULT_AT = {form.name: form.at for form in DEFAULT_FORMS}


@dataclass(frozen=True, slots=True)
class Host:
    """Whose plan it is: name and e-mail address, each "" where it is not on record."""

    name: str = ""
    address: str = ""


def write_calendar(
    kept: KeptWeeks,
    *,
    stamp: dt.datetime,
    host: Host | None = None,
    addresses: Mapping[str, str] | None = None,
    name: str = "Legation",
    why: bool = False,
) -> bytes:
    """Write the weeks that stand as one calendar, for the user's own eyes.

    `stamp` is when they were last changed (with a zone); `addresses` are e-mail addresses by
    person. Encounters that came from the user's calendar are left out: they are there already.
    What was dropped is in it as cancelled. `why` adds the reason for each guest. The same weeks
    give the same bytes.
    """
    host, addresses = host or Host(), addresses or {}
    calendar = _new_calendar()
    calendar.add("name", clean_line(name))
    calendar.add("x-wr-calname", clean_line(name))
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    written: set[str] = set()
    for encounter in sorted(kept.encounters, key=lambda e: (e.on, e.at, e.uid)):
        uid = event_uid(encounter)
        if encounter.origin != "calendar" and uid not in written:
            written.add(uid)
            calendar.add_component(_encounter_event(encounter, stamp, host, addresses, why=why))
    for dropped in sorted(kept.dropped, key=lambda d: (d.on, d.uid)):
        uid = clean_line(dropped.uid)
        if uid and uid not in written:
            written.add(uid)
            calendar.add_component(_dropped_event(dropped, stamp))
    for courtesy in sorted(kept.courtesies, key=lambda c: (c.on, c.name, c.courtesy, c.occasion)):
        event = _courtesy_event(courtesy, stamp, why=why)
        if str(event["UID"]) not in written:
            written.add(str(event["UID"]))
            calendar.add_component(event)
    return _written(calendar)


def write_invitation(
    encounter: PlannedEncounter,
    guest: Guest,
    *,
    stamp: dt.datetime,
    host: Host,
    addresses: Mapping[str, str] | None = None,
) -> bytes:
    """Write the invitation of one guest, to be sent (RFC 5546, REQUEST).

    It names the host and this guest and nobody else, and gives no reason.
    """
    calendar = _new_calendar()
    calendar.add("method", "REQUEST")
    event = _new_event(event_uid(encounter), stamp, encounter.sequence)
    _set_times(event, encounter)
    event.add("summary", clean_line(f"{say_form_title(encounter.form)} with {host.name}" if host.name
                                    else say_form_title(encounter.form)))  # fmt: skip
    if place := clean_line(encounter.place):
        event.add("location", place)
    event.add("status", "CONFIRMED")
    _add_organiser(event, host)
    _add_attendee(event, guest, addresses or {}, ask=True)
    calendar.add_component(event)
    return _written(calendar)


def event_uid(encounter: PlannedEncounter) -> str:
    """Return the UID of an encounter; one derived of its day and guests where it has none."""
    made = derive_id(
        "plan", encounter.on.isoformat(), encounter.form, *(g.person or g.name for g in encounter.guests)
    )
    return clean_line(encounter.uid) or made


def is_ours(uid: str) -> bool:
    """Say whether an event of a calendar is one that was written here: its UID has the form of ours.

    A calendar that follows the feed and is imported brings the plan back; it is no engagement beside it.
    """
    return _OURS.fullmatch(uid.strip()) is not None


def person_uri(person: str, name: str, addresses: Mapping[str, str]) -> str:
    """Return the calendar address of somebody: mailto where a mail address is on record, else a URN."""
    address = bare_address(addresses.get(person, ""))
    if _MAIL.fullmatch(address):
        return f"mailto:{address}"
    return f"urn:uuid:{uuid.uuid5(_SPACE, _SURROGATE.sub(chr(0xFFFD), person or name))}"


def bare_address(address: str) -> str:
    """Return an address without the scheme that cards and calendars may write before it."""
    address = address.strip()
    return address[7:] if address[:7].casefold() == "mailto:" else address


def starts_at(encounter: PlannedEncounter) -> dt.time | None:
    """Return the local time at which an encounter begins, that of its form where none is set.

    None is a whole day: neither says a time that a clock shows.
    """
    match = _AT.fullmatch(encounter.at.strip() or _DEFAULT_AT.get(encounter.form, ""))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return dt.time(int(match[1]), int(match[2]))


def clean_line(text: str) -> str:
    """Return a text as one line without control characters or halves of surrogate pairs."""
    return _SPACES.sub(" ", _clean(_BREAKS.sub(" ", text))).strip()


def name_in_parameter(name: str) -> str:
    """Return a name as a parameter can hold it, "?" for none.

    A backslash means nothing in a parameter (RFC 5545, 3.2), yet icalendar and others take it for
    an escape and lose it with what follows.
    """
    return clean_line(name).replace("\\", "/") or "?"


def _clean(text: str) -> str:
    return _CONTROLS.sub("", _SURROGATE.sub("\ufffd", text))


def is_asked(encounter: PlannedEncounter) -> bool:
    """Say whether guests are invited: not to a telephone call, nor to what is in the calendar already."""
    return encounter.form not in UNASKED and encounter.origin != "calendar"


def say_reply(encounter: PlannedEncounter, reply: str) -> str:
    """Return a guest's reply in words, "" where nobody is invited and nothing was said."""
    return SAID_REPLY.get(reply, reply) if reply or is_asked(encounter) else ""


def title_of(encounter: PlannedEncounter) -> str:
    """Return the title of an encounter: its form and who is to come."""
    coming = [clean_line(g.name) for g in encounter.guests if g.reply != "declined"]
    named = ", ".join(name for name in coming[:NAMED] if name)
    more = f" and {say_number(len(coming) - NAMED, 'other')}" if len(coming) > NAMED else ""
    title = say_form_title(encounter.form)
    if status_of(encounter) == "CANCELLED":
        return f"{CALLED_OFF}: {title}"
    return f"{title}: {named}{more}" if named else title


def status_of(encounter: PlannedEncounter) -> str:
    """Return the STATUS of an encounter: off once everybody declined, firm once one guest accepted.

    What the user put in himself is firm, too.
    """
    if is_void(encounter):
        return "CANCELLED"
    firm = encounter.origin != "plan" or any(g.reply == "accepted" for g in encounter.guests)
    return "CONFIRMED" if firm else "TENTATIVE"


def _new_calendar() -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 - other commands do not pay for it

    calendar = Calendar()
    calendar.add("prodid", f"-//Legation//Legation {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _written(calendar: Calendar) -> bytes:
    data: bytes = calendar.to_ical(sorted=True)
    return data


def _new_event(uid: str, stamp: dt.datetime, sequence: int) -> Event:
    from icalendar import Event  # noqa: PLC0415 - other commands do not pay for it

    event = Event()
    event.add("uid", uid)
    moment = stamp.astimezone(dt.UTC).replace(microsecond=0)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", max(0, sequence))
    event.add("class", "PRIVATE")
    return event


def _set_times(event: Event, encounter: PlannedEncounter) -> None:
    """Set begin and end, and whether the time is taken."""
    time = starts_at(encounter)
    if time is None:
        _set_day(event, encounter.on)
        event.add("transp", "TRANSPARENT")
        return
    start = dt.datetime.combine(encounter.on, time)
    event.add("dtstart", start)
    minutes = round(encounter.hours * 60) if 0 < encounter.hours < MOST_HOURS else 0
    if minutes and (dt.date.max - encounter.on).days > MOST_HOURS // 24:
        event.add("dtend", start + dt.timedelta(minutes=minutes))
    event.add("transp", "OPAQUE")


def _set_day(event: Event, on: dt.date) -> None:
    event.add("dtstart", on)
    if on < dt.date.max:  # without an end, a day lasts a day
        event.add("dtend", on + dt.timedelta(days=1))


def _encounter_event(
    encounter: PlannedEncounter, stamp: dt.datetime, host: Host, addresses: Mapping[str, str], *, why: bool
) -> Event:
    event = _new_event(event_uid(encounter), stamp, encounter.sequence)
    _set_times(event, encounter)
    event.add("summary", title_of(encounter))
    if place := clean_line(encounter.place):
        event.add("location", place)
    status = status_of(encounter)
    event.add("status", status)
    text = _say_guests(encounter, why=why)
    if text:
        event.add("description", text)
    if encounter.guests:
        _add_organiser(event, host)
        for guest in encounter.guests:
            _add_attendee(event, guest, addresses)
    return event


def _say_guests(encounter: PlannedEncounter, *, why: bool) -> str:
    occasion = clean_line(encounter.occasion)
    lines = [f"{sentence(occasion)}."] if occasion else []
    for guest in encounter.guests:
        told = clean_line(guest.why).rstrip(".") if why else ""
        reason = f". {sentence(told)}." if told else ""
        reply = say_reply(encounter, guest.reply)
        lines.append(f"{clean_line(guest.name)}{': ' if reply else ''}{reply}{reason}")
    return "\n".join(lines)


def _add_organiser(event: Event, host: Host) -> None:
    from icalendar import vCalAddress  # noqa: PLC0415 - other commands do not pay for it

    organiser = vCalAddress(person_uri("", host.name or "owner", {"": host.address}))
    if clean_line(host.name):
        organiser.params["CN"] = name_in_parameter(host.name)
    event.add("organizer", organiser)


def _add_attendee(event: Event, guest: Guest, addresses: Mapping[str, str], *, ask: bool = False) -> None:
    """Add a guest. Only an invitation asks for an answer.

    SCHEDULE-AGENT (RFC 6638) keeps a server that the user's calendar is on from writing to guests.
    """
    from icalendar import vCalAddress  # noqa: PLC0415 - other commands do not pay for it

    attendee = vCalAddress(person_uri(guest.person, guest.name, addresses))
    attendee.params["CN"] = name_in_parameter(guest.name)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = _PARTSTAT.get(guest.reply, "NEEDS-ACTION")
    attendee.params["RSVP"] = "TRUE" if ask else "FALSE"
    if not ask:
        attendee.params["SCHEDULE-AGENT"] = "NONE"
    event.add("attendee", attendee)


def _dropped_event(dropped: Dropped, stamp: dt.datetime) -> Event:
    event = _new_event(clean_line(dropped.uid), stamp, dropped.sequence)
    _set_day(event, dropped.on)
    event.add("summary", f"{CALLED_OFF}: {say_form_title(dropped.form)}")
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _courtesy_event(courtesy: Courtesy, stamp: dt.datetime, *, why: bool) -> Event:
    """Return a courtesy as a whole day: programs that show calendars often leave tasks (VTODO) out."""
    uid = derive_id(
        "courtesy", courtesy.person, courtesy.on.isoformat(), courtesy.occasion, courtesy.courtesy
    )
    event = _new_event(uid, stamp, 0)
    _set_day(event, courtesy.on)
    said, occasion = (
        f"{sentence(clean_line(courtesy.courtesy))}: {clean_line(courtesy.name)}",
        clean_line(courtesy.occasion),
    )
    event.add("summary", f"{said} ({occasion})" if occasion else said)
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if why and (told := clean_line(courtesy.why)):
        event.add("description", told)
    return event


def count_events(kept: KeptWeeks) -> tuple[int, int, int]:
    """Return how many encounters, cancelled ones and courtesies a calendar of these weeks holds."""
    there = [e for e in kept.encounters if e.origin != "calendar"]
    uids = {event_uid(e) for e in there}
    gone = sum(status_of(e) == "CANCELLED" for e in there)
    gone += len({d.uid for d in kept.dropped} - uids)
    return len(uids) - sum(status_of(e) == "CANCELLED" for e in there), gone, len(kept.courtesies)
