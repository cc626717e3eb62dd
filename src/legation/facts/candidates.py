"""What reading one document alone can say: candidates with their evidence.

Reading emits every plausible candidate; derivation promotes them with what other documents
know (decision 0001). All spans point into the rendition's text of the item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.facts.when import When

ItemKind = Literal["entry", "paper", "card", "event", "message", "row", "note", "proposal"]
MentionKind = Literal["name", "office", "kin"]
AccountStatus = Literal["held", "planned", "reported", "denied"]
#: Forms of meeting (GUIDELINES of the reading gold data, and `letter`).
FORMS = (
    "breakfast", "lunch", "dinner", "supper", "visit", "call", "reception", "telephone", "letter",
    "corridor", "session", "walk", "journey", "theatre", "church", "tavern", "meeting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MentionCandidate:
    """A reference to one person by a name or by a description that stands for that person.

    For names `titles`, `given`, `surname` are the parts as written, without dots (titles in
    lower case: ("sir",), ("my", "lord") is ("my lord",)). For `office` and `kin`, `head` is the
    normalised description in lower case ("secretary of state", "wife"), and `of` says whose:
    "author" (my, our), "mention:N" (index in the same tuple: "Nicolson's wife"; an appositive
    office "Mr. Tyler, Acting Assistant Secretary" has `same_as` instead), or "" where unknown
    (his, her, the).

    `evidence` holds codes such as `title`, `given`, `initials`, `speech`, `coordination`,
    `linked` (the user wrote `[[...]]` or `@...`), `header`, `signature`, `repeated`, `bare`. `handle`
    is an `@` and one word; `another`, `kin_before`, `apposed`, `restricted`, `elder`, `younger`,
    `shared_surname` and `listed:N` tell namesakes apart (see `reading.name_marks`). `tagger:N` says that
    the name tagger offers it with a chance of N hundredths, `tagged` that it made what was open hold.
    `sure` says that the document alone suffices to hold it for a person's name;
    `score` (0–1) is the reader's confidence in that, read alone.
    """

    span: Span
    kind: MentionKind
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    head: str = ""
    of: str = ""
    same_as: int = -1
    evidence: tuple[str, ...] = ()
    sure: bool = False
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression that fixes a day, month or year, resolved against the item's own date."""

    span: Span
    when: When


@dataclass(frozen=True, slots=True)
class AccountCandidate:
    """What one document says of one encounter, as far as it can be told alone.

    `participants` are indexes into the reading's mentions; `author` says whether the author took
    part ("I", "we"). `group` says that unnamed company was there ("they", "the two Sir Williams").
    `rule` names the pattern; `score` (0–1) is the confidence that it is an encounter at all.
    """

    span: Span
    status: AccountStatus
    form: str
    participants: tuple[int, ...]
    author: bool
    on: When | None = None
    place: Span | None = None
    rule: str = ""
    score: float = 0.0
    inferred: tuple[int, ...] = ()


#: Stands in `Party.mention` for the item's author ("I"), and for somebody whom the text does not name.
AUTHOR, UNKNOWN = -1, -2
FindingKind = Literal["statement", "introduction", "promise", "occasion"]
#: speaker and addressee of a statement; introducer and introduced; by and to of a promise; person
#: of an occasion.
PartyRole = Literal["speaker", "addressee", "introducer", "introduced", "by", "to", "person"]
OCCASIONS = (
    "birthday", "wedding", "birth", "illness", "death", "bereavement", "appointment", "departure",
    "arrival",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who has a part in a finding.

    `mention` is an index into the reading's mentions, `AUTHOR` or `UNKNOWN`. `words` is the span
    that stands for the person here ("he", "I") where that is not the mention itself; `inferred`
    names the rule that led from there to the mention ("" where the mention itself has the part).
    """

    role: PartyRole
    mention: int
    inferred: str = ""
    words: Span | None = None


@dataclass(frozen=True, slots=True)
class FindingCandidate:
    """A statement, introduction, promise or occasion, as far as one document tells it.

    `mode` is "quoted" or "reported" for a statement, else ""; `what` an occasion's kind
    (`OCCASIONS`), "letter" for an introduction by letter, else ""; `on` the day that an occasion
    falls on or a promise is due, with its words in `on_span`; `quotation` the words in quotation
    marks. `status` is "denied" where the text says that it did not happen, "reported" where
    somebody in the text tells it. `rule` names the pattern; `score` (0-1) is the confidence that
    kind, parties and status are right.
    """

    kind: FindingKind
    span: Span
    parties: tuple[Party, ...]
    mode: Literal["", "quoted", "reported"] = ""
    what: str = ""
    status: AccountStatus = "held"
    on: When | None = None
    on_span: Span | None = None
    quotation: Span | None = None
    rule: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class HeaderPerson:
    """One printed participant, sender or addressee: the line, and the mention inside it.

    `mention` is an index into the reading's mentions; `side` is the heading the person stands
    under ("United States", "USSR") or "".
    """

    span: Span
    mention: int
    side: str = ""
    role: Literal["participant", "from", "to", "drafter", "attendee", "cc"] = "participant"


@dataclass(frozen=True, slots=True)
class Header:
    """What the head (or foot) of a paper prints about it, each field with its own words."""

    title: Span | None = None
    date: Span | None = None
    place: Span | None = None
    subject: Span | None = None
    people: tuple[HeaderPerson, ...] = ()
    #: Where the paper says that the list of participants stands elsewhere.
    elsewhere: Span | None = None


@dataclass(frozen=True, slots=True)
class CardField:
    """One property of a card or column of a row: `name` in lower case, value, parameters, span."""

    name: str
    value: str
    params: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A calendar component (RFC 5545), recurrence unexpanded."""

    uid: str
    summary: str
    start: When | None
    end: When | None = None
    rrule: str = ""
    location: str = ""
    description: str = ""
    #: (name, address) of ORGANIZER and ATTENDEEs.
    attendees: tuple[tuple[str, str], ...] = ()
    status: str = ""
    span: Span | None = None
    #: "event", "todo", "journal" or "freebusy".
    component: str = "event"
    #: Clock time of the start as written ("18:30"; "" for a whole day), and its zone's name.
    start_time: str = ""
    zone: str = ""
    #: Days added to and taken from the recurrence, and the day that a changed instance replaces.
    rdates: tuple[When, ...] = ()
    exdates: tuple[When, ...] = ()
    instance: When | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """The envelope of a mail message (RFC 5322); addresses are (name, address)."""

    message_id: str
    sender: tuple[tuple[str, str], ...] = ()
    to: tuple[tuple[str, str], ...] = ()
    cc: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    sent: When | None = None
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one item says, read alone: a pure function of its text and context."""

    kind: ItemKind
    title: str = ""
    written_on: When | None = None
    written_span: Span | None = None
    author: str = ""
    mentions: tuple[MentionCandidate, ...] = ()
    accounts: tuple[AccountCandidate, ...] = ()
    dates: tuple[DateMention, ...] = ()
    header: Header | None = None
    card: tuple[CardField, ...] = ()
    event: Event | None = None
    message: Message | None = None
    problems: tuple[Problem, ...] = ()
    #: Front-matter keys that Legation knows, as written.
    front: tuple[tuple[str, str], ...] = field(default=())
    findings: tuple[FindingCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an item before it is read: where it came from and what the user said of it.

    `path` is the file's path as given (its name may hold a date), `part` the part's name,
    `written_on` and `author` what the user or the source's settings say ("" and None if nothing).
    """

    path: str = ""
    part: str = ""
    kind: ItemKind | None = None
    written_on: When | None = None
    author: str = ""
