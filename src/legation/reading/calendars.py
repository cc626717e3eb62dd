"""Calendars: iCalendar (RFC 5545) and vCalendar 1.0, whole, in pieces or broken.

One item is one VEVENT, VTODO, VJOURNAL or VFREEBUSY. Dates are civil dates, as written in their own
zone; a recurrence stays a rule, and `occurrences` lists its days between two days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from legation.facts.candidates import (
    Context,
    Event,
    Header,
    HeaderPerson,
    MentionCandidate,
    Reading,
)
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When
from legation.reading.addresses import clean_name, make_mention
from legation.reading.cards import make_unique
from legation.reading.content import ContentLine, iter_content_lines, unescape, with_line_feeds
from legation.reading.recurrence import check_rule, convert_rule

COMPONENTS = {"VEVENT": "event", "VTODO": "todo", "VJOURNAL": "journal", "VFREEBUSY": "freebusy"}

# This is for texts `with_line_feeds`.
_MARK = re.compile(
    r"^[ \t\ufeff]*(BEGIN|END)[ \t]*:[ \t]*(VEVENT|VTODO|VJOURNAL|VFREEBUSY)[ \t]*(?:\r*\n|\Z)",
    re.I | re.M,
)
_STAMP = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?[\d.]*\s*(Z)?")
_DURATION = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.I)
_METHOD = re.compile(r"(?:\A|(?<=[\r\n]))METHOD[^:\r\n]*:[ \t]*CANCEL", re.I)
#: Properties by which a text without any component is still an event.
_TELLING = frozenset({"dtstart", "summary", "attendee", "organizer", "due", "description"})
_TEXTS = ("summary", "location", "description", "status")


def split_events(text: str) -> tuple[tuple[str, int, int], ...]:
    """Cut a calendar into components: (part name, start, end), tiling the text exactly.

    A part is named `uid:` and the UID, with `/` and the RECURRENCE-ID where there is one, else
    `event-N` by its place; a second of the same name gets `#2`. What stands outside (calendar head,
    time zones) belongs to the component that follows, at the end to the last. A text without any
    component is one part, `calendar`.
    """
    if not text:
        return ()
    begins: list[int] = []
    ends: list[int] = []
    open_now = False
    for mark in _MARK.finditer(with_line_feeds(text)):
        if mark.group(1).upper() == "BEGIN":
            if open_now:
                ends.append(mark.start())
            begins.append(mark.start())
            open_now = True
        elif open_now:
            ends.append(mark.end())
            open_now = False
    if not begins:
        return (("calendar", 0, len(text)),)
    edges = [0, *ends[: len(begins) - 1], len(text)]
    names = [
        _name_part(text[begin:end], number)
        for number, (begin, end) in enumerate(zip(begins, edges[1:], strict=True), 1)
    ]
    return tuple(zip(make_unique(names), edges, edges[1:], strict=False))


def _name_part(text: str, number: int) -> str:
    uid = instance = ""
    depth = 0
    for line in iter_content_lines(text):
        if line.name == "begin":
            depth += 1
        elif line.name == "end":
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and line.name == "uid" and not uid:
            uid = " ".join(unescape(line.value).split())[:200]
        elif depth == 1 and line.name == "recurrence-id" and not instance:
            instance = line.value.strip()[:40]
    name = f"uid:{uid}" if uid else f"event-{number}"
    return f"{name}/{instance}" if instance else name


def read_event(text: str, context: Context, *, whole: str | None = None) -> Reading:
    """Read one calendar component; `whole` is the calendar it stands in, where that says more.

    Problems: `event-broken` (no END, text that is no property), `event-property` (a date or rule
    that could not be read), `event-endless`, `event-none` (only time zones or settings here).
    """
    problems: list[Problem] = []
    kind, lines, span = _collect(text, problems)
    if not kind:
        if any(line.name in {"begin", "end", "version", "prodid"} for line in lines):
            message = "The calendar holds no event."
            problems.append(Problem("event-none", message))
        else:
            message = "There is no calendar event in this text."
            hint = "An event begins with BEGIN:VEVENT and ends with END:VEVENT."
            problems.append(Problem("event-broken", message, hint, fatal=True))
        return Reading(kind="event", problems=tuple(problems))
    event = _build_event(kind, lines, span, problems)
    if event.start is None and not event.summary and not event.attendees:
        message = "The component has neither a date nor a summary nor people."
        problems.append(Problem("event-broken", message, "Add DTSTART and SUMMARY."))
    if event.status != "CANCELLED" and _METHOD.search(text if whole is None else whole):
        event = _with_status(event, "CANCELLED")
    mentions, people = _read_people(text, lines)
    return Reading(
        kind="event",
        title=event.summary,
        written_on=event.start,
        written_span=next((_span(line) for line in lines if line.name == "dtstart"), None),
        mentions=mentions,
        header=Header(people=people) if people else None,
        event=event,
        problems=tuple(problems),
    )


def _collect(text: str, problems: list[Problem]) -> tuple[str, list[ContentLine], Span | None]:
    """Return the component's kind, its own properties (not those of alarms), and its span."""
    kind = ""
    own: list[ContentLine] = []
    loose: list[ContentLine] = []
    stack: list[str] = []
    start, end, closed = 0, len(text), False
    for line in iter_content_lines(text):
        word = line.value.strip().upper()
        if line.name == "begin":
            stack.append(word)
            if word in COMPONENTS and not kind:
                kind, start, stack = COMPONENTS[word], line.start, [word]
        elif line.name == "end":
            if kind and word in COMPONENTS and not closed:
                closed, end = True, line.end
                stack = []
            elif word in stack:
                while stack.pop() != word:
                    pass
            continue
        elif kind and not closed and len(stack) == 1:
            own.append(line)
        elif not kind or closed:
            loose.append(line)
        if not line.name and not (closed and not line.value.strip()):
            message = f"A line is no property: {line.complaint}."
            problems.append(Problem("event-broken", message, start=line.start, end=line.end))
        elif line.complaint:
            problems.append(_property_problem(line, line.complaint))
    if not kind:
        names = {line.name for line in loose}
        # An alarm or a time zone alone has a summary or a start too.
        if names & _TELLING and set(_begun(text)) <= {"VCALENDAR"}:
            return "event", loose, Span(0, len(text))
        return "", loose + [line for line in iter_content_lines(text) if line.name == "begin"], None
    if not closed:
        problems.append(Problem("event-broken", "The component has no END.", start=len(text), end=len(text)))
    return kind, own, Span(start, max(end, start + 1))


def _begun(text: str) -> Iterable[str]:
    return (x.value.strip().upper() for x in iter_content_lines(text) if x.name == "begin")


def _span(line: ContentLine) -> Span:
    return Span(line.start, line.end)


def _property_problem(line: ContentLine, message: str) -> Problem:
    return Problem("event-property", f"{line.name.upper()}: {message}.", start=line.start, end=line.end)


def _build_event(
    kind: str, lines: Sequence[ContentLine], span: Span | None, problems: list[Problem]
) -> Event:
    first: dict[str, ContentLine] = {}
    for line in lines:
        first.setdefault(line.name, line)
    texts = {name: _read_text(first.get(name)) for name in _TEXTS}
    start_line = first.get("dtstart") or (first.get("due") if kind == "todo" else None)
    start, clock, zone = _read_start(start_line, problems)
    end = _read_end(first, start, clock, problems)
    rule = _read_rules([line for line in lines if line.name == "rrule"], start, problems)
    instance = _read_days([first[n] for n in ("recurrence-id",) if n in first], problems)
    people = [line for line in lines if line.name in {"organizer", "attendee"}]
    attendees = tuple(dict.fromkeys(_read_attendee(line) for line in people))
    return Event(
        uid=_read_text(first.get("uid")).strip(),
        summary=texts["summary"],
        start=start,
        end=end,
        rrule=rule,
        location=texts["location"],
        description=texts["description"],
        attendees=tuple(pair for pair in attendees if any(pair)),
        status=texts["status"].strip().upper(),
        span=span,
        component=kind,
        start_time=clock,
        zone=zone,
        rdates=_read_days([line for line in lines if line.name == "rdate"], problems),
        exdates=_read_days([line for line in lines if line.name == "exdate"], problems),
        instance=instance[0] if instance else None,
    )


def _with_status(event: Event, status: str) -> Event:
    values = {name: getattr(event, name) for name in Event.__dataclass_fields__}
    return Event(**{**values, "status": status})


def _read_text(line: ContentLine | None) -> str:
    if line is None:
        return ""
    return unescape(line.value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _parse_stamp(value: str) -> tuple[dt.date, str, bool] | None:
    """Return day, clock time ("" if none) and whether it is UTC; None where it is no date."""
    match = _STAMP.fullmatch(value.strip())
    if match is None:
        return None
    try:
        day = dt.date(*(int(text) for text in match.group(1, 2, 3)))
        clock = ""
        if match.group(4):
            # A leap second is written as 60.
            second = min(int(match.group(6) or 0), 59)
            clock = dt.time(int(match.group(4)), int(match.group(5)), second).isoformat("minutes")
    except ValueError:
        return None
    return day, clock, bool(match.group(7))


def _read_start(line: ContentLine | None, problems: list[Problem]) -> tuple[When | None, str, str]:
    if line is None:
        return None, "", ""
    stamp = _parse_stamp(line.value)
    if stamp is None:
        problems.append(_property_problem(line, f"{line.value[:40]!r} is no date"))
        return None, "", ""
    day, clock, utc = stamp
    zone = "UTC" if utc else line.param("tzid")
    return When.on(day), clock, zone if clock else ""


def _read_end(
    first: dict[str, ContentLine], start: When | None, clock: str, problems: list[Problem]
) -> When | None:
    """Return the last day; DTEND itself is the first moment that is over."""
    line = first.get("dtend") or (first.get("due") if "dtstart" in first else None)
    if line is not None:
        stamp = _parse_stamp(line.value)
        if stamp is None:
            problems.append(_property_problem(line, f"{line.value[:40]!r} is no date"))
            return None
        day = stamp[0]
        if line.name == "dtend" and stamp[1] in {"", "00:00"} and day > dt.date.min:
            day -= dt.timedelta(days=1)
        if start is not None and day < start.first:
            if stamp[0] < start.first:
                problems.append(_property_problem(line, "the end is before the start"))
            return None
        return When.on(day)
    line = first.get("duration")
    if line is None or start is None:
        return None
    match = _DURATION.fullmatch(line.value.strip())
    if match is None:
        problems.append(_property_problem(line, f"{line.value[:40]!r} is no duration"))
        return None
    weeks, days, hours, minutes, seconds = (int(text or 0) for text in match.groups()[1:])
    begin = dt.datetime.combine(start.first, dt.time.fromisoformat(clock or "00:00"))
    try:
        length = dt.timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=seconds)
        last = begin + max(length - dt.timedelta(seconds=1), dt.timedelta())
    except OverflowError:
        problems.append(_property_problem(line, "the duration is too long"))
        return None
    return When.on(last.date())


def _read_days(lines: Sequence[ContentLine], problems: list[Problem]) -> tuple[When, ...]:
    found: dict[When, None] = {}
    for line in lines:
        for piece in re.split(r"[,;]", line.value):
            value = piece.partition("/")[0].strip()
            if not value:
                continue
            stamp = _parse_stamp(value)
            if stamp is None:
                problems.append(_property_problem(line, f"{value[:40]!r} is no date"))
            else:
                found[When.on(stamp[0])] = None
    return tuple(found)


def _read_rules(lines: Sequence[ContentLine], start: When | None, problems: list[Problem]) -> str:
    rules = []
    for line in lines:
        rule = convert_rule(line.value.strip())
        complaint = check_rule(rule)
        if complaint:
            problems.append(_property_problem(line, complaint))
            continue
        rules.append(rule)
        if not re.search(r"\b(UNTIL|COUNT)=", rule, re.I):
            message = "The recurrence has no end; its days are listed as far as they are asked for."
            problems.append(Problem("event-endless", message, start=line.start, end=line.end))
        if start is None:
            problems.append(_property_problem(line, "a recurrence needs a start"))
    return "\n".join(rules)


def _read_attendee(line: ContentLine) -> tuple[str, str]:
    value = unescape(line.value).strip()
    if value[:7].lower() == "mailto:":
        value = value[7:].strip()
    address = value or line.param("email")
    # vCalendar 1.0 and some programs write `Name <address>` or only a name.
    match = re.fullmatch(r"(.*?)<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>", address, re.I | re.S)
    name = clean_name(unescape(line.param("cn")))
    if match:
        return name or clean_name(match.group(1)), match.group(2)
    if "@" not in address and ":" not in address:
        return name or clean_name(address), ""
    return name, address


def _read_people(
    text: str, lines: Sequence[ContentLine]
) -> tuple[tuple[MentionCandidate, ...], tuple[HeaderPerson, ...]]:
    """Make a mention of every organiser and attendee who is named, at the name's place."""
    mentions: list[MentionCandidate] = []
    people: list[HeaderPerson] = []
    for line in lines:
        if line.name not in {"organizer", "attendee"}:
            continue
        name, _ = _read_attendee(line)
        if not name:
            continue
        # The name may be folded or escaped; then the whole property is cited.
        start = text.find(name, line.start, line.end)
        start, end = (start, start + len(name)) if start >= 0 else (line.start, line.end)
        people.append(HeaderPerson(_span(line), len(mentions), role="attendee"))
        mentions.append(make_mention(name, start, end))
    return tuple(mentions), tuple(people)


def read_span(text: str) -> tuple[dt.datetime, dt.timedelta] | None:
    """Return when the event of a text begins by its own clock and how long it lasts; None if neither is said.

    Whole days, ends before the start, and a start and end by different clocks (UTC and not) say none.
    """
    _, lines, _ = _collect(text, [])
    first: dict[str, ContentLine] = {}
    for line in lines:
        first.setdefault(line.name, line)
    start = _parse_stamp(first["dtstart"].value) if "dtstart" in first else None
    if start is None or not start[1]:
        return None
    begin = dt.datetime.combine(start[0], dt.time.fromisoformat(start[1]))
    length = dt.timedelta()
    if "dtend" in first:
        end = _parse_stamp(first["dtend"].value)
        if end is not None and end[1] and end[2] == start[2]:
            length = dt.datetime.combine(end[0], dt.time.fromisoformat(end[1])) - begin
    elif "duration" in first:
        match = _DURATION.fullmatch(first["duration"].value.strip())
        if match is not None and match.group(1) != "-":
            weeks, days, hours, minutes, seconds = (min(int(n or 0), 10**6) for n in match.groups()[1:])
            length = dt.timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=seconds)
    return (begin, length) if length > dt.timedelta() else None
