"""What goes out of the weeks that stand: calendar, guest lists, letters, the printable week.

And what comes back: answers. The weeks are read anew at each call, so that what was edited by hand
or in the desk counts at once.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legation.facts.errors import AmbiguousError, NotFoundError, UsageError
from legation.report.guests import GuestRow, guest_rows
from legation.report.ical import Host, clean_line, count_events, event_uid, write_calendar, write_invitation
from legation.report.links import Links
from legation.report.people import find_person
from legation.report.saying import say_date, say_form_title
from legation.report.views import PersonLink
from legation.report.week import WeekSheet, week_sheet
from legation.store import lookups
from legation.workspace.feed_key import load_feed_key, renew_feed_key

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.facts.problem import Problem
    from legation.plan.weeks import Guest, KeptWeeks, PlannedEncounter, Reply
    from legation.report.letters import Letter
    from legation.report.replies import GuestReply, MatchedReply
    from legation.store.store import Store
    from legation.store.tx import Tx
    from legation.workspace.own_files import OwnFiles
    from legation.workspace.settings import Settings

#: The day before which nothing was changed: where no weeks are kept.
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar as it is written: its bytes, when the weeks were last changed, and what is in it."""

    body: bytes
    changed_at: dt.datetime
    encounters: int
    cancelled: int
    courtesies: int


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter and its file; `written` is False where there was one of that name already."""

    letter: Letter
    file: str
    written: bool


@dataclass(frozen=True, slots=True)
class LettersReceipt:
    """What was written, and who was marked as invited (names)."""

    folder: str
    files: tuple[LetterFile, ...]
    invited: tuple[str, ...]
    #: Letters that lie there and ask for what stands no more.
    outdated: tuple[str, ...] = ()


class Outgoing:
    """The ways out of a workspace's weeks."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, today: dt.date) -> None:
        self.root = settings.root
        self.store = store
        self.settings = settings
        self.clock = clock
        self.today = today
        #: What of weeks.toml could not be used when it was last read.
        self.problems: tuple[Problem, ...] = ()

    # ── what stands ─────────────────────────────────────────────────────────────────────

    def kept(self) -> KeptWeeks | None:
        """Return the weeks that stand, None where none are kept. Raises WorkspaceError."""
        from legation.workspace.weeks_file import load_weeks  # noqa: PLC0415 - brings a TOML writer with it

        loaded = load_weeks(self._files(), self.settings.plan.forms, self._find)
        self.problems = loaded.problems
        return loaded.kept

    def _files(self) -> OwnFiles:
        from legation.workspace.own_files import OwnFiles  # noqa: PLC0415

        return OwnFiles(self.root, self.store, self.clock)

    def _find(self, name: str) -> str:
        """Return the id of a guest whom the file names without one, "" for nobody or several."""
        with self.store.looking() as tx, suppress(UsageError):
            return find_person(tx, name, self.today)
        return ""

    def need_kept(self) -> KeptWeeks:
        """Return the weeks that stand. Raises NotFoundError where none are kept."""
        kept = self.kept()
        if kept is None:
            raise NotFoundError("no weeks are kept yet", "`legation plan --keep` makes a plan and keeps it.")
        return kept

    def changed_at(self) -> dt.datetime:
        """Return when weeks.toml was last written, to the second."""
        from legation.workspace.settings import WEEKS  # noqa: PLC0415

        try:
            seconds = (self.root / WEEKS).stat().st_mtime
        except FileNotFoundError:
            return NEVER
        return dt.datetime.fromtimestamp(int(max(seconds, 0)), dt.UTC)

    def calendar(self, *, why: bool = False) -> CalendarFile:
        """Return the calendar of the weeks that stand; an empty one where none are kept."""
        from legation.plan.weeks import KeptWeeks  # noqa: PLC0415

        kept = self.kept() or KeptWeeks(self.today, 0)
        with self.store.looking() as tx:
            addresses = first_addresses(tx, _people(kept))
            host = self._host(tx)
        stamp = self.changed_at()
        name = f"Legation: {self.settings.name}" if self.settings.name else "Legation"
        body = write_calendar(kept, stamp=stamp, host=host, addresses=addresses, name=name, why=why)
        return CalendarFile(body, stamp, *count_events(kept))

    def week(self, on: dt.date | None = None, *, why: bool = False) -> WeekSheet:
        """Return the sheet of the week that a day is in (today's, without one)."""
        kept = self.kept()
        with self.store.looking() as tx:
            return week_sheet(kept, on or self.today, _linking(tx, self.today), why=why)

    def guests(self, uid: str = "", *, coming: bool = False) -> tuple[GuestRow, ...]:
        """Return the guests of one encounter, or of all that stand. Raises NotFoundError."""
        kept = self.need_kept()
        uid = event_uid(self._encounter(kept, uid)) if uid else ""
        with self.store.looking() as tx:
            addresses = first_addresses(tx, _people(kept))
            return guest_rows(kept, _linking(tx, self.today), addresses, uid=uid, coming=coming)

    def encounter(self, uid: str) -> PlannedEncounter:
        """Return what stands under a UID, or its beginning. Raises NotFoundError, AmbiguousError."""
        return self._encounter(self.need_kept(), uid)

    # ── the feed ────────────────────────────────────────────────────────────────────────

    def feed_key(self, *, make: bool = True) -> str:
        """Return the key of the feed's address; it is made on first use, unless `make` is False."""
        return load_feed_key(self.root, make=make)

    def renew_feed_key(self) -> str:
        """Make a new key; the old address leads nowhere from now on."""
        return renew_feed_key(self.root)

    # ── letters ─────────────────────────────────────────────────────────────────────────

    def write_letters(
        self,
        *,
        on: dt.date | None = None,
        uid: str = "",
        folder: Path | None = None,
        again: bool = False,
        with_calendar: bool = False,
        invite: bool = False,
    ) -> LettersReceipt:
        """Write a letter for each guest who is not invited yet, into `folder` (the workspace's letters).

        `on` is the day of the letters (today); `uid` keeps one encounter; `again` takes those who
        are invited already as well. No file is overwritten. `invite` marks everybody whose letter
        lies there as invited. Raises NotFoundError, UsageError, WorkspaceError.
        """
        from legation.report.letters import outdated_names  # noqa: PLC0415 - only for letters
        from legation.workspace.letters_file import FOLDER  # noqa: PLC0415 - only for letters
        from legation.workspace.out_files import write_once  # noqa: PLC0415

        kept, day = self.need_kept(), on or self.today
        uid = event_uid(self._encounter(kept, uid)) if uid else ""
        folder = folder or self.root / FOLDER
        stamp = self.changed_at()
        made: list[tuple[PlannedEncounter, Guest, LetterFile]] = []
        with self.store.looking() as tx:
            host, addresses = self._host(tx), first_addresses(tx, _people(kept))
            chosen, names = self._letters(kept, day, uid, _linking(tx, day), host.name, again=again)
        folder.mkdir(parents=True, exist_ok=True)
        for encounter, guest, letter, name in chosen:
            path = folder / f"{name}.txt"
            written = write_once(path, letter.text.encode("utf-8", "replace"))
            if with_calendar:
                invitation = write_invitation(encounter, guest, stamp=stamp, host=host, addresses=addresses)
                write_once(folder / f"{name}.ics", invitation)
            made.append((encounter, guest, LetterFile(letter, str(path), written)))
        invited = [(e, g) for e, g, _ in made if not g.reply] if invite else []
        if invited:
            self._set_replies([(event_uid(e), g.person, "needs-action") for e, g in invited])
        lying = {p.stem: p for p in sorted(folder.glob("*.txt"))}
        old = tuple(str(lying[name]) for name in outdated_names(names, lying, day))
        return LettersReceipt(str(folder), tuple(f for *_, f in made), tuple(g.name for _, g in invited), old)

    def _letters(
        self,
        kept: KeptWeeks,
        day: dt.date,
        uid: str,
        link: Callable[[str, str], PersonLink],
        owner: str,
        *,
        again: bool,
    ) -> tuple[list[tuple[PlannedEncounter, Guest, Letter, str]], tuple[str, ...]]:
        """Return the letters that are to be written with their names, and the names of all."""
        from legation.report.letters import distinct_names, needs_letter, write_letter  # noqa: PLC0415
        from legation.workspace.letters_file import load_letter_texts  # noqa: PLC0415

        texts = load_letter_texts(self.root)
        # Of everybody, also those who need none now: a file's name must not depend on who is left.
        every = [
            (
                encounter, guest,
                write_letter(
                    encounter, guest, today=day, owner=owner, texts=texts,
                    office=link(guest.person, day.isoformat()).office,
                ),
            )
            for encounter in sorted(kept.encounters, key=lambda e: (e.on, e.at, event_uid(e)))
            if needs_letter(encounter)
            for guest in encounter.guests
        ]  # fmt: skip
        names = distinct_names(letter for *_, letter in every)
        wanted = ("", "needs-action", "accepted", "tentative") if again else ("",)
        chosen = [
            (encounter, guest, letter, name)
            for (encounter, guest, letter), name in zip(every, names, strict=True)
            if encounter.on >= day and guest.reply in wanted and uid in ("", event_uid(encounter))
        ]
        return chosen, names

    # ── replies ─────────────────────────────────────────────────────────────────────────

    def set_reply(self, uid: str, person: str, reply: Reply) -> tuple[str, bool]:
        """Set a guest's answer; returns the guest's name and whether it changed.

        Raises NotFoundError: no such encounter, or the person is no guest of it.
        """
        encounter = self._encounter(self.need_kept(), uid)
        guest = next((g for g in encounter.guests if g.person == person), None)
        if guest is None:
            names = ", ".join(clean_line(g.name) for g in encounter.guests) or "nobody"
            raise NotFoundError("that is no guest of this encounter", f"Its guests are {names}.")
        if guest.reply == reply:
            return guest.name, False
        self._set_replies([(event_uid(encounter), person, reply)])
        return guest.name, True

    def guest_named(self, uid: str, name: str, find: Callable[[str], str]) -> str:
        """Return the id of a guest of an encounter by id, by the name there, or by any name on record.

        Raises NotFoundError, AmbiguousError.
        """
        encounter = self._encounter(self.need_kept(), uid)
        folded = clean_line(name).casefold()
        exact = [g for g in encounter.guests if name == g.person or clean_line(g.name).casefold() == folded]
        if len(exact) == 1:
            return exact[0].person
        return find(name)

    def take_replies(self, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, MatchedReply], ...]:
        """Read answers from files, set those that match a guest, and return (file, what became of it)."""
        from legation.report.replies import MatchedReply, match_replies, parse_reply, read_replies  # noqa: PLC0415

        kept = self.need_kept()
        with self.store.looking() as tx:
            addresses = load_addresses(tx, _people(kept))
        read: list[GuestReply] = []
        names: list[str] = []
        unread: list[tuple[str, MatchedReply]] = []
        for name, data in files:
            answers, said = read_replies(data)
            read += answers
            names += [name] * len(answers)
            unread += [(name, MatchedReply("", "", "", "", "", "", "", "unread", text)) for text in said]
        matched = match_replies(kept, read, addresses)
        taken = [
            (m.uid, m.person, reply)
            for m in matched
            if m.state == "taken" and (reply := parse_reply(m.reply))
        ]
        if taken:
            self._set_replies(taken)
        return (*zip(names, matched, strict=True), *unread)

    def _set_replies(self, replies: Sequence[tuple[str, str, Reply]]) -> None:
        """Set answers (uid, person, answer) in weeks.toml, all or none."""
        from legation.plan.changes import WeekChange, apply_change  # noqa: PLC0415 - only where something is set
        from legation.workspace.weeks_file import edit_weeks  # noqa: PLC0415

        def change(kept: KeptWeeks | None) -> KeptWeeks:
            if kept is None:
                raise NotFoundError("the weeks are gone", "weeks.toml was taken away just now.")
            for uid, person, reply in replies:
                kept = apply_change(kept, WeekChange("reply", uid, person=person, reply=reply))
            return kept

        edit_weeks(self._files(), None, change, self.settings.plan.forms, self._find)

    # ── what both need ──────────────────────────────────────────────────────────────────

    @staticmethod
    def _encounter(kept: KeptWeeks, uid: str) -> PlannedEncounter:
        """Return the encounter of a UID, or of the beginning of one. Raises NotFoundError, AmbiguousError."""
        fits = [e for e in kept.encounters if event_uid(e) == uid]
        fits = fits or [e for e in kept.encounters if uid and begins(event_uid(e), uid)]
        if not fits:
            raise NotFoundError(f"no encounter of the plan has the UID {uid}", "`legation week` shows them.")
        if len(fits) > 1:
            options = tuple(
                (event_uid(e), f"{say_form_title(e.form)}, {say_date(e.on.isoformat())}") for e in fits
            )
            raise AmbiguousError(f"{uid} fits {len(fits)} encounters", options, "Give more of the UID.")
        return fits[0]

    def _host(self, tx: Tx) -> Host:
        person, name = lookups.load_owner(tx)
        return Host(name or self.settings.owner, first_addresses(tx, (person,)).get(person, ""))


def begins(uid: str, given: str) -> bool:
    """Say whether a UID begins so, with or without what the UIDs of all plans begin with."""
    return uid.startswith(given) or uid.partition("-")[2].startswith(given)


def _people(kept: KeptWeeks) -> tuple[str, ...]:
    return tuple(dict.fromkeys(g.person for e in kept.encounters for g in e.guests if g.person))


def _linking(tx: Tx, day: dt.date) -> Callable[[str, str], PersonLink]:
    """Return what gives somebody's name and office at a date, following merges."""
    links = Links(tx, day.isoformat())
    known: dict[str, str] = {}

    def link(person: str, on: str) -> PersonLink:
        if person not in known:
            known[person] = lookups.load_current_person(tx, person) or person if person else ""
        found = links.person(known[person], on)
        return PersonLink(person, found.name or "", found.office)

    return link


def load_addresses(tx: Tx, people: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the e-mail addresses of people on their cards, in the order in which the cards have them."""
    now = {p: lookups.load_current_person(tx, p) or p for p in people if p}
    found: dict[str, list[tuple[str, int, str]]] = {}
    for fact in lookups.load_facts(tx, now.values(), ("email",)):
        start = int(json.loads(fact.citation).get("start", 0)) if fact.citation else 0
        found.setdefault(fact.person, []).append((fact.item, start, fact.value.strip()))
    return {p: tuple(a for *_, a in sorted(found[n])) for p, n in now.items() if n in found}


def first_addresses(tx: Tx, people: Iterable[str]) -> dict[str, str]:
    """Return one e-mail address of each person who has any."""
    return {person: addresses[0] for person, addresses in load_addresses(tx, people).items()}
