"""Puts the readers together: a text item (entry, paper or note) to its `Reading`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from legation.facts.candidates import (
    FORMS,
    AccountCandidate,
    Context,
    DateMention,
    Header,
    HeaderPerson,
    ItemKind,
    MentionCandidate,
    Reading,
)
from legation.facts.problem import Problem
from legation.facts.span import Span
from legation.reading.dates import find_date_problems, find_dates
from legation.reading.diary import OwnDate, find_own_date, read_heading
from legation.reading.encounters import find_accounts
from legation.reading.findings import find_findings
from legation.reading.markup import Front, Link, find_links, read_front_matter
from legation.reading.names import find_names
from legation.reading.paper_own import cites_papers, place_own
from legation.reading.papers import PaperHead, looks_like_paper, read_header
from legation.reading.roles import find_roles
from legation.reading.scene import open_scene
from legation.reading.speech_account import find_talk
from legation.reading.tagger import Tagger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.facts.when import When

_PAPER_KINDS = frozenset(
    "paper memorandum memcon minutes telegram letter despatch dispatch note-verbale report".split()
)
#: Forms in which people are not in one place.
_APART = frozenset({"telephone", "letter"})
_TITLE = re.compile(r"#{1,3}[ \t]+(?P<words>[^\r\n]{1,200})")


def read_item(text: str, context: Context, tagger: Tagger | None = None) -> Reading:
    """Read a text item; a pure function of what it is given that never raises on any text.

    Without a `tagger` names are found by the rules alone.
    Mentions are in order of place; those of a header, of links and of the front matter win over
    what prose rules find at the same words.
    """
    front = read_front_matter(text)
    kind = _decide_kind(text, context, front)
    paper = read_header(text, front.body) if kind == "paper" else None
    own = _own_date(text, context, front, paper)
    links = (*front.people, *find_links(text, front.body))
    mentions, places = _gather(text, front, links, paper, tagger)
    dates = _find_dates(text, own.when, front, paper)
    author = context.author or front.get("author") or (paper.author if paper else "")
    told = replace(context, kind=kind, written_on=own.when, author=author)
    accounts = _accounts(text, mentions, dates, told, paper, places, own.when)
    accounts = _set_front_place(accounts, front, own.when)
    account = _front_account(front, mentions, own.when)
    if account is not None:
        accounts = (account, *accounts)
    scene = open_scene(text, mentions, dates, told)
    findings = find_findings(scene)
    if paper is not None:
        findings = tuple(f for f in findings if f.span.start >= paper.body)
        talk = find_talk(scene, findings, paper, own.when)
        accounts = accounts if talk is None else (talk, *accounts)
    problems = [*front.problems, *own.problems, *(paper.problems if paper else ())]
    problems += find_date_problems(text)
    if kind != "note" and own.when is None:
        said = "says that it is undated" if paper and paper.undated else "has no date of its own"
        what = "paper" if kind == "paper" else "entry"
        problems.append(
            Problem(
                "date-missing",
                f"the {what} {said}",
                "give `date:` in front matter, or name the file by it",
            )
        )
    return Reading(
        kind=kind,
        title=_title(text, front, paper),
        written_on=own.when,
        written_span=own.span,
        author=author,
        mentions=mentions,
        accounts=accounts,
        findings=findings,
        dates=dates,
        header=_move_header(paper.header, places) if paper and paper.header else None,
        problems=tuple(problems),
        front=tuple((key, value) for key, value, _ in front.values),
    )


def _decide_kind(text: str, context: Context, front: Front) -> ItemKind:
    if context.kind is not None:
        return context.kind
    said = front.get("kind", "type").strip().lower()
    if said in ("entry", "diary", "journal"):
        return "entry"
    if said == "note":
        return "note"
    if said in _PAPER_KINDS:
        return "paper"
    if context.part and re.match(r"\d{4}", context.part):
        return "entry"
    if looks_like_paper(text) or cites_papers(text):
        return "paper"
    own = find_own_date(text, said=context.written_on, front=front.date, path=context.path, body=front.body)
    return "entry" if own.when is not None else "note"


def _own_date(text: str, context: Context, front: Front, paper: PaperHead | None) -> OwnDate:
    body = paper.body if paper else front.body
    own = find_own_date(
        text,
        said=context.written_on,
        front=front.date,
        part=context.part,
        # A paper's own date line says more than the name of the file it was kept in.
        path="" if paper and (paper.written_on or paper.undated) else context.path,
        body=body,
    )
    if paper is None or paper.written_on is None:
        return own
    if own.when is None or own.source in ("the heading", "the opening", "the name"):
        return OwnDate(paper.written_on, paper.written_span, "the date line")
    first, last = paper.written_on.first, paper.written_on.last
    if own.when.last < first or last < own.when.first:
        place = paper.written_span
        problem = Problem(
            "date-conflict",
            f"{own.source} says {own.when.value}, the date line says {paper.written_on.value};"
            f" {own.when.value} was used",
            "correct one of them",
            place.start if place else -1,
            place.end if place else -1,
        )
        return replace(own, problems=(*own.problems, problem))
    return replace(own, span=own.span or paper.written_span)


def _gather(
    text: str, front: Front, links: Sequence[Link], paper: PaperHead | None, tagger: Tagger | None
) -> tuple[tuple[MentionCandidate, ...], dict[int, int]]:
    """Merge the mentions of header, links, names and roles; return the header's new indexes."""
    head = list(paper.mentions) if paper else []
    taken = [m.span for m in head]
    linked = [(k.span, k.target) for k in links if not any(k.span.overlaps(s) for s in taken)]
    names = [m for m in find_names(text, linked=linked, tagger=tagger) if _stands(m, front, paper, taken)]
    kinds = {k.span: k.kind for k in links}
    names = [_mark_link(m, kinds.get(m.span, "")) for m in names]
    first = [*head, *names]
    roles = find_roles(text, first)
    both = [*first, *roles]
    keep = [n < len(first) or _stands(m, front, paper, taken, role=True) for n, m in enumerate(both)]
    order = sorted(
        (n for n in range(len(both)) if keep[n]),
        key=lambda n: (both[n].span.start, -both[n].span.end, n),
    )
    place: dict[int, int] = {}
    out: list[int] = []
    seen: dict[tuple[int, int, str], int] = {}
    for n in order:
        mention = both[n]
        key = (mention.span.start, mention.span.end, mention.kind)
        if key in seen:
            place[n] = seen[key]
            continue
        place[n] = seen[key] = len(out)
        out.append(n)
    mentions = tuple(_renumber(both[n], place) for n in out)
    return mentions, {n: place[n] for n in range(len(head))}


def _renumber(mention: MentionCandidate, place: dict[int, int]) -> MentionCandidate:
    if mention.of.startswith("mention:"):
        owner = place.get(int(mention.of[8:]))
        mention = replace(mention, of="" if owner is None else f"mention:{owner}")
    if mention.same_as >= 0:
        mention = replace(mention, same_as=place.get(mention.same_as, -1))
    return mention


def _mark_link(mention: MentionCandidate, kind: str) -> MentionCandidate:
    """A lone word in brackets may be a place: known people only. `@name` is always a person."""
    if kind == "link" and not mention.titles and not mention.given:
        return replace(mention, sure=False, score=0.5, evidence=("linked", "bare"))
    if kind == "front":
        return replace(mention, evidence=("linked", "front"))
    if kind == "at" and not mention.titles and not mention.given:
        return replace(mention, evidence=("linked", "handle"))
    return mention


def _stands(
    mention: MentionCandidate,
    front: Front,
    paper: PaperHead | None,
    taken: list[Span],
    *,
    role: bool = False,
) -> bool:
    """Say whether a mention found by prose rules stands beside those read exactly."""
    span = mention.span
    if "linked" in mention.evidence:
        return True
    if span.start < front.body:
        return False
    if paper is None:
        return True
    if any(span.overlaps(s) and not (role and s.contains(span) and s != span) for s in taken):
        return False
    if span.start >= paper.body or paper.header is None:
        return True
    # In the head itself only the title and the subject hold words of their own.
    kept = (paper.header.title, paper.header.subject)
    return any(k is not None and k.contains(span) for k in kept)


def _find_dates(
    text: str, written_on: When | None, front: Front, paper: PaperHead | None
) -> tuple[DateMention, ...]:
    found = [d for d in find_dates(text, written_on) if d.span.start >= front.body]
    if front.date is not None:
        found.insert(0, DateMention(front.date[1], front.date[0]))
    if paper is not None and paper.written_on is not None and paper.written_span is not None:
        line = paper.written_span
        if not any(d.span.overlaps(line) for d in found):
            found.append(DateMention(line, paper.written_on))
            found.sort(key=lambda d: d.span)
    return tuple(found)


def _accounts(
    text: str,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
    paper: PaperHead | None,
    places: dict[int, int],
    written_on: When | None,
) -> tuple[AccountCandidate, ...]:
    found = find_accounts(text, mentions, dates, context)
    if paper is None:
        return found
    found = tuple(a for a in found if a.span.start >= paper.body)
    if paper.account is None:
        return found
    people = tuple(dict.fromkeys(places[n] for n in paper.account.participants))
    own = place_own(paper.account, paper.header, paper.body, found)
    return (replace(own, participants=people, on=written_on), *found)


def _front_account(
    front: Front, mentions: tuple[MentionCandidate, ...], written_on: When | None
) -> AccountCandidate | None:
    """The encounter that front matter states: `with:` (or `participants:`), `form:`, `place:`."""
    company = {span for key, _, span in front.values if key in ("with", "participants", "present")}
    form = front.get("form").strip().lower()
    if not company or not front.people:
        return None
    people = tuple(
        n
        for n, m in enumerate(mentions)
        if m.span.start < front.body and any(s.contains(m.span) for s in company)
    )
    if not people:
        return None
    return AccountCandidate(
        span=mentions[people[0]].span,
        status="held",
        form=form if form in FORMS else "meeting",
        participants=people,
        author=True,
        on=written_on,
        place=_front_place(front),
        rule="front",
        score=1.0,
    )


def _front_place(front: Front) -> Span | None:
    return next((span for key, _, span in front.values if key in ("place", "location")), None)


def _set_front_place(
    accounts: tuple[AccountCandidate, ...], front: Front, written_on: When | None
) -> tuple[AccountCandidate, ...]:
    """Give what happened on the entry's day where its front matter says that it was written."""
    place = _front_place(front)
    if place is None:
        return accounts
    return tuple(
        replace(a, place=place)
        if a.place is None and a.status == "held" and a.author and a.on == written_on and a.form not in _APART
        else a
        for a in accounts
    )


def _move_header(header: Header, places: dict[int, int]) -> Header:
    people = tuple(HeaderPerson(row.span, places[row.mention], row.side, row.role) for row in header.people)
    return replace(header, people=people)


def _title(text: str, front: Front, paper: PaperHead | None) -> str:
    said = front.get("title")
    if said:
        return said
    if paper is not None and paper.title:
        return paper.title
    start = front.body
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    match = _TITLE.match(text, start)
    if match is None or read_heading(match.group()) is not None:
        return ""
    return match["words"].strip().rstrip("#").strip()
