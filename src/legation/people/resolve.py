"""Who is who: blocks, each resolved by itself, and what joins people across blocks."""

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
    UseAnswer,
    use_of_key,
)
from legation.people.naming import PARTICLES, skeleton
from legation.people.near import ask_near, join_people

__all__ = ["block_key", "block_keys", "form_key", "join_blocks", "plan_blocks", "resolve", "resolve_block"]


def form_key(use: NameUse) -> str:
    """Return the folded key `titles|given|surname` of a way of naming."""
    return use.name.form


def block_key(use: NameUse) -> str:
    """Return the one block that decides a use."""
    return use.name.key


def block_keys(named: NameUse | KnownPerson) -> frozenset[str]:
    """Return the blocks that a use or a known person belongs to.

    A use has one. A known person has one for each surname that a name of theirs may be read with,
    each given name, and `~` with the skeleton of each surname, by which near spellings find them.
    """
    if isinstance(named, NameUse):
        return frozenset({named.name.key})
    keys: set[str] = set()
    for name in named.names:
        keys.add(name.key)
        flat = name.flat
        keys.update(" ".join(flat[i:]) for i in range(len(flat)) if flat[i] not in PARTICLES)
        keys.update(g for g in name.given if len(g) > 1)
        keys.add("~" + skeleton(name.surname or name.key))
    return frozenset(keys)


def form_block(form: str) -> str:
    """Return the block of a form key."""
    titles, given, surname = (*form.split("|", 2), "", "")[:3]
    if surname:
        return surname.partition(",")[0]
    return given.partition(",")[0].split(" ")[0] if given else "=" + titles


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
        return tuple(sorted({q.subject: q for q in rows}.values(), key=lambda q: (-q.weight, q.subject)))

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
