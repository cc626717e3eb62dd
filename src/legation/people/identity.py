"""What identity is decided from and what it gives: uses, known people, answers, results."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from legation.facts.candidates import MentionCandidate
from legation.facts.derived import State
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.people.naming import Name, make_name, number_of, parse_name
from legation.people.ranks import canonical_title
from legation.reading.lexicon.offices import OFFICES
from legation.reading.tokens import fold

#: Marks of generation that stand outside a name, and what a name would say itself.
_AGES = {"elder": "sr", "younger": "jr"}
#: Evidence that a name stands for another person than the one just named.
_TELLING = frozenset({"another", "kin_before", "apposed", "elder", "younger"})
#: Evidence of what only the tagger offers as a name: a person must say so first (`find_asked`).
PROPOSED = "asked"
#: Names a person while identity is decided: the canonical JSON of a card's or the owner's
#: reference, or `at:START:ITEM` for whoever is named at that place of that item.
PersonKey = str


def key_of_use(item: str, start: int) -> PersonKey:
    """Return the key of whoever is named at a place."""
    return f"at:{start}:{item}"


def use_of_key(key: PersonKey) -> tuple[str, int] | None:
    """Return (item, start) of a key of that kind, else None."""
    if not key.startswith("at:"):
        return None
    start, _, item = key[3:].partition(":")
    return item, int(start)


def key_of_ref(ref: dict[str, Any]) -> PersonKey:
    """Return the key of a person reference that names a card, the owner or an anchor as it stands."""
    return canonical(ref)


def ref_of_key(key: PersonKey) -> dict[str, Any] | None:
    """Return the reference that a key was made of; None for a key of a place."""
    if key.startswith("at:"):
        return None
    value: dict[str, Any] = json.loads(key)
    return value


@lru_cache(maxsize=131072)
def _name_of(
    titles: tuple[str, ...], given: tuple[str, ...], surname: str, shown: str, linked: str, told: str
) -> Name:
    if linked:
        return parse_name(linked)
    name = make_name(titles, given, surname)
    number = "" if name.number else number_of(shown) or told
    return replace(name, number=number) if number and name.flat else name


@dataclass(frozen=True, slots=True)
class NameUse:
    """One promoted mention by name: where it stands, its parts as read, and how it is shown.

    `group` is `diary:<author>` or `volume:<source>`; `written_on` an ISO date or ""; `linked` the
    very words that the user put into a link, or "".
    """

    item: str
    group: str
    start: int
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    shown: str = ""
    evidence: tuple[str, ...] = ()
    written_on: str = ""
    linked: str = ""

    @property
    def name(self) -> Name:
        """The name as compared: that of the link, where there is one."""
        told = next((_AGES[code] for code in self.evidence if code in _AGES), "")
        return _name_of(self.titles, self.given, self.surname, self.shown, self.linked, told)

    @property
    def told_apart(self) -> bool:
        """Say whether the words around it tell its bearer apart from another of the surname."""
        return not self.linked and any(code in _TELLING for code in self.evidence)

    @property
    def is_another(self) -> bool:
        """Say whether the words around it say outright that it is somebody else."""
        return not self.linked and "another" in self.evidence

    @property
    def is_pointed(self) -> bool:
        """Say whether kin or an apposition without a comma points it out among namesakes."""
        return not self.linked and bool({"kin_before", "restricted"} & set(self.evidence))

    @property
    def is_handle(self) -> bool:
        """Say whether it is an `@` and one word, which may be short for any name."""
        return "handle" in self.evidence

    @property
    def is_proposed(self) -> bool:
        """Say whether only the tagger holds it for a name, so that a person must say so first."""
        return PROPOSED in self.evidence and not self.linked

    @property
    def posts(self) -> tuple[str, ...]:
        """The offices that stand in apposition to the name, as canonical titles."""
        return tuple(canonical_title(c[5:]) for c in self.evidence if c.startswith("post:"))

    @property
    def shared(self) -> bool:
        """Say whether one more person is named by the same surname ("Ann and John Lee")."""
        return "shared_surname" in self.evidence

    @property
    def lists(self) -> frozenset[tuple[str, str]]:
        """The lists of its item in which it stands beside namesakes."""
        return frozenset((self.item, code) for code in self.evidence if code.startswith("listed:"))

    @property
    def place(self) -> tuple[str, int]:
        """Item and start."""
        return self.item, self.start

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts uses by date, those without one last, then by item and place."""
        return self.written_on or "~", self.item, self.start


def join_kin(titles: tuple[str, ...], head: str, of: str) -> tuple[str, ...]:
    """Return titles with the kin word of a name among them: `kin:uncle`, or `other:son` of others.

    `head` and `of` are those of the mention. An office before the name is a title already.
    """
    folded = fold(head)
    if not head or (of != "author" and _is_office(folded, titles)):
        return titles
    kin = canonical_title(f"{'kin' if of == 'author' else 'other'}:{folded}")
    word = kin.rpartition(":")[2]
    return (*(t for t in titles if canonical_title(fold(t)).rpartition(":")[2] != word), kin)


def _is_office(head: str, titles: tuple[str, ...]) -> bool:
    """Say whether the description before a name is an office that stands among its titles."""
    whole = canonical_title(head)
    return head.rpartition(" ")[2] in OFFICES and any(canonical_title(fold(t)) == whole for t in titles)


def make_use(
    item: str, group: str, text: str, mention: MentionCandidate, written_on: str = "", linked: str = ""
) -> NameUse:
    """Make the use of a mention by name; a kin word before the name counts as a title.

    "My brother Tom" is one person's in a diary; "her son James" may be anybody's.
    """
    return NameUse(
        item,
        group,
        mention.span.start,
        join_kin(mention.titles, mention.head, mention.of),
        mention.given,
        mention.surname,
        " ".join(mention.span.cut(text).split()),
        mention.evidence,
        written_on,
        linked,
    )


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person known beforehand: reference, display name, names as parsed, sex and offices.

    `offices` are (office, start, end), dates ISO or "". `names` holds the full name and aliases;
    `held` says of those borne for a time only (name, start, end).
    """

    ref: str
    display: str
    names: tuple[Name, ...]
    sex: Literal["", "m", "f"] = ""
    offices: tuple[tuple[str, str, str], ...] = ()
    held: tuple[tuple[Name, str, str], ...] = ()

    @property
    def key(self) -> PersonKey:
        """The person's key."""
        return self.ref


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """The answer to "who is this?": a person by key, a new one by name, or nobody.

    `everyone` says more: whoever bears the surname in the group and can be that person, is.
    """

    person: PersonKey = ""
    new: str = ""
    nobody: bool = False
    everyone: bool = False


class Spell(NamedTuple):
    """Days for which an answer or a name holds; ISO dates, whole or cut short, "" for no bound.

    `since` and `until` are days within, `after` and `before` the nearest days without.
    """

    since: str = ""
    until: str = ""
    after: str = ""
    before: str = ""

    def covers(self, on: str) -> bool:
        """Say whether a day lies within; of what has no date, nothing can be said."""
        if not any(self):
            return True
        late = not self.until or on[: len(self.until)] <= self.until
        past = not self.after or on[: len(self.after)] > self.after
        return bool(on) and late and past and on >= self.since and (not self.before or on < self.before)


#: No bounds.
ALWAYS = Spell()


@dataclass(frozen=True, slots=True, order=True)
class FormAnswer:
    """Every use of a form in a group, or in a spell of it, is this person (kind `identify`).

    Of answers for spells that overlap, the one with the greatest `order` holds.
    """

    group: str
    form: str
    value: Who
    spell: Spell = ALWAYS
    order: int = 0


@dataclass(frozen=True, slots=True, order=True)
class UseAnswer:
    """The mention at this place is this person (a judgement of kind `identify`)."""

    item: str
    start: int
    value: Who


@dataclass(frozen=True, slots=True, order=True)
class SameAnswer:
    """Two people are one, or are not (a judgement of kind `same`).

    `since` is the day from which the one person bore the name of `renamed`, which is a or b.
    """

    a: PersonKey
    b: PersonKey
    same: bool
    renamed: PersonKey = ""
    since: str = ""


Answer = FormAnswer | UseAnswer | SameAnswer


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom one use names, by which rule.

    In state `ask` the person is a stand-in for whoever the form names until it is answered;
    `person` is "" where a person said that it names nobody.
    """

    item: str
    start: int
    person: PersonKey
    rule: str
    state: State
    question: str = ""


@dataclass(frozen=True, slots=True)
class DerivedPerson:
    """Somebody whom the ledger knows of: a known person, one that a text makes known, a stand-in.

    `first` is (written_on, item, start) of the earliest use under a name of their own; `forms`
    the folded forms that are theirs; `uses` counts all uses; `state` is `ask` for a stand-in.
    """

    key: PersonKey
    display: str
    names: tuple[Name, ...]
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    first: tuple[str, str, int] | None
    uses: int
    state: State = "read"

    @property
    def known(self) -> bool:
        """Say whether the person was known beforehand."""
        return not self.key.startswith("at:")


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about identity; the caller adds citations and turns keys into references.

    `subject` is ("who", group, form), ("use", item, start) or ("same", key, key). `options` are
    (label, value): a person's key, `all:` and a key, `new` or `nobody` for who; `same` or `apart`
    for same. `reasons` say of each of the first options why it is offered. `evidence` are places
    of uses, most telling first. `weight` counts uses that the answer settles, and questions that
    vanish with it. `spell` bounds the days that are asked about. Of kind `name` is the question
    whether what only the tagger saw is a person.
    """

    kind: Literal["who", "same", "name"]
    subject: tuple[str, str, str]
    prompt: str
    why: str
    options: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, int], ...]
    weight: int
    group: str = ""
    conflict: bool = False
    reasons: tuple[str, ...] = ()
    #: The people whom an answer for all bearers of a surname would join.
    joins: tuple[PersonKey, ...] = ()
    spell: Spell = ALWAYS

    @property
    def id(self) -> str:
        """The hash of the subject."""
        return derive_id("q", *self.subject, *(b for b in self.spell if b))


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What one block gives."""

    key: str
    assignments: tuple[Assignment, ...] = ()
    people: tuple[DerivedPerson, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """All that the people of one block depend on."""

    key: str
    uses: tuple[NameUse, ...] = ()
    known: tuple[KnownPerson, ...] = ()
    answers: tuple[Answer, ...] = ()
    #: Known people whose names are merely spelt alike: they are offered, never linked.
    near: tuple[KnownPerson, ...] = field(default=())
