"""What the derivation runner asks of the stages: pure functions that others bring.

`workspace.stages` holds the one list; the ledger runs it without importing what is behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from legation.facts.candidates import Context, Reading
from legation.facts.judgement import Judgement

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ItemInfo:
    """What derivation knows of an item beside its reading."""

    item: str
    source: str
    path: str
    part: str
    document: str
    rendition: str
    kind: str
    author: str
    group: str
    written_on: str
    author_person: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A promoted mention before anybody is assigned to it.

    `number` counts in the reading's mentions; `block` is the unit in which identity is decided,
    or "" for a description that no block decides.
    """

    number: int
    start: int
    end: int
    kind: str
    form: str
    block: str
    parts: Mapping[str, Any]
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Use:
    """A stored mention of a block, for deciding who it is."""

    mention: str
    item: str
    group: str
    written_on: str
    start: int
    end: int
    quote: str
    kind: str
    form: str
    parts: Mapping[str, Any]
    rule: str
    document: str
    rendition: str


@dataclass(slots=True)
class Outcome:
    """Who is who in one block: mention → (person id or "", state, rule), people, questions."""

    assigned: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    people: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class KnownOutcome:
    """People known before any text is read."""

    #: Rows of `known`: person, blocks (JSON list), data (JSON).
    known: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    occasions: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)
    #: Folded names that promotion takes as known, by person.
    names: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """The judgements that bear on one block, anchors already located."""

    #: (group, form) -> values: at most one for all days, then those bounded by `SPELL`, oldest first
    forms: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
    #: mention id -> value
    uses: Mapping[str, Mapping[str, Any]]
    #: (reference, reference, value of `same`); an anchored person is {"at": [item, start]}
    pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]]
    #: Places (item, start) whose person's id a judgement made durable.
    durable: Mapping[tuple[str, int], str]
    #: References of people known beforehand (JSON) -> (person id, the person's first reference)
    refs: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Joined:
    """Encounters of one day: rows of encounters, encounter_people, questions, and account → encounter."""

    encounters: list[Row]
    people: list[Row]
    questions: list[Row]
    of_account: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of findings, finding_people and questions of one item."""

    findings: list[Row]
    people: list[Row]
    questions: list[Row]


class Stages(Protocol):
    """Every step of derivation; all pure and independent of order."""

    #: Changes whenever a rule does: derived facts of another version are made anew.
    version: str

    def context_of(self, arrival: Row) -> Context:
        """Return what is known of an item before reading."""
        ...

    def group_of(self, info_kind: str, author: str, source: str) -> str:
        """Return the diary or volume that an item belongs to."""
        ...

    def author_of(self, arrival: Row, reading: Reading, owner: str) -> str:
        """Return who says "I" in an item, or ""."""
        ...

    def touched(self, reading: Reading, info: ItemInfo) -> Mapping[str, str]:
        """Return the register entries that an item touches, with its own evidence ("" for none)."""
        ...

    def sum_counts(self, counts: Sequence[str]) -> str:
        """Add up evidence; independent of order."""
        ...

    def entry(self, name: str, counts: str) -> str:
        """Return what promotion reads off summed evidence; equal entries promote alike."""
        ...

    def index_known(self, known: Sequence[Row]) -> object:
        """Return what promotion looks up of people known beforehand, made once a run."""
        ...

    def promote(
        self, reading: Reading, text: str, info: ItemInfo, register: Mapping[str, str], known: object
    ) -> tuple[Draft, ...]:
        """Return the mentions that hold, given the register's entries that the item touches.

        `known` is what `index_known` made; of it only what the item touches may matter.
        """
        ...

    def derive_known(
        self,
        cards: Sequence[tuple[ItemInfo, Reading, str]],
        authors: Sequence[ItemInfo],
        owner: str,
        pairs: Sequence[Judgement],
    ) -> KnownOutcome:
        """Return people known from cards and as authors."""
        ...

    def block_of_form(self, group: str, form: str) -> str:
        """Return the block that decides a form."""
        ...

    def blocks_of_known(self, block: str) -> tuple[str, ...]:
        """Return the keys under which known people bear on a block."""
        ...

    def resolve(
        self, block: str, uses: Sequence[Use], known: Mapping[str, Sequence[Row]], answers: Answers
    ) -> Outcome:
        """Decide who is who in one block; `known` has the people of `blocks_of_known`."""
        ...

    def bones_of(self, block: str) -> str:
        """Return what near spellings of a block have in common, or ""."""
        ...

    def place_of_person(self, row: Row) -> tuple[str, int] | None:
        """Return where a person whom a text made known is named first; None for others."""
        ...

    def near(self, bones: str, people: Sequence[Row], known: Sequence[Row], answers: Answers) -> list[Row]:
        """Return questions about people whose names are spelt alike."""
        ...

    def roles(
        self, reading: Reading, persons: Mapping[int, tuple[str, str]], drafts: Mapping[int, Row]
    ) -> Mapping[int, tuple[str, str, str]]:
        """Return persons of descriptions that stand beside a name: number → (person, state, rule)."""
        ...

    def accounts(
        self,
        reading: Reading,
        text: str,
        info: ItemInfo,
        mentions: Mapping[int, tuple[str, str]],
        verdicts: Sequence[Mapping[str, Any]],
    ) -> tuple[list[Row], list[Row]]:
        """Return (rows of accounts, rows of questions) of one item."""
        ...

    def findings(
        self,
        reading: Reading,
        text: str,
        info: ItemInfo,
        mentions: Mapping[int, Row],
        verdicts: Sequence[Mapping[str, Any]],
    ) -> Found:
        """Return the findings of one item; `mentions` are rows that hold, by the reading's numbers.

        Roles in `verdicts` are lists of people's ids.
        """
        ...

    def proposed(
        self, reading: Reading, text: str, info: ItemInfo, mentions: Mapping[int, Row], answers: Sequence[str]
    ) -> Reading:
        """Return a reading with what stands of the answers of language models about the item."""
        ...

    def events(self, reading: Reading, text: str, info: ItemInfo, find: Mapping[str, str]) -> list[Row]:
        """Return the events of one item; `find` maps addresses and names to people."""
        ...

    def join(self, on: str, accounts: Sequence[Row], judged: Mapping[frozenset[str], bool]) -> Joined:
        """Join the accounts of one day."""
        ...
