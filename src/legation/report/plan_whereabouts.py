"""Who cannot be met at all, or not for now: the dead, those believed abroad or away, one's own household."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from legation.people.heads import list_terms
from legation.people.seats import country_of_place
from legation.plan.inputs import AwaySpan
from legation.reading.participants import country_of
from legation.reading.tokens import fold
from legation.report.contacts import Met
from legation.report.encounters import first_of
from legation.report.kin import SERVANTS, SHARE
from legation.report.links import OFFICE_KINDS, holds_at, read_citation
from legation.report.occasions import standard_day
from legation.report.saying import parse_when, say_date, say_on
from legation.store import lookups, planning
from legation.store.rows import FactRow
from legation.store.tx import Tx

#: A departure told so long ago, with nothing since, says nothing any more.
DEPARTED_DAYS = 400
#: An encounter this long ago still says where somebody is, if no office says otherwise.
STILL_THERE_DAYS = 730
#: Whoever has a post abroad and was met this long ago is believed here; twice as long ago at a place of
#: the home country.
ON_LEAVE_DAYS = 45
#: Where the owner's own encounters say what is home: those of so many days.
HOME_DAYS = 5 * 365
_DAY = len("1939-03-09")
#: "Ambassador in Moscow", "Envoy to Finland": where a post is held.
_AT = re.compile(r"\b(?:in|at|to)\s+(?:the\s+)?(?P<place>[A-ZÀ-Ý][^,;()]*)")
#: Offices that are held where the country is, however often their holders travel.
_NATIONAL = re.compile(
    r"\b(?:foreign minister|prime minister|premier|chancellor|president|king|queen|emperor|empress|"
    r"minister|secretary of state|commissars?|head of (?:state|government|the government))\b",
    re.IGNORECASE,
)
_EXILE = re.compile(r"\bin exile\b|\bformer\b|\bex-", re.IGNORECASE)
#: "People's Commissar for …" needs no country's name.
_COMMISSAR = re.compile(r"\bpeople['’]s commissar", re.IGNORECASE)  # fmt: skip
_SPOUSES = frozenset({"wife", "husband", "spouse", "partner"})
_TYPES = {"spouse": "your spouse", "co-resident": "lives with you"}
_TYPE = re.compile(r"TYPE=\"?([\w,-]+)", re.IGNORECASE)


def load_dead(tx: Tx, on: dt.date, met: Mapping[str, Met]) -> dict[str, str]:
    """Return who is dead by a day, with how that is known.

    A card's date holds. A text that tells of a death holds only where nothing was held with the
    person after it was written: many a "he is dead" is of somebody else.
    """
    day = on.isoformat()
    found = {}
    for person, died in lookups.load_dead(tx):
        if first_of(standard_day(died)) <= day:
            found[person] = f"died {say_on(standard_day(died))}" if died else "dead"
    # A death that is still a question keeps somebody from being invited: the words say why.
    told = planning.load_told_of(tx, ("death",), day, ("read", "sure", "ask"))
    for person, _, died, written_on, quote in told:
        last = met[person].on if person in met else ""
        if person not in found and (not died or first_of(died) <= day) and last <= max(written_on, died):
            found[person] = f"believed dead: “{_short(quote)}”, {say_date(written_on)}"
    return found


def load_household(tx: Tx, owner: str, people: Iterable[str]) -> dict[str, str]:
    """Return who lives with the owner: spouse and servants, by cards and by what texts call them."""
    people = list(people)
    found = {}
    for person, block in planning.load_blocks(tx, people).items():
        kin = block.split("|")
        if kin[0] == "kin" and len(kin) > 2 and kin[2] in _SPOUSES:
            found[person] = "your household: seen daily, which needs no plan"
    found |= _related(tx, owner)
    uses: dict[str, Counter[bool]] = defaultdict(Counter)
    for person, words, number in planning.load_words_of(tx, people):
        uses[person][bool(SERVANTS.match(words))] += number
    for person, counted in uses.items():
        if counted[True] > 1 and counted[True] >= SHARE * counted.total():
            found.setdefault(person, "of your household: seen daily, which needs no plan")
    return found


def _related(tx: Tx, owner: str) -> dict[str, str]:
    """Return who is spouse or housemate of the owner by the cards of either."""
    facts = lookups.load_facts(tx, (owner,), ("relation", "uid")) if owner else []
    mine = {f.value.removeprefix("urn:uuid:") for f in facts if f.kind == "uid"}
    towards = {f.value: kind for f in facts if f.kind == "relation" and (kind := _relation(f))}
    uids = [*towards, *(u.removeprefix("urn:uuid:") for u in towards)]
    found = {}
    for uid, person in lookups.load_people_of_uids(tx, uids).items():
        kind = towards.get(uid) or towards.get(f"urn:uuid:{uid}", "")
        found[person] = f"{_TYPES[kind]}: seen daily, which needs no plan"
    if mine:
        everybody = (p for p, _, _ in lookups.load_all_names(tx) if p != owner)
        for fact in lookups.load_facts(tx, everybody, ("relation",)):
            kind = _relation(fact)
            if kind and fact.value.removeprefix("urn:uuid:") in mine:
                found[fact.person] = f"{_TYPES[kind]}: seen daily, which needs no plan"
    return found


def _relation(fact: FactRow) -> str:
    cited = read_citation(fact.citation)
    match = _TYPE.search(cited["quote"]) if cited else None
    kinds = match[1].lower().split(",") if match else []
    return next((k for k in kinds if k in _TYPES), "")


class Whereabouts:
    """Where people are believed to be on a day: the owner's home country, and each person's last place."""

    def __init__(self, tx: Tx, owner: str, on: dt.date, home: Sequence[str], people: Iterable[str]) -> None:
        self.on = on
        self.day = on.isoformat()
        self.people = list(people)
        self.offices: dict[str, list[FactRow]] = defaultdict(list)
        for fact in lookups.load_facts(tx, [*self.people, owner], OFFICE_KINDS):
            self.offices[fact.person].append(fact)
        self.places: dict[str, list[tuple[str, str]]] = defaultdict(list)
        since = (on - dt.timedelta(days=min(HOME_DAYS, on.toordinal() - 1))).isoformat()
        countries: Counter[str] = Counter()
        for person, day, place in planning.load_places_with(tx, owner, self.day):
            self.places[person].append((day, place))
            if day >= since:
                countries[country_of_place(place)] += 1
        countries.pop("", None)
        named = [c for c in map(country_of_place, home) if c]
        post = next((c for c in (self._post(f) for f in self._held(owner)) if c), "")
        self.home = named[0] if named else post or (countries.most_common(1)[0][0] if countries else "")
        # Who governs other countries is known from public record, whatever the cards say.
        self._heads = {fold(t.name): t for t in list_terms() if t.covers(on)}
        told = planning.load_told_of(tx, ("departure", "arrival"), self.day)
        self.moves: dict[str, tuple[str, str, str, str]] = {}
        for person, kind, day, written_on, quote in told:
            self.moves[person] = (kind, day, written_on, quote)

    def never(self, person: str, name: str, met: Met | None) -> str:
        """Return why somebody is believed abroad for good as far as is known, or ""."""
        if not self.home:
            return ""
        seen = met.on if met else ""
        posts = [(f, c) for f in self._held(person) if (c := self._post(f))]
        if any(country == self.home for _, country in posts):
            return ""
        office = posts[0][0] if posts else None
        if office is None and (term := self._heads.get(fold(name))) and term.country != self.home:
            if self._seen_here(term.start.isoformat(), self._last_place(person, at_home=True), seen):
                return ""
            return f"believed abroad: {term.office} since {term.start.year}"
        here = self._last_place(person, at_home=True)
        away = self._last_place(person, at_home=False)
        if office is not None and not self._seen_here(office.start_on, here, seen):
            since = f" since {office.start_on[:4]}" if office.start_on else ""
            return f"believed abroad: {office.value}{since}"
        if office is not None or not away or self._days_ago(away[0]) > STILL_THERE_DAYS:
            return ""
        if away[0] >= seen and away[0] > (here[0] if here else ""):
            return f"believed in {away[1]}: met there last {say_on(away[0])}"
        return ""

    def _seen_here(self, begun: str, here: tuple[str, str] | None, seen: str) -> bool:
        """Say whether somebody was met of late while holding a post abroad: then he is back, or on leave."""
        if here and here[0] >= begun and self._days_ago(here[0]) <= 2 * ON_LEAVE_DAYS:
            return True
        return bool(seen) and seen >= begun and self._days_ago(seen) <= ON_LEAVE_DAYS

    def _days_ago(self, on: str) -> int:
        day = _day_of(on)
        return (self.on - day).days if day else 10**6

    def away(self, person: str, met: Met | None) -> tuple[AwaySpan, ...]:
        """Return that somebody has left, where a text says so and nothing tells of a return since."""
        move = self.moves.get(person)
        if move is None or move[0] != "departure":
            return ()
        _, day, written_on, quote = move
        when = day if len(day) == _DAY else written_on
        if (met and met.on >= when) or self._days_ago(when) > DEPARTED_DAYS:
            return ()
        why = f"believed away: “{_short(quote)}”, {say_date(written_on)}, and no return is told"
        return (AwaySpan(_day_of(when), None, why),)

    def _held(self, person: str) -> list[FactRow]:
        facts = [
            f for f in self.offices.get(person, ()) if f.value and holds_at(f.start_on, f.end_on, self.day)
        ]
        dated = [f for f in facts if f.start_on or f.end_on]
        return sorted(dated or facts, key=lambda f: (f.start_on, f.fact), reverse=True)

    @staticmethod
    def _post(fact: FactRow) -> str:
        """Return the country where a post is held, "" where that is not said."""
        title = fact.value
        if _EXILE.search(title):
            return ""
        named = [c for m in _AT.finditer(title) if (c := country_of_place(m["place"]))]
        if named:
            return named[-1]
        if not _NATIONAL.search(title):
            return ""
        if _COMMISSAR.search(title):
            return "RU"
        of = title.rpartition(" of ")[2]
        return country_of(title) or country_of(of) or country_of_place(of) or country_of(of.removesuffix("s"))

    def _last_place(self, person: str, *, at_home: bool) -> tuple[str, str] | None:
        """Return (day, place) of the last encounter that has a place in the home country, or in another."""
        for day, place in reversed(self.places.get(person, ())):
            country = country_of_place(place)
            if country and (country == self.home) == at_home:
                return day, place
        return None


def _day_of(on: str) -> dt.date | None:
    """Return the last day that a date allows."""
    when = parse_when(on)
    return when.last if when else None


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
