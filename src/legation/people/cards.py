"""People known beforehand: from cards and rows of address lists, and as authors of documents.

Two cards are one person when their UID or an e-mail address says so; cards that merely bear one
name are asked about (decision 0004).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from legation.facts.candidates import CardField, Reading
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.facts.span import Citation
from legation.people.compat import relate_given
from legation.people.identity import KnownPerson
from legation.people.naming import Name, parse_name
from legation.people.resolve import block_keys
from legation.reading.cards import (
    display_name,
    list_offices,
    name_in_order,
    parse_card_date,
    parse_when,
    split_components,
)
from legation.reading.tokens import fold

#: What a person's page shows of a card, by property.
SHOWN = {
    "email": "email", "tel": "tel", "note": "note", "org": "org", "title": "title", "role": "title",
    "categories": "category", "bday": "birthday", "adr": "address", "url": "url", "impp": "im",
    "related": "relation", "anniversary": "anniversary", "gender": "gender", "deathdate": "death",
    "nickname": "name",
}  # fmt: skip
OCCASIONS = {"bday": "birthday", "anniversary": "anniversary"}
_MAIDEN = re.compile(r"[(,]?\s*\b(?:née|nee|born|geb\.|geborene)\s+(\w[\w'’-]+)", re.IGNORECASE)
LISTED = frozenset({"categories", "nickname"})


@dataclass(frozen=True, slots=True)
class Card:
    """One card or row, with a citation of its item to cut others from."""

    item: str
    document: str
    rendition: str
    text: str
    fields: tuple[CardField, ...]

    def cite(self, field: CardField) -> Citation:
        """Return the citation of a property, or of the whole card where it has no span."""
        start, end = (field.span.start, field.span.end) if field.span else (0, len(self.text))
        return Citation(self.item, self.document, self.rendition, start, end, self.text[start:end])

    def values(self, name: str) -> list[str]:
        """Return the values of a property."""
        return [f.value for f in self.fields if f.name == name and f.value.strip()]

    @property
    def uid(self) -> str:
        """The UID, or "" where the card has none."""
        found = self.values("uid")
        return found[0].strip() if found else ""


def _dates_of(f: CardField) -> tuple[str, str]:
    """Return the first and last day that a property says it holds for, ISO or ""."""
    params = dict(f.params)
    start, end = (parse_when(params.get(key, "")) for key in ("x-start", "x-end"))
    return start.value if start else "", end.value if end else ""


def _listed(f: CardField) -> list[str]:
    """Return the value of a property, or its values where it lists them."""
    if f.name not in LISTED:
        return [f.value.strip()] if f.value.strip() else []
    return [p.strip() for parts in split_components(f.value) for p in parts if p.strip()]


def _born(name: str) -> str:
    """Return the name that somebody bore before a marriage, where the card's name says it."""
    found = _MAIDEN.search(name)
    given = parse_name(name[: found.start()]).given if found else ()
    return f"{' '.join(given).title()} {found.group(1)}" if found and given else ""


@dataclass(slots=True)
class CardPerson:
    """Somebody known beforehand: the cards that are his, or his name as an author."""

    id: str
    ref: str
    refs: list[str]
    name: str
    cards: list[Card] = field(default_factory=list)
    origin: str = "card"
    author_names: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)

    def known(self) -> KnownPerson:
        """Return the person as identity is decided with."""
        names = {parse_name(n) for n in (*self._names(), *self.author_names)}
        held = self._held()
        names |= {name for name, _, _ in held}
        offices = tuple(
            (office, start.value if start else "", end.value if end else "")
            for card in self.cards
            for _, office, start, end in list_offices(card.fields)
        )
        sexes = {v.strip()[:1].lower() for card in self.cards for v in card.values("gender")}
        sex = sexes.pop() if len(sexes) == 1 else ""
        kept = tuple(sorted(n for n in names if n != Name()))
        return KnownPerson(
            self.ref, self.name, kept, "m" if sex == "m" else "f" if sex == "f" else "", offices, held
        )

    def _held(self) -> tuple[tuple[Name, str, str], ...]:
        """Return the names borne for a time only, with its first and last day.

        These are lines `X-LEGATION-NAME` with parameters `X-START` and `X-END`, and NICKNAMEs with
        such parameters; a name is borne always if any line gives it without dates.
        """
        found = set()
        always = {parse_name(n) for n in self._names()}
        for card in self.cards:
            for f in card.fields:
                start, end = _dates_of(f)
                if f.name in ("x-legation-name", "nickname") and (start or end):
                    found |= {(parse_name(n), start, end) for n in _listed(f) if n}
        return tuple(sorted(row for row in found if row[0] != Name() and row[0] not in always))

    def _names(self) -> list[str]:
        """Return every name on the cards: FN, N in speaking order, each NICKNAME."""
        found = [self.name] if self.name else []
        for card in self.cards:
            found += card.values("fn")
            found += [name_in_order(v) for v in card.values("n")]
            for f in card.fields:
                if f.name in ("x-legation-name", "nickname") and not any(_dates_of(f)):
                    found += _listed(f)
            found += [born for name in card.values("fn") if (born := _born(name))]
            given = parse_name(self.name).given
            found += [f"{' '.join(given)} {maiden}" for maiden in card.values("x-maidenname") if given]
        return [n for n in found if n]

    def addresses(self) -> list[str]:
        """Return e-mail addresses and UIDs, by which mail and calendars call the person."""
        found = {card.uid.casefold() for card in self.cards if card.uid}
        for card in self.cards:
            found |= {v.strip().casefold().removeprefix("mailto:") for v in card.values("email")}
        return sorted(found)

    def known_names(self) -> list[str]:
        """Return the words by which a text may call the person bare: surnames, and lone names."""
        found: set[str] = set()
        for name in self.known().names:
            word = name.surname or (name.given[0] if len(name.given) == 1 else "")
            if len(word) > 1:
                found.add(fold(word).replace(" ", ""))
        return sorted(found)


def derive_card_people(
    cards: Iterable[Card], authors: Iterable[str], owner: str, signed: Iterable[str] = ()
) -> tuple[list[CardPerson], list[tuple[str, str]]]:
    """Return the people known beforehand, and the pairs of ids that bear one name.

    `authors` are names of authors of diaries; the owner is one of them. `signed` are authors of
    papers, who often sign by surname: such a name leads to the only person who bears it and makes
    nobody known. Independent of order.
    """
    groups = _join(sorted(cards, key=lambda c: (c.uid or "~", c.item)))
    people = [_person(group) for group in groups]
    by_name: dict[str, list[CardPerson]] = defaultdict(list)
    for person in people:
        by_name[fold(person.name)].append(person)
    _add_owner(people, by_name, owner)
    for author in sorted(set(authors)):
        if author and fold(author) != fold(owner):
            _add_author(people, by_name, author)
    for author in sorted(set(signed) - set(authors)):
        bearers = _bearers(people, by_name, author)
        if len(bearers) == 1 and author not in bearers[0].author_names:
            bearers[0].signs.append(author)
    doubts = [(a.id, b.id) for same in by_name.values() for n, a in enumerate(same) for b in same[n + 1 :]]
    return sorted(people, key=lambda p: p.id), sorted(doubts)


def _join(cards: Sequence[Card]) -> list[list[Card]]:
    """Return the cards of each person: equal UID, or equal e-mail address.

    Couples and offices share an address: cards whose given names differ stay apart.
    """
    parent = list(range(len(cards)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    names = [parse_name(display_name(card.fields)) for card in cards]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, card in enumerate(cards):
        keys = [f"uid:{card.uid}"] if card.uid else []
        keys += [f"email:{v.strip().casefold().removeprefix('mailto:')}" for v in card.values("email")]
        for key in keys:
            for other in holders[key]:
                apart = relate_given(names[other].given, names[number].given) == "differ"
                if key.startswith("uid:") or not apart:
                    a, b = sorted((root(other), root(number)))
                    parent[b] = a
            holders[key].append(number)
    found: dict[int, list[Card]] = defaultdict(list)
    for number, card in enumerate(cards):
        found[root(number)].append(card)
    return list(found.values())


def _ref(card: Card) -> str:
    return canonical({"card": card.uid or card.item})


def _person(cards: list[Card]) -> CardPerson:
    refs = sorted({_ref(c) for c in cards})
    name = next((n for n in (display_name(c.fields) for c in cards) if n), "")
    return CardPerson(derive_id("p", refs[0]), refs[0], refs, name, cards)


def _add_owner(people: list[CardPerson], by_name: Mapping[str, list[CardPerson]], owner: str) -> None:
    """Make the owner; the only card that bears his name is his."""
    ref = canonical({"self": True})
    mine = by_name.get(fold(owner), []) if owner else []
    if len(mine) == 1:
        person = mine[0]
        person.refs.append(ref)
        person.ref, person.id, person.origin = ref, derive_id("p", ref), "self"
    else:
        person = CardPerson(derive_id("p", ref), ref, [ref], owner, origin="self")
        people.append(person)
    if owner:
        person.author_names.append(owner)


def _bearers(
    people: list[CardPerson], by_name: Mapping[str, list[CardPerson]], author: str
) -> list[CardPerson]:
    """Return the people who bear a name, as display name or as one of their names."""
    folded = fold(author)
    return by_name.get(folded) or [
        p
        for p in people
        if any(fold(" ".join((*n.given, n.surname)).strip()) == folded for n in p.known().names)
    ]


def _add_author(people: list[CardPerson], by_name: Mapping[str, list[CardPerson]], author: str) -> None:
    """Give an author's name to the only person who bears it, else make a person of him."""
    bearers = _bearers(people, by_name, author)
    if len(bearers) == 1:
        bearers[0].author_names.append(author)
        return
    ref = canonical({"author": fold(author)})
    people.append(CardPerson(derive_id("p", ref), ref, [ref], author, origin="author", author_names=[author]))


def list_blocks(person: CardPerson) -> list[str]:
    """Return the blocks on which a known person bears."""
    return sorted(block_keys(person.known()))


def sort_name(name: str) -> str:
    """Return a name as lists sort it: surname first, folded."""
    parsed = parse_name(name)
    return " ".join((parsed.surname, *parsed.given)).strip() or fold(name)


@dataclass(frozen=True, slots=True)
class CardFact:
    """One line of a card as a fact: kind, value, dates, citation."""

    id: str
    kind: str
    value: str
    start: str
    end: str
    citation: Citation


def list_facts(person: CardPerson) -> list[CardFact]:
    """Return what the cards of a person say, each with its own words."""
    found: dict[str, CardFact] = {}

    def add(card: Card, field_: CardField, kind: str, value: str, start: str = "", end: str = "") -> None:
        cite = card.cite(field_)
        fact = CardFact(derive_id("f", card.item, cite.start, kind, value), kind, value, start, end, cite)
        found[fact.id] = fact

    for card in person.cards:
        for office_field, office, start, end in list_offices(card.fields):
            add(
                card,
                office_field,
                "office",
                office,
                start.value if start else "",
                end.value if end else "",
            )
        for f in card.fields:
            if f.name == "fn" and f.value.strip():
                add(card, f, "name", " ".join(f.value.split()))
            elif f.name == "uid" and f.value.strip():
                add(card, f, "uid", f.value.strip())
            elif f.name == "x-legation-name":
                for value in _listed(f):
                    add(card, f, "name", value, *_dates_of(f))
            elif f.name in LISTED:
                for value in (p.strip() for parts in split_components(f.value) for p in parts):
                    if value:
                        add(card, f, SHOWN[f.name], value)
            elif f.name in SHOWN and f.value.strip():
                add(card, f, SHOWN[f.name], _plain(f))
            elif f.name == "photo" and f.value:
                add(card, f, "photo", "a photograph")
    return sorted(found.values(), key=lambda f: (f.kind, f.citation.item, f.citation.start, f.value))


def _plain(f: CardField) -> str:
    """Return a property's value for reading."""
    if f.name in ("adr", "org"):
        parts = [" ".join(p).strip() for p in split_components(f.value)]
        return ", ".join(p for p in parts if p)
    if f.name == "email":
        return f.value.strip().removeprefix("mailto:")
    return f.value.strip()


def list_occasions(person: CardPerson) -> list[tuple[str, str, str, Citation]]:
    """Return (id, kind, date, citation) of birthdays and anniversaries on the cards.

    The date is ISO, or `--MM-DD` where the year is not said.
    """
    found = {}
    for card in person.cards:
        for f in card.fields:
            parsed = parse_card_date(f.value) if f.name in OCCASIONS else None
            if parsed is None:
                continue
            year, month, day = parsed
            if month is None or day is None:
                continue
            on = f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
            kind = OCCASIONS[f.name]
            found[kind, on] = (derive_id("o", person.id, kind, on), kind, on, card.cite(f))
    return [found[key] for key in sorted(found)]


def reading_card(item: str, document: str, rendition: str, text: str, reading: Reading) -> Card:
    """Return the card of an item's reading."""
    return Card(item, document, rendition, text, reading.card)
