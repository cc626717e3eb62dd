"""How many questions a user is asked: a diary is walked in the order of its dates.

The whole diary is imported. At each entry that is labelled, the open questions that bear on its
mentions are asked and answered from the labels, by the judgements that a person's keys make; so
what is answered at one entry settles others, as it does for a user.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from legation.ledger.judge import Judge
from legation.people.naming import parse_name, skeleton
from legation.reading.tokens import fold
from legation.workspace.evaluate.align import most_of, span_of
from legation.workspace.evaluate.figures import Tally
from legation.workspace.evaluate.gold import GoldDoc
from legation.workspace.evaluate.scores_mentions import error, of_kinds
from legation.workspace.evaluate.scores_speakers import fits_id, split_name
from legation.workspace.evaluate.spans import Pair, match_spans
from legation.workspace.evaluate.texts import Register, find_same, index_runs

if TYPE_CHECKING:
    from legation.ledger.ledger import Progress
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

#: Questions are counted from this entry on (the first is 1): before, everybody is new.
FROM_ENTRY = 50
#: Kinds of questions about who somebody is; `reading` asks whether what was read is so.
IDENTITY = ("who", "same", "name")
READING = "reading"
#: More than anybody is asked at one entry: a fault would otherwise ask for ever.
MOST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """A labelled entry on the way: its item, its place among all entries, where its text begins."""

    doc: GoldDoc
    item: str
    rank: int
    offset: int


def plan_walk(tx: Tx, docs: Sequence[GoldDoc]) -> tuple[list[Stop], dict[str, int]]:
    """Return the labelled entries in the order of their dates, and the place of every entry."""
    columns = ("item", "written_on", "path", "ordinal", "kind")
    items = [r for r in tx.load("items", columns=columns) if r["kind"] in ("entry", "paper", "note")]
    items.sort(key=lambda r: (r["written_on"] or "~", r["path"], r["ordinal"]))
    bodies = {r["item"]: r["body"] for r in tx.load("texts", columns=("item", "body"))}
    index = index_runs(docs)
    stops: list[Stop] = []
    for rank, row in enumerate(items, 1):
        body = bodies[row["item"]]
        number = find_same(body, index, docs)
        if number is not None and (offset := body.find(docs[number].text)) >= 0:
            stops.append(Stop(docs[number], row["item"], rank, offset))
    return stops, {row["item"]: rank for rank, row in enumerate(items, 1)}


def score_questions(
    register: Register, docs: Sequence[GoldDoc], tally: Tally, progress: Progress | None = None
) -> dict[str, int]:
    """Walk a diary and count; returns how many entries there are, are labelled, and are counted."""
    wanted = [d for d in docs if d.labels.get("mentions")]
    with register.ledger.store.looking() as tx:
        stops, ranks = plan_walk(tx, wanted)
    walk = _Walk(register, tally, ranks)
    for number, stop in enumerate(stops, 1):
        walk.visit(stop)
        if progress is not None:
            progress("Questions", number, len(stops))
    for stop in stops:
        walk.look_back(stop)
    return {
        "entries": len(ranks),
        "labelled": len(stops),
        "counted": sum(s.rank >= FROM_ENTRY for s in stops),
        "from_entry": FROM_ENTRY,
    }


class _Walk:
    """A user with the labels in hand."""

    def __init__(self, register: Register, tally: Tally, ranks: Mapping[str, int]) -> None:
        self.ranks = ranks
        self.ledger = register.ledger
        self.judge = Judge(register.ledger, "labels")
        self.tally = tally
        #: Questions that were asked already, here or at an earlier entry.
        self.asked: set[str] = set()
        #: What the labels of the entries visited say of people on record.
        self.known: dict[str, dict[str, Counter[str]]] = defaultdict(dict)

    def visit(self, stop: Stop) -> None:
        """Ask what bears on the mentions of one entry until nothing is open that was not asked."""
        counts: Counter[str] = Counter()
        answered = raised = 0
        entry = _Entry(self.ledger.store, stop, self.known)
        while sum(counts.values()) < MOST:
            question, mention = next(iter(entry.list_questions(self.asked)), (None, None))
            if question is None:
                break
            self.asked.add(question["question"])
            counts[question["kind"]] += 1
            raised += self._first_rank(question) >= stop.rank
            key, name = entry.answer(question, mention)
            answered += key != "later"
            self._note(stop, question, mention, key)
            self.judge.answer(question["question"], key, name)
            entry = _Entry(self.ledger.store, stop, self.known)
        self._count(stop, counts, (answered, raised), (entry.count_readings(), entry.count_once()))

    def look_back(self, stop: Stop) -> None:
        """Count the labelled names of an entry of which it is still open who that is."""
        if stop.rank >= FROM_ENTRY:
            entry = _Entry(self.ledger.store, stop, self.known)
            names = len(of_kinds(stop.doc.labels["mentions"], "name"))
            self.tally.add("questions", "left_waiting", stop.doc.unit, entry.count_waiting(), names)

    def _first_rank(self, question: Row) -> int:
        """Return the place of the first entry that raises a question.

        A name does where it first waits for it; whether two are one is asked once both are named.
        """
        with self.ledger.store.looking() as tx:
            if question["kind"] == "same":
                people = json.loads(question["people"])
                uses = [tx.load("mentions", person=p, columns=("item",)) for p in people]
                return max((min(map(self._rank, rows), default=0) for rows in uses), default=0)
            waiting = tx.load("mentions", block=question["maker"], state="ask", columns=("item", "form"))
            others = {
                json.loads(q["subject"]).get("form", "")
                for q in tx.load("questions", maker=question["maker"], columns=("question", "subject"))
                if q["question"] != question["question"]
            }
        form = json.loads(question["subject"]).get("form", "")
        mine = [r for r in waiting if r["form"] == form or r["form"] not in others]
        return min(map(self._rank, mine), default=0)

    def _rank(self, row: Row) -> int:
        return self.ranks.get(row["item"], 0)

    def _count(
        self, stop: Stop, counts: Counter[str], settled: tuple[int, int], left: tuple[int, int]
    ) -> None:
        (answered, raised), (readings, once) = settled, left
        unit = stop.doc.unit
        mentions = len(stop.doc.labels["mentions"])
        names = len(of_kinds(stop.doc.labels["mentions"], "name"))
        self.tally.units["questions"].add(unit)
        total = sum(counts.values())
        if stop.rank < FROM_ENTRY:
            self.tally.add("questions", "asked_before", unit, total, mentions)
            return
        self.tally.add("questions", "asked", unit, total, mentions)
        self.tally.add("questions", "asked_per_names", unit, total, names)
        self.tally.add("questions", "raised", unit, raised, mentions)
        for kind in IDENTITY:
            self.tally.add("questions", kind, unit, counts[kind], mentions)
        self.tally.add("questions", "readings", unit, readings, mentions)
        self.tally.add("questions", "all", unit, total + readings, mentions)
        self.tally.add("questions", "once", unit, once, mentions)
        self.tally.add("questions", "answered", unit, answered, total)

    def _note(self, stop: Stop, question: Row, mention: Row | None, key: str) -> None:
        """Keep what was asked for whoever looks at the errors."""
        if stop.rank < FROM_ENTRY:
            return
        span = span_of(mention) if mention else (0, 1)
        start, end = span[0] - stop.offset, span[1] - stop.offset
        if 0 <= start < end <= len(stop.doc.text):
            self.tally.errors.append(
                error("questions", "asked", stop.doc, (start, end), kind=question["kind"],
                      prompt=question["prompt"], why=question["why"], answer=key)
            )  # fmt: skip


class _Entry:
    """One labelled entry as the ledger has it now."""

    def __init__(self, store: Any, stop: Stop, known: dict[str, dict[str, Counter[str]]]) -> None:
        self.stop = stop
        with store.looking() as tx:
            rows = tx.load("mentions", item=stop.item, order=("start", "-end"))
            self.mentions = [m for m in rows if m["state"] != "rejected"]
            blocks = {m["block"] for m in self.mentions if m["state"] == "ask"}
            self.people = {m["person"] for m in self.mentions if m["person"]}
            about = tx.load_in("questions", "maker", blocks)
            self.of_blocks = [q for q in about if q["state"] == "open"]
            self.aside = [q for q in about if q["state"] == "once"]
            self.same = [q for q in tx.load("questions", kind="same", state="open") if self._bears(q)]
            mine = tx.load("questions", maker=stop.item, kind=READING, state="open")
            self.readings = len(mine)
            asked = {p for q in self.same for p in json.loads(q["people"])}
            self.names = {r["person"]: r["name"] for r in tx.load_in("people", "person", asked)}
            item = tx.load("items", item=stop.item, columns=("group_key",))
            self.group = item[0]["group_key"]
        labels = stop.doc.labels["mentions"]
        shifted: list[Pair] = [(m["start"] + stop.offset, m["end"] + stop.offset) for m in labels]
        of = match_spans([span_of(m) for m in self.mentions], shifted)
        self.gold = {self.mentions[i]["mention"]: labels[k] for i, k in of.items()}
        # What is known of people afresh at each look: an answer may have joined two of them.
        said: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in self.mentions:
            label = self.gold.get(mention["mention"])
            if mention["person"] and mention["state"] != "ask" and label and label.get("person"):
                said[mention["person"]][label["person"]] += 1
        known[stop.doc.unit] = dict(said)
        self.known = known

    def _bears(self, question: Row) -> bool:
        people = json.loads(question["people"])
        return '"accounts"' not in question["subject"] and bool(self.people & set(people))

    def count_readings(self) -> int:
        """Return how many questions are open on whether what was read here is so."""
        return self.readings

    def count_once(self) -> int:
        """Return how many questions on mentions here wait aside, since the name is used once."""
        waiting = [m for m in self.mentions if m["state"] == "ask" and self._question_of(m) is None]
        return len({q["question"] for m in waiting if (q := self._question_of(m, self.aside))})

    def count_waiting(self) -> int:
        """Return how many labelled names lead to a mention of which it is open who that is."""
        return sum(
            m["state"] == "ask" and self.gold[m["mention"]]["kind"] == "name"
            for m in self.mentions
            if m["mention"] in self.gold
        )

    def list_questions(self, asked: set[str]) -> Iterable[tuple[Row, Row | None]]:
        """Yield the open questions that bear on the mentions, in the order of the text."""
        for mention in self.mentions:
            if mention["state"] == "ask":
                question = self._question_of(mention)
                if question is not None and question["question"] not in asked:
                    yield question, mention
        for question in sorted(self.same, key=lambda q: (-q["weight"], q["question"])):
            if question["question"] not in asked:
                people = set(json.loads(question["people"]))
                yield question, next((m for m in self.mentions if m["person"] in people), None)

    def _question_of(self, mention: Row, among: Sequence[Row] | None = None) -> Row | None:
        """Return the question that waits for a mention: about its place, its form, or its surname."""
        found = []
        for question in self.of_blocks if among is None else among:
            if question["maker"] != mention["block"] or question["kind"] not in IDENTITY:
                continue
            subject = json.loads(question["subject"])
            at = subject.get("anchor", {}).get("at") if isinstance(subject.get("anchor"), dict) else None
            if at is not None and at != [mention["item"], mention["start"]]:
                continue
            if "group" in subject and subject["group"] != self.group:
                continue
            rank = (at is not None, subject.get("form") == mention["form"], question["weight"])
            found.append((rank, question["question"], question))
        return max(found, key=lambda f: f[:2])[2] if found else None

    # ── answers ─────────────────────────────────────────────────────────────────────────

    def answer(self, question: Row, mention: Row | None) -> tuple[str, str]:
        """Return the key of the answer that the labels give, and the name of somebody new; or "later"."""
        options = json.loads(question["options"])
        if question["kind"] == "same":
            return self._answer_same(question, options), ""
        label = self.gold.get(mention["mention"]) if mention else None
        if label is None:
            nobody = [str(k) for k, _, value in options if value.get("nobody")]
            return (nobody[0] if nobody else "later"), ""
        person = label.get("person")
        if not person:
            return "later", ""
        called = self.stop.doc.people.get(person, "")
        rated = [
            (self._rate(str(value.get("id", "")), str(value.get("name", shown)), person, called), str(key))
            for key, shown, value in options
            if "person" in value and not value.get("all")
        ]
        # Of several that fit equally well a user takes the one that is offered first.
        best = max((r for r in rated if r[0] > 0), default=None, key=lambda r: r[0])
        if best is not None:
            return best[1], ""
        new = [str(k) for k, _, value in options if "new" in value]
        return (new[0] if new else "later"), called

    def _rate(self, ident: str, name: str, person: str, called: str) -> float:
        """Say how well an option fits a labelled person: by entries visited, else by words of the name."""
        said = self._said_of(ident)
        if said:
            return 100.0 if most_of(said) == person else 0.0
        if not fits_id(name, called):
            return 0.0
        mine, theirs = split_name(name)[0], split_name(called)[0]
        alike = fold(name) == fold(called)
        return len(mine & theirs) / len(mine | theirs) + alike

    def _said_of(self, ident: str) -> Counter[str]:
        """Return the labelled persons whom somebody on record stood for, in all entries visited."""
        found: Counter[str] = Counter()
        for people in self.known.values():
            found += people.get(ident, Counter())
        return found

    def _answer_same(self, question: Row, options: Sequence[Any]) -> str:
        """Answer by what the labels say of both; of one whom they do not know, by the spelling."""
        people = json.loads(question["people"])
        said = [most_of(votes) for p in people if (votes := self._said_of(p))]
        keys: Mapping[bool, str] = {bool(v["same"]): str(k) for k, _, v in options if "same" in v}
        if len(people) != 2 or not said:
            return "later"
        if len(said) == 2:
            return keys.get(said[0] == said[1], "later")
        one, two = (self.names.get(p, "") for p in people)
        return keys.get(True, "later") if is_one_spelling(one, two) else "later"


def is_one_spelling(one: str, two: str) -> bool:
    """Say whether two names have the same titles, and word for word the same consonants."""
    first, second = parse_name(one), parse_name(two)
    bones = [[skeleton(w) for w in name.flat] for name in (first, second)]
    return bool(bones[0]) and bones[0] == bones[1] and first.titles == second.titles
