"""Open questions as views: the words in sight, one key an answer, and why it is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.facts.errors import NotFoundError
from legation.report.links import Links
from legation.report.saying import say_date, say_number
from legation.report.views import OptionView, QuestionView, WaitingView, Words
from legation.store import records, review
from legation.store.rows import QuestionRow
from legation.store.tx import Tx

#: A question shows at most this many places.
MOST_WORDS = 4
#: What questions are about, in the order in which they are counted, each as one and as several.
TOPICS: dict[str, tuple[str, str]] = {
    "names": ("name", "names"),
    "pairs": ("pair of names", "pairs of names"),
    "encounters": ("encounter", "encounters"),
    "promises": ("promise", "promises"),
    "introductions": ("introduction", "introductions"),
    "occasions": ("occasion", "occasions"),
    "statements": ("statement", "statements"),
    "judgements": ("judgement without its words", "judgements without their words"),
}
_WHY = {
    "who": "Nothing on record says for certain who is meant.",
    "name": "Only the shape of the words speaks for a name.",
    "same": "The names agree as far as they go; nothing proves that they are one person, or two.",
    "office": "Nothing on record says who held the office on that day.",
    "reading": "The words leave it open.",
    "participants": "The paper does not list them itself.",
    "anchor": "The words that you decided about have changed.",
}
_UNLOCKS = {"who": "mention", "name": "mention", "same": "mention", "office": "mention"}
#: The page of questions about names that were used once, named like a topic.
ONCE = "once"
#: A heading of questions is no longer than this.
_HEADING = 32


def topic_of(row: QuestionRow) -> str:
    """Return what a question is about, one of `TOPICS`."""
    subject = json.loads(row.subject)
    fact = f"{subject.get('fact', '')}s"
    if row.kind in ("who", "name", "office"):
        return "names"
    if row.kind == "anchor":
        return "judgements"
    if fact in TOPICS and fact != "encounters":
        return fact
    return "pairs" if row.kind == "same" and "accounts" not in subject else "encounters"


def question_views(links: Links, found: Sequence[QuestionRow]) -> tuple[QuestionView, ...]:
    """Return questions as views, in the order given."""
    cited = {q.question: json.loads(q.citations) for q in found}
    people = {q.question: [p for p in json.loads(q.people) if p] for q in found}
    links.need_people(p for of in people.values() for p in of)
    links.need_items(c["item"] for of in cited.values() for c in of[:MOST_WORDS])
    told = {c["item"] for q in found if q.kind == "reading" for c in cited[q.question]}
    proposers = review.load_proposers(links.tx, told) if told else {}
    return tuple(_view(links, q, cited[q.question], people[q.question], proposers) for q in found)


def _view(
    links: Links,
    row: QuestionRow,
    cited: list[dict[str, Any]],
    people: list[str],
    proposers: Mapping[tuple[str, str, int, int], str],
) -> QuestionView:
    subject = json.loads(row.subject)
    fact = str(subject.get("fact", ""))
    offices = {link.name: link.office for link in map(links.person, people)}
    words = tuple(w for w in map(links.cited, cited[:MOST_WORDS]) if w is not None)
    noun = _UNLOCKS.get(row.kind, "")
    topic = topic_of(row)
    return QuestionView(
        id=row.question,
        kind=row.kind,
        prompt=row.prompt,
        why=say_why(row),
        weight=row.weight,
        options=_options(row, offices),
        words=words,
        topic=topic,
        batch=_batch(topic, words),
        places=max(len(cited), row.weight if topic == "names" else 0),
        settles=say_number(row.weight, noun) if noun and row.weight > 1 else "",
        state=row.state,
        dated="form" in subject and "group" in subject,
        proposed_by=next(
            (p for c in cited if (p := proposers.get((fact, c["item"], c["start"], c["end"])))), ""
        ),
    )


def _batch(topic: str, words: Sequence[Words]) -> str:
    """Return the heading that questions of one name or one entry stand under."""
    if not words:
        return TOPICS[topic][1].capitalize()
    first = words[0]
    if topic in ("names", "pairs"):
        said = " ".join(first.quote.split())
    elif first.kind == "entry":
        said = say_date(first.written_on)
    else:
        said = first.item_title or say_date(first.written_on)
    return said if len(said) <= _HEADING else said[: _HEADING - 1].rstrip() + "…"


def _options(row: QuestionRow, offices: dict[str, str]) -> tuple[OptionView, ...]:
    """Return the answers; leaving it open is always one."""
    found = [
        OptionView(str(key), label, offices.get(label, ""), str(answer.get("why", "")))
        for key, label, answer in json.loads(row.options)
    ]
    if not any(o.key in ("0", "later") for o in found):
        found.append(OptionView("0", "Leave open"))
    return tuple(found)


def say_why(row: QuestionRow) -> str:
    """Return why a question is asked, and what its answer settles."""
    if row.kind == "same" and '"accounts"' in row.subject:
        return "Both are of one day, and more than one meeting of that day may be meant."
    why = row.why or _WHY.get(row.kind, "")
    noun = _UNLOCKS.get(row.kind, "")
    if noun and row.weight > 1:
        why += f" The answer settles {say_number(row.weight, noun)}."
    return why.strip()


def load_question_views(
    tx: Tx,
    links: Links,
    *,
    limit: int,
    offset: int = 0,
    person: str = "",
    item: str = "",
    topic: str = "",
) -> tuple[tuple[QuestionView, ...], int]:
    """Return a page of open questions and their number; those of one name or entry stand together.

    The topic `ONCE` has those about names used once, which are not open.
    """
    states, topic = ((ONCE,), "") if topic == ONCE else (("open",), topic)
    found, total = review.find_waiting(
        tx, limit=limit, offset=offset, person=person, item=item, topic=topic, states=states
    )
    return _headed(question_views(links, found), review.load_makers(tx, (q.question for q in found))), total


def _headed(views: tuple[QuestionView, ...], makers: dict[str, str]) -> tuple[QuestionView, ...]:
    """Let questions of one maker that follow on one another stand under the heading of the first."""
    headed: list[QuestionView] = []
    for view in views:
        before = headed[-1] if headed else None
        one = before is not None and makers[before.id] == makers[view.id]
        headed.append(replace(view, batch=before.batch) if one and before else view)
    return tuple(headed)


def load_deferred_views(
    tx: Tx, links: Links, *, limit: int, offset: int = 0
) -> tuple[tuple[QuestionView, ...], int]:
    """Return a page of the questions put off or never to be asked, and their number."""
    found, total = review.find_deferred(tx, limit, offset)
    return question_views(links, found), total


def waiting_view(tx: Tx, now: dt.datetime) -> WaitingView:
    """Return what waits, and what was settled on the day of an instant (with its zone)."""
    counts = review.count_waiting(tx)
    open_ = {c.topic: (c.questions, c.weight) for c in counts if c.state == "open"}
    aside = {s: sum(c.questions for c in counts if c.state == s) for s in ("later", "never", ONCE)}
    local = now.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    return WaitingView(
        total=sum(n for n, _ in open_.values()),
        topics=tuple((t, *open_[t]) for t in TOPICS if t in open_),
        later=aside["later"],
        never=aside["never"],
        settled_today=review.count_settled(tx, midnight.isoformat()),
        once=aside[ONCE],
    )


def places_view(
    tx: Tx, links: Links, question: str, *, limit: int, offset: int = 0
) -> tuple[tuple[Words, ...], int]:
    """Return a page of all places that a question is about, in order of date, and their number.

    Raises:
        NotFoundError: there is no such question.
    """
    row = records.load_question(tx, question)
    if row is None:
        raise NotFoundError(f"there is no question {question}", "It may have been answered already.")
    subject = json.loads(row.subject)
    if "form" in subject and "group" in subject:
        maker = review.load_makers(tx, (question,))[question]
        uses, total = review.find_uses(tx, maker, subject["group"], subject["form"], limit, offset)
        if total:
            links.need_items(u.item for u in uses)
            return tuple(links.words(*u) for u in uses), total
    cited = json.loads(row.citations)
    shown = cited[offset : offset + limit]
    links.need_items(c["item"] for c in shown)
    return tuple(w for w in map(links.cited, shown) if w is not None), len(cited)


def find_deferral(tx: Tx, question: str) -> str:
    """Return the judgement in force by which a question was put off.

    Raises:
        NotFoundError: there is no such question, or it was not put off.
    """
    from legation.facts.judgement import canonical  # noqa: PLC0415 - only for what was put off
    from legation.ledger.located import locate_judgements  # noqa: PLC0415 - only for what was put off

    row = records.load_question(tx, question)
    located = locate_judgements(tx) if row is not None else None
    for judgement in reversed(located.live if located else []):
        if judgement.kind == "defer" and located is not None and row is not None:
            subject = located.placed_subject(judgement.subject["question"])
            if canonical(subject) == row.subject:
                return judgement.id
    raise NotFoundError(f"the question {question} was not put off", "It may be open again already.")
