"""Accounts: what one document says of one encounter, with the people that its mentions lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legation.facts.candidates import AccountCandidate, Reading
from legation.facts.derived import State
from legation.facts.ids import derive_id
from legation.facts.span import Citation, Span, overlap_enough

#: At and above this score an account enters unasked; below, it is a question (docs/reading.md).
ASK_BELOW = 0.75
#: Rules of the meeting that a paper is the record of.
OWN = frozenset({"header", "speakers"})
#: Length of an ISO date that is known to the day.
DAY = len("2000-01-01")


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody who took part in an account.

    `mention` is the mention's id, or "" for the author; `person` is "" where the mention waits
    for an answer; `how` is said, author, inferred or header.
    """

    mention: str
    person: str
    how: str


@dataclass(frozen=True, slots=True)
class Account:
    """What one item says of one encounter."""

    id: str
    citation: Citation
    status: str
    form: str
    on: str
    place: str
    place_start: int
    rule: str
    score: float
    state: State
    people: tuple[Taken, ...]

    @property
    def persons(self) -> frozenset[str]:
        """The people who are known to have taken part."""
        return frozenset(t.person for t in self.people if t.person)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of an account: confirm, reject, or correct with fields."""

    verdict: str
    changes: Mapping[str, str]
    judgement: str = ""


def derive_accounts(
    reading: Reading,
    text: str,
    cite: Citation,
    mentions: Mapping[int, tuple[str, str]],
    author: str,
    verdicts: Mapping[tuple[int, int], Verdict],
) -> tuple[Account, ...]:
    """Return the accounts of one item.

    `cite` is any citation of the item (item, document and rendition are taken from it);
    `mentions` maps the reading's mention numbers to (mention id, person id or "") and leaves out
    what was not promoted; `author` is the author's person id or ""; `verdicts` are by span.
    An account of fewer than two people is none; of several over one span the surest stands. A
    paper's author took part though nothing tells who he is: the signature stands for him, if any.
    """
    found: dict[str, Account] = {}
    writer = Taken("", author, "author") if author else _signer(reading, mentions)
    for candidate in reading.accounts:
        people = _people(candidate, mentions, writer)
        if len({t.person or t.mention for t in people}) < 2:
            continue
        account = _account(candidate, text, cite, people, verdicts)
        before = found.get(account.id)
        if before is None or (account.score, len(account.people), account.form) > (
            before.score,
            len(before.people),
            before.form,
        ):
            found[account.id] = account
    return _drop_retold(tuple(found.values()))


def fit_verdicts(
    spans: Iterable[tuple[int, int]], verdicts: Mapping[tuple[int, int], Verdict]
) -> tuple[dict[tuple[int, int], Verdict], list[Verdict]]:
    """Return the verdicts by the spans that accounts have now, and those that fit none.

    When the words around change, or a better reader cuts the account elsewhere, a verdict follows
    to the only account that its words overlap enough; where there is none, or more than one, it must
    be asked about and is never dropped. A rejected account that is gone is what the person wanted.
    """
    free = set(spans)
    fitted = {span: verdict for span, verdict in verdicts.items() if span in free}
    lost = []
    for (start, end), verdict in sorted(verdicts.items()):
        if (start, end) in fitted:
            continue
        over = [s for s in free if overlap_enough(s, (start, end))]
        if len(over) == 1 and over[0] not in fitted:
            fitted[over[0]] = verdict
        elif over or verdict.verdict != "reject":
            lost.append(verdict)
    return fitted, lost


def _drop_retold(accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """Leave out what a paper's own words tell again of the meeting that its header is about.

    "Mr. Butler and I had luncheon with the Ambassador" in the memorandum of that luncheon is no
    second encounter: the same day, no other people, no conflicting form.
    """
    headers = [a for a in accounts if a.rule in OWN and a.state != "rejected"]
    kept = []
    for account in accounts:
        retold = (
            account.rule not in OWN
            and account.state in ("read", "ask")
            and any(
                account.on in (header.on, "")
                and account.persons <= header.persons
                and (account.form == header.form or "meeting" in (account.form, header.form))
                and account.status == "held"
                for header in headers
            )
        )
        if not retold:
            kept.append(account)
    return tuple(kept)


def _signer(reading: Reading, mentions: Mapping[int, tuple[str, str]]) -> Taken:
    """Return the author of a paper as the mention that sends or signs it, else as nobody known."""
    for printed in reading.header.people if reading.header is not None else ():
        if printed.role == "from" and printed.mention in mentions:
            mention, person = mentions[printed.mention]
            return Taken(mention, person, "author")
    return Taken("", "", "author")


def _people(
    candidate: AccountCandidate, mentions: Mapping[int, tuple[str, str]], author: Taken
) -> tuple[Taken, ...]:
    """Return who took part, each person once."""
    people: list[Taken] = []
    seen: set[str] = set()
    if candidate.author:
        people.append(author)
        seen.add(author.person or author.mention)
    for number in candidate.participants:
        if number not in mentions:
            continue
        mention, person = mentions[number]
        key = person or mention
        if key in seen:
            continue
        seen.add(key)
        how = (
            "inferred" if number in candidate.inferred else "header" if candidate.rule == "header" else "said"
        )
        people.append(Taken(mention, person, how))
    return tuple(people)


def _account(
    candidate: AccountCandidate,
    text: str,
    cite: Citation,
    people: tuple[Taken, ...],
    verdicts: Mapping[tuple[int, int], Verdict],
) -> Account:
    """Make one account, as read or as judged."""
    span = candidate.span
    verdict = verdicts.get((span.start, span.end))
    # What a text denies makes no encounter, and nothing to ask about.
    state: State = "read" if candidate.score >= ASK_BELOW or candidate.status == "denied" else "ask"
    status, form = candidate.status, candidate.form
    on = candidate.on.value if candidate.on else ""
    place = candidate.place.cut(text) if candidate.place else ""
    if verdict is not None:
        state = "rejected" if verdict.verdict == "reject" else "sure"
        status = verdict.changes.get("status", status)  # type: ignore[assignment]
        form = verdict.changes.get("form", form)
        on = verdict.changes.get("on", on)
        place = verdict.changes.get("place", place)
    return Account(
        id=derive_id("a", cite.item, span.start, span.end),
        citation=_cut(text, span, cite),
        status=status,
        form=form,
        on=on,
        place=place,
        place_start=candidate.place.start if candidate.place else -1,
        rule=candidate.rule,
        score=candidate.score,
        state=state,
        people=people,
    )


def _cut(text: str, span: Span, cite: Citation) -> Citation:
    """Return the citation of a span of the same rendition."""
    return Citation(cite.item, cite.document, cite.rendition, span.start, span.end, span.cut(text))


@dataclass(frozen=True, slots=True)
class Encounter:
    """People met: one or more accounts of it."""

    id: str
    on: str
    form: str
    place: str
    status: str
    state: State
    accounts: tuple[str, ...]
    #: (person, number of accounts that name him)
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two accounts that may be of one encounter; a person must say."""

    first: str
    second: str


def join_accounts(
    accounts: Sequence[Account], judged: Mapping[frozenset[str], bool]
) -> tuple[tuple[Encounter, ...], tuple[Doubt, ...]]:
    """Join the accounts of one day into encounters (DESIGN, "Accounts and encounters").

    Accounts of different items join when the day is the same, the forms do not conflict, at least
    two people are in common, and there is one candidate on either side; where there are more, they
    stay apart and become doubts. `judged` says of pairs of account ids whether they are one.
    Accounts of one item never join: their author tells them apart. Independent of order.
    """
    chosen = sorted(
        (a for a in accounts if a.status in ("held", "reported") and a.state in ("read", "sure")),
        key=lambda a: a.id,
    )
    edges: dict[str, set[str]] = {a.id: set() for a in chosen}
    by_id = {a.id: a for a in chosen}
    for n, a in enumerate(chosen):
        # Only accounts that are known to the day can be told to be of one encounter.
        for b in chosen[n + 1 :] if len(a.on) == DAY else ():
            told = judged.get(frozenset((a.id, b.id)))
            if told is False:
                continue
            if told or (a.citation.item != b.citation.item and _fit(a, b)):
                edges[a.id].add(b.id)
                edges[b.id].add(a.id)
    sure, doubts = _choose(by_id, edges, judged)
    said = frozenset(pair for pair, same in judged.items() if same)
    groups = _groups(by_id, sure, said)
    return tuple(_encounter(group) for group in groups), doubts


def _fit(a: Account, b: Account) -> bool:
    """Say whether two accounts of one day may be of one encounter."""
    if not a.on or a.on != b.on or len(a.on) != DAY:
        return False
    vague = ("meeting", "")
    same_form = a.form == b.form or a.form in vague or b.form in vague
    return same_form and len(a.persons & b.persons) >= 2


def _choose(
    by_id: Mapping[str, Account],
    edges: Mapping[str, set[str]],
    judged: Mapping[frozenset[str], bool],
) -> tuple[set[frozenset[str]], tuple[Doubt, ...]]:
    """Part the edges into those with one candidate on either side, and doubts."""
    sure: set[frozenset[str]] = set()
    doubts: list[Doubt] = []
    for a, others in edges.items():
        for b in others:
            if b < a:
                continue
            pair = frozenset((a, b))
            rivals_a = [o for o in others if by_id[o].citation.item == by_id[b].citation.item and o != b]
            rivals_b = [o for o in edges[b] if by_id[o].citation.item == by_id[a].citation.item and o != a]
            if judged.get(pair) or not (rivals_a or rivals_b):
                sure.add(pair)
            elif not _settled(judged, rivals_a, a) and not _settled(judged, rivals_b, b):
                doubts.append(Doubt(a, b))
    return sure, tuple(sorted(doubts, key=lambda d: (d.first, d.second)))


def _settled(judged: Mapping[frozenset[str], bool], rivals: list[str], other: str) -> bool:
    """Say whether one of the rivals was judged to be the one."""
    return any(judged.get(frozenset((rival, other))) for rival in rivals)


def _groups(
    by_id: Mapping[str, Account], sure: set[frozenset[str]], said: frozenset[frozenset[str]]
) -> list[list[Account]]:
    """Return the connected accounts; `said` are the pairs that a person joined."""
    parent = {a: a for a in by_id}

    def root(a: str) -> str:
        while parent[a] != a:
            a = parent[a]
        return a

    held = {a: {account.citation.item} for a, account in by_id.items()}
    for pair in sorted(tuple(sorted(p)) for p in sure):
        first, second = sorted((root(pair[0]), root(pair[1])))
        # A chain over a third document must not join two accounts of one item.
        if first != second and (not held[first] & held[second] or frozenset(pair) in said):
            parent[second] = first
            held[first] |= held[second]
    found: dict[str, list[Account]] = {}
    for a in sorted(by_id):
        found.setdefault(root(a), []).append(by_id[a])
    return list(found.values())


def _encounter(group: list[Account]) -> Encounter:
    """Make the encounter of some accounts: the most exact form, the first place, all people."""
    group = sorted(group, key=lambda a: (a.state != "sure", a.status != "held", -a.score, a.id))
    form = next((a.form for a in group if a.form not in ("meeting", "")), group[0].form)
    place = next((a.place for a in group if a.place), "")
    counts: dict[str, int] = {}
    for a in group:
        for person in a.persons:
            counts[person] = counts.get(person, 0) + 1
    held = any(a.status == "held" for a in group)
    return Encounter(
        id=derive_id("e", min(a.id for a in group)),
        on=group[0].on,
        form=form,
        place=place,
        status="held" if held else "reported",
        state="sure" if any(a.state == "sure" for a in group) else "read",
        accounts=tuple(a.id for a in group),
        people=tuple(sorted(counts.items())),
    )
