"""Lists of what was said, promised and introduced; and what of it bears on one person or day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from legation.facts.errors import NotFoundError
from legation.report.encounters import check_date, first_of, last_of
from legation.report.findings import finding_views
from legation.report.links import Links
from legation.report.views import FindingView
from legation.store import lookups
from legation.store.findings import FindingRow, find_findings
from legation.store.told import find_promised, find_told
from legation.store.tx import Tx

#: A page of one person shows at most this many of each.
MOST_SAID = 8
MOST_HEARD = 6
MOST_PROMISES = 8
MOST_OTHERS = 8
#: Promises are looked through up to this number for those whose day comes next.
MOST_LOOKED_AT = 200
#: Today shows promises due within so many days, and those whose day passed no longer ago than this.
COMING_DAYS = 14
PASSED_DAYS = 60
MOST_DUE = 12

Page = tuple[tuple[FindingView, ...], int]


def statements_view(
    tx: Tx,
    today: dt.date,
    *,
    by: str,
    to: str,
    about: str,
    since: str,
    until: str,
    limit: int,
    offset: int,
) -> Page:
    """Return a page of what was said by one person, to one, with some words; the latest entry first."""
    parts = [*_part(tx, "speaker", by), *_part(tx, "addressee", to)]
    since, until = first_of(check_date(since)), last_of(check_date(until))
    found = find_told(
        tx, kind="statement", parts=parts, words=about, since=since, until=until, limit=limit, offset=offset
    )
    return _views(tx, found, today)


def promises_view(
    tx: Tx, today: dt.date, *, by: str, to: str, due: str, only_open: bool, limit: int, offset: int
) -> Page:
    """Return a page of promises, the first due first, then those without a day."""
    found = find_promised(
        tx,
        parts=[*_part(tx, "by", by), *_part(tx, "to", to)],
        since=today.isoformat() if only_open else "",
        until=last_of(check_date(due)),
        undated=not due,
        limit=limit,
        offset=offset,
    )
    return _views(tx, found, today)


def introductions_view(
    tx: Tx, today: dt.date, *, person: str, since: str, until: str, limit: int, offset: int
) -> Page:
    """Return a page of who brought whom together, the latest entry first."""
    since, until = first_of(check_date(since)), last_of(check_date(until))
    found = find_told(
        tx,
        kind="introduction",
        parts=_part(tx, "", person),
        since=since,
        until=until,
        limit=limit,
        offset=offset,
    )
    return _views(tx, found, today)


def _part(tx: Tx, role: str, person: str) -> list[tuple[str, str]]:
    """Return a role and who has it, by the id of now; nothing where nobody is asked for."""
    if not person:
        return []
    known = lookups.load_current_person(tx, person)
    if not known:
        raise NotFoundError(f"there is no person {person}", "Look the name up in `legation people`.")
    return [(role, known)]


def _views(tx: Tx, found: tuple[list[FindingRow], int], today: dt.date) -> Page:
    owner = lookups.load_owner(tx)[0]
    return finding_views(tx, Links(tx, today.isoformat()), found[0], owner, today), found[1]


# ── one person ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one person (fields as in BriefView)."""

    said: tuple[FindingView, ...]
    said_count: int
    heard: tuple[FindingView, ...]
    heard_count: int
    promised: tuple[FindingView, ...]
    promised_to: tuple[FindingView, ...]
    introductions: tuple[FindingView, ...]
    told_occasions: tuple[FindingView, ...]


def told_of(tx: Tx, links: Links, person: str, owner: str, today: dt.date) -> Told:
    """Return what is told of one person up to a day."""
    day = today.isoformat()
    said, said_count = find_findings(
        tx, kind="statement", person=person, role="speaker", until=day, limit=MOST_SAID
    )
    heard, heard_count = find_findings(
        tx, kind="statement", person=person, role="addressee", until=day, limit=MOST_HEARD
    )
    lists = [
        said,
        heard,
        *(
            find_findings(tx, kind="promise", person=person, role=role, until=day, limit=MOST_LOOKED_AT)[0]
            for role in ("by", "to")
        ),
        find_findings(tx, kind="introduction", person=person, until=day, limit=MOST_OTHERS)[0],
        find_findings(tx, kind="occasion", person=person, until=day, limit=MOST_OTHERS)[0],
    ]
    lists[2:4] = [_next_first(of, day)[:MOST_PROMISES] for of in lists[2:4]]
    views = {
        v.id: v
        for v in finding_views(tx, links, list(dict.fromkeys(f for of in lists for f in of)), owner, today)
    }
    made = [tuple(views[f.finding] for f in of) for of in lists]
    return Told(made[0], said_count, made[1], heard_count, *made[2:])


def _next_first(found: list[FindingRow], day: str) -> list[FindingRow]:
    """Return promises: those to come, the first due first; those without a day; those past, latest first."""
    coming = [f for f in found if f.on and last_of(f.on) >= day]
    open_ = [f for f in found if not f.on]
    past = [f for f in found if f.on and last_of(f.on) < day]
    return [
        *sorted(coming, key=lambda f: (last_of(f.on), f.finding)),
        *open_,
        *sorted(past, key=lambda f: (last_of(f.on), f.finding), reverse=True),
    ]


# ── one day ─────────────────────────────────────────────────────────────────────────────


def due_promises(tx: Tx, links: Links, owner: str, today: dt.date) -> tuple[FindingView, ...]:
    """Return the promises due within days or whose day passed lately, the owner's first."""
    since = today - dt.timedelta(days=min(PASSED_DAYS, today.toordinal() - 1))
    until = min(today + dt.timedelta(days=COMING_DAYS), dt.date.max) if today.year < dt.MAXYEAR else today
    found, _ = find_promised(
        tx,
        since=since.isoformat(),
        until=until.isoformat(),
        written_until=today.isoformat(),
        limit=MOST_LOOKED_AT,
    )
    views = finding_views(tx, links, [f for f in found if last_of(f.on) >= since.isoformat()], owner, today)
    return tuple(sorted(views, key=lambda v: (not v.yours, _when(v), v.id))[:MOST_DUE])


def _when(view: FindingView) -> tuple[bool, int]:
    """Order: what is due next, then what has passed, the latest first."""
    days = view.days_until or 0
    return days < 0, abs(days)
