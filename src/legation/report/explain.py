"""Explain: the words, the rule or model, the document and the judgements behind any fact."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from legation.facts.errors import NotFoundError
from legation.facts.judgement import Anchor, Judgement
from legation.ledger.judge import says
from legation.ledger.located import (
    Located,
    anchors_of,
    judgement_of,
    live_judgements,
    locate_judgements,
    refs_of,
)
from legation.report.encounters import precision_of
from legation.report.entry import PROPOSED, say_account, say_item
from legation.report.findings import tell_finding
from legation.report.json import plain
from legation.report.links import Links, read_citation
from legation.report.saying import join_names, say_date, say_form_title, say_number, say_on
from legation.store import findings, lookups, records
from legation.store.rows import JudgementRow, MentionRow
from legation.store.tx import Tx

Told = dict[str, Any]
MOST_WORDS = 12
#: What each prefix of an id stands for; `t` for introductions, promises and occasions of texts as well.
KINDS = {
    "m": "mention", "a": "account", "e": "encounter", "p": "person", "q": "question", "i": "item",
    "j": "judgement", "v": "event", "o": "occasion", "f": "fact", "t": "statement",
}  # fmt: skip


def explain_fact(tx: Tx, fact: str, today: str) -> Told:
    """Return what a fact rests on, as plain values.

    Raises:
        NotFoundError: there is no such fact.
    """
    prefix = fact.partition("-")[0]
    teller = _TELLERS.get(prefix)
    told = teller(tx, Links(tx, today), fact) if teller else None
    if told is None:
        hint = "Facts are made anew when a text changes; look it up again."
        raise NotFoundError(f"there is no fact {fact}", hint)
    return {"id": fact, "kind": KINDS[prefix], **told}


def _words(links: Links, item: str, start: int, end: int, quote: str) -> list[Any]:
    return [plain(links.words(item, start, end, quote))]


def _cited(links: Links, citations: Iterable[Any]) -> list[Any]:
    found = [links.cited(c) for c in citations]
    return [plain(w) for w in found if w is not None]


def _from(tx: Tx, item: str) -> Told:
    """Return document, rendition and arrival of an item as it is now."""
    row = records.load_item(tx, item)
    if row is None:
        return {}
    arrival = records.load_arrival(tx, row["arrival"])
    source, path, part, at = arrival or ("", row["path"], row["part"], "")
    return {
        "document": row["document"],
        "rendition": row["rendition"],
        "arrival": {
            "id": row["arrival"], "source": source, "path": path, "part": part, "arrived_at": at,
            "versions": records.count_versions(tx, item),
        },
    }  # fmt: skip


# ── judgements ──────────────────────────────────────────────────────────────────────────


def load_history(tx: Tx, limit: int) -> tuple[tuple[str, str, str], ...]:
    """Return the latest judgements in force as (id, what it says, when)."""
    every = [_judgement(r) for r in reversed(records.load_judgements(tx))]
    return tuple((j.id, says(j), j.made_at) for j in live_judgements(every)[::-1][:limit])


def _judgement(row: JudgementRow) -> Judgement:
    return judgement_of(row._asdict())


def _bearing(tx: Tx, test: Callable[[Located, Judgement], bool]) -> list[Told]:
    """Return the judgements that a test finds, oldest first, also those taken back."""
    located = locate_judgements(tx)
    live = {j.id for j in located.live}
    return [
        _tell(j, in_force=j.id in live)
        for j in located.everything
        if j.kind != "retract" and test(located, j)
    ]


def _tell(judgement: Judgement, *, in_force: bool) -> Told:
    return {
        "id": judgement.id,
        "says": says(judgement),
        "by": judgement.by,
        "made_at": judgement.made_at,
        "in_force": in_force,
    }


def _on_places(places: set[tuple[str, int]]) -> Callable[[Located, Judgement], bool]:
    """Make the test of judgements that point at one of some places."""
    return lambda located, j: any(located.places.get(a) in places for a in anchors_of(j))


def _on_mention(mention: MentionRow, group: str) -> Callable[[Located, Judgement], bool]:
    def bears(located: Located, j: Judgement) -> bool:
        if j.kind == "identify" and j.subject.get("form") == mention.form and mention.form:
            return bool(j.subject.get("group") == group)
        return _on_places({(mention.item, mention.start)})(located, j)

    return bears


def _on_person(tx: Tx, person: str) -> Callable[[Located, Judgement], bool]:
    """Make the test of judgements that name a person, by any id or reference."""
    ids = {person, *lookups.load_old_ids(tx, person)}
    refs = {ref for ref, owner in lookups.load_refs(tx) if owner in ids}
    starts = lookups.load_mention_places(tx, person)

    def bears(located: Located, j: Judgement) -> bool:
        if j.person in ids:
            return True
        for ref in refs_of(j):
            place = located.place_of(ref)
            if (
                place in starts
                or json.dumps(ref, sort_keys=True, separators=(",", ":"), ensure_ascii=False) in refs
            ):
                return True
        return False

    return bears


# ── one function a kind ─────────────────────────────────────────────────────────────────


def _mention(tx: Tx, links: Links, fact: str) -> Told | None:
    row = lookups.load_mentions(tx, (fact,)).get(fact)
    if row is None:
        return None
    group = (records.load_item(tx, row.item) or {}).get("group_key", "")
    parts = json.loads(row.parts) if row.parts else {}
    name = links.name(row.person) if row.person else ""
    said = f"“{row.quote}” is {name}" if name else f"Who “{row.quote}” is, is not known"
    if row.state == "rejected":
        said = f"“{row.quote}” names nobody"
    elif row.rule == PROPOSED:
        said = f"Whether “{row.quote}” is a person is not known"
    return {
        "says": said + ".",
        "state": row.state,
        "rule": row.rule,
        "score": row.score,
        "person": {"id": row.person, "name": name} if row.person else None,
        "named_as": row.kind,
        "evidence": parts.get("evidence", []),
        "uses_so_named": lookups.count_form(tx, row.form, group),
        "words": _words(links, row.item, row.start, row.end, row.quote),
        **_from(tx, row.item),
        "judgements": _bearing(tx, _on_mention(row, group)),
    }


def _account(tx: Tx, links: Links, fact: str) -> Told | None:
    row = lookups.load_account(tx, fact)
    if row is None:
        return None
    owner = lookups.load_owner(tx)[0]
    people = json.loads(row.people)
    quotes = {m: r.quote for m, r in lookups.load_mentions(tx, [m for m, _, _ in people if m]).items()}
    links.need_people(p for _, p, _ in people)
    known = list(dict.fromkeys(p for _, p, _ in people if p))
    names = [links.name(p) for p in known if p != owner]
    names += [f"“{quotes[m]}”" for m, p, _ in people if not p and m in quotes]
    return {
        "says": say_account(row, names, owner in known),
        "state": row.state,
        "rule": row.rule,
        "score": row.score,
        "status": row.status,
        "form": row.form,
        "on": row.on,
        "precision": precision_of(row.on),
        "place": row.place,
        "people": [
            {
                "id": p,
                "name": links.name(p) if p else "",
                "as_written": quotes.get(m, ""),
                "how": how,
                "mention": m,
            }
            for m, p, how in people
        ],
        "encounter": row.encounter,
        "words": _words(links, row.item, row.start, row.end, row.quote),
        **_from(tx, row.item),
        "judgements": _bearing(tx, _on_places({(row.item, row.start)})),
    }


def _encounter(tx: Tx, links: Links, fact: str) -> Told | None:
    found = lookups.load_encounters(tx, (fact,))
    if not found:
        return None
    row = found[0]
    owner = lookups.load_owner(tx)[0]
    accounts = lookups.load_accounts_of(tx, (fact,))
    people = [p for _, p in lookups.load_encounter_people(tx, (fact,))]
    links.need_people(people)
    links.need_items(a.item for a in accounts)
    names = [links.name(p) for p in people if p != owner]
    said = say_form_title(row.form)
    if names:
        said += f" {'with' if owner in people else 'of'} {join_names(names)}"
    said += f", {say_on(row.on)}" if row.on else ", no date"
    said += f", {' '.join(row.place.split())}" if row.place else ""
    rules = list(dict.fromkeys(a.rule for a in accounts))
    return {
        "says": f"{said}.",
        "state": row.state,
        "rule": ", ".join(rules),
        "score": max((a.score for a in accounts), default=0.0),
        "status": row.status,
        "form": row.form,
        "on": row.on,
        "precision": precision_of(row.on),
        "place": row.place,
        "people": [{"id": p, "name": links.name(p)} for p in people],
        "accounts": [
            {"id": a.account, "item": a.item, "title": say_item(links.item(a.item)), "state": a.state,
             "status": a.status, "form": a.form, "on": a.on, "place": a.place,
             "rule": a.rule, "score": a.score}
            for a in accounts
        ],
        "joined": "" if len(accounts) < 2 else "One day, forms that agree, at least two people in common.",
        "words": [w for a in accounts for w in _words(links, a.item, a.start, a.end, a.quote)],
        **(_from(tx, accounts[0].item) if len(accounts) == 1 else {}),
        "judgements": _bearing(tx, _on_places({(a.item, a.start) for a in accounts})),
    }  # fmt: skip


def _person(tx: Tx, links: Links, fact: str) -> Told | None:
    person = lookups.load_current_person(tx, fact)
    row = lookups.load_person(tx, person) if person else None
    if row is None:
        return None
    origins = {
        "self": "the owner",
        "card": "a card",
        "author": "what he wrote",
        "name": "a name in a text",
    }
    cited = read_citation(row[4])
    mentions = lookups.load_mention_counts(tx, (person,)).get(person, 0)
    return {
        "says": f"{row[1]}: made known by {origins.get(row[3], row[3])}; {say_number(mentions, 'mention')}.",
        "name": row[1],
        "state": row[5],
        "rule": row[3],
        "person": {"id": person, "name": row[1]},
        "earlier_ids": lookups.load_old_ids(tx, person),
        "mentions": mentions,
        "words": _cited(links, [cited] if cited else []),
        **(_from(tx, cited["item"]) if cited else {}),
        "judgements": _bearing(tx, _on_person(tx, person)),
    }


def _question(tx: Tx, links: Links, fact: str) -> Told | None:
    row = records.load_question(tx, fact)
    if row is None:
        return None
    cited = json.loads(row.citations)
    links.need_items(c["item"] for c in cited[:MOST_WORDS])
    people = json.loads(row.people)
    links.need_people(people)
    return {
        "says": row.prompt,
        "state": "ask",
        "asks": row.kind,
        "waits": row.state,
        "weight": row.weight,
        "subject": json.loads(row.subject),
        "answers": [{"key": str(key), "label": label} for key, label, _ in json.loads(row.options)],
        "people": [{"id": p, "name": links.name(p)} for p in people],
        "words": _cited(links, cited[:MOST_WORDS]),
        "judgements": _bearing(
            tx,
            lambda _, j: j.kind == "defer" and j.subject.get("question") == json.loads(row.subject),
        ),
    }


def _item(tx: Tx, links: Links, fact: str) -> Told | None:
    row = records.load_item(tx, fact)
    if row is None:
        return None
    body = links.body(fact)
    return {
        "says": f"{say_item(links.item(fact))[:1].upper()}{say_item(links.item(fact))[1:]}.",
        "name": row["title"],
        "state": "read",
        "item_kind": row["kind"],
        "written_on": row["written_on"],
        "author": row["author"],
        "reading": row["reading"],
        "length": len(body),
        "problems": [{"code": c, "message": m, "hint": h} for c, m, h in records.load_problems(tx, fact)],
        "words": [],
        **_from(tx, fact),
        "judgements": _bearing(tx, lambda located, j: fact in located.items_of(j)),
    }


def _of_judgement(tx: Tx, links: Links, fact: str) -> Told | None:
    located = locate_judgements(tx)
    judgement = next((j for j in located.everything if j.id == fact), None)
    if judgement is None:
        return None
    live = {j.id for j in located.live}
    words = []
    for anchor in anchors_of(judgement):
        place = located.places.get(anchor)
        if place is not None:
            words += _words(links, place[0], place[1], place[1] + len(anchor.quote), anchor.quote)
    taken_back = [j for j in located.everything if j.kind == "retract" and j.subject.get("judgement") == fact]
    return {
        "says": f"{says(judgement)[:1].upper()}{says(judgement)[1:]}.",
        "state": "sure" if fact in live else "rejected",
        "judgement_kind": judgement.kind,
        "subject": judgement.subject,
        "value": judgement.value,
        "by": judgement.by,
        "made_at": judgement.made_at,
        "in_force": fact in live,
        "lost": any(a not in located.places for a in anchors_of(judgement)),
        "words": words,
        "judgements": [_tell(j, in_force=True) for j in taken_back],
    }


def _event(tx: Tx, links: Links, fact: str) -> Told | None:
    found = records.load_events(tx, event=fact)
    if not found:
        return None
    row = found[0]
    people = [p for p in json.loads(row.people) if p]
    links.need_people(people)
    return {
        "says": f"{row.summary or say_form_title(row.form)}, {say_on(row.on) if row.on else 'no date'}.",
        "state": "read",
        "rule": "calendar",
        "on": row.on,
        "until": row.until,
        "recurrence": row.rrule,
        "form": row.form,
        "place": row.place,
        "uid": row.uid,
        "people": [{"id": p, "name": links.name(p)} for p in people],
        "words": _cited(links, [row.citation]),
        **_from(tx, row.item),
        "judgements": [],
    }


def _occasion(tx: Tx, links: Links, fact: str) -> Told | None:
    row = records.load_occasion(tx, fact)
    if row is None:
        return None
    return {
        "says": f"{row.kind[:1].upper()}{row.kind[1:]} of {links.name(row.person)}, {say_date(row.on)}.",
        "state": "read",
        "rule": "card",
        "on": row.on,
        "person": {"id": row.person, "name": links.name(row.person)},
        "words": _cited(links, [row.citation]),
        **_from(tx, row.item),
        "judgements": [],
    }


def _finding(tx: Tx, links: Links, fact: str) -> Told | None:
    row = findings.load_finding(tx, fact)
    if row is None:
        return None
    parts = findings.load_parts(tx, (fact,)).get(fact, [])
    spans = [(row.start, row.end, row.quote), (row.on_start, row.on_end, row.on_quote)]
    spans += [(p.start, p.end, p.quote) for p in parts]
    cited = [s for s in dict.fromkeys(spans) if s[0] >= 0]
    return {
        **tell_finding(links, row, parts),
        "words": [w for s in cited for w in _words(links, row.item, *s)],
        **_from(tx, row.item),
        "judgements": _bearing(tx, _on_finding(row)),
    }


def _on_finding(row: findings.FindingRow) -> Callable[[Located, Judgement], bool]:
    """Make the test of judgements on a finding: of its kind, on words that overlap its own."""

    def bears(located: Located, j: Judgement) -> bool:
        if j.kind != "reading" or j.subject.get("fact") != row.kind:
            return False
        anchor = Anchor.from_json(j.subject["anchor"])
        item, start = located.places.get(anchor, ("", 0))
        return item == row.item and start < row.end and row.start < start + len(anchor.quote)

    return bears


def _fact(tx: Tx, links: Links, fact: str) -> Told | None:
    row = lookups.load_fact(tx, fact)
    if row is None:
        return None
    since = say_date(row.start_on) if row.start_on else "…"
    until = say_date(row.end_on) if row.end_on else "…"
    dates = f", {since} to {until}" if row.start_on or row.end_on else ""
    return {
        "says": f"{links.name(row.person)}, {row.kind}: {row.value}{dates}.",
        "state": "read",
        "rule": "card",
        "name": row.kind,
        "value": row.value,
        "start_on": row.start_on,
        "end_on": row.end_on,
        "person": {"id": row.person, "name": links.name(row.person)},
        "words": _cited(links, [row.citation]),
        **_from(tx, row.item),
        "judgements": [],
    }


_TELLERS: Mapping[str, Callable[[Tx, Links, str], Told | None]] = {
    "m": _mention, "a": _account, "e": _encounter, "p": _person, "q": _question, "i": _item,
    "j": _of_judgement, "v": _event, "o": _occasion, "f": _fact, "t": _finding,
}  # fmt: skip
