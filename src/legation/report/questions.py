"""Open questions as views: the words in sight, one key an answer, and why it is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from legation.report.links import Links
from legation.report.saying import say_number
from legation.report.views import OptionView, QuestionView
from legation.store import records
from legation.store.rows import QuestionRow
from legation.store.tx import Tx

#: A question shows at most this many places.
MOST_WORDS = 4
_WHY = {
    "who": "Nothing on record says for certain who is meant.",
    "same": "The names agree as far as they go; nothing proves that they are one person, or two.",
    "office": "Nothing on record says who held the office on that day.",
    "reading": "The words leave it open.",
    "participants": "The paper does not list them itself.",
    "anchor": "The words that you decided about have changed.",
}
_UNLOCKS = {"who": "mention", "same": "mention", "office": "mention"}


def question_views(links: Links, found: Sequence[QuestionRow]) -> tuple[QuestionView, ...]:
    """Return questions as views, in the order given."""
    cited = {q.question: json.loads(q.citations)[:MOST_WORDS] for q in found}
    people = {q.question: [p for p in json.loads(q.people) if p] for q in found}
    links.need_people(p for of in people.values() for p in of)
    links.need_items(c["item"] for of in cited.values() for c in of)
    return tuple(_view(links, q, cited[q.question], people[q.question]) for q in found)


def _view(links: Links, row: QuestionRow, cited: list[dict[str, object]], people: list[str]) -> QuestionView:
    offices = {link.name: link.office for link in map(links.person, people)}
    words = tuple(w for w in map(links.cited, cited) if w is not None)
    return QuestionView(
        id=row.question,
        kind=row.kind,
        prompt=row.prompt,
        why=say_why(row),
        weight=row.weight,
        options=_options(row, offices),
        words=words,
    )


def _options(row: QuestionRow, offices: dict[str, str]) -> tuple[OptionView, ...]:
    """Return the answers; leaving it open is always one."""
    found = [OptionView(str(key), label, offices.get(label, "")) for key, label, _ in json.loads(row.options)]
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
    tx: Tx, links: Links, *, limit: int, offset: int = 0, person: str = "", item: str = ""
) -> tuple[tuple[QuestionView, ...], int]:
    """Return a page of open questions, those that unlock most first, and their number."""
    found, total = records.find_questions(tx, limit, offset, person, item)
    return question_views(links, found), total
