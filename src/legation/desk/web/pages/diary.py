"""Diary: the list by year and month; an entry with its reading; an encounter by its accounts."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter
from markupsafe import escape
from starlette.requests import Request
from starlette.responses import Response

from legation.desk.web.entrytext import Block, find_all, set_entry, set_excerpt
from legation.desk.web.render import Desk, number_of, span_of, text_of
from legation.desk.web.wording import count, say_month, say_title
from legation.facts.errors import NotFoundError
from legation.report.saying import join_names, say_form_title, sentence
from legation.report.views import EncounterView, EntryView, Mark, Words

_PAGE = 100
#: Kinds of notes beside an entry that are counted under their own names, and the order of all.
KINDS_OF_NOTES = ("event", "statement", "promise", "introduction", "occasion")
KIND_ORDER = ("encounter", *KINDS_OF_NOTES, "fact")


def routes(desk: Desk) -> APIRouter:
    """Return the routes of this page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/diary")
    async def diary(request: Request) -> Response:
        kind, offset = text_of(request, "kind", 20), number_of(request, "from")
        years = sorted(desk.api.years(), reverse=True)
        known = [year for year, _ in years]
        year = text_of(request, "year", 10)
        if year == "" and known:
            now = desk.api.today_on().isoformat()[:4]
            year = now if now in known else known[0]
        asked = "" if year == "all" else year
        rows, total = desk.api.entries(kind=kind, year=asked, limit=_PAGE, offset=offset)
        months = [(month, list(of)) for month, of in groupby(rows, lambda r: say_month(r.written_on))]
        return desk.page(
            request, "diary.html", here="diary", months=months, years=years, year=year, kind=kind,
            total=total, offset=offset, size=_PAGE,
        )  # fmt: skip

    @router.get("/diary/{item}")
    async def entry(request: Request, item: str) -> Response:
        view = desk.api.entry(item)
        at = span_of(text_of(request, "at", 40))
        found = (at,) if at else find_all(view.text, text_of(request, "find"))
        return desk.page(
            request,
            "entry.html",
            here="diary",
            view=view,
            blocks=without_title(set_entry(view.text, view.marks, view.notes, found), view),
            named=named(view),
            about=about(view),
        )

    @router.get("/encounter/{fact}")
    async def encounter(request: Request, fact: str) -> Response:
        view = desk.api.encounter(fact)
        return desk.page(
            request,
            "encounter.html",
            here="diary",
            view=view,
            title=encounter_title(view),
            accounts=[(words, *told(desk, words, view.state)) for words in view.accounts],
        )

    return router


def without_title(blocks: tuple[Block, ...], view: EntryView) -> tuple[Block, ...]:
    """Leave out the text's own first heading where the page's heading says the same."""
    title = say_title(view.title, view.written_on, view.kind)
    for number, block in enumerate(blocks[:2]):
        if block.level == 1 and str(block.html).strip() == str(escape(title)) and not block.notes:
            return blocks[:number] + blocks[number + 1 :]
    return blocks


def about(view: EntryView) -> str:
    """Return the sentence beside the title: what was read from the entry."""
    if not view.notes:
        return "Nothing was read from it."
    asked = sum(note.state == "ask" for note in view.notes)
    kinds: dict[str, int] = {}
    for note in view.notes:
        if note.state != "ask" and note.status != "denied":
            kind = note.kind if note.kind in KINDS_OF_NOTES else "encounter" if note.status else "fact"
            kinds[kind] = kinds.get(kind, 0) + 1
    facts = sum(kinds.values())
    said = ""
    if facts:
        names = [count(n, kind) for kind, n in sorted(kinds.items(), key=lambda k: KIND_ORDER.index(k[0]))]
        said = f"{sentence(join_names(names))} {'was' if facts == 1 else 'were'} read from it"
    if asked and said:
        return f"{said}; {count(asked, 'is', 'are')} asked about."
    return f"{said}." if said else f"{sentence(count(asked, 'thing is', 'things are'))} asked about."


def named(view: EntryView) -> list[tuple[str, str, list[Mark]]]:
    """Return (words, person, mentions) for everybody named in the entry, in order of the text."""
    found: dict[tuple[str, str], list[Mark]] = {}
    shown: dict[str, str] = {}
    for mark in sorted(view.marks, key=lambda m: (m.start, m.end)):
        if mark.fact.startswith("m-") and mark.state != "rejected" and mark.kind != "proposed":
            words = " ".join(view.text[mark.start : mark.end].split())
            # "My Lord" at the beginning of a sentence is no other than "my Lord".
            words = shown.setdefault(words.casefold(), words)
            found.setdefault((words, mark.person), []).append(mark)
    return [(words, person, marks) for (words, person), marks in found.items()]


def told(desk: Desk, words: Words, state: str) -> tuple[tuple[Block, ...], bool]:
    """Return what an account says, from its words on; nothing for a line of a card or calendar."""
    if words.kind in ("card", "event", "row"):
        return (), False
    try:
        text = desk.api.entry(words.item).text
    except NotFoundError:
        return (), False
    if text[words.start : words.end] != words.quote:
        return (), False
    return set_excerpt(text, words.start, words.end, state)


def encounter_title(view: EncounterView) -> str:
    """Return the heading of an encounter: its form and who was there."""
    names = [person.name for person in view.people]
    shown = names if len(names) <= 4 else [*names[:3], f"{count(len(names) - 3, 'other')}"]
    return f"{say_form_title(view.form)} with {join_names(shown)}" if names else say_form_title(view.form)
