"""Seating the guests of a planned encounter: who comes, their ranks by office, and who is apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legation.facts.errors import UsageError
from legation.people.ranks import canonical_title, sex_of
from legation.plan.precedence import rank_of
from legation.plan.seating import Couples, Diner, Near, SeatingTask, Sex
from legation.plan.seating_file import check_task, make_tables, settle_sight
from legation.report.ical import event_uid
from legation.report.links import Links
from legation.report.plan_rules import resolve_plan
from legation.report.saying import say_date, say_form_title, say_number
from legation.store import lookups
from legation.workspace.outgoing import Outgoing

if TYPE_CHECKING:
    from legation.facts.clock import Clock
    from legation.plan.weeks import Guest, PlannedEncounter
    from legation.store.store import Store
    from legation.store.tx import Tx
    from legation.workspace.settings import Settings

#: An encounter of fewer guests needs no plan of seats.
FEWEST = 3
#: More than so many guests sit at several round tables, where nothing else is asked for.
ONE_TABLE, ROUND_SEATS = 40, 10


@dataclass(frozen=True, slots=True)
class SeatingChoice:
    """How to seat, where the encounter does not say; `alternate` None is where sexes are known."""

    tables: str = ""
    host: str = ""
    hostess: str = ""
    couples: Couples = "apart"
    alternate: bool | None = None


class SeatingDesk:
    """What a workspace knows for seating people."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, today: dt.date) -> None:
        self.store = store
        self.settings = settings
        self.out = Outgoing(store, settings, clock, today)

    def encounters(self) -> tuple[tuple[str, str], ...]:
        """Return (uid, what it is called) of the kept encounters that have guests enough to seat."""
        kept = self.out.kept()
        return tuple(
            (event_uid(e), f"{_title(e)}, {say_number(len(_coming(e)), 'guest')}")
            for e in (kept.encounters if kept else ())
            if len(_coming(e)) >= FEWEST
        )

    def task(self, uid: str, choice: SeatingChoice) -> SeatingTask:
        """Return the guests of a kept encounter, to be seated as chosen; whoever declined is left out.

        Raises:
            NotFoundError: no such encounter is kept.
            AmbiguousError: several begin so.
            UsageError: nobody comes, or what was chosen cannot be.
        """
        found = self.out.encounter(uid)
        with self.store.looking() as tx:
            task = self._seat(tx, found, choice)
        complaints = check_task(task)
        if complaints:
            raise UsageError(" ".join(complaints), "Choose other tables, or name the host as on record.")
        return task

    def _seat(self, tx: Tx, encounter: PlannedEncounter, choice: SeatingChoice) -> SeatingTask:
        owner, owner_name = lookups.load_owner(tx)
        owner_name = owner_name or self.settings.owner
        links = Links(tx, encounter.on.isoformat())
        people = {g.person: lookups.load_current_person(tx, g.person) or g.person for g in _coming(encounter)}
        links.need_people(p for p in people.values() if p)
        diners: list[Diner] = []
        for guest in _coming(encounter):
            person = people[guest.person]
            link = links.person(person, encounter.on.isoformat()) if person else None
            name = (link.name if link else "") or guest.name
            office = link.office if link else ""
            diners.append(_diner(name, office, person))
        if not diners:
            raise UsageError(
                "Nobody comes to this encounter.", "Ask guests first; who declined is not seated."
            )
        # The owner gives it and sits with the guests, unless somebody else is named host.
        names = {d.name for d in diners}
        giver = owner_name if owner_name not in names else ""
        if giver:
            diners.append(replace(_diner(owner_name, "", owner), rank=0))
        host = choice.host or owner_name
        for extra in (host, choice.hostess):
            if extra and extra not in {d.name for d in diners}:
                diners.append(replace(_diner(extra, "", ""), rank=0))
        diners = _unlike(diners)
        rules, _ = resolve_plan(tx, self.settings.plan, owner, self.settings.plan_text)
        here = {d.person: d.name for d in diners if d.person}
        apart = [(here[a], here[b]) for a, b in sorted(rules.apart) if a in here and b in here]
        near = [Near(here[a], here[b], "table") for a, b in sorted(rules.together) if a in here and b in here]
        tables = make_tables(
            choice.tables or _shape(len(diners)), len(diners), host=host, hostess=choice.hostess
        )
        if tables is None:
            raise UsageError(f"“{choice.tables}” is no shape of tables.", "Use long, round, or 20x10.")
        never, unkept = settle_sight(apart, tables)
        sexes = {d.sex for d in diners if d.sex}
        return SeatingTask(
            tuple(diners), tuple(tables), tuple(never), tuple(near), couples=choice.couples,
            alternate=sexes == {"f", "m"} if choice.alternate is None else choice.alternate,
            title=_title(encounter), giver=giver, unkept=unkept,
        )  # fmt: skip


def _coming(encounter: PlannedEncounter) -> list[Guest]:
    return [g for g in encounter.guests if g.reply != "declined"]


def _title(encounter: PlannedEncounter) -> str:
    said = f"{say_form_title(encounter.form)} on {say_date(encounter.on.isoformat())}"
    return f"{said}, {encounter.place}" if encounter.place else said


def _diner(name: str, office: str, person: str) -> Diner:
    return Diner(name, rank_of(office, name), _sex_of(name), office=office, person=person)


def _sex_of(name: str) -> Sex:
    """Return the sex that the title before a name tells, "" where it tells none."""
    words = name.casefold().replace(".", "").split()
    return sex_of(tuple(canonical_title(w) for w in words[:1])) if len(words) > 1 else ""


def _unlike(diners: list[Diner]) -> list[Diner]:
    """Return the guests, of those who share a name the later ones with a number."""
    seen: dict[str, int] = {}
    out = []
    for diner in diners:
        seen[diner.name] = seen.get(diner.name, 0) + 1
        number = seen[diner.name]
        out.append(replace(diner, name=f"{diner.name} ({number})") if number > 1 else diner)
    return out


def _shape(guests: int) -> str:
    return "long" if guests <= ONE_TABLE else f"{-(-guests // ROUND_SEATS)}x{ROUND_SEATS}"
