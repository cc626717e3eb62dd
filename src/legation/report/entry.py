"""One entry or paper with its reading: marks in the text, notes in the margin, tied by keys."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from legation.facts.errors import NotFoundError
from legation.facts.judgement import FINDING_ROLES
from legation.report.findings import name_parts, say_inferred, say_told
from legation.report.links import Links
from legation.report.questions import question_views
from legation.report.saying import join_names, say_date, say_form_title, say_number, say_on
from legation.report.views import EntryRow, EntryView, Mark, NoteView, PersonLink, QuestionView
from legation.store import findings, lookups, records
from legation.store.review import ASKED, PROPOSED_BY, find_waiting, load_form_questions
from legation.store.rows import AccountRow, ItemRow, MentionRow, QuestionRow
from legation.store.tx import Tx

OPENING = 180
MOST_QUESTIONS = 200
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?!---|\.\.\.)[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+[^\n]*(?:\n|$)")
_STATUS = {"held": "encounter", "planned": "planned", "reported": "reported", "denied": "denied"}
_FINDING_STATUS = {
    "denied": "The words deny it.",
    "planned": "It was only intended.",
    "reported": "Somebody else tells it.",
}
#: The rule of words that only the tagger offers as a name, and the kind of their marks.
PROPOSED = "proposed"
_PREFIX = {"planned": "Planned: ", "reported": "Told by another: ", "denied": "Denied: "}


@dataclass(slots=True)
class _Pending:
    """A note before it has its key: what it says and where its words stand."""

    start: int
    end: int
    fact: str
    kind: str
    state: Any
    says: str
    detail: str = ""
    people: tuple[PersonLink, ...] = ()
    question: QuestionView | None = None
    #: Whether its mark leads to a person, too.
    person: str = ""
    mark_kind: str = "account"
    status: str = ""
    proposed_by: str = ""
    #: Names, as written, of those who took part and are not known.
    unknown: tuple[str, ...] = ()


def letters() -> Iterator[str]:
    """Yield the keys of notes: a … z, aa, ab …."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    for first in letters():
        for last in alphabet:
            yield first + last


def entry_view(tx: Tx, item: str, today: str) -> EntryView:
    """Return an item with its whole text, its marks and notes.

    Raises:
        NotFoundError: there is no such item, or it is gone.
    """
    row = records.load_item(tx, item)
    if row is None:
        raise NotFoundError(f"there is no entry {item}", "It may be gone, or its file may have been moved.")
    owner = lookups.load_owner(tx)[0]
    links = Links(tx, row["written_on"][:10] or today)
    mentions = lookups.load_item_mentions(tx, item)
    accounts = [a for a in lookups.load_item_accounts(tx, item) if a.state != "rejected"]
    told = [f for f in findings.load_item_findings(tx, item) if f.state != "rejected"]
    parts = findings.load_parts(tx, (f.finding for f in told)) if told else {}
    questions, _ = find_waiting(tx, limit=MOST_QUESTIONS, item=item, states=ASKED)
    links.need_people(m.person for m in mentions)
    links.need_people(p for a in accounts for _, p, _ in json.loads(a.people))
    links.need_people(p.person for of in parts.values() for p in of)
    views = dict(zip((q.question for q in questions), question_views(links, questions), strict=True))
    notes = [
        *_account_notes(tx, links, accounts, mentions, owner, row["written_on"]),
        *_event_notes(tx, links, item, owner),
        *_finding_notes(links, told, parts, {m.mention: m.quote for m in mentions}, owner),
    ]
    notes, asked = _ask(notes, questions, views, mentions, item)
    left = [m for m in mentions if m.mention not in asked and m.state == "ask"]
    noted = {n.question.id for n in notes if n.question}
    notes += _ask_elsewhere(tx, links, row["group_key"], left, noted)
    keyed = _keyed(notes)
    _say_unknown([n for _, n in keyed], mentions)
    by_fact = {n.fact: key for key, n in keyed if n.mark_kind == "mention"}
    marks = [*_mention_marks(mentions, by_fact, asked), *_note_marks(keyed)]
    before, after = records.load_neighbours(tx, row)
    return EntryView(
        item=item,
        kind=row["kind"],
        title=row["title"],
        written_on=row["written_on"],
        author=row["author"],
        path=row["path"],
        text=links.body(item),
        marks=tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.kind, m.fact))),
        notes=tuple(
            NoteView(
                key,
                n.fact,
                n.kind,
                n.state,
                n.says,
                n.detail,
                n.start,
                n.people,
                n.question,
                n.status,
                n.proposed_by,
            )
            for key, n in keyed
        ),
        problems=tuple((code, message, hint) for code, message, hint in records.load_problems(tx, item)),
        previous=_step(before),
        next=_step(after),
    )


def _step(row: ItemRow | None) -> tuple[str, str] | None:
    return None if row is None else (row.item, row.title or row.written_on)


# ── notes ───────────────────────────────────────────────────────────────────────────────


def _account_notes(
    tx: Tx, links: Links, accounts: list[AccountRow], mentions: list[MentionRow], owner: str, written_on: str
) -> Iterator[_Pending]:
    """Make a note of every account: form, who, when, where, and how it is told.

    The entry's own day goes without saying.
    """
    quotes = {m.mention: m.quote for m in mentions}
    others = _told_elsewhere(tx, links, accounts)
    for account in accounts:
        people = json.loads(account.people)
        known = list(dict.fromkeys(p for _, p, _ in people if p))
        unknown = list(dict.fromkeys(quotes[m] for m, p, _ in people if not p and m in quotes))
        names = [links.name(p) for p in known if p != owner] + [f"“{q}”" for q in unknown]
        says = say_account(account, names, owner in known, same_day=account.on == written_on)
        inferred = [links.name(p) for _, p, how in people if how == "inferred" and p and p != owner]
        yield _Pending(
            start=account.start,
            end=account.end,
            fact=account.account,
            kind=_STATUS.get(account.status, account.status),
            state=account.state,
            says=says,
            detail=_detail(account, inferred, others.get(account.encounter, [])),
            unknown=tuple(unknown),
            people=tuple(links.person(p, account.on) for p in known if p != owner),
            status=account.status,
        )


def say_account(account: AccountRow, names: list[str], with_owner: bool, *, same_day: bool = False) -> str:
    """Return what an account says: "Lunch with A and B, on 8 March 1939, at the embassy.".

    On the day of its own entry (`same_day`) the date is left out.
    """
    said = _PREFIX.get(account.status, "") + say_form_title(account.form)
    if account.status in _PREFIX:
        said = _PREFIX[account.status] + _lower(say_form_title(account.form))
    if names:
        said += f" with {join_names(names)}" if with_owner or len(names) == 1 else f" of {join_names(names)}"
    if not (same_day and account.on):
        said += f", {say_on(account.on)}" if account.on else ", no date"
    if account.place:
        said += f", {' '.join(account.place.split())}"
    return said + "."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _detail(account: AccountRow, inferred: list[str], elsewhere: list[str]) -> str:
    """Return what an account leaves open, and who else tells of the encounter."""
    parts = []
    if inferred:
        parts.append(f"Taken from the context: {join_names(inferred)}.")
    if account.on and len(account.on) < len("2000-01-01"):
        parts.append("The day is not known.")
    if account.state == "ask" and account.status != "denied":
        parts.append("It is not certain that it happened.")
    if elsewhere:
        # Papers are often called the same: each is counted, a title is said once.
        times = Counter(elsewhere)
        said = "; ".join(title if n == 1 else f"{title} ({n})" for title, n in times.items())
        parts.append(f"Told in {say_number(len(elsewhere), 'other paper')} too: {said}.")
    return " ".join(parts)


def _told_elsewhere(tx: Tx, links: Links, accounts: list[AccountRow]) -> dict[str, list[str]]:
    """Return, by encounter, the other items that tell of it."""
    encounters = {a.encounter for a in accounts if a.encounter}
    mine = {a.account for a in accounts}
    others = [a for a in lookups.load_accounts_of(tx, encounters) if a.account not in mine]
    links.need_items(a.item for a in others)
    items: dict[str, list[str]] = {}
    for account in others:
        if account.item not in items.setdefault(account.encounter, []):
            items[account.encounter].append(account.item)
    return {e: [say_item(links.item(i)) for i in told] for e, told in items.items()}


def say_item(item: ItemRow) -> str:
    """Return what an item is called in passing: "diary, 9 March 1939", "Memorandum of …"."""
    if item.kind == "entry":
        return f"diary, {say_date(item.written_on)}"
    return item.title or f"{item.kind or 'a paper'}, {say_date(item.written_on)}"


def _event_notes(tx: Tx, links: Links, item: str, owner: str) -> Iterator[_Pending]:
    """Make a note of a calendar's event."""
    for event in records.load_events(tx, item=item):
        cited = json.loads(event.citation) if event.citation else None
        if not cited:
            continue
        people = [p for p in dict.fromkeys(json.loads(event.people)) if p and p != owner]
        names = [links.name(p) for p in people]
        said = event.summary or say_form_title(event.form)
        if names:
            said += f", with {join_names(names)}"
        said += f", {say_on(event.on)}" if event.on else ", no date"
        said += f", {event.place}" if event.place else ""
        yield _Pending(
            start=int(cited["start"]),
            end=int(cited["end"]),
            fact=event.event,
            kind="event",
            state="read",
            says=said + ".",
            detail="It comes round." if event.rrule else "",
            people=tuple(links.person(p) for p in people),
            mark_kind="event",
        )


def _finding_notes(
    links: Links,
    told: list[findings.FindingRow],
    parts: dict[str, list[findings.PartRow]],
    quotes: dict[str, str],
    owner: str,
) -> Iterator[_Pending]:
    """Make a note of every statement, promise, introduction and occasion; denied ones are said to be."""
    for row in told:
        of = parts.get(row.finding, [])
        known = list(dict.fromkeys(p.person for p in of if p.person and p.person != owner))
        detail = [say_inferred(links, of, owner, quotes)]
        if row.status in _FINDING_STATUS:
            detail.append(_FINDING_STATUS[row.status])
        yield _Pending(
            start=row.start,
            end=row.end,
            fact=row.finding,
            kind=row.kind,
            state=row.state,
            says=say_told(row, name_parts(links, of, owner, quotes)),
            detail=" ".join(d for d in detail if d),
            people=tuple(links.person(p, row.written_on) for p in known),
            mark_kind=row.kind,
            status=row.status,
            proposed_by=row.rule.removeprefix(PROPOSED_BY) if row.rule.startswith(PROPOSED_BY) else "",
        )


def _ask(
    notes: list[_Pending],
    questions: list[QuestionRow],
    views: dict[str, QuestionView],
    mentions: list[MentionRow],
    item: str,
) -> tuple[list[_Pending], set[str]]:
    """Tie each question to the fact that it is about: an account's note, or a mention of its own.

    Returns the notes and the mentions that are asked about.
    """
    asked: set[str] = set()
    noted: set[str] = set()
    for row in questions:
        places = {(int(c["start"]), int(c["end"])) for c in json.loads(row.citations) if c["item"] == item}
        told = _told_of(row)
        about = [n for n in notes if (n.start, n.end) in places and n.mark_kind == told and not n.question]
        if row.kind in ("reading", "same") and about:
            about[0].question = views[row.question]
            if row.kind == "reading":
                about[0].state = "ask"
            continue
        here = [m for m in mentions if (m.start, m.end) in places]
        # A description and a name may share a span; the one that is not known is asked about.
        here.sort(key=lambda m: (m.start, m.person != "", m.mention))
        asked.update(m.mention for m in here if m.state == "ask" or not m.person)
        chosen = next((m for m in here if m.mention not in noted), None)
        if chosen is not None:
            noted.add(chosen.mention)
            notes.append(_of_mention(chosen, views[row.question]))
        elif places and not here:
            start, end = min(places)
            notes.append(
                _Pending(
                    start,
                    end,
                    row.question,
                    "question",
                    "ask",
                    row.prompt,
                    question=views[row.question],
                    mark_kind="question",
                )
            )
    return notes, asked


def _ask_elsewhere(
    tx: Tx, links: Links, group: str, mentions: list[MentionRow], noted: set[str]
) -> list[_Pending]:
    """Make a note for every name that waits without a question that shows this very place.

    A question shows a few of its places; beside each of them it may be answered, once an entry.
    """
    left = {(m.block, m.form or m.quote): m for m in reversed(mentions)}
    if not left:
        return []
    found = load_form_questions(tx, {m.block for m in left.values() if m.block}, group)
    views = {v.id: v for v in question_views(links, [q for _, q in found])}
    notes = []
    for mention in sorted(left.values(), key=lambda m: m.start):
        of_block = [q for block, q in found if block == mention.block]
        same = [q for q in of_block if json.loads(q.subject)["form"] == mention.form]
        bare = [q for q in of_block if json.loads(q.subject)["form"].startswith("||")]
        chosen = next(iter(same or bare or (of_block if len(of_block) == 1 else ())), None)
        if chosen is None and mention.rule == PROPOSED:
            continue
        if chosen is None:
            notes.append(_left_open(mention))
        elif chosen.question not in noted:
            noted.add(chosen.question)
            notes.append(_of_mention(mention, views[chosen.question]))
    return notes


def _told_of(row: QuestionRow) -> str:
    """Return the kind of what a question is about: account or a finding's; "" where it is a person."""
    subject = json.loads(row.subject)
    if "accounts" in subject:
        return "account"
    fact = str(subject.get("fact", ""))
    return fact if fact == "account" or fact in FINDING_ROLES else ""


def _left_open(mention: MentionRow) -> _Pending:
    """Make the note of somebody about whom no question is open any more."""
    return _Pending(
        start=mention.start,
        end=mention.end,
        fact=mention.mention,
        kind="question",
        state="ask",
        says=f"Who “{mention.quote}” is was left open.",
        person=mention.person,
        mark_kind="mention",
    )


def _of_mention(mention: MentionRow, question: QuestionView) -> _Pending:
    return _Pending(
        start=mention.start,
        end=mention.end,
        fact=mention.mention,
        kind="question",
        state="ask",
        says=question.prompt,
        detail=question.why,
        question=question,
        person=mention.person,
        mark_kind="mention",
    )


def _say_unknown(notes: list[_Pending], mentions: list[MentionRow]) -> None:
    """Say in the accounts' notes who is not known: once, and not where a note of its own asks."""
    asked = {n.fact for n in notes if n.question and n.mark_kind == "mention"}
    forms = {(m.block, m.form) for m in mentions if m.mention in asked}
    said = {m.quote for m in mentions if (m.block, m.form) in forms}
    for note in notes:
        new = [q for q in note.unknown if q not in said]
        said.update(new)
        if new:
            verb = "is" if len(new) == 1 else "are"
            known = f"{join_names([f'“{q}”' for q in new])} {verb} not known yet."
            note.detail = f"{known} {note.detail}".rstrip()


# ── marks ───────────────────────────────────────────────────────────────────────────────


def _keyed(notes: Iterable[_Pending]) -> list[tuple[str, _Pending]]:
    """Give the notes their letters in order of the text."""
    ordered = sorted(notes, key=lambda n: (n.start, -n.end, n.fact))
    return list(zip(letters(), ordered, strict=False))


def _mention_marks(mentions: list[MentionRow], keys: dict[str, str], asked: set[str]) -> Iterator[Mark]:
    waiting = {(m.block, m.form) for m in mentions if m.mention in asked or m.mention in keys}
    for m in mentions:
        if m.state == "rejected":
            continue
        note = keys.get(m.mention, "")
        proposed = m.rule == PROPOSED and not m.person
        if proposed and (m.block, m.form) not in waiting:
            continue  # nobody asks about it any more: they are words like others
        state: Any = "ask" if note or m.mention in asked else m.state
        yield Mark(m.start, m.end, PROPOSED if proposed else m.kind, state, m.mention, note, m.person)


def _note_marks(keyed: list[tuple[str, _Pending]]) -> Iterator[Mark]:
    for key, note in keyed:
        if note.mark_kind != "mention":
            yield Mark(note.start, note.end, note.mark_kind, note.state, note.fact, key)


# ── the list ────────────────────────────────────────────────────────────────────────────


def entries_view(
    tx: Tx, *, kind: str = "", year: str = "", limit: int = 100, offset: int = 0
) -> tuple[tuple[EntryRow, ...], int]:
    """Return a page of items, newest first, and their number; without a kind, all that was written."""
    found, total = records.find_entries(tx, kind, year, limit, offset)
    ids = [i.item for i in found]
    bodies = records.load_bodies(tx, ids)
    encounters = records.load_item_encounters(tx, ids)
    questions = records.load_question_counts(tx, ids)
    return tuple(
        EntryRow(
            item=i.item,
            kind=i.kind,
            title=i.title,
            written_on=i.written_on,
            opening=opening_of(bodies.get(i.item, "")),
            encounters=encounters.get(i.item, 0),
            questions=questions.get(i.item, 0),
        )
        for i in found
    ), total


def opening_of(text: str) -> str:
    """Return the first words of a text after its front matter and headings, on one line."""
    at = 0
    front = _FRONT.match(text)
    if front is not None:
        at = front.end()
    while (heading := _HEADING.match(text, at)) is not None and heading.end() > at:
        at = heading.end()
    words = " ".join(text[at : at + 4 * OPENING].split()) or " ".join(text[: 4 * OPENING].split())
    if len(words) <= OPENING:
        return words
    head, space, _ = words[:OPENING].rpartition(" ")
    return (head if space else words[:OPENING]) + " …"
