"""weeks.toml as text: what it holds, and how a change is put into it without touching the rest.

Every encounter is a block of its own. A block whose encounter is as it was stays as it is written,
comments and unknown keys with it; of the others only the keys that differ are changed. What cannot
be used stays where it is written, to be corrected there.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from legation.facts.candidates import FORMS
from legation.facts.errors import UsageError
from legation.facts.ids import derive_id
from legation.facts.problem import Problem
from legation.plan.changes import MOST_HOURS, monday_of
from legation.plan.forms import DEFAULT_FORMS, PlanForm
from legation.plan.toml_edits import edit_toml, write_key, write_value
from legation.plan.toml_spans import Path, scan_toml
from legation.plan.values import Table, Told
from legation.plan.weeks import (
    Courtesy,
    Dropped,
    DroppedBy,
    Guest,
    KeptWeeks,
    Origin,
    PlannedEncounter,
    Reply,
)  # fmt: skip

FILE = "weeks.toml"
HEAD = """\
# The weeks that stand. Change what you like: what cannot be used is told, and left out.
# Each encounter keeps its uid, so that your calendar moves an event instead of adding one.
"""
#: Arrays of tables that the file holds, in this order.
KINDS = ("week", "encounter", "courtesy", "dropped")
MOST_WEEKS = 260
#: Days that weeks can be counted from.
FIRST_DAY, LATEST_DAY = dt.date(2, 1, 1), dt.date(9990, 12, 31)
#: Of answers to one encounter by somebody who is two guests after a merge, the first here holds.
_SAID_MOST: tuple[Reply, ...] = ("accepted", "tentative", "declined", "needs-action")

Find = Callable[[str], str]
#: From an id to the id and the name that the person has now; None where they are as they were.
Current = Callable[[str], tuple[str, str] | None]
Entry = PlannedEncounter | Courtesy | Dropped | tuple[dt.date, float]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read: the weeks, each entry with its number in the file, and what cannot be used.

    `guests` are, by the number of an encounter, the guests that were read of each element of its
    list; None for an element that cannot be used.
    """

    kept: KeptWeeks
    entries: tuple[tuple[str, int, Entry], ...]
    problems: tuple[Problem, ...]
    guests: Mapping[int, tuple[Guest | None, ...]]


@dataclass(slots=True, eq=False)
class _Reading:
    """What is needed to read an entry, and the uids and guests that were read so far."""

    hours_of: Mapping[str, float]
    find: Find | None
    current: Current | None
    uids: set[str]
    guests: dict[int, tuple[Guest | None, ...]]

    def person(self, table: Table) -> tuple[str, str]:
        """Return (id, name) of whoever a table means, as they are now; "" for an id that it has not."""
        name, person = table.text("name"), table.text("person")
        person = person or (self.find(name) if self.find and name else "")
        now = self.current(person) if self.current and person else None
        return now or (person, name or person)


def parse_weeks(
    text: str,
    forms: Iterable[PlanForm] = DEFAULT_FORMS,
    find: Find | None = None,
    current: Current | None = None,
) -> Parsed:
    """Return what weeks.toml holds.

    `forms` give the hours of an encounter that has none of its own; `find` gives the id of a guest
    who is named without one, "" for nobody or several. `current` follows merges: who was merged is
    read as the person that there is now, once in each encounter.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
    """
    data = tomllib.loads(text)
    told = Told(FILE, text, "weeks-value")
    top = Table(data, told)
    entries: list[tuple[str, int, Entry]] = []
    reading = _Reading({f.name: f.hours for f in forms}, find, current, set(), {})
    for kind in KINDS:
        for table in top.tables(kind):
            number = table.path[-1]
            entry = _read(kind, table, reading)
            table.tell_unknown()
            if entry is not None and isinstance(number, int):
                entries.append((kind, number, entry))
    since, weeks = _day(top, "since"), top.whole("weeks", None, 1, MOST_WEEKS)
    hours = top.number("hours", None, 0, MOST_HOURS)
    top.tell_unknown()
    encounters = tuple(e for _, _, e in entries if isinstance(e, PlannedEncounter))
    since = since or monday_of(min((e.on for e in encounters), default=dt.date(1970, 1, 5)))
    if weeks is None:
        latest = max((e.on for e in encounters), default=since)
        weeks = max(1, min(MOST_WEEKS, (monday_of(latest) - monday_of(since)).days // 7 + 1))
    kept = KeptWeeks(
        since,
        weeks,
        encounters,
        tuple({_name(e): e for _, _, e in reversed(entries) if isinstance(e, Courtesy)}.values())[::-1],
        tuple(e for _, _, e in entries if isinstance(e, Dropped)),
        hours,
        tuple(e for _, _, e in entries if isinstance(e, tuple)),
    )
    return Parsed(kept, tuple(entries), told.in_order(), reading.guests)


def _day(table: Table, key: str) -> dt.date | None:
    """Return a day that weeks can be counted from."""
    on = table.day(key)
    if on is None or FIRST_DAY <= on <= LATEST_DAY:
        return on
    table.tell(key, f"has to be a day from {FIRST_DAY} to {LATEST_DAY}, not {on}.", "It is left out.")
    return None


def _read(kind: str, table: Table, reading: _Reading) -> Entry | None:
    """Read one table; None where it cannot be used."""
    if kind == "week":
        of, hours = _day(table, "of"), table.number("hours", None, 0, MOST_HOURS)
        return None if of is None or hours is None else (monday_of(of), hours)
    on = _day(table, "on")
    if on is None and "on" not in table.data:
        table.told.tell(table.path, "has no day.", "Set on. It is left out.")
    if kind == "encounter":
        return _read_encounter(table, on, reading)
    if kind == "courtesy":
        return _read_courtesy(table, on, reading)
    by: DroppedBy = "plan" if table.text("by", "you", choices=get_args(DroppedBy)) == "plan" else "you"
    now = reading.current or (lambda _: None)
    dropped = Dropped(
        table.text("uid"),
        on or dt.date.min,
        table.text("form", choices=FORMS),
        tuple(dict.fromkeys((now(p) or (p, ""))[0] for p in table.texts("guests"))),
        table.whole("sequence", 1, 0, 1_000_000) or 0,
        by,
    )
    return dropped if on and dropped.uid and dropped.form else None


def _read_courtesy(table: Table, on: dt.date | None, reading: _Reading) -> Courtesy | None:
    person, name = reading.person(table)
    courtesy = Courtesy(
        person, name, on or dt.date.min, table.text("occasion"), table.text("courtesy"), table.text("why")
    )
    if not person:
        table.told.tell(table.path, _whom(name), f"{_SET_PERSON} It is left out.")
    elif not courtesy.courtesy and "courtesy" not in table.data:
        table.told.tell(table.path, "has no courtesy.", "Set courtesy, for example letter. It is left out.")
    return courtesy if on and person and courtesy.courtesy else None


_SET_PERSON = "Set person to an id, as `legation people --json` gives it."


def _whom(name: str) -> str:
    return f"does not say who is meant{f' by “{name}”' if name else ''}."


def _read_encounter(table: Table, on: dt.date | None, reading: _Reading) -> PlannedEncounter | None:
    form = table.text("form", choices=FORMS)
    if not form and "form" not in table.data:
        table.told.tell(table.path, "has no form.", "Set form, for example lunch. It is left out.")
    guests = _read_guests(table, reading)
    uids = reading.uids
    uid = table.text("uid")
    said = table.text("origin", "plan" if uid else "you", choices=get_args(Origin))
    origin: Origin = next(o for o in get_args(Origin) if o == said)
    encounter = PlannedEncounter(
        uid=uid,
        on=on or dt.date.min,
        form=form,
        guests=guests,
        hours=table.number("hours", reading.hours_of.get(form, 1.0), 0, 24) or 0.0,
        at=table.time("at", ""),
        place=table.text("place"),
        locked=table.flag("locked", default=False),
        origin=origin,
        occasion=table.text("occasion"),
        sequence=table.whole("sequence", 0, 0, 1_000_000) or 0,
    )
    if on is None or not form:
        return None
    if not guests and origin != "calendar":
        table.told.tell(table.path, "has no guest.", "Set guests. It is left out.")
        return None
    if uid in uids:
        table.tell("uid", "is that of another encounter.", "It has a new one.")
    number = 0
    while not encounter.uid or encounter.uid in uids:
        number += 1
        names = " ".join(g.person for g in guests)
        encounter = replace(encounter, uid=derive_id("w", on.isoformat(), form, names, uid, number))
    uids.add(encounter.uid)
    return encounter


def _read_guests(table: Table, reading: _Reading) -> tuple[Guest, ...]:
    """Return the guests: tables, or names alone."""
    if not table.has("guests"):
        return ()
    listed = table.data["guests"]
    if not isinstance(listed, list):
        table.tell("guests", "has to be a list.", "It is left out.")
        return ()
    found: dict[str, Guest] = {}
    ids: dict[str, str] = {}
    read: list[Guest | None] = []
    for number, one in enumerate(listed):
        read.append(None)
        named = {"name": one} if isinstance(one, str) else one
        path = (*table.path, "guests", number)
        if not isinstance(named, Mapping):
            table.told.tell(path, "is no guest.", 'Write { name = "…" }. It is left out.')
            continue
        mine = Table(named, table.told, path)
        person, name = reading.person(mine)
        said = mine.text("reply", choices=get_args(Reply))
        reply: Reply = next(r for r in get_args(Reply) if r == said)
        guest = Guest(person, name, mine.text("why"), reply)
        mine.tell_unknown()
        if not person:
            table.told.tell(path, _whom(name), f"{_SET_PERSON} That guest is left out.")
            continue
        read[-1] = guest
        written = mine.text("person") or person
        if person not in found:
            found[person], ids[person] = guest, written
        elif ids[person] == written:
            table.told.tell(path, f"is a guest already: {name}.", "That guest is taken once.")
        else:
            # Two who were merged into one: what either answered is the answer.
            said_both = {found[person].reply, reply}
            reply = next((r for r in _SAID_MOST if r in said_both), "")
            found[person] = replace(found[person], reply=reply, why=found[person].why or guest.why)
    if isinstance(table.path[-1], int):
        reading.guests[table.path[-1]] = tuple(read)
    return tuple(found.values())


# ── writing ─────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, eq=False)
class _Block:
    """One piece of the file: a table with the comment before it, or what is none of ours.

    `guests` are as in `Parsed`.
    """

    kind: str
    text: str
    entry: Entry | None = None
    guests: tuple[Guest | None, ...] = ()


def write_weeks(kept: KeptWeeks, text: str = "", parsed: Parsed | None = None) -> str:
    """Return weeks.toml with these weeks, from the text that it held and what was read of it.

    Without a text it is made anew. What of the old text could not be used stays in it.
    """
    if parsed is not None and kept == parsed.kept:
        return text
    head, blocks = _cut(text or HEAD, parsed)
    head = _write_head(head, kept)
    for kind in KINDS:
        _renew(kind, list(_entries(kept, kind)), blocks)
    return _joined(head, blocks)


def _entries(kept: KeptWeeks, kind: str) -> Iterable[Entry]:
    if kind == "week":
        return kept.week_hours
    if kind == "encounter":
        return kept.encounters
    return kept.courtesies if kind == "courtesy" else kept.dropped


def _cut(text: str, parsed: Parsed | None) -> tuple[str, list[_Block]]:
    """Cut a text into its head and blocks; together they are the text.

    What is written as one table or as a list of the head becomes blocks as well.
    """
    entries = {(kind, number): entry for kind, number, entry in (parsed.entries if parsed else ())}
    guests = parsed.guests if parsed else {}
    text = _as_arrays(text)
    starts: list[tuple[int, str, int]] = []
    for span in scan_toml(text):
        first, number = span.path[0], span.path[1] if len(span.path) > 1 else None
        if span.kind == "array" and len(span.path) == 2 and isinstance(number, int):
            starts.append((_with_comment(text, span.start), str(first), number))
        elif span.kind == "table" and first not in KINDS:
            starts.append((_with_comment(text, span.start), "", -1))
    blocks = []
    for n, (start, kind, number) in enumerate(starts):
        end = starts[n + 1][0] if n + 1 < len(starts) else len(text)
        known = kind if kind in KINDS else ""
        entry = entries.get((kind, number)) if known else None
        mine = guests.get(number, ()) if kind == "encounter" else ()
        blocks.append(_Block(known, text[start:end], entry, mine))
    head = text[: starts[0][0]] if starts else text
    listed = [
        _Block(kind, said, entries.get((kind, n)), guests.get(n, ()) if kind == "encounter" else ())
        for kind in KINDS
        for n, said in enumerate(_listed(head, kind))
    ]
    return head, [*listed, *blocks]


def _as_arrays(text: str) -> str:
    """Return the text with `[encounter]` written as `[[encounter]]`, so that more can stand beside it."""
    for span in reversed(scan_toml(text)):
        if span.kind == "table" and span.path in {(kind,) for kind in KINDS}:
            text = f"{text[: span.start]}[[{span.path[0]}]]{text[span.value_end :]}"
    return text


def _listed(head: str, kind: str) -> list[str]:
    """Return what the head lists of a kind, each as a block; what is no table as a comment."""
    value = tomllib.loads(head).get(kind, [])
    listed = value if isinstance(value, list) else [value]
    return [
        _block(kind, one) if isinstance(one, Mapping) else f"# {kind} = {write_value(one)}\n"
        for one in listed
    ]


def _block(kind: str, values: Mapping[str, Any]) -> str:
    lines = [f"{write_key((k,))} = {write_value(v)}" for k, v in values.items()]
    return "\n".join((f"[[{kind}]]", *lines, ""))


def _with_comment(text: str, start: int) -> int:
    """Return where the comment begins that stands directly before a header, else the header."""
    while start > 0:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].lstrip().startswith("#"):
            break
        start = before
    return start


def _write_head(head: str, kept: KeptWeeks) -> str:
    """Set what holds for all weeks; entries that were written as lists of the head go."""
    changes: dict[Path, Any] = {(kind,): None for kind in KINDS}
    changes |= {("since",): kept.since, ("weeks",): kept.weeks, ("hours",): kept.hours}
    return edit_toml(head, changes)


def _renew(kind: str, wanted: list[Entry], blocks: list[_Block]) -> None:
    """Bring the blocks of one kind to what is wanted."""
    names = {_name(e) for e in wanted}
    old: dict[tuple[str, ...], _Block] = {}
    for block in [b for b in blocks if b.kind == kind and b.entry is not None]:
        name = _name(block.entry)
        if name in names and name not in old:
            old[name] = block
        else:
            blocks.remove(block)
    for entry in wanted:
        there = old.get(_name(entry))
        if there is None or there.entry is None:
            fresh = _Block(kind, _render(kind, entry, {}), entry)
            blocks.insert(_position(kind, entry, blocks), fresh)
        elif there.entry != entry:
            moved = _order(there.entry) != _order(entry)
            there.text, there.entry = _changed(kind, there, entry), entry
            if moved:
                blocks.remove(there)
                blocks.insert(_position(kind, entry, blocks), there)


def _name(entry: Entry | None) -> tuple[str, ...]:
    """Return what makes an entry the same one."""
    if isinstance(entry, PlannedEncounter | Dropped):
        return (entry.uid,)
    if isinstance(entry, Courtesy):
        return (entry.person, entry.on.isoformat(), entry.occasion, entry.courtesy)
    return (entry[0].isoformat(),) if entry is not None else ()


def _order(entry: Entry) -> tuple[str, str]:
    if isinstance(entry, PlannedEncounter):
        return entry.on.isoformat(), entry.at
    return (entry[0] if isinstance(entry, tuple) else entry.on).isoformat(), ""


def _position(kind: str, entry: Entry, blocks: list[_Block]) -> int:
    """Return where a new block goes: by day among its kind, else behind the kinds before it."""
    mine = [n for n, b in enumerate(blocks) if b.kind == kind]
    for n in mine:
        other = blocks[n].entry
        if other is not None and _order(other) > _order(entry):
            return n
    if mine:
        return mine[-1] + 1
    before = [n for n, b in enumerate(blocks) if b.kind in KINDS[: KINDS.index(kind)]]
    return before[-1] + 1 if before else 0


def _changed(kind: str, block: _Block, entry: Entry) -> str:
    """Return the text of a block with what differs changed, its comments and unknown keys kept."""
    raw = tomllib.loads(block.text)[kind][0]
    values = _values(entry, raw, block.guests)
    before = _values(block.entry, raw, block.guests) if block.entry is not None else {}
    # Ids of people who were merged since are put right in what is written anyway.
    merged = [g for g, r in zip(block.guests, raw.get("guests", ()), strict=False) if _is_merged(g, r)]
    renewed = {"guests"} if merged or isinstance(entry, Dropped) else {"person"}
    changes: dict[Path, Any] = {
        (kind, 0, key): values.get(key)
        for key in {**values, **before}
        if values.get(key) != raw.get(key) and (values.get(key) != before.get(key) or key in renewed)
    }
    try:
        return edit_toml(block.text, changes)
    except UsageError:
        return _render(kind, entry, {k: v for k, v in raw.items() if k not in {**values, **before}})


def _is_merged(guest: Guest | None, raw: object) -> bool:
    """Say whether a guest is written with an id that now leads to another."""
    return guest is not None and isinstance(raw, Mapping) and raw.get("person", guest.person) != guest.person


def _values(entry: Entry, raw: Mapping[str, Any], read: tuple[Guest | None, ...] = ()) -> dict[str, Any]:
    """Return the keys of an entry, without those that say nothing."""
    found: dict[str, Any]
    if isinstance(entry, PlannedEncounter):
        found = {
            "uid": entry.uid, "on": entry.on, "at": entry.at, "form": entry.form, "place": entry.place,
            "hours": entry.hours, "locked": entry.locked,
            "origin": "" if entry.origin == "plan" and "origin" not in raw else entry.origin,
            "occasion": entry.occasion, "sequence": entry.sequence,
            "guests": _guest_values(entry.guests, raw.get("guests"), read),
        }  # fmt: skip
    elif isinstance(entry, Courtesy):
        found = {
            "person": entry.person, "name": entry.name, "on": entry.on, "occasion": entry.occasion,
            "courtesy": entry.courtesy, "why": entry.why,
        }  # fmt: skip
    elif isinstance(entry, Dropped):
        found = {
            "uid": entry.uid, "on": entry.on, "form": entry.form, "guests": list(entry.guests),
            "sequence": entry.sequence, "by": "" if entry.by == "you" and "by" not in raw else entry.by,
        }  # fmt: skip
    else:
        return {"of": entry[0], "hours": entry[1]}
    silent = ("", False, 0)
    # What is missing there means something: the hours of the form, and the first change.
    spoken = {"hours", "sequence"} if isinstance(entry, Dropped) else {"hours"}
    return {k: v for k, v in found.items() if k in spoken or v not in silent}


def _guest_values(guests: tuple[Guest, ...], raw: object, read: tuple[Guest | None, ...]) -> list[Any]:
    """Return the guests as tables; what else the file says of one stays with that guest.

    `read` is what was read of each element of `raw`. An element that could not be used stays, behind
    those who can be.
    """
    listed = list(zip(raw, read, strict=False)) if isinstance(raw, list) else []
    of: dict[str, tuple[Mapping[str, Any], Guest]] = {}
    for one, guest in listed:
        if guest is not None and guest.person not in of:
            of[guest.person] = ({"name": one} if isinstance(one, str) else one, guest)
    found: list[Any] = []
    for guest in guests:
        known, before = of.get(guest.person, ({}, None))
        mine = {"person": guest.person, "name": guest.name, "reply": guest.reply, "why": guest.why}
        values = {k: v for k, v in mine.items() if v}
        # A reply that cannot be used, say, stays as it is written until there is another.
        for key, value in mine.items():
            if before is not None and key in known and getattr(before, key) == value == "":
                values[key] = known[key]
        found.append(values | {k: v for k, v in known.items() if k not in mine})
    return found + [one for one, guest in listed if guest is None]


def _render(kind: str, entry: Entry, unknown: Mapping[str, Any]) -> str:
    """Return a new block."""
    return _block(kind, _values(entry, {}) | dict(unknown))


def _joined(head: str, blocks: list[_Block]) -> str:
    """Put the pieces together, an empty line between those that have none."""
    out = head
    for block in blocks:
        if out and not out.endswith("\n"):
            out += "\n"
        if out and not out.endswith(("\n\n", "\n\r\n")):
            out += "\n"
        out += block.text
    return out


#: A line that says nothing that the user could want back: see `text_without_counts`.
_COUNT = re.compile(r"\s*sequence\s*=\s*\d+\s*")
_BY_PLAN = re.compile(r"""\s*by\s*=\s*["']plan["']\s*""")


def text_without_counts(text: str) -> str:
    """Return a text of weeks.toml without what only calendars need, empty lines too.

    Two versions with the same such text are the same to the user: undoing counts `sequence` on, and
    notes as `[[dropped]]` what it takes out.
    """
    pieces: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            pieces.append([])
        if line.strip() and not _COUNT.fullmatch(line):
            pieces[-1].append(line)
    lines: list[str] = []
    for piece in pieces:
        noted = piece[:1] == ["[[dropped]]"] and any(_BY_PLAN.fullmatch(line) for line in piece)
        # A comment behind it is that of what follows.
        lines += [line for line in piece if not noted or line.lstrip().startswith("#")]
    return "\n".join(lines)
