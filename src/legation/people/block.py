"""Decide who is who in one block: all uses of one surname, known people, and answers.

The policy is strict (decision: a wrong silent merge is the worst error there is):

* an answer is obeyed; a link and an exact known name decide;
* a full name that nobody known bears is a new person, and a rival for its surname;
* a surname with a rank, "Mr." or "Mrs." is a person of its own within a diary or volume, unless a
  fuller name there may be the same one: then the document's own introduction decides, or it asks;
* a bare name goes to the only person introduced in the same document before it, or to the only one
  whom the diary knows by that name; else it asks, once for each diary or volume.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from legation.facts.derived import State
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
    UseAnswer,
    Who,
    key_of_use,
    use_of_key,
)
from legation.people.match import Book, may_be_same_rank, may_join, may_name
from legation.people.nodes import Node, Profile, make_nodes, replace_uses, show
from legation.people.ranks import classes_of, is_vague
from legation.people.same import Bonds, ask_same, bind_answers
from legation.people.wording import ask_who
from legation.reading.lexicon.given import AMBIGUOUS, GIVEN

_SHOWN_OPTIONS = 7


def resolve_block(block: Block) -> BlockResult:
    """Assign each use of a block to a person, list its people, and ask what is uncertain.

    Pure; the order of the block's parts does not matter.
    """
    return _BlockRun(block).run()


class _BlockRun:
    """One pass over a block; everything it makes is local to it."""

    def __init__(self, block: Block) -> None:
        self.key = block.key
        self.book = Book(block.known)
        self.near = tuple(sorted(block.near, key=lambda k: k.key))
        told: dict[tuple[str, int], set[Who]] = defaultdict(set)
        forms: dict[tuple[str, str], set[Who]] = defaultdict(set)
        same: list[SameAnswer] = []
        for answer in block.answers:
            if isinstance(answer, UseAnswer):
                told[answer.item, answer.start].add(answer.value)
            elif isinstance(answer, FormAnswer):
                forms[answer.group, answer.form].add(answer.value)
            else:
                same.append(answer)
        self.told = told
        self.forms = forms
        self.nodes = make_nodes(block.uses)
        self.at = {u.place: n for n in self.nodes.values() for u in n.uses}
        self.bonds: Bonds = bind_answers(same, self.at)
        self.assigned: dict[tuple[str, int], Assignment] = {}
        self.profiles: list[Profile] = []
        self.stand_ins: list[DerivedPerson] = []
        self.questions: list[OpenQuestion] = list(self.bonds.questions)
        #: Uses whose person is told one by one; they take no part in the rules.
        self.singled: dict[tuple[str, int], Profile] = {}

    def run(self) -> BlockResult:
        for node in self.nodes.values():
            self._take_single_answers(node)
        groups: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            if node.uses:
                groups[node.group].append(node)
        for group in sorted(groups):
            _GroupRun(self, group, groups[group]).run()
        self._follow_places()
        people = self._people()
        questions = [*self.questions, *ask_same(self.profiles, self.bonds, self.book)]
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
    ) -> None:
        """Ask who a form is, once for its group; its uses get a stand-in until then."""
        first = node.first_use(uses)
        key = key_of_use(*first.place)
        options: dict[PersonKey, str] = {}
        for profile in sorted(profiles, key=lambda p: (-p.count, p.key)):
            options.setdefault(profile.key, self.book.display(profile.key) or profile.display)
        for person in self.book.people:
            if person.key in node.maybe:
                options.setdefault(person.key, person.display)
        for person in self.near:
            options.setdefault(person.key, person.display)
        shown = tuple((label, value) for value, label in list(options.items())[:_SHOWN_OPTIONS])
        question = ask_who(node, uses, shown, conflict=conflict, single=single)
        self.questions.append(question)
        for use in uses:
            rule = "answers-differ" if conflict else "ambiguous" if options else "unknown"
            self.assign(use, key, rule, "ask", question.id)
        names = (node.name,)
        self.stand_ins.append(
            DerivedPerson(
                key,
                show(replace_uses(node, list(uses))),
                names,
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


class _GroupRun:
    """One diary or volume within a block."""

    def __init__(self, block: _BlockRun, group: str, nodes: list[Node]) -> None:
        self.block = block
        self.book = block.book
        self.bonds = block.bonds
        self.group = group
        self.diary = group.startswith("diary:")
        self.nodes = sorted(nodes, key=lambda n: n.rank)
        self.profiles: list[Profile] = []
        self.open: list[Node] = []
        #: Places of the strong uses of each profile, by item.
        self.intros: dict[str, list[tuple[int, Profile]]] = defaultdict(list)
        #: What known people are called by weak forms.
        self.parts: dict[tuple[tuple[str, str], PersonKey], Node] = {}
        #: Uses that the words around them set against the others of their own form.
        self.aside: list[tuple[Node, NameUse]] = []

    def run(self) -> None:
        for node in self.nodes:
            self._take_form_answer(node)
            if not (node.person or node.conflict or node.nobody):
                self._match_known(node)
        bound = self._bound_profiles()
        self._set_aside(bound)
        for node in self.nodes:
            if node.nobody:
                for use in node.uses:
                    self.block.assign(use, "", "answer-nobody", "sure")
            elif node.conflict:
                self.block.ask(node, node.uses, self.profiles, conflict=True)
            elif node.place in bound:
                self._settle(node, bound[node.place], node.rule or "answer", sure=True)
            elif node.person and (node.rule != "alias" or node.sure) and not self._listed_apart(node):
                self._settle(node, self._profile_of(node.person), node.rule, sure=node.sure)
            elif node.person and not self._listed_apart(node):
                self.open.append(node)
            else:
                node.person = ""
                self._place(node)
        for profile in self.profiles:
            for node in profile.nodes:
                state: State = "sure" if node.sure else "read"
                for use in node.uses:
                    self.intros[use.item].append((use.start, profile))
                    self.block.assign(use, profile.key, node.rule, state)
        for node in self.open:
            self._resolve_open(node)
        for node, use in self.aside:
            named = [p for p in self.profiles if p.nodes and (node in p.nodes or self._nameable(node, p))]
            self.block.ask(node, [use], named, single=True)
        self.block.profiles.extend(p for p in self.profiles if p.nodes)

    def _set_aside(self, bound: Mapping[tuple[str, str], Profile]) -> None:
        """Take out uses that say that they are not the person whom the others of the surname name.

        "Another Mr. Lee" wherever somebody of the name is known; "her brother, Mr. Lee" and "Mr.
        Lee the banker" after somebody of the name in the same document.
        """
        starts: dict[str, int] = {}
        for node in self.nodes:
            for use in node.uses:
                starts[use.item] = min(use.start, starts.get(use.item, use.start))
        several = sum(len(n.uses) for n in self.nodes) > 1
        for node in self.nodes:
            if node.sure or node.nobody or node.conflict or node.place in bound:
                continue
            kept = []
            for use in node.uses:
                rival = use.is_pointed and starts[use.item] < use.start
                if rival or (use.is_another and (several or node.maybe)):
                    self.aside.append((node, use))
                else:
                    kept.append(use)
            node.uses = kept
        self.nodes = [n for n in self.nodes if n.uses]

    # --- answers and known people --------------------------------------------------------------

    def _take_form_answer(self, node: Node) -> None:
        values = self.block.forms.get(node.place, set())
        if not values:
            return
        node.sure = True
        if len(values) > 1:
            node.conflict = True
            return
        who = next(iter(values))
        place = use_of_key(who.person) if who.person else None
        node.rule = "answer"
        if who.nobody:
            node.nobody = True
        elif place is not None and self.block.at.get(place) is node:
            node.person = self._own_key(node)
        elif who.person:
            node.person = self._owner_of(who.person)
        else:
            node.person, node.display = self._own_key(node), who.new
        if (node.place, node.person) in self.bonds.apart:
            node.conflict = True

    def _own_key(self, node: Node) -> PersonKey:
        return key_of_use(*node.first_use().place)

    def _owner_of(self, key: PersonKey) -> PersonKey:
        """Return the key of the form, in this group, that holds the place of a key."""
        place = use_of_key(key)
        node = self.block.at.get(place) if place else None
        if node is None or place in self.block.assigned:
            return key
        if node.uses and node.group == self.group:
            return f"form:{node.name.form}"
        return key

    def _match_known(self, node: Node) -> None:
        bound = self.bonds.person.get(node.place)
        if bound:
            node.person, node.rule, node.sure = bound, "same", True
            return
        match = self.book.match(node.name, linked=node.linked)
        node.doubtful = match.doubtful
        node.maybe = frozenset(k for k in match.maybe if (node.place, k) not in self.bonds.apart)
        if match.person and (node.place, match.person) not in self.bonds.apart:
            node.person, node.rule, node.sure = match.person, match.rule, node.linked

    def _bound_profiles(self) -> dict[tuple[str, str], Profile]:
        """Make one profile of forms that answers hold together."""
        roots: dict[str, str] = {}

        def find(x: str) -> str:
            while roots.setdefault(x, x) != x:
                x = roots[x]
            return x

        tied: set[str] = set()
        for node in self.nodes:
            if node.person.startswith("form:"):
                pair = sorted((find(node.name.form), find(node.person[5:])))
                roots[pair[1]] = pair[0]
                tied |= {node.name.form, node.person[5:]}
        for left, right in sorted(self.bonds.together):
            if left[0] == right[0] == self.group:
                pair = sorted((find(left[1]), find(right[1])))
                roots[pair[1]] = pair[0]
                tied |= {left[1], right[1]}
        bound: dict[tuple[str, str], Profile] = {}
        made: dict[str, Profile] = {}
        for node in self.nodes:
            form = node.name.form
            if form not in tied or node.conflict or node.nobody:
                continue
            profile = made.setdefault(find(form), Profile([]))
            bound[node.place] = profile
            if node.person and not node.person.startswith(("form:", "at:")):
                profile.person = min(filter(None, (profile.person, node.person)))
        for profile in made.values():
            if profile.person:
                same = self._profile_of(profile.person, make=False)
                if same is None:
                    self.profiles.append(profile)
            else:
                self.profiles.append(profile)
        return bound

    def _profile_of(self, person: PersonKey, *, make: bool = True) -> Profile | None:
        if not person:
            return None
        for profile in self.profiles:
            if profile.person == person:
                return profile
        if not make:
            return None
        profile = Profile([], person=person)
        self.profiles.append(profile)
        return profile

    # --- forms -----------------------------------------------------------------------------------

    def _settle(self, node: Node, profile: Profile | None, rule: str, *, sure: bool = False) -> None:
        """Give all uses of a form to one profile."""
        if profile is None:
            profile = Profile([])
            self.profiles.append(profile)
        node.rule, node.sure = rule, node.sure or sure
        profile.nodes.append(node)

    def _place(self, node: Node) -> None:
        """Find or make the profile of a form, or leave it open."""
        if node.strength in {"bare", "family"} and not self._is_new_link(node):
            self.open.append(node)
            return
        options = [p for p in self.profiles if p.nodes and self._joinable(node, p)]
        hinted = [p for p in self.profiles if p.nodes and p.person in node.maybe and p not in options]
        if node.strength == "titled" and not options:
            hinted += [p for p in self.profiles if p.nodes and may_be_same_rank(node, p)]
        outside = node.maybe - {p.person for p in self.profiles}
        if (
            node.strength in {"full", "initial", "titled"}
            and len(options) == 1
            and not ((outside or hinted) and node.strength != "full")
        ):
            self._settle(node, options[0], "fuller-name")
        elif node.strength == "full" and not options and not node.doubtful:
            self._settle(node, None, "new")
        elif options or node.doubtful or ((outside or hinted) and not node.linked) or self._is_vague(node):
            self.open.append(node)
        else:
            self._settle(node, None, "linked" if node.linked else "new", sure=node.linked)

    def _is_new_link(self, node: Node) -> bool:
        """Say whether a lone word that the user linked makes somebody known.

        Not "@tom", nor "[[Tom]]": whoever is called so may be known by a fuller name.
        """
        if not node.linked or node.maybe or self.block.near:
            return False
        if any(use.is_handle for use in node.uses) or set(node.name.flat) & (GIVEN | AMBIGUOUS):
            return False
        return not any(p.nodes and self._nameable(node, p) for p in self.profiles)

    def _is_vague(self, node: Node) -> bool:
        """Say whether a form names nobody in particular, and only a question can tell."""
        if is_vague(node.name.titles):
            return True
        if node.strength == "short":
            return not self.diary or any(t in {"sir", "dame"} for t in node.name.titles)
        if node.strength == "courtesy":
            return any(p.nodes and may_name(node, p) for p in self.profiles if self._has_office(p))
        return len(node.name.key) == 1

    @staticmethod
    def _has_office(profile: Profile) -> bool:
        return "office" in classes_of(tuple(sorted(profile.titles)))

    def _joinable(self, node: Node, profile: Profile) -> bool:
        if any(
            pair in self.bonds.kept_apart
            for n in profile.nodes
            for pair in ((node.place, n.place), (n.place, node.place))
        ):
            return False
        if profile.person and (node.place, profile.person) in self.bonds.apart:
            return False
        return may_join(node, profile) and not profile.lists & node.lists

    def _listed_apart(self, node: Node) -> bool:
        """Say whether the known person of a form stands in one list with it under another name."""
        profile = self._profile_of(node.person, make=False)
        return profile is not None and not node.sure and bool(profile.lists & node.lists)

    # --- weak forms, use by use --------------------------------------------------------------------

    def _resolve_open(self, node: Node) -> None:
        candidates = [p for p in self.profiles if p.nodes and self._nameable(node, p)]
        only = self._only_one(node, candidates)
        asked: list[NameUse] = []
        alias = self._profile_of(node.person) if node.person else None
        for use in node.uses:
            here = self._introduced(node, use, candidates)
            holder = self._holder(node, use)
            if self._is_told_apart(use, here):
                asked.append(use)
            elif alias is not None and (alias in here or not here):
                self._link(use, alias, node.rule, node)
            elif holder is not None and not here - {holder}:
                self._link(use, holder, "office-then", node)
            elif len(here) == 1 and self._decides(node, next(iter(here))):
                self._link(use, next(iter(here)), "introduced-here", node)
            elif alias is None and only is not None and not here - {only}:
                self._link(use, only, "only-one-here", node)
            else:
                asked.append(use)
        if asked:
            self.block.ask(node, asked, candidates)

    def _nameable(self, node: Node, profile: Profile) -> bool:
        if any(
            pair in self.bonds.kept_apart
            for n in profile.nodes
            for pair in ((node.place, n.place), (n.place, node.place))
        ):
            return False
        if profile.person and (node.place, profile.person) in self.bonds.apart:
            return False
        return may_name(node, profile)

    def _introduced(self, node: Node, use: NameUse, candidates: Sequence[Profile]) -> set[Profile]:
        """Return the candidates that the same document names before.

        What is only named later decides nothing earlier, save a mere surname in a paper that knows
        one person of it: papers give the office in passing, wherever it is wanted.
        """
        allowed = set(candidates)
        alone = (
            not self.diary
            and node.strength == "bare"
            and len(allowed) == 1
            and not node.maybe - {p.person for p in allowed}
        )
        return {
            p for start, p in self.intros.get(use.item, ()) if p in allowed and (alone or start < use.start)
        }

    @staticmethod
    def _is_told_apart(use: NameUse, here: set[Profile]) -> bool:
        """Say whether the words around a use speak against whoever the document has introduced.

        "Mr. Lee the banker", "her brother, Mr. Lee", "Lee" after "Ann and John Lee".
        """
        if use.is_another or (use.told_apart and here):
            return True
        if any(p.lists & use.lists for p in here):
            return True
        return any(
            u.item == use.item and u.shared and u.start < use.start
            for p in here
            for n in p.nodes
            for u in n.uses
        )

    def _decides(self, node: Node, profile: Profile) -> bool:
        """Say whether being introduced in the document settles it."""
        if node.strength == "bare":
            return not profile.wifely
        if node.strength == "titled":
            return may_be_same_rank(node, profile)
        if node.strength in {"full", "initial"}:
            return not node.doubtful and may_join(node, profile)
        return profile.has_full_name

    def _only_one(self, node: Node, candidates: Sequence[Profile]) -> Profile | None:
        """Return the one person whom this diary knows by the surname, if there is just one."""
        if node.strength != "bare" or not node.name.surname or len(candidates) != 1:
            return None
        if candidates[0].wifely or not candidates[0].is_default(courtesy=self.diary):
            return None  # and in papers of many hands "Mr." is not enough
        if node.maybe - {candidates[0].person}:
            return None
        if any(n is not node and n.strength not in {"bare", "family"} for n in self.open):
            return None
        return candidates[0]

    def _holder(self, node: Node, use: NameUse) -> Profile | None:
        """Return the known person who held the office of the title on the day of the use."""
        if node.strength != "titled":
            return None
        return self._profile_of(self.book.holder(node.name, use.written_on, node.maybe))

    def _link(self, use: NameUse, profile: Profile, rule: str, node: Node) -> None:
        """Give one use of a weak form to a profile."""
        self.block.assign(use, profile.key, rule, "read")
        if not profile.known:
            # A person made known by the text is anchored by forms that are wholly his.
            profile.extra.append(use)
        else:
            part = self.parts.get((node.place, profile.key))
            if part is None:
                part = self.parts[node.place, profile.key] = replace_uses(node, [])
                profile.nodes.append(part)
            part.uses.append(use)
        if node.strength != "bare":
            self.intros[use.item].append((use.start, profile))
