"""One entry or paper with its reading: marks in the text, notes in the margin, tied by keys."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from legation.facts.errors import NotFoundError
from legation.report.links import Links
from legation.report.questions import question_views
from legation.report.saying import join_names, say_date, say_form_title, say_number, say_on
from legation.report.views import EntryRow, EntryView, Mark, NoteView, PersonLink, QuestionView
from legation.store import lookups, records
from legation.store.rows import AccountRow, ItemRow, MentionRow, QuestionRow
from legation.store.tx import Tx

OPENING = 180
MOST_QUESTIONS = 200
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?!---|\.\.\.)[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+[^\n]*(?:\n|$)")
_STATUS = {"held": "encounter", "planned": "planned", "reported": "reported", "denied": "denied"}
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
    questions, _ = records.find_questions(tx, MOST_QUESTIONS, 0, item=item)
    links.need_people(m.person for m in mentions)
    links.need_people(p for a in accounts for _, p, _ in json.loads(a.people))
    views = dict(zip((q.question for q in questions), question_views(links, questions), strict=True))
    notes = [
        *_account_notes(tx, links, accounts, mentions, owner),
        *_event_notes(tx, links, item, owner),
    ]
    notes, asked = _ask(notes, questions, views, mentions, item)
    keyed = _keyed(notes)
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
            NoteView(key, n.fact, n.kind, n.state, n.says, n.detail, n.start, n.people, n.question)
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
    tx: Tx, links: Links, accounts: list[AccountRow], mentions: list[MentionRow], owner: str
) -> Iterator[_Pending]:
    """Make a note of every account: form, who, when, where, and how it is told."""
    quotes = {m.mention: m.quote for m in mentions}
    others = _told_elsewhere(tx, links, accounts)
    for account in accounts:
        people = json.loads(account.people)
        known = list(dict.fromkeys(p for _, p, _ in people if p))
        unknown = list(dict.fromkeys(quotes[m] for m, p, _ in people if not p and m in quotes))
        names = [links.name(p) for p in known if p != owner] + [f"“{q}”" for q in unknown]
        says = say_account(account, names, owner in known)
        inferred = [links.name(p) for _, p, how in people if how == "inferred" and p and p != owner]
        yield _Pending(
            start=account.start,
            end=account.end,
            fact=account.account,
            kind=_STATUS.get(account.status, account.status),
            state=account.state,
            says=says,
            detail=_detail(account, unknown, inferred, others.get(account.encounter, [])),
            people=tuple(links.person(p, account.on) for p in known if p != owner),
        )


def say_account(account: AccountRow, names: list[str], with_owner: bool) -> str:
    """Return what an account says: "Lunch with A and B, on 8 March 1939, at the embassy."."""
    said = _PREFIX.get(account.status, "") + say_form_title(account.form)
    if account.status in _PREFIX:
        said = _PREFIX[account.status] + _lower(say_form_title(account.form))
    if names:
        said += f" with {join_names(names)}" if with_owner or len(names) == 1 else f" of {join_names(names)}"
    said += f", {say_on(account.on)}" if account.on else ", no date"
    if account.place:
        said += f", {' '.join(account.place.split())}"
    return said + "."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _detail(account: AccountRow, unknown: list[str], inferred: list[str], elsewhere: list[str]) -> str:
    """Return what an account leaves open, and who else tells of the encounter."""
    parts = []
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        parts.append(f"{join_names([f'“{q}”' for q in unknown])} {verb} not known yet.")
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
        about = [
            n for n in notes if (n.start, n.end) in places and n.mark_kind == "account" and n.question is None
        ]
        if row.kind in ("reading", "same") and about and '"form"' not in row.subject and _of_account(row):
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
    left = {m.quote: m for m in reversed(mentions) if m.state == "ask" and m.mention not in asked}
    notes += [_left_open(mention) for mention in left.values()]
    return notes, asked


def _of_account(row: QuestionRow) -> bool:
    """Say whether a question is about an account and not about a person."""
    subject = json.loads(row.subject)
    return "accounts" in subject or subject.get("fact") == "account"


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


# ── marks ───────────────────────────────────────────────────────────────────────────────


def _keyed(notes: Iterable[_Pending]) -> list[tuple[str, _Pending]]:
    """Give the notes their letters in order of the text."""
    ordered = sorted(notes, key=lambda n: (n.start, -n.end, n.fact))
    return list(zip(letters(), ordered, strict=False))


def _mention_marks(mentions: list[MentionRow], keys: dict[str, str], asked: set[str]) -> Iterator[Mark]:
    for m in mentions:
        if m.state == "rejected":
            continue
        state: Any = "ask" if m.mention in asked or m.mention in keys else m.state
        yield Mark(m.start, m.end, m.kind, state, m.mention, keys.get(m.mention, ""), m.person)


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
