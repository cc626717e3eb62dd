"""Match forms of names with known people and with profiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from legation.people.compat import is_woman, many_initials, relate_given, sex_hint, strength_of
from legation.people.identity import KnownPerson, PersonKey, Spell, key_of_ref
from legation.people.naming import Name, align
from legation.people.nodes import Node, Profile
from legation.people.ranks import (
    Sex,
    canonical_title,
    class_of,
    classes_of,
    relate_titles,
    same_office,
    sex_of,
)
from legation.reading.lexicon.given import AMBIGUOUS, GIVEN
from legation.reading.tokens import fold

OWNER = key_of_ref({"self": True})


@dataclass(frozen=True, slots=True)
class Match:
    """The known person whom a form names, by which rule; and all whom it may name."""

    person: PersonKey = ""
    rule: str = ""
    maybe: frozenset[PersonKey] = frozenset()
    #: Two or more known people bear the name in full.
    doubtful: bool = False


class Book:
    """The known people of a block."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self.by_key = {p.key: p for p in sorted(people, key=lambda p: (p.key, p.display, p.names))}
        self.people = tuple(self.by_key[k] for k in sorted(self.by_key))

    def display(self, key: PersonKey) -> str:
        """Return how a known person is shown, or ""."""
        person = self.by_key.get(key)
        return person.display if person else ""

    def names(self, key: PersonKey) -> tuple[Name, ...]:
        """Return the names of a known person; none of others."""
        person = self.by_key.get(key)
        return person.names if person else ()

    def spells(self, key: PersonKey, name: Name) -> tuple[Spell, ...]:
        """Return when a known person bore the names by which a form is his; none if always."""
        person = self.by_key.get(key)
        if person is None or not person.held:
            return ()
        dates: dict[Name, set[Spell]] = {}
        for known, start, end in person.held:
            dates.setdefault(known, set()).add(Spell(start, end))
        fitting = [n for n in person.names if n == name]
        fitting = fitting or [n for n in person.names if _is_exact(name, n, linked=False)]
        fitting = fitting or [n for n in person.names if _is_bare_alias(name, n) or _relate(name, n)]
        if not fitting or any(n not in dates for n in fitting):
            return ()
        return tuple(sorted(s for n in fitting for s in dates[n]))

    def match(self, name: Name, *, linked: bool = False) -> Match:
        """Find whom a form names among the known people.

        exact: it is one of their names; alias: it is a bare name of theirs, alone or with "Mr.";
        known-full: given name and surname agree. None of these holds where two people fit.
        """
        if len(name.titles) == 1 and not name.given and name.titles[0] in GIVEN | AMBIGUOUS:
            # "Dean Rusk" may be read as a title; a card that says otherwise decides.
            other = self.match(Name((), name.titles, name.surname, name.number))
            if other.person:
                return other
        exact, full, alias, maybe = set(), set(), set(), set()
        strength = strength_of(name)
        for person in self.people:
            if not _sexes_fit(name, sex_of_known(person), person):
                continue
            if person.key == OWNER and "kin" in classes_of(name.titles):
                continue  # nobody is his own cousin
            # "Mr. William Pen" may be the son of the card's Sir William.
            vetoed = not linked and any(
                align(n, name.surname) is not None and relate_titles(name.titles, n.titles) == "conflict"
                for n in person.names
            )
            for known in person.names:
                relation = _relate(name, known)
                called = linked and name.flat in {(g,) for g in known.given}
                if relation is not None or called or (vetoed and name.flat == known.flat):
                    maybe.add(person.key)
                if vetoed:
                    continue
                if _is_exact(name, known, linked=linked):
                    exact.add(person.key)
                if _is_bare_alias(name, known):
                    alias.add(person.key)
                if relation == "full" and strength in {"full", "initial"}:
                    full.add(person.key)
        maybe |= exact | alias | full
        everyone = frozenset(maybe)
        if strength in {"full", "initial"}:
            sure = exact | full
            if len(sure) == 1 and (strength == "full" or exact or len(maybe) == 1):
                return Match(next(iter(sure)), "exact" if exact else "known-full", everyone)
            return Match(maybe=everyone, doubtful=len(sure) > 1)
        if len(exact) == 1:
            return Match(next(iter(exact)), "alias" if strength == "bare" else "exact", everyone)
        if not exact and len(alias) == 1:
            return Match(next(iter(alias)), "alias", everyone)
        return Match(maybe=everyone)

    def holder(self, name: Name, on: str, among: Iterable[PersonKey]) -> PersonKey:
        """Return the one of these people who held the office of a title on that day, or ""."""
        if len(on) < len("1938-08-26"):
            return ""
        held = {
            key
            for key in among
            if key in self.by_key
            for office, start, end in self.by_key[key].offices
            if start and start <= on and (not end or on[: len(end)] <= end)
            if any(is_office(title, office) for title in name.titles)
        }
        return held.pop() if len(held) == 1 else ""


def is_office(title: str, office: str) -> bool:
    """Say whether a title before a name tells an office ("ambassador", "Soviet Ambassador in …")."""
    post = canonical_title(fold(office)).partition(" in ")[0].partition(" to ")[0]
    return class_of(title) == "office" and same_office(title, post)


def sex_of_known(person: KnownPerson) -> Sex:
    """Return the sex that a card or a known name tells."""
    return person.sex or next((s for s in (sex_hint(n) for n in person.names) if s), "")


def _sexes_fit(name: Name, sex: Sex, person: KnownPerson) -> bool:
    own = sex_hint(name)
    if own and sex and own != sex:
        return False
    # "Mrs. Robert Kennedy", "Lady Vansittart" beside "Robert Vansittart": the wife.
    if own == "f" and not sex and sex_of(name.titles) == "f":
        others = any(n.given and len(n.given[0]) > 1 and not is_woman(n.given) for n in person.names)
        titled = any(relate_titles(n.titles, name.titles) == "equal" for n in person.names)
        return titled or not others
    return True


def _is_exact(name: Name, known: Name, *, linked: bool) -> bool:
    if name.flat != known.flat or not name.flat or name.number != known.number:
        return False
    if strength_of(name) == "full":
        return relate_titles(name.titles, known.titles) in {"equal", "weaker", "office"}
    if linked and (not name.titles or not known.titles):
        return True
    return relate_titles(name.titles, known.titles) == "equal"


def _is_bare_alias(name: Name, known: Name) -> bool:
    """Say whether a form is "Mr." and a name that is a bare alias."""
    if known.titles or name.flat != known.flat or len(known.flat) == 0 or name.number != known.number:
        return False
    kinds = classes_of(name.titles)
    if kinds == {"kin"} and not name.surname:
        return True
    return not kinds or (kinds == {"courtesy"} and sex_of(name.titles) != "f")


def _relate(name: Name, known: Name) -> str | None:
    """Say how a form agrees with a known name: `full`, `maybe`, or None."""
    if name.number and known.number and name.number != known.number:
        return None
    if not name.surname:
        if not name.given or not known.given or known.given[0] != name.given[0]:
            return None
        return "maybe"
    given = align(known, name.surname)
    if given is None:
        return None
    titles = relate_titles(name.titles, known.titles)
    relation = relate_given(name.given, given)
    if relation == "differ":
        return None
    alike = titles in {"equal", "weaker", "office"}
    if alike and relation in {"equal", "extends"} and name.number == known.number:
        return "full" if any(len(g) > 1 for g in name.given) or relation == "equal" else "maybe"
    if alike and relation == "initial" and many_initials(name.given, given):
        return "full"
    return None if titles == "conflict" and relation == "absent" else "maybe"


def _clash(name: Name, profile: Profile) -> bool:
    """Say whether sex, numeral or given names contradict any form of a profile."""
    sex = sex_hint(name)
    if sex and profile.sex and sex != profile.sex:
        return True
    for node in profile.nodes:
        other = node.name
        if name.number and other.number and name.number != other.number:
            return True
        if relate_given(name.given, other.given) == "differ":
            return True
    return False


def may_join(node: Node, profile: Profile) -> bool:
    """Say whether a form would be held for a profile's person if no other one could be meant."""
    name = node.name
    if _clash(name, profile) or bool(name.surname) != profile.has_surname:
        return False
    titles = relate_titles(name.titles, tuple(sorted(profile.titles)))
    relations = {relate_given(name.given, n.name.given) for n in profile.nodes}
    if node.strength == "full":
        numbers = {n.name.number for n in profile.nodes if n.strength == "full"}
        if numbers and name.number not in numbers:
            return False
        return (
            bool(relations & {"equal", "extends"})
            and titles in {"equal", "weaker", "office"}
            and _women_fit(name, profile)
        )
    if node.strength == "initial":
        if not relations & {"equal", "extends", "initial"} or not _women_fit(name, profile):
            return False
        ranks = classes_of((*name.titles, *sorted(profile.titles)))
        return titles == "equal" or (
            titles in {"weaker", "office"} and not ranks & {"knight", "peer", "royal", "kin"}
        )
    if node.strength == "titled":
        # "Foreign Minister" and "Soviet Foreign Minister": an office has one holder of a surname.
        # A captain or a lord with a given name may be written so to tell him from the other one.
        posts = classes_of(name.titles) == {"office"}
        alike = not name.given and (posts or not profile.given)
        numbers = {n.name.number for n in profile.nodes}
        return (
            titles == "equal"
            and numbers == {name.number}
            and (alike or bool(relations & {"equal", "extends"}))
        )
    if not profile.given:
        return False
    if node.strength == "courtesy":
        return titles == "equal" or (not profile.titles and _women_fit(name, profile))
    return False


def may_be_same_rank(node: Node, profile: Profile) -> bool:
    """Say whether a rank and surname may be a fuller name's of that rank ("Captain Taylor")."""
    if _clash(node.name, profile) or bool(node.name.surname) != profile.has_surname:
        return False
    if not node.name.surname and node.name.given[:1] != profile.given[:1]:
        return False
    return relate_titles(node.name.titles, tuple(sorted(profile.titles))) == "equal"


def _women_fit(name: Name, profile: Profile) -> bool:
    """Say whether "Mrs." on one side only is borne out by a woman's given name."""
    mine, theirs = sex_of(name.titles), sex_of(tuple(sorted(profile.titles)))
    if mine == theirs or "f" not in {mine, theirs}:
        return True
    return is_woman(name.given) or is_woman(profile.given)


def may_name(node: Node, profile: Profile) -> bool:
    """Say whether a weak form can name a profile's person at all."""
    name = node.name
    if not name.surname and profile.has_surname:
        # "Pierce", taken for a given name.
        return node.strength == "bare" and any(n.name.surname == name.given[0] for n in profile.nodes)
    if _clash(name, profile):
        return False
    if not name.surname:
        relations = {relate_given(name.given, n.name.given) for n in profile.nodes}
        return bool(relations & {"equal", "extends"})
    if not profile.has_surname and profile.nodes:
        # "Tom", taken for a surname, after "my brother Tom".
        return node.strength == "bare" and any(n.name.given[:1] == (name.surname,) for n in profile.nodes)
    if node.strength == "bare":
        return True
    titles = relate_titles(name.titles, tuple(sorted(profile.titles)))
    if titles in {"apart", "conflict"}:
        return False
    return _women_fit(name, profile)


def is_all_one(name: Name, other: Name) -> bool:
    """Say whether two names of one surname can be one person's, if nobody else bears the surname."""
    if name.number != other.number or relate_given(name.given, other.given) == "differ":
        return False
    sexes = {sex_hint(name), sex_hint(other)}
    if "f" in sexes and sexes != {"f"}:
        return False
    if "kin" in classes_of((*name.titles, *other.titles)) and name.titles != other.titles:
        return False
    return relate_titles(name.titles, other.titles) != "conflict"
