"""Judgements in force that have no effect on what is on record now: each becomes a question.

A text may have been edited, or a better reader may cut names and meetings otherwise. Whatever a person
decided stays on record and applies again as soon as what it was said of is there again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from legation.facts.ids import derive_id
from legation.facts.judgement import Anchor, Judgement, canonical
from legation.ledger.located import anchors_of, refs_of

if TYPE_CHECKING:
    from legation.ledger.located import Located, Ref
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

#: States of mentions that a question is open about; answered, the judgement has its effect again.
WAITS = "ask"


def lost_options(judgement: str) -> list[list[Any]]:
    """Return the answers on a judgement that applies to nothing now.

    Kept, it rests, and applies again as soon as what it was said of is there again.
    """
    return [
        ["1", "Take it back", {"retract": judgement}],
        ["2", "Keep it: it was right, and may apply again", {"defer": "never"}],
    ]


def lost_question(judgement: str, maker: str, prompt: str) -> Row:
    """Return the question about a judgement that has no effect."""
    subject = {"judgement": judgement}
    return {
        "question": derive_id("q", maker, canonical(subject)), "kind": "anchor", "maker": maker,
        "prompt": prompt, "subject": canonical(subject),
        "options": canonical(lost_options(judgement)),
        "citations": "[]", "people": "[]", "weight": 1, "state": "open",
    }  # fmt: skip


def lost_questions(located: Located, idle: Iterable[Judgement] = ()) -> list[Row]:
    """Return a question for every judgement whose words are no longer there, or that is idle."""
    found: dict[str, Row] = {}
    for j in (*located.contrary, *located.lost, *idle):
        quotes = " and ".join(f"“{a.quote}”" for a in anchors_of(j) if a not in located.places)
        if j in located.contrary:
            prompt = "Your answers on who is one person contradict each other. Take the last one back?"
        elif quotes:
            prompt = f"You decided something about {quotes}; this no longer stands. Take it back?"
        elif j in located.lost:
            prompt = "You named somebody who is no longer on record. Take it back?"
        else:
            quotes = " and ".join(f"“{a.quote}”" for a in anchors_of(j)) or "two people"
            prompt = f"You decided something about {quotes}; it is read otherwise now. Take it back?"
        found.setdefault(j.id, lost_question(j.id, "anchors", prompt))
    return list(found.values())


def forms_said(located: Located) -> dict[tuple[str, str], list[Judgement]]:
    """Return what was said of name forms, but what names people who are gone (asked about anyway)."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    lost = {j.id for j in located.lost}
    for judgement in located.live:
        if judgement.kind == "identify" and "form" in judgement.subject and judgement.id not in lost:
            key = (judgement.subject["group"], judgement.subject["form"])
            found.setdefault(key, []).append(judgement)
    return found


def idle_forms(
    block: str,
    said: Mapping[tuple[str, str], list[Judgement]],
    forms: Iterable[tuple[str, str]],
    used: Collection[tuple[str, str]],
) -> list[Row]:
    """Return questions about answers on forms of a block that no text uses (any more)."""
    found = []
    for group, form in sorted(set(forms) - set(used)):
        shown = " ".join(x for x in form.split("|") if x)
        prompt = f"You said who “{shown}” is; nothing is read so any more. Take it back?"
        found += [lost_question(j.id, block, prompt) for j in said.get((group, form), ())]
    return found


def list_idle(tx: Tx, located: Located) -> list[Judgement]:
    """Return judgements on mentions, people and meetings that have no effect, though their words stand."""
    gone = {j.id for j in located.lost}
    live = [j for j in located.live if j.id not in gone]
    now = _people_now(tx, located, [ref for j in live for ref in refs_of(j)])
    return [
        *_idle_mentions(tx, located, live),
        *_idle_refs(live, now),
        *_idle_pairs(located, live, now),
        *_idle_accounts(tx, located, live),
    ]


def _people_now(tx: Tx, located: Located, refs: Iterable[Ref]) -> Callable[[Ref], tuple[str, str]]:
    """Return a function from references to (person or "", state of the mention that names the person)."""
    places = {p for p in map(located.place_of, refs) if p is not None}
    ids = {located.mentions[p][0]: p for p in places if p in located.mentions}
    rows = tx.load_in("mentions", "mention", ids, ("mention", "person", "state"))
    people = {ids[r["mention"]]: (r["person"], r["state"]) for r in rows}
    known = {p for p, _ in located.refs.values()}
    merged = {r["old"]: r["person"] for r in tx.load_in("person_ids", "old", known)}

    def now(ref: Ref) -> tuple[str, str]:
        place = located.place_of(ref)
        if place is not None:
            return people.get(place, ("", "rejected"))
        person = located.refs.get(canonical(dict(ref)), ("", ""))[0]
        return merged.get(person, person), "sure"

    return now


def _idle_mentions(tx: Tx, located: Located, live: list[Judgement]) -> list[Judgement]:
    """Return the last words on single mentions that these do not follow."""
    last: dict[str, Judgement] = {}
    for j in live:
        if j.kind == "identify" and "anchor" in j.subject:
            last[located.named[Anchor.from_json(j.subject["anchor"])][0]] = j
    states = {r["mention"]: r["state"] for r in tx.load_in("mentions", "mention", last, ("mention", "state"))}
    return [
        j
        for mention, j in last.items()
        if states.get(mention) not in (WAITS, "rejected" if j.value.get("nobody") else "sure")
    ]


def _idle_refs(live: list[Judgement], now: Callable[[Ref], tuple[str, str]]) -> list[Judgement]:
    """Return the last words that name somebody by a mention that leads to nobody now."""
    last = {canonical(j.subject): j for j in live if j.kind in ("identify", "reading")}
    return [j for j in last.values() if any(p == "" and s != WAITS for p, s in map(now, refs_of(j)))]


def _idle_pairs(
    located: Located, live: list[Judgement], now: Callable[[Ref], tuple[str, str]]
) -> list[Judgement]:
    """Return the last words on pairs of people that are not so on record."""
    idle = []
    last = {canonical(j.subject): j for j in live if j.kind == "same" and "a" in j.subject}
    for j in last.values():
        (a, state), (b, other) = now(j.subject["a"]), now(j.subject["b"])
        so = bool(a) and bool(b) and (a == b) == bool(j.value["same"])
        if not so and WAITS not in (state, other) and j not in located.contrary:
            idle.append(j)
    return idle


def _idle_accounts(tx: Tx, located: Located, live: list[Judgement]) -> list[Judgement]:
    """Return the last words on pairs of accounts whose encounters are not so on record."""
    last = {canonical(j.subject): j for j in live if j.kind == "same" and "accounts" in j.subject}
    if not last:
        return []
    fitted = located.fit_accounts(tx)
    ids = set(fitted.values())
    rows = tx.load_in("accounts", "account", ids, ("account", "encounter"))
    of = {r["account"]: r["encounter"] for r in rows}
    idle = []
    for j in last.values():
        a, b = (of.get(fitted.get(Anchor.from_json(x), ""), "") for x in j.subject["accounts"])
        if not (a and b and (a == b) == bool(j.value["same"])):
            idle.append(j)
    return idle
