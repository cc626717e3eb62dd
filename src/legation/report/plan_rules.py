"""Whom plan.toml means: its names found among the people on record; what leads nowhere is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legation.facts.problem import Problem
from legation.plan.settings import Away, PlanSettings, Rules, Who, Wish, fold_circle
from legation.plan.toml_spans import Path
from legation.plan.values import Told, near_name
from legation.report.people import NameIndex
from legation.store import lookups
from legation.store.tx import Tx


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The settings with people for names; every id is that of now.

    `circles` are the circles of each person who has any; `away` has ids in `person`; pairs of
    `apart` and `together` are sorted, circles written out, and nobody is paired with himself.
    """

    rules: Rules
    circles: Mapping[str, tuple[str, ...]]
    away: tuple[Away, ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    together: frozenset[tuple[str, str]] = frozenset()
    start: tuple[str, ...] = ()
    let_go: frozenset[str] = frozenset()

    @property
    def settings(self) -> PlanSettings:
        """What plan.toml sets."""
        return self.rules.settings

    def circle_members(self) -> dict[str, tuple[str, ...]]:
        """Return the people of every circle that plan.toml names, by its name there."""
        members: dict[str, list[str]] = defaultdict(list)
        named = {fold_circle(n): n for n in self.settings.circles}
        for person, circles in sorted(self.circles.items()):
            for name in dict.fromkeys(named.get(fold_circle(c), "") for c in circles):
                if name:
                    members[name].append(person)
        return {n: tuple(members.get(n, ())) for n in self.settings.circles}


def resolve_plan(
    tx: Tx, settings: PlanSettings, owner: str, text: str = ""
) -> tuple[PlanRules, tuple[Problem, ...]]:
    """Return the settings with people for names, and the names that lead to nobody or to several.

    `owner` is the owner's id, who is nobody to be met; `text` is that of plan.toml, by which lines
    are found. Names are looked up only where there are any.
    """
    return _Resolver(tx, settings, owner, text).run()


class _Resolver:
    """One resolution: every name is looked up once, and told once."""

    def __init__(self, tx: Tx, settings: PlanSettings, owner: str, text: str) -> None:
        self.tx = tx
        self.settings = settings
        self.owner = owner
        self.told = Told("plan.toml", text, "setting-name")
        self.index: NameIndex | None = None
        self.found: dict[str, str] = {}
        self.circles: dict[str, tuple[str, ...]] = {}
        self.members: dict[str, set[str]] = defaultdict(set)

    def run(self) -> tuple[PlanRules, tuple[Problem, ...]]:
        """Look every name up."""
        plan = self.settings
        self._load_circles()
        people: dict[str, Wish] = {}
        for name, wish in plan.people.items():
            key = ("intervals_days", name)
            person = self._person(name, key)
            if person and person in people:
                self.told.tell(key, "is somebody whose interval is set above.", "The first one holds.")
            elif person:
                people[person] = wish
        for name in plan.circles:
            if fold_circle(name) not in self.members:
                self._tell_circle(name, ("circles", name))
        rules = PlanRules(
            rules=Rules(plan, people),
            circles=self.circles,
            away=tuple(
                Away(person, a.since, a.until, a.why, a.key)
                for a in plan.away
                if (person := self._person(a.person, a.key))
            ),
            apart=self._pairs((p.one, p.other, p.key) for p in plan.apart),
            together=self._pairs((p.one, p.other, p.key) for p in plan.together),
            start=self._list(plan.start, "start"),
            let_go=frozenset(self._list(plan.let_go, "let_go")),
        )
        return rules, self.told.in_order()

    def _load_circles(self) -> None:
        """Load the circles, where plan.toml names one."""
        plan = self.settings
        named = any(w.kind == "circle" for p in (*plan.apart, *plan.together) for w in (p.one, p.other))
        if not plan.circles and not named:
            return
        circles: dict[str, list[str]] = defaultdict(list)
        for person, circle in lookups.load_circles(self.tx):
            if person != self.owner:
                circles[person].append(circle)
                self.members[fold_circle(circle)].add(person)
        self.circles = {p: tuple(c) for p, c in circles.items()}

    def _person(self, name: str, key: Path) -> str:
        """Return who is called so, or "" and tell why nobody is."""
        if name in self.found:
            return self.found[name]
        if self.index is None:
            self.index = NameIndex(self.tx)
        index = self.index
        current = lookups.load_current_person(self.tx, name) if name.startswith("p-") else ""
        matches = [current] if current else index.matches(name, loosely=False)
        said = () if name in key else (f"names “{name}”, who",)
        person = ""
        if not matches:
            near = index.near(name)
            hint = f"Near it: {', '.join(near)}." if near else "See `legation people` for who is."
            self._tell(key, said, "is nobody on record.", hint)
        elif len(matches) > 1:
            names = ", ".join(sorted({index.names.get(p, p) for p in matches})[:4])
            self._tell(
                key, said, f"fits {len(matches)} people.", f"Write more of the name, or the id: {names}."
            )
        elif matches[0] == self.owner:
            self._tell(key, said, "is the owner.", "Nobody plans to meet himself; it has no effect.")
        else:
            person = matches[0]
        self.found[name] = person
        return person

    def _tell(self, key: Path, said: tuple[str, ...], message: str, hint: str) -> None:
        self.told.tell(key, " ".join((*said, message)), hint)

    def _tell_circle(self, name: str, key: Path) -> None:
        known = sorted({c for circles in self.circles.values() for c in circles})
        hint = (
            "Circles are the categories of address cards." + near_name(name, known)
            if known
            else "Circles are the categories of address cards, and no card has any."
        )
        self.told.tell(key, f"names the circle “{name}”, which nobody is in.", hint)

    def _pairs(self, pairs: Iterable[tuple[Who, Who, Path]]) -> frozenset[tuple[str, str]]:
        found = set()
        for one, other, key in pairs:
            for a in self._who(one, key):
                for b in self._who(other, key):
                    if a != b:
                        found.add((min(a, b), max(a, b)))
        return frozenset(found)

    def _who(self, who: Who, key: Path) -> list[str]:
        """Return the people that one side of a pair means."""
        if who.kind == "person":
            person = self._person(who.name, key)
            return [person] if person else []
        members = self.members.get(fold_circle(who.name))
        if not members:
            self._tell_circle(who.name, key)
        return sorted(members or ())

    def _list(self, names: tuple[str, ...], key: str) -> tuple[str, ...]:
        found = (self._person(name, (key,)) for name in names)
        return tuple(dict.fromkeys(p for p in found if p))
