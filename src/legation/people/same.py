"""Answers that tie or part people, and the questions whether two people are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from legation.people.compat import relate_given
from legation.people.identity import OpenQuestion, PersonKey, SameAnswer, Spell, use_of_key
from legation.people.match import Book
from legation.people.nodes import Node, Profile
from legation.people.ranks import classes_of, relate_titles, sex_of
from legation.people.wording import pick_evidence

Form = tuple[str, str]
SAME_OPTIONS = (("one person", "same"), ("two people", "apart"))
_SUGGESTED = 2
_WEAK = 0.8
#: Likeness from which people are asked about whom an answer told apart from others: given names agree.
_TELLING = 2.0


@dataclass(frozen=True, slots=True)
class Bonds:
    """What answers say of the forms of a block."""

    #: Forms (group, form) that are one person's.
    together: frozenset[tuple[Form, Form]] = frozenset()
    #: The known person whose form it is.
    person: Mapping[Form, PersonKey] = field(default_factory=dict)
    #: Forms that are not one person's.
    kept_apart: frozenset[tuple[Form, Form]] = frozenset()
    #: Form and known person that do not go together.
    apart: frozenset[tuple[Form, PersonKey]] = frozenset()
    #: Uses of one form that are said to be different people.
    split: frozenset[tuple[str, int]] = frozenset()
    #: The days from which a form is borne, as answers say.
    spells: Mapping[Form, tuple[Spell, ...]] = field(default_factory=dict)
    #: Pairs of keys that were answered, whichever way.
    answered: frozenset[frozenset[PersonKey]] = frozenset()
    questions: tuple[OpenQuestion, ...] = ()


def sound(answers: Iterable[SameAnswer]) -> tuple[list[SameAnswer], list[OpenQuestion]]:
    """Leave out answers that contradict each other, and ask about them.

    People tied into one by some answers and kept apart by another are left as they were.
    """
    rows = sorted(set(answers))
    ties = Ties(rows_same(rows))
    bad = {ties.find(r.a) for r in rows if not r.same and ties.find(r.a) == ties.find(r.b)}
    questions = [
        OpenQuestion(
            "same",
            ("same", *sorted((r.a, r.b))),  # type: ignore[arg-type]
            "Are these one person?",
            "Answers contradict each other.",
            SAME_OPTIONS,
            tuple(p for p in (use_of_key(r.a), use_of_key(r.b)) if p),
            2,
            conflict=True,
        )
        for r in rows
        if not r.same and ties.find(r.a) in bad
    ]
    return [r for r in rows if not (ties.find(r.a) in bad and ties.find(r.b) in bad)], questions


def rows_same(rows: Iterable[SameAnswer]) -> list[tuple[PersonKey, PersonKey]]:
    """Return the pairs that are said to be one person."""
    return [(r.a, r.b) for r in rows if r.same]


class Ties:
    """Keys held together in pairs; the smallest key stands for its set."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._up: dict[str, str] = {}
        for a, b in pairs:
            low, high = sorted((self.find(a), self.find(b)))
            self._up[high] = low

    def find(self, key: str) -> str:
        """Return the key that stands for the set of a key."""
        while key in self._up and self._up[key] != key:
            key = self._up[key]
        return key

    def pairs(self) -> dict[str, str]:
        """Return the stand-in of every key that has one."""
        return {k: self.find(k) for k in self._up}


def bind_answers(answers: Iterable[SameAnswer], at: Mapping[tuple[str, int], Node]) -> Bonds:
    """Turn answers about people into what they say of the forms of a block."""
    rows, questions = sound(answers)
    together, person, kept, apart, split = set(), defaultdict(set), set(), set(), set()
    spells: dict[Form, set[Spell]] = defaultdict(set)
    for row in rows:
        renamed = _form(row.renamed, at) if row.same and row.since else None
        if renamed is not None:
            spells[renamed].add(Spell(since=row.since))
        left, right = _form(row.a, at), _form(row.b, at)
        if left is not None and right is not None:
            if left == right and not row.same:
                split |= {p for p in (use_of_key(row.a), use_of_key(row.b)) if p}
            elif left != right and row.same:
                together.add((left, right))
            elif left != right:
                kept |= {(left, right), (right, left)}
        elif left is not None or right is not None:
            form, key = (left, row.b) if left is not None else (right, row.a)
            if key.startswith("at:") or form is None:
                continue
            if row.same:
                person[form].add(key)
            else:
                apart.add((form, key))
    return Bonds(
        frozenset(together),
        {f: min(keys) for f, keys in person.items()},
        frozenset(kept),
        frozenset(apart),
        frozenset(split),
        {form: tuple(sorted(days)) for form, days in spells.items()},
        frozenset(frozenset((r.a, r.b)) for r in rows),
        tuple(questions),
    )


def _form(key: PersonKey, at: Mapping[tuple[str, int], Node]) -> Form | None:
    place = use_of_key(key)
    node = at.get(place) if place else None
    return node.place if node is not None else None


def ask_same(
    profiles: Sequence[Profile],
    bonds: Bonds,
    book: Book,
    asked_of: AbstractSet[tuple[str, str]] = frozenset(),
) -> list[OpenQuestion]:
    """Ask whether people of one block are the same, where that may be and is not proven.

    Not where a question about the surname settles it (`asked_of`: group and surname), nor where an
    answer has named somebody of the surname already and the given names do not agree.
    """
    made = sorted((p for p in profiles if p.nodes), key=lambda p: (-p.count, p.key))
    asked: dict[tuple[str, str, str], OpenQuestion] = {}
    for place, one in enumerate(made):
        if one.known:
            continue
        others = [
            (_likeness(one, p), p)
            for p in made[:place] + [q for q in made[place:] if q.known]
            if p.key != one.key
        ]
        ranked = sorted((o for o in others if o[0] > 0), key=lambda o: (-o[0], -o[1].count, o[1].key))
        if len(ranked) > 1 and ranked[0][0] <= _WEAK:
            continue  # a rank beside two full names suggests neither
        for _, other in ranked[:_SUGGESTED]:
            told = _is_answered(one) or _is_answered(other)
            if told and _likeness(one, other) < _TELLING:
                continue
            if _surname(one) in asked_of and _surname(one) == _surname(other):
                continue
            if not _answered(one, other, bonds):
                shown = book.display(other.key) or other.display
                question = make_same(one.key, other.key, one.display, shown, one.count, (one, other))
                asked.setdefault(question.subject, question)
        present = {p.person for p in made}
        for key in sorted({k for n in one.nodes if n.strength == "full" for k in n.maybe} - present):
            if not any((n.place, key) in bonds.apart for n in one.nodes):
                question = make_same(one.key, key, one.display, book.display(key), one.count, (one,))
                asked.setdefault(question.subject, question)
    return list(asked.values())


def _is_answered(profile: Profile) -> bool:
    """Say whether somebody said who the surname names, with the others of the name in view."""
    return any(n.rule.startswith("answer") and not n.name.given for n in profile.nodes)


def _surname(profile: Profile) -> Form:
    return profile.nodes[0].group, next((n.name.surname for n in profile.nodes if n.name.surname), "")


def _answered(one: Profile, other: Profile, bonds: Bonds) -> bool:
    forms = [(a.place, b.place) for a in one.nodes for b in other.nodes]
    if any(pair in bonds.kept_apart for pair in forms) or one.lists & other.lists:
        return True
    return any((n.place, other.person) in bonds.apart for n in one.nodes)


def make_same(
    a: PersonKey, b: PersonKey, shown_a: str, shown_b: str, weight: int, profiles: Sequence[Profile]
) -> OpenQuestion:
    """Make the question whether two people are one."""
    first, second = sorted((a, b))
    uses = [u for p in profiles for u in pick_evidence([u for n in p.nodes for u in n.uses])[:2]]
    return OpenQuestion(
        "same",
        ("same", first, second),
        f"Is “{shown_a}” the same person as “{shown_b}”?",
        "The names agree as far as they go; nothing proves it.",
        SAME_OPTIONS,
        tuple(dict.fromkeys(uses)),
        weight,
        profiles[0].nodes[0].group if profiles and profiles[0].nodes else "",
    )


def _likeness(one: Profile, other: Profile) -> float:
    """Return how far two profiles of one block agree; 0 is no reason to ask."""
    if one.sex and other.sex and one.sex != other.sex:
        return 0.0
    if one.has_surname != other.has_surname:
        return 0.0
    # A wife's title beside a name that is no woman's.
    for wife, spouse in ((one, other), (other, one)):
        if wife.sex == "f" and not spouse.sex and any(sex_of(n.name.titles) for n in wife.nodes):
            return 0.0
    relation = relate_given(one.given, other.given)
    mine, theirs = tuple(sorted(one.titles)), tuple(sorted(other.titles))
    titles = relate_titles(mine, theirs)
    kinds = classes_of(mine + theirs)
    if relation == "differ":
        return 0.0
    if relation == "absent":
        if titles in {"apart", "conflict"} or "kin" in kinds or "peer" in kinds:
            return 0.0
        return 1.5 if titles == "equal" else _WEAK
    if not one.has_surname and (titles != "equal" or "kin" in kinds):
        return 0.0
    score = {"equal": 3.0, "extends": 2.5, "nick": 2.0, "initial": 1.5}[relation]
    return score + {"equal": 1.0, "weaker": 0.3, "office": 0.5, "apart": 0.0, "conflict": -0.5}[titles]
