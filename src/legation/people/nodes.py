"""The working parts of one block: forms of a group, and the profiles that they make up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from legation.people.compat import Strength, sex_hint, strength_of
from legation.people.identity import NameUse, PersonKey, Spell, key_of_use
from legation.people.naming import Name
from legation.people.ranks import Sex, classes_of, is_wifely

#: "Her colleague Lukas Weber": whose colleague he is, the name alone does not tell.
_WHOSE = re.compile(r"(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z][a-z-]* ){1,4}(?=[^\W\d_a-z])")

_ORDER: tuple[Strength, ...] = ("full", "initial", "titled", "courtesy", "short", "bare", "family")


@dataclass(slots=True)
class Node:
    """One form in one group with its uses; what is known of whom it names is filled in."""

    name: Name
    group: str
    uses: list[NameUse] = field(default_factory=list)
    strength: Strength = "bare"
    linked: bool = False
    #: The person that an answer, a link or a known name gives.
    person: PersonKey = ""
    rule: str = ""
    sure: bool = False
    nobody: bool = False
    display: str = ""
    conflict: bool = False
    #: Several known people bear the form in full.
    doubtful: bool = False
    #: Known people whom the form may name.
    maybe: frozenset[PersonKey] = frozenset()
    #: The days of which it is known already whom the form names.
    spells: tuple[Spell, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Group and form, which name the node."""
        return self.group, self.name.form

    @property
    def rank(self) -> tuple[int, int, int, int, int, str]:
        """Sorts nodes from the most to the least telling."""
        kinds = classes_of(self.name.titles)
        full = sum(len(g) > 1 for g in self.name.given)
        titled = 2 if kinds - {"courtesy"} else 1 if kinds else 0
        return (
            _ORDER.index(self.strength),
            -full,
            -len(self.name.given),
            -titled,
            -bool(self.name.number),
            self.name.form,
        )

    @property
    def lists(self) -> frozenset[tuple[str, str]]:
        """The lists in which a use stands beside namesakes."""
        return frozenset(row for u in self.uses for row in u.lists)

    @property
    def posts(self) -> frozenset[str]:
        """Offices in apposition to the full name, which tell more of the person than a title."""
        return frozenset(t for u in self.uses for t in u.posts) if self.strength == "full" else frozenset()

    def first_use(self, uses: Iterable[NameUse] | None = None) -> NameUse:
        """Return the earliest use by date, item and place; uses are kept in that order."""
        return next(iter(self.uses if uses is None else uses))


@dataclass(slots=True, eq=False)
class Profile:
    """Forms of one group that are held for one person."""

    nodes: list[Node]
    #: Uses of weak forms that were linked to it one by one.
    extra: list[NameUse] = field(default_factory=list)
    #: The key of a person known, or answered for; "" for a person made known by the text.
    person: PersonKey = ""

    @property
    def key(self) -> PersonKey:
        """The person's key: the known one, else the earliest use of its own forms."""
        if self.person:
            return self.person
        first = min((n.first_use() for n in self.nodes), key=lambda u: u.order)
        return key_of_use(*first.place)

    @property
    def known(self) -> bool:
        """Say whether the person was known beforehand."""
        return bool(self.person) and not self.person.startswith("at:")

    @property
    def lists(self) -> frozenset[tuple[str, str]]:
        """The lists in which a form of theirs stands beside namesakes."""
        return frozenset(row for n in self.nodes for row in n.lists)

    @property
    def given(self) -> tuple[str, ...]:
        """The most complete given names."""
        return max(
            (n.name.given for n in self.nodes),
            key=lambda g: (sum(len(x) > 1 for x in g), sum(map(len, g)), g),
        )

    @property
    def titles(self) -> frozenset[str]:
        """All titles of its forms, and offices that stand in apposition to them."""
        return frozenset(t for n in self.nodes for t in (*n.name.titles, *n.posts))

    @property
    def sex(self) -> Sex:
        """The sex that one of the forms tells."""
        return next((s for s in (sex_hint(n.name) for n in self.nodes) if s), "")

    @property
    def wifely(self) -> bool:
        """Say whether only a title that a husband gives makes the person known."""
        return all(is_wifely(n.name.titles) and not any(len(g) > 1 for g in n.name.given) for n in self.nodes)

    @property
    def has_surname(self) -> bool:
        """Say whether the surname is known."""
        return any(n.name.surname for n in self.nodes)

    @property
    def has_full_name(self) -> bool:
        """Say whether a given name and surname are known."""
        return any(n.strength == "full" for n in self.nodes)

    def is_default(self, *, courtesy: bool) -> bool:
        """Say whether a title before the mere surname is a form of theirs ("Mr. Creed").

        Whoever is called so is whom the writer means by the surname; a full name alone may be
        written out just because somebody else is meant by it. `courtesy`: "Mr." is enough.
        """
        enough = {"titled", "courtesy"} if courtesy else {"titled"}
        return any(n.strength in enough and not n.name.given for n in self.nodes)

    @property
    def count(self) -> int:
        """How many uses it has."""
        return sum(len(n.uses) for n in self.nodes) + len(self.extra)

    @property
    def display(self) -> str:
        """The best way to show the person: an answer's words, else the fullest and commonest form."""
        told = sorted(n.display for n in self.nodes if n.display)
        if told:
            return told[0]
        best = min(
            self.nodes,
            key=lambda n: (
                n.strength not in {"full", "initial"},
                -len(n.uses) * sum(map(len, n.name.given)),
                n.rank,
            ),
        )
        shown = show(best)
        return _WHOSE.sub("", shown) if best.strength == "full" else shown


def show(node: Node) -> str:
    """Return the spelling of a form that is most often used."""
    counts: dict[str, int] = defaultdict(int)
    for use in node.uses:
        counts[(use.linked or use.shown).strip()] += 1
    return min(counts, key=lambda s: (-counts[s], s.isupper(), s)) if counts else ""


def replace_uses(node: Node, uses: list[NameUse]) -> Node:
    """Return the form with some of its uses only."""
    return Node(
        node.name, node.group, uses, node.strength, node.linked, sure=node.sure, maybe=node.maybe,
        spells=node.spells,
    )  # fmt: skip


def make_nodes(uses: Iterable[NameUse]) -> dict[tuple[str, str], Node]:
    """Gather the uses of each form of each group."""
    nodes: dict[tuple[str, str], Node] = {}
    for use in sorted(uses, key=lambda u: (u.order, u.group)):
        name = use.name
        key = use.group, name.form
        node = nodes.get(key)
        if node is None:
            node = nodes[key] = Node(name, use.group, strength=strength_of(name))
        node.uses.append(use)
        node.linked = node.linked or bool(use.linked)
    return nodes
