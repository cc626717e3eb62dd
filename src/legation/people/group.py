"""One diary or volume within a block: which of its forms are one person's, and what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legation.people.habits import find_habits, find_usual
from legation.people.identity import NameUse, PersonKey, Spell, Who, key_of_use, use_of_key
from legation.people.match import is_all_one, may_be_same_rank, may_join, may_name
from legation.people.nodes import Node, Profile, replace_uses
from legation.people.ranks import classes_of, is_vague
from legation.reading.lexicon.given import AMBIGUOUS, GIVEN

#: Whoever is called so and no more may be known by a fuller name.
_FIRST_NAMES = GIVEN | AMBIGUOUS

#: Offices whose holder is not called "Mr." besides.
_HIGHEST = frozenset({"president", "pope"})

if TYPE_CHECKING:
    from legation.facts.derived import State
    from legation.people.block import BlockRun


@dataclass(slots=True)
class Waiting:
    """Uses of one form that nothing has settled, and whom they may name."""

    node: Node
    uses: list[NameUse]
    candidates: list[Profile]


class GroupRun:
    """One diary or volume within a block."""

    def __init__(self, block: BlockRun, group: str, nodes: list[Node]) -> None:
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
        #: Forms that only the tagger holds for names.
        self.proposed: list[Node] = []
        self.waiting: list[Waiting] = []
        #: How often each weak form was explained by its own document: (surname, person) -> items.
        self.explained: dict[tuple[str, PersonKey], set[str]] = defaultdict(set)

    def run(self) -> None:
        """Assign every use of the group, or ask."""
        for node in self.nodes:
            self._take_form_answer(node)
        self._take_general_answers()
        for node in self.nodes:
            if not (node.person or node.conflict or node.nobody):
                self._match_known(node)
        self._keep_to_dates()
        self._set_proposed_apart()
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
        self._resolve_open()
        self._ask()
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
            general = node.rule == "answer-for-all"
            if (node.sure and not general) or node.nobody or node.conflict or node.place in bound:
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
        self._obey(node, next(iter(values)), "answer")

    def _obey(self, node: Node, who: Who, rule: str) -> None:
        """Let a form name whom an answer says."""
        place = use_of_key(who.person) if who.person else None
        node.rule, node.sure = rule, True
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

    def _take_general_answers(self) -> None:
        """Follow an answer that everybody of a surname in this group is one person.

        It holds for whoever can be that person; forms with another given name stay what they are.
        """
        told = [
            (form, who)
            for (group, form), values in sorted(self.block.forms.items())
            if group == self.group and len(values) == 1
            for who in values
            if who.everyone and who.person
        ]
        if len({who.person for _, who in told}) != 1:
            return
        who = told[0][1]
        target = self.block.at.get(use_of_key(who.person) or ("", -1))
        names = [target.name] if target else list(self.book.names(who.person))
        if not any(name.given for name in names):
            # If nothing tells which of two given names is meant, neither is.
            given = {n.name for n in self.nodes if n.name.given}
            if not all(is_all_one(a, b) for a in given for b in given):
                names += given
        for node in self.nodes:
            if node.place in self.block.forms or node.linked or not node.name.surname:
                continue
            if (
                names
                and all(is_all_one(node.name, name) for name in names)
                and not is_vague(node.name.titles)
            ):
                self._obey(node, who, "answer-for-all")

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

    def _keep_to_dates(self) -> None:
        """Keep a known name, and one that an answer ties to a person, to the days on which it was borne.

        On other days its bearer is a candidate and no more.
        """
        for node in list(self.nodes):
            spells = self.bonds.spells.get(node.place, ())
            if not spells and node.person and node.rule in {"exact", "alias", "known-full"}:
                spells = self.book.spells(node.person, node.name)
            if not spells:
                continue
            strays = [
                u for u in node.uses if u.written_on and not any(s.covers(u.written_on) for s in spells)
            ]
            if strays:
                node.uses = [u for u in node.uses if u not in strays]
                stray = replace_uses(node, strays)
                stray.maybe, stray.sure, stray.spells = node.maybe | {node.person} - {""}, False, spells
                self.open.append(stray)
        self.nodes = [n for n in self.nodes if n.uses]

    def _set_proposed_apart(self) -> None:
        """Take out what only the tagger holds for names: it makes nobody known and is nobody's rival."""
        for node in self.nodes:
            if node.sure or node.nobody or node.conflict:
                continue
            seen = [u for u in node.uses if u.is_proposed]
            if seen:
                node.uses = [u for u in node.uses if not u.is_proposed]
                self.proposed.append(replace_uses(node, seen))
        self.nodes = [n for n in self.nodes if n.uses]

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
        if any(use.is_handle for use in node.uses) or set(node.name.flat) & _FIRST_NAMES:
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

    def _kept_apart(self, node: Node, profile: Profile) -> bool:
        """Say whether an answer keeps a form and a profile apart."""
        if profile.person and (node.place, profile.person) in self.bonds.apart:
            return True
        return any(
            pair in self.bonds.kept_apart
            for n in profile.nodes
            for pair in ((node.place, n.place), (n.place, node.place))
        )

    def _joinable(self, node: Node, profile: Profile) -> bool:
        if self._kept_apart(node, profile):
            return False
        return may_join(node, profile) and not profile.lists & node.lists

    def _listed_apart(self, node: Node) -> bool:
        """Say whether the known person of a form stands in one list with it under another name."""
        profile = self._profile_of(node.person, make=False)
        return profile is not None and not node.sure and bool(profile.lists & node.lists)

    # --- weak forms, use by use --------------------------------------------------------------------

    def _resolve_open(self) -> None:
        """Link the uses of weak forms: by their own document first, then by the habits of the group."""
        habits = find_habits(self.nodes, self.profiles)
        left = []
        for node in self.open:
            candidates = [p for p in self.profiles if p.nodes and self._nameable(node, p)]
            uses = self._link_uses(node, candidates, habits.get(node.name.surname))
            if uses:
                left.append(Waiting(node, uses, candidates))
        for waiting in left:
            usual = self._usual(waiting.node, waiting.candidates)
            kept = []
            for use in waiting.uses:
                here = self._introduced(waiting.node, use, waiting.candidates)
                if usual is not None and not self._is_told_apart(use, here) and not here - {usual}:
                    self._link(use, usual, "as-elsewhere", waiting.node)
                else:
                    kept.append(use)
            if kept:
                self.waiting.append(Waiting(waiting.node, kept, waiting.candidates))

    def _link_uses(self, node: Node, candidates: list[Profile], habit: Profile | None) -> list[NameUse]:
        """Link the uses of a weak form where something settles them; return the others."""
        only = self._only_one(node, candidates)
        alias = self._profile_of(node.person) if node.person and not node.spells else None
        if habit not in candidates or node.strength not in {"bare", "courtesy"} or node.spells:
            habit = None
        asked: list[NameUse] = []
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
                person = next(iter(here))
                self.explained[node.name.surname, person.key].add(use.item)
                self._link(use, person, "introduced-here", node)
            elif habit is not None and not here - {habit}:
                self._link(use, habit, "answer-for-surname", node)
            elif alias is None and habit is None and only is not None and not here - {only}:
                self._link(use, only, "only-one-here", node)
            else:
                asked.append(use)
        return asked

    def _usual(self, node: Node, candidates: Sequence[Profile]) -> Profile | None:
        """Return whom other documents of the group have explained the surname to mean, and nobody else."""
        if node.strength not in {"bare", "courtesy"} or node.spells or self._has_rival(node, candidates):
            return None
        return find_usual(node, candidates, self.explained)

    def _has_rival(self, node: Node, candidates: Sequence[Profile]) -> bool:
        """Say whether somebody else of the surname is about: in the book, or in a form left open."""
        if node.maybe - {p.person for p in candidates}:
            return True
        return any(n is not node and n.strength not in {"bare", "family", "courtesy"} for n in self.open)

    def _nameable(self, node: Node, profile: Profile) -> bool:
        return not self._kept_apart(node, profile) and may_name(node, profile)

    def _introduced(self, node: Node, use: NameUse, candidates: Sequence[Profile]) -> set[Profile]:
        """Return the candidates that the same document names before.

        What is only named later decides nothing earlier, save a mere surname in a paper that knows
        one person of it: papers give the office in passing, wherever it is wanted, and list those
        present at the end.
        """
        allowed = set(candidates)
        alone = (
            not self.diary
            and (
                node.strength == "bare"
                or (node.strength == "courtesy" and not self._has_rival(node, candidates))
            )
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
        return profile.has_full_name or self._is_called_mr(profile)

    def _is_called_mr(self, profile: Profile) -> bool:
        """Say whether papers that introduce somebody by an office mean him by "Mr." from then on.

        Not if the volume knows two people of the surname, and not a president or prince: "Mr." after
        "President" is as often his brother.
        """
        if self.diary or not self._has_office(profile) or profile.titles & _HIGHEST:
            return False
        names = {n.name for p in self.profiles for n in p.nodes if p.sex != "f"}
        return all(is_all_one(a, b) for a in names for b in names)

    def _only_one(self, node: Node, candidates: Sequence[Profile]) -> Profile | None:
        """Return the one person whom this diary knows by the surname, if there is just one."""
        if node.strength != "bare" or not node.name.surname or len(candidates) != 1 or node.spells:
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

    # --- questions -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask what is left: one question for the surname, one each for what stands apart from it."""
        for waiting in list(self.waiting):
            if self._is_new_here(waiting):
                self.waiting.remove(waiting)
                for use in waiting.uses:
                    self.block.assign(use, key_of_use(*waiting.uses[0].place), "only-here", "read")
                self.profiles.append(Profile([replace_uses(waiting.node, waiting.uses)]))
        plain = [w for w in self.waiting if self._is_plain(w.node)]
        if plain:
            self.block.ask_surname(self.group, plain, self._rest_of_name())
        for waiting in self.waiting:
            if waiting not in plain:
                self.block.ask(waiting.node, waiting.uses, waiting.candidates)
        for node in self.proposed:
            named = [p for p in self.profiles if p.nodes and self._nameable(node, p)]
            self.block.ask(node, node.uses, named, proposed=True)
        for node, use in self.aside:
            named = [p for p in self.profiles if p.nodes and (node in p.nodes or self._nameable(node, p))]
            self.block.ask(node, [use], named, single=True)

    def _is_plain(self, node: Node) -> bool:
        """Say whether one answer for the surname settles a form: "Lee" and "Mr. Lee"."""
        name = node.name
        if not name.surname or name.number or name.given or node.spells:
            return False
        return set(name.titles) <= {"mr"}

    def _rest_of_name(self) -> list[Profile]:
        """Return the people of the group who bear the surname."""
        return [p for p in self.profiles if p.nodes and p.has_surname]

    def _is_new_here(self, waiting: Waiting) -> bool:
        """Say whether a name is somebody new: one document has it, and nobody known may bear it.

        Nothing is joined with anything by this; the second document that has the name asks.
        """
        node = waiting.node
        if node.strength in {"family", "short"} or node.linked or node.spells:
            return False
        if (
            node.maybe
            or waiting.candidates
            or (node.strength == "bare" and set(node.name.flat) <= _FIRST_NAMES)
        ):
            return False
        if self.block.near or len({u.item for u in node.uses}) > 1 or any(u.is_another for u in node.uses):
            return False
        if len(node.name.key) == 1 or any(u.is_handle for u in node.uses):
            return False
        others = any(w is not waiting for w in self.waiting) or self.aside
        return not others


def cut_gaps(spells: Sequence[Spell], uses: Sequence[NameUse]) -> list[tuple[Spell, list[NameUse]]]:
    """Return uses by the stretch of days in which they lie between the spells, in order of time."""
    found: dict[Spell, list[NameUse]] = {}
    for use in sorted(uses, key=lambda u: u.order):
        after = max(
            (s.until for s in spells if s.until and not Spell(until=s.until).covers(use.written_on)),
            default="",
        )
        before = min((s.since for s in spells if s.since > use.written_on), default="")
        found.setdefault(Spell(after=after, before=before), []).append(use)
    return list(found.items())
