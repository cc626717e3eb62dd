"""Decide who is who in one block: all uses of one surname, known people, and answers.

The policy is strict (decision: a wrong silent merge is the worst error there is):

* an answer is obeyed; a link and an exact known name decide;
* a full name that nobody known bears is a new person, and a rival for its surname;
* a surname with a rank, "Mr." or "Mrs." is a person of its own within a diary or volume, unless a
  fuller name there may be the same one: then the document's own introduction decides, or it asks;
* a bare name goes to the only person introduced in the same document before it, or to the only one
  whom the diary knows by that name, or whom its answers and explanations say; else it asks, once
  for each surname in each diary or volume;
* what only the tagger holds for a name is a question, and nobody until it is answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from legation.facts.derived import State
from legation.people.group import GroupRun, Waiting, cut_gaps
from legation.people.identity import (
    Assignment,
    Block,
    BlockResult,
    DerivedPerson,
    FormAnswer,
    NameUse,
    OpenQuestion,
    PersonKey,
    SameAnswer,
    Spell,
    UseAnswer,
    Who,
    key_of_use,
    use_of_key,
)
from legation.people.match import Book
from legation.people.nodes import Node, Profile, make_nodes, replace_uses, show
from legation.people.options import are_one, name_best, rank_options
from legation.people.same import Bonds, ask_same, bind_answers
from legation.people.wording import ask_who


def resolve_block(block: Block) -> BlockResult:
    """Assign each use of a block to a person, list its people, and ask what is uncertain.

    Pure; the order of the block's parts does not matter.
    """
    return BlockRun(block).run()


class BlockRun:
    """One pass over a block; everything it makes is local to it."""

    def __init__(self, block: Block) -> None:
        self.key = block.key
        self.book = Book(block.known)
        self.near = tuple(sorted(block.near, key=lambda k: k.key))
        told: dict[tuple[str, int], set[Who]] = defaultdict(set)
        forms: dict[tuple[str, str], set[Who]] = defaultdict(set)
        spells: dict[tuple[str, str], list[FormAnswer]] = defaultdict(list)
        same: list[SameAnswer] = []
        for answer in block.answers:
            if isinstance(answer, UseAnswer):
                told[answer.item, answer.start].add(answer.value)
            elif isinstance(answer, FormAnswer):
                if any(answer.spell):
                    spells[answer.group, answer.form].append(answer)
                else:
                    forms[answer.group, answer.form].add(answer.value)
            else:
                same.append(answer)
        self.told = told
        self.forms = forms
        self.spells = spells
        self.nodes = make_nodes(block.uses)
        self.at = {u.place: n for n in self.nodes.values() for u in n.uses}
        self.bonds: Bonds = bind_answers(same, self.at)
        self.assigned: dict[tuple[str, int], Assignment] = {}
        self.profiles: list[Profile] = []
        self.stand_ins: list[DerivedPerson] = []
        self.questions: list[OpenQuestion] = list(self.bonds.questions)
        #: Uses whose person is told one by one; they take no part in the rules.
        self.singled: dict[tuple[str, int], Profile] = {}
        #: Surnames of groups about which one question stands for all.
        self.asked: set[tuple[str, str]] = set()

    def run(self) -> BlockResult:
        """Decide the block."""
        for node in self.nodes.values():
            self._take_single_answers(node)
            self._take_spells(node)
        groups: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            if node.uses:
                groups[node.group].append(node)
        for group in sorted(groups):
            GroupRun(self, group, groups[group]).run()
        self._follow_places()
        people = self._people()
        questions = [*self.questions, *ask_same(self.profiles, self.bonds, self.book, self.asked)]
        return BlockResult(
            self.key,
            tuple(sorted(self.assigned.values(), key=lambda a: (a.item, a.start))),
            people,
            tuple(sorted(questions, key=lambda q: (-q.weight, q.subject))),
        )

    # --- answers about single uses -----------------------------------------------------------

    def _take_single_answers(self, node: Node) -> None:
        kept = []
        for use in node.uses:
            values = self.told.get(use.place, set())
            if len(values) == 1:
                self._assign_told(node, use, next(iter(values)))
            elif values:
                self._ask_conflict(node, use)
            elif use.place in self.bonds.split:
                self._own(node, use, "apart", "sure", "")
            else:
                kept.append(use)
        node.uses = kept

    def _take_spells(self, node: Node) -> None:
        """Follow answers that hold for some days only: "my Lord" is somebody else from then on."""
        answers = sorted(self.spells.get(node.place, ()), key=lambda a: (a.order, a.spell, a.value))
        if not answers:
            return
        node.spells = tuple(sorted({a.spell for a in answers}))
        kept: list[NameUse] = []
        new: dict[FormAnswer, NameUse] = {}
        for use in node.uses:
            found = next((a for a in reversed(answers) if a.spell.covers(use.written_on)), None)
            if found is None:
                kept.append(use)
            elif found.value.new and found in new:
                self.assign(use, key_of_use(*new[found].place), "answer", "sure")
                self.singled[new[found].place].extra.append(use)
            else:
                new.setdefault(found, use)
                self._assign_told(node, use, found.value)
        node.uses = kept

    def _assign_told(self, node: Node, use: NameUse, who: Who) -> None:
        if who.nobody:
            self.assign(use, "", "answer-nobody", "sure")
        elif who.person and use_of_key(who.person) != use.place:
            self.assign(use, who.person, "answer", "sure")
            if not who.person.startswith("at:"):
                single = replace_uses(node, [use])
                self.profiles.append(Profile([single], person=who.person))
        else:
            self._own(node, use, "answer", "sure", who.new)

    def _own(self, node: Node, use: NameUse, rule: str, state: State, display: str) -> None:
        single = replace_uses(node, [use])
        single.display, single.sure = display, True
        profile = Profile([single])
        self.profiles.append(profile)
        self.singled[use.place] = profile
        self.assign(use, profile.key, rule, state)

    def _ask_conflict(self, node: Node, use: NameUse) -> None:
        self.assign(use, key_of_use(*use.place), "answers-differ", "ask")
        self.ask(node, [use], [], conflict=True, single=True)

    # --- results -----------------------------------------------------------------------------

    def assign(self, use: NameUse, person: PersonKey, rule: str, state: State, question: str = "") -> None:
        """Say whom a use names."""
        self.assigned[use.place] = Assignment(use.item, use.start, person, rule, state, question)

    def ask(
        self,
        node: Node,
        uses: Sequence[NameUse],
        profiles: Iterable[Profile],
        *,
        conflict: bool = False,
        single: bool = False,
        proposed: bool = False,
    ) -> None:
        """Ask who a form is, once for its group; its uses get a stand-in until then."""
        named = list(profiles)
        for spell, part in [(Spell(), uses)] if single or conflict else cut_gaps(node.spells, uses):
            options = rank_options(self.book, self.near, named, part, node.maybe)
            question = ask_who(
                node, part, options, conflict=conflict, single=single, proposed=proposed, spell=spell
            )
            rule = "answers-differ" if conflict else "ambiguous" if options else "unknown"
            self._put(question, node, part, "proposed" if proposed else rule)

    def ask_surname(self, group: str, waiting: Sequence[Waiting], bearers: Sequence[Profile]) -> None:
        """Ask once about all plain forms of a surname in a group; the barest stands for the others."""
        rows = sorted(waiting, key=lambda w: (w.node.strength != "bare", w.node.name.form))
        node, uses = rows[0].node, [u for w in rows for u in w.uses]
        named = list(dict.fromkeys(p for w in rows for p in w.candidates))
        maybe = frozenset(k for w in rows for k in w.node.maybe)
        options = rank_options(self.book, self.near, named, uses, maybe)
        alone = are_one(bearers, named, self.book, maybe)
        one = name_best(bearers, self.book) if alone else None
        question = ask_who(node, uses, options, shown=[w.node for w in rows], everyone=one, among=bearers)
        if alone:
            self.asked.add((group, node.name.surname))
        for waiting_ in rows:
            self._put(question, waiting_.node, waiting_.uses, "ambiguous" if options else "unknown")

    def _put(self, question: OpenQuestion, node: Node, uses: Sequence[NameUse], rule: str) -> None:
        """Enter a question and give uses that wait for it a stand-in."""
        if question not in self.questions:
            self.questions.append(question)
        first = node.first_use(uses)
        key = key_of_use(*first.place)
        for use in uses:
            self.assign(use, key, rule, "ask", question.id)
        self.stand_ins.append(
            DerivedPerson(
                key,
                show(replace_uses(node, list(uses))),
                (node.name,),
                (node.group,),
                (node.name.form,),
                first.order,
                len(uses),
                "ask",
            )
        )

    def _follow_places(self) -> None:
        """Replace the key of a place in this block by the person who is named there."""
        for place, found in list(self.assigned.items()):
            seen = {place}
            person = found.person
            while (target := use_of_key(person)) and target in self.assigned and target not in seen:
                seen.add(target)
                person = self.assigned[target].person
            if person != found.person and person:
                self.assigned[place] = replace(found, person=person)

    def _people(self) -> tuple[DerivedPerson, ...]:
        counts: dict[PersonKey, int] = defaultdict(int)
        for found in self.assigned.values():
            counts[found.person] += 1
        rows: dict[PersonKey, list[Profile]] = defaultdict(list)
        for profile in self.profiles:
            key = profile.key
            if (place := use_of_key(key)) in self.assigned:
                key = self.assigned[place].person or key
            if (place := use_of_key(key)) is not None and place not in self.assigned:
                continue  # somebody of another block: an answer says so
            rows[key].append(profile)
        people = []
        for key, profiles in rows.items():
            nodes = [n for p in profiles for n in p.nodes]
            known = self.book.by_key.get(key)
            display = (
                known.display if known else min((p.display for p in profiles), key=lambda d: (-len(d), d))
            )
            first = min(n.first_use().order for n in nodes)
            people.append(
                DerivedPerson(
                    key,
                    display,
                    tuple(sorted({n.name for n in nodes} | set(known.names if known else ()))),
                    tuple(sorted({n.group for n in nodes})),
                    tuple(sorted({n.name.form for n in nodes})),
                    first,
                    counts[key],
                    "sure" if all(n.sure for n in nodes) else "read",
                )
            )
        people += [p for p in self.stand_ins if p.key not in rows]
        return tuple(sorted(people, key=lambda p: (-p.uses, p.key)))
