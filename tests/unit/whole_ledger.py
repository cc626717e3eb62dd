"""All blocks at once, as a ledger resolves them one by one: blocks planned, resolved, and joined by answers.

What decides a block and what asks about near spellings is the product's (`resolve_block`, `ask_near`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legation.people.block import resolve_block
from legation.people.identity import (
    Answer,
    Assignment,
    Block,
    BlockResult,
    FormAnswer,
    KnownPerson,
    NameUse,
    OpenQuestion,
    PersonKey,
    SameAnswer,
    UseAnswer,
    use_of_key,
)
from legation.people.naming import skeleton
from legation.people.near import ask_near
from legation.people.resolve import block_keys
from legation.people.same import SAME_OPTIONS, Ties, sound


def form_key(use: NameUse) -> str:
    """Return the folded key `titles|given|surname` of a way of naming."""
    return use.name.form


def plan_blocks(
    uses: Iterable[NameUse], known: Iterable[KnownPerson] = (), answers: Iterable[Answer] = ()
) -> dict[str, Block]:
    """Sort uses, known people and answers into blocks; each block can be resolved by itself."""
    by_key: dict[str, list[NameUse]] = defaultdict(list)
    at: dict[tuple[str, int], str] = {}
    forms: dict[tuple[str, str], str] = {}
    for use in uses:
        name = use.name
        by_key[name.key].append(use)
        at[use.place] = name.key
        forms[use.group, name.form] = name.key
    people: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in known:
        for key in block_keys(person):
            people[key].append(person)
    told: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        for key in _touched(answer, at, forms):
            told[key].append(answer)
    return {
        key: Block(
            key,
            tuple(rows),
            tuple(people.get(key, ())),
            tuple(told.get(key, ())),
            tuple(p for p in people.get("~" + skeleton(key), ()) if p not in people.get(key, ())),
        )
        for key, rows in sorted(by_key.items())
    }


def _touched(
    answer: Answer, at: Mapping[tuple[str, int], str], forms: Mapping[tuple[str, str], str]
) -> set[str]:
    if isinstance(answer, UseAnswer):
        keys = {at.get((answer.item, answer.start), "")}
    elif isinstance(answer, FormAnswer):
        keys = {forms.get((answer.group, answer.form), "")}
    else:
        keys = {at.get(place, "") for place in map(use_of_key, (answer.a, answer.b)) if place}
    return keys - {""}


@dataclass(frozen=True, slots=True)
class Resolution:
    """All blocks; the keys that stand for other keys; the questions that lie across blocks."""

    blocks: Mapping[str, BlockResult]
    aliases: Mapping[PersonKey, PersonKey]
    across: tuple[OpenQuestion, ...] = ()

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """All questions, those that unlock most first."""
        rows = [*self.across, *(q for b in self.blocks.values() for q in b.questions)]
        every = {(q.subject, q.spell): q for q in rows}.values()
        return tuple(sorted(every, key=lambda q: (-q.weight, q.subject, q.spell)))

    def person_of(self, found: Assignment) -> PersonKey:
        """Return whom a use names once all answers are followed."""
        return self.aliases.get(found.person, found.person)


def join_blocks(
    blocks: Mapping[str, BlockResult], known: Iterable[KnownPerson] = (), answers: Iterable[Answer] = ()
) -> Resolution:
    """Follow answers from block to block and ask about near spellings, given all blocks' results."""
    rows = tuple(answers)
    aliases, conflicts = join_people(blocks.values(), rows)
    near = ask_near(blocks.values(), known, rows, aliases)
    return Resolution(blocks, aliases, (*conflicts, *near))


def resolve(
    uses: Iterable[NameUse], known: Iterable[KnownPerson] = (), answers: Iterable[Answer] = ()
) -> Resolution:
    """Resolve all blocks and join people across them. Pure; order does not matter."""
    rows, people = tuple(answers), tuple(known)
    blocks = {k: resolve_block(b) for k, b in plan_blocks(uses, people, rows).items()}
    return join_blocks(blocks, people, rows)


def join_people(
    blocks: Iterable[BlockResult], answers: Iterable[Answer]
) -> tuple[dict[PersonKey, PersonKey], tuple[OpenQuestion, ...]]:
    """Return the key that stands for each key that was answered to be another's, and conflicts.

    A card or the owner stands for people of the text; among these the earliest named does.
    """
    at: dict[tuple[str, int], PersonKey] = {}
    order: dict[PersonKey, tuple[str, str, int]] = {}
    for block in blocks:
        for found in block.assignments:
            at[found.item, found.start] = found.person
        for person in block.people:
            if person.first:
                order[person.key] = min(order.get(person.key, person.first), person.first)

    def owner(key: PersonKey) -> PersonKey:
        seen = set()
        while (place := use_of_key(key)) and place in at and at[place] and key not in seen:
            seen.add(key)
            if at[place] == key:
                break
            key = at[place]
        return key

    rows, _ = sound(a for a in answers if isinstance(a, SameAnswer))
    ties = Ties((owner(r.a), owner(r.b)) for r in rows if r.same)
    broken = [r for r in rows if not r.same and ties.find(owner(r.a)) == ties.find(owner(r.b))]
    bad = {ties.find(owner(r.a)) for r in broken if owner(r.a) != owner(r.b)}
    sets: dict[PersonKey, set[PersonKey]] = defaultdict(set)
    for row in rows:
        for key in (owner(row.a), owner(row.b)):
            if row.same and ties.find(key) not in bad:
                sets[ties.find(key)].add(key)
    aliases: dict[PersonKey, PersonKey] = {}
    for members in sets.values():
        best = min(members, key=lambda k: (k.startswith("at:"), order.get(k, ("~", "", 0)), k))
        aliases.update({m: best for m in members if m != best})
    for key in {*at.values(), *(use for r in rows for use in (r.a, r.b))}:
        final = owner(key)
        final = aliases.get(final, final)
        if final and final != key:
            aliases[key] = final
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
        for r in broken
        if owner(r.a) != owner(r.b)
    ]
    return aliases, tuple(questions)
