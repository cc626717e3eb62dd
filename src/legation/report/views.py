"""Views: what a face shows, ready to be set; no face computes anything of its own.

Every view is plain and frozen; `to_json` gives the versioned form that docs/formats describes.
Ids: `p-` person, `m-` mention, `a-` account, `e-` encounter, `q-` question, `i-` item, `j-`
judgement, `v-` event, `o-` occasion, `t-` finding (a statement, promise, introduction or occasion
that a text tells).
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.facts.derived import State


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A person as named in passing."""

    id: str
    name: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A citation made for reading: the quote with a little around it, and where it stands."""

    item: str
    item_title: str
    written_on: str
    kind: str
    start: int
    end: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class EncounterView:
    """An encounter or planned event with its accounts."""

    id: str
    on: str
    precision: str
    form: str
    place: str
    status: str
    state: State
    people: tuple[PersonLink, ...]
    accounts: tuple[Words, ...]
    #: Whether the owner took part; `people` are the others.
    owner_there: bool = True
    #: Names, as written, of those who took part and wait for an answer.
    unknown: tuple[str, ...] = ()
    #: What a calendar calls it.
    title: str = ""
    #: Whether it stands in weeks.toml and nowhere else; `id` is its uid there.
    kept: bool = False


@dataclass(frozen=True, slots=True)
class DueView:
    """Somebody to see or write to, with the reason and how it was computed."""

    person: PersonLink
    why: str
    days_since: int | None
    interval_days: int | None
    closeness: float
    last: Words | None
    last_on: str
    last_form: str
    #: you, circle, layer or default.
    set_by: str
    #: That you meet within 30 days as things go, from 0 to 1.
    chance: float = 0.0
    half_life_days: float = 30.0
    #: What a week within the interval counts.
    worth: float = 1.0
    #: What stands to be lost by waiting 30 days: the order.
    lost: float = 0.0
    #: The day of the next encounter that stands in weeks.toml, "" for none.
    planned_on: str = ""


@dataclass(frozen=True, slots=True)
class OccasionView:
    """A dated occasion with the courtesy that it asks for."""

    person: PersonLink
    kind: str
    on: str
    days_until: int
    says: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer to a question, with the key that gives it."""

    key: str
    label: str
    detail: str = ""
    #: What speaks for this answer.
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with the words in view; answered by one key.

    `topic` is what it is about (names, pairs, encounters, statements, …); questions of one `batch`
    belong together; `places` counts everywhere that it stands, of which `words` shows the first;
    `settles` says what the answer settles ("79 mentions"), "" where it is one thing only.
    """

    id: str
    kind: str
    prompt: str
    why: str
    weight: int
    options: tuple[OptionView, ...]
    words: tuple[Words, ...]
    topic: str = "names"
    batch: str = ""
    places: int = 0
    settles: str = ""
    #: open, once (about a single use: it waits until the name comes up again), later (put off) or
    #: never (not to be asked).
    state: str = "open"
    #: Whether an answer may hold for some days only.
    dated: bool = False
    #: The model that proposed what is asked about, "" where a rule read it.
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What waits for an answer: how many questions by topic, and how many were set aside.

    `topics` are (topic, number of open questions, what they settle); `once` counts those about a name
    used once, which are not open; `settled_today` counts answers and verdicts of the machine's own day
    that are in force.
    """

    total: int
    topics: tuple[tuple[str, int, int], ...] = ()
    later: int = 0
    never: int = 0
    settled_today: int = 0
    once: int = 0


@dataclass(frozen=True, slots=True)
class PartView:
    """Somebody's part in a finding: `person` where it is known, else as written ("" where not said).

    `how` is said, author, inferred, unknown or judged; `rule` names what inferred it.
    """

    role: str
    person: PersonLink | None
    as_written: str
    how: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A statement, promise, introduction or occasion as one text tells it.

    `what` is an occasion's kind, "letter" for an introduction by letter; `on` the day of an occasion
    or that a promise is due, `days_until` the days until its last day ("" and None where not on
    record); `yours` says whether the owner says, promises or introduces.
    """

    id: str
    kind: str
    status: str
    state: State
    mode: str
    what: str
    on: str
    precision: str
    days_until: int | None
    says: str
    yours: bool
    people: tuple[PartView, ...]
    #: The rules by which parts were inferred.
    inferred: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class TodayView:
    """The page of one day."""

    on: str
    owner: str
    planned: tuple[EncounterView, ...]
    due: tuple[DueView, ...]
    occasions: tuple[OccasionView, ...]
    questions: tuple[QuestionView, ...]
    open_questions: int
    recent: tuple[EncounterView, ...]
    people: int
    entries: int
    #: How many are due; `due` holds those who come first.
    due_count: int = 0
    #: Names in plan.toml that set no interval, each with the reason.
    unused: tuple[tuple[str, str], ...] = ()
    #: Promises that are due within days or whose day has passed lately, the owner's first.
    promises: tuple[FindingView, ...] = ()
    #: What else one should know of the day, in sentences.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameView:
    """One name that a person goes by, with its uses and words."""

    name: str
    uses: int
    state: State
    words: Words | None


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office with its dates ("" is open or not on record)."""

    name: str
    start: str
    end: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One line of a card: telephone, e-mail, note and so on."""

    name: str
    value: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class BriefView:
    """All that is on record of one person, for the page and for the brief."""

    person: PersonLink
    sort_name: str
    names: tuple[NameView, ...]
    offices: tuple[OfficeView, ...]
    circles: tuple[str, ...]
    facts: tuple[FactView, ...]
    how_met: tuple[EncounterView, ...]
    encounters: tuple[EncounterView, ...]
    encounter_count: int
    mentioned: tuple[Words, ...]
    mention_count: int
    with_people: tuple[tuple[PersonLink, int], ...]
    closeness: float
    closeness_says: str
    #: (month "1938-08", encounters) for drawing.
    months: tuple[tuple[str, int], ...]
    last_on: str
    days_since: int | None
    interval_days: int | None
    occasions: tuple[OccasionView, ...]
    questions: tuple[QuestionView, ...]
    #: Meetings with the owner up to today (`encounter_count` also counts those without him).
    met_count: int = 0
    #: Encounters dated after today, the next first.
    later: tuple[EncounterView, ...] = ()
    #: What the person said lately, and was told, with their numbers.
    said: tuple[FindingView, ...] = ()
    said_count: int = 0
    heard: tuple[FindingView, ...] = ()
    heard_count: int = 0
    #: Promises by the person and to them: the first due first, then those without a day, then past ones.
    promised: tuple[FindingView, ...] = ()
    promised_to: tuple[FindingView, ...] = ()
    #: Who brought the person together with others, or was brought by them.
    introductions: tuple[FindingView, ...] = ()
    #: Occasions of the person that texts tell, the latest first.
    told_occasions: tuple[FindingView, ...] = ()
    #: The chance (0–1) that you meet within 30 days, None where no day is on record; and in words.
    chance: float | None = None
    chance_says: str = ""
    half_life_days: float = 30.0
    #: The layer of closeness, 0 for none.
    layer: int = 0
    #: Closeness over time for drawing, (day, closeness): a contact day stands before and after it counts.
    course: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list of people."""

    person: PersonLink
    sort_name: str
    encounters: int
    mentions: int
    last_on: str
    closeness: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an entry's text with what was read from it.

    `fact` is the id that the margin note explains; `note` the key letter(s) that ties both, or
    "" for a mention of a person only; `person` the person it leads to, if known. Of words of which
    it is asked whether they name a person at all the kind is "proposed".
    """

    start: int
    end: int
    kind: str
    state: State
    fact: str
    note: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A margin note: one fact, keyed to the text."""

    key: str
    fact: str
    kind: str
    state: State
    says: str
    detail: str
    start: int
    people: tuple[PersonLink, ...] = ()
    question: QuestionView | None = None
    #: held, reported, planned or denied; "" of a question.
    status: str = ""
    #: The model that proposed it, "" where a rule read it.
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One item of the diary or a paper: its whole text, its marks and its notes."""

    item: str
    kind: str
    title: str
    written_on: str
    author: str
    path: str
    text: str
    marks: tuple[Mark, ...]
    notes: tuple[NoteView, ...]
    problems: tuple[tuple[str, str, str], ...]
    previous: tuple[str, str] | None
    next: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the diary's list."""

    item: str
    kind: str
    title: str
    written_on: str
    opening: str
    encounters: int
    questions: int


@dataclass(frozen=True, slots=True)
class HitView:
    """A search result; `pieces` alternate plain and matched text, beginning with plain."""

    item: str
    kind: str
    title: str
    written_on: str
    pieces: tuple[str, ...]
    score: float
    people: tuple[PersonLink, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """Results of a search with its filters."""

    words: str
    total: int
    hits: tuple[HitView, ...]
    person: PersonLink | None
    since: str
    until: str
    kind: str
    kinds: tuple[tuple[str, int], ...]
