"""Takes judgements: answers to questions, corrections, merges, splits, and undo of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from legation.facts.errors import NotFoundError, UsageError
from legation.facts.judgement import Anchor, Judgement, JudgementKind, canonical
from legation.ledger.located import judgement_of, known_refs, live_judgements

if TYPE_CHECKING:
    from legation.ledger.ledger import Ledger
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

CORRECTABLE = {"account": ("form", "on", "place", "status"), "mention": ("person",)}


class Judge:
    """Writes one judgement at a time and derives what follows from it."""

    def __init__(self, ledger: Ledger, by: str = "") -> None:
        self.ledger = ledger
        self.by = by

    # ── questions ───────────────────────────────────────────────────────────────────────

    def answer(self, question: str, key: str, name: str = "") -> str:
        """Answer a question by one of its keys, or "later" or "never"; returns the judgement's id.

        `name` is the name for a new person where the option makes one.

        Raises:
            NotFoundError: there is no such question (it may have been answered).
            UsageError: the question has no such option.
        """
        with self.ledger.store.looking() as tx:
            rows = tx.load("questions", question=question)
        if not rows:
            message = f"there is no open question {question}"
            raise NotFoundError(message, "It may have been answered already.")
        row = rows[0]
        subject = json.loads(row["subject"])
        if key in ("later", "never", "0"):
            until = "never" if key == "never" else "later"
            return self._record("defer", {"question": subject}, {"until": until})
        options = {str(k): (label, value) for k, label, value in json.loads(row["options"])}
        if key not in options:
            message = f"the question has no answer {key!r}"
            raise UsageError(message, "Its answers: " + ", ".join(options))
        value = dict(options[key][1])
        if "retract" in value:
            return self.undo(value["retract"], only=True)
        if "new" in value and name:
            value["new"] = name
        kind: JudgementKind = "identify"
        if row["kind"] == "same" or "accounts" in subject:
            kind = "same"
        elif "fact" in subject:
            kind = "reading"
        return self._record(kind, subject, value)

    # ── readings ────────────────────────────────────────────────────────────────────────

    def confirm(self, fact: str) -> str:
        """Confirm an account or a mention."""
        return self._verdict(fact, {"verdict": "confirm"})

    def reject(self, fact: str) -> str:
        """Reject an account (it did not happen so) or a mention (it names nobody)."""
        return self._verdict(fact, {"verdict": "reject"})

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of an account (form, on, place, status) or a mention's person."""
        kind = "mention" if fact.startswith("m-") else "account"
        unknown = sorted(set(changes) - set(CORRECTABLE[kind]))
        if unknown or not changes:
            message = f"cannot correct {', '.join(unknown) or 'nothing'} of a {kind}"
            raise UsageError(message, "Fields: " + ", ".join(CORRECTABLE[kind]))
        return self._verdict(fact, {"verdict": "correct", **changes})

    def _verdict(self, fact: str, value: dict[str, Any]) -> str:
        fact = self._account_of(fact)
        with self.ledger.store.looking() as tx:
            if fact.startswith("m-"):
                row = self._one(tx, "mentions", "mention", fact)
                anchor = self._anchor(tx, row).to_json()
                return self._mention_verdict(tx, row, anchor, value)
            row = self._one(tx, "accounts", "account", fact)
            anchor = self._anchor(tx, row).to_json()
        return self._record("reading", {"fact": "account", "anchor": anchor}, value)

    def _account_of(self, fact: str) -> str:
        """Return the account that an encounter of one account stands for."""
        if not fact.startswith("e-"):
            return fact
        with self.ledger.store.looking() as tx:
            found = [r["account"] for r in tx.load("accounts", encounter=fact, columns=("account",))]
        if len(found) == 1:
            return str(found[0])
        message = f"{fact} has {len(found)} accounts" if found else f"there is no fact {fact}"
        raise UsageError(message, "Name the account: " + ", ".join(sorted(found)) if found else "")

    def _mention_verdict(self, tx: Tx, row: Row, anchor: dict[str, Any], value: dict[str, Any]) -> str:
        if value["verdict"] == "reject":
            answer: dict[str, Any] = {"nobody": True}
        else:
            person = value.get("person", row["person"])
            if not person:
                message = "it is not known whom this mention names"
                raise UsageError(message, "Say who it is: correct it with a person.")
            answer = {"person": self._ref(tx, person)}
        return self._record(
            "identify", {"anchor": anchor}, answer, person=str(value.get("person", row["person"]))
        )

    # ── people ──────────────────────────────────────────────────────────────────────────

    def merge(self, person: str, other: str) -> str:
        """Say that two people are one."""
        return self._same(person, other, same=True)

    def part(self, person: str, other: str) -> str:
        """Say that two people are not one."""
        return self._same(person, other, same=False)

    def _same(self, person: str, other: str, *, same: bool) -> str:
        if person == other:
            message = "these are one person already"
            raise UsageError(message)
        with self.ledger.store.looking() as tx:
            pairs = [(self._ref(tx, p), p) for p in (person, other)]
        (a, first), (b, _) = sorted(pairs, key=lambda pair: canonical(pair[0]))
        return self._record("same", {"a": a, "b": b}, {"same": same}, person=first)

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else: a new person of that name."""
        with self.ledger.store.looking() as tx:
            row = self._one(tx, "mentions", "mention", mention)
            anchor = self._anchor(tx, row).to_json()
        return self._record("identify", {"anchor": anchor}, {"new": name or row["quote"]})

    # ── undo ────────────────────────────────────────────────────────────────────────────

    def undo(self, judgement: str = "", *, only: bool = False) -> str:
        """Take back a judgement, the last one in force if none is named; returns what it was.

        Raises:
            NotFoundError: there is nothing to take back.
        """
        with self.ledger.store.looking() as tx:
            every = [judgement_of(r) for r in tx.load("judgements", order=("seq",))]
        live = live_judgements(every)
        chosen = [j for j in live if j.id == judgement] if judgement else live[-1:]
        if not chosen:
            message = (
                f"there is no judgement {judgement} in force"
                if judgement
                else "there is nothing to take back"
            )
            raise NotFoundError(message)
        made = self._record("retract", {"judgement": chosen[0].id}, {})
        return made if only else says(chosen[0])

    # ── helpers ─────────────────────────────────────────────────────────────────────────

    def _record(
        self, kind: JudgementKind, subject: dict[str, Any], value: dict[str, Any], person: str = ""
    ) -> str:
        """Append one judgement and derive what follows."""
        with self.ledger.writing():
            with self.ledger.store.writing() as tx:
                subject, value = self._anchored(tx, subject), self._anchored(tx, value)
                person = str(value.pop("id", "") or person)
                before = [
                    r["judgement"]
                    for r in tx.load("judgements", subject=canonical(subject), order=("-seq",), limit=1)
                ]
                judgement = Judgement(
                    kind,
                    subject,
                    value,
                    self.by,
                    before[0] if before else "",
                    person,
                    self.ledger.clock.now().isoformat(),
                )
                tx.insert("judgements", [judgement_row(judgement)])
                tx.add_pending("judgement", [judgement.id])
                if kind == "retract":
                    tx.add_pending("judgement", [subject["judgement"]])
                if kind in ("same", "retract"):
                    tx.add_pending("known", [""])
            self.ledger.derive()
        return judgement.id

    def _anchored(self, tx: Tx, value: dict[str, Any]) -> dict[str, Any]:
        """Turn places {"at": [item, start]} of a question into anchors that outlive an edit."""
        found: dict[str, Any] = {}
        for key, inner in value.items():
            if key == "question" and isinstance(inner, dict):
                found[key] = self._anchored(tx, inner)
            elif isinstance(inner, dict) and "at" in inner:
                item, start = inner["at"]
                row = next(iter(tx.load("mentions", item=item, start=start)), None)
                if row is None:
                    message = "the words that this question is about have changed"
                    raise NotFoundError(message, "Look at the question again.")
                anchor = self._anchor(tx, row).to_json()
                found[key] = anchor if key == "anchor" else {"anchor": anchor}
            else:
                found[key] = inner
        return found

    @staticmethod
    def _one(tx: Tx, table: str, key: str, name: str) -> Row:
        rows = tx.load_in(table, key, [name])
        if not rows:
            message = f"there is no fact {name}"
            raise NotFoundError(message, "Facts are made anew when a text changes; look it up again.")
        return rows[0]

    @staticmethod
    def _anchor(tx: Tx, row: Row) -> Anchor:
        body = tx.load("texts", item=row["item"], columns=("body",))[0]["body"]
        return Anchor.at(row["item"], body, row["start"], row["end"])

    def _ref(self, tx: Tx, person: str) -> dict[str, Any]:
        """Return how judgements name a person.

        Raises:
            NotFoundError: there is no such person.
        """
        old = tx.load("person_ids", old=person)
        person = old[0]["person"] if old else person
        for known in known_refs(tx):
            if known["person"] == person:
                found: dict[str, Any] = json.loads(known["ref"])
                return found
        rows = sorted(tx.load("mentions", raw=person), key=lambda r: (r["item"], r["start"]))
        if not rows:
            message = f"there is no person {person}"
            raise NotFoundError(message)
        people = tx.load("people", person=person, columns=("citation",))
        cited = json.loads(people[0]["citation"]) if people and people[0]["citation"] else {}
        first = next(
            (r for r in rows if (r["item"], r["start"]) == (cited.get("item"), cited.get("start"))),
            rows[0],
        )
        return {"anchor": self._anchor(tx, first).to_json()}


def judgement_row(judgement: Judgement) -> Row:
    """Return the row of a judgement; its place in the order is given by the store."""
    return {
        "judgement": judgement.id,
        "kind": judgement.kind,
        "subject": canonical(judgement.subject),
        "value": canonical(judgement.value),
        "made_by": judgement.by,
        "previous": judgement.previous,
        "person": judgement.person,
        "made_at": judgement.made_at,
    }


def says(judgement: Judgement) -> str:
    """Return what a judgement says, in words."""
    subject, value = judgement.subject, judgement.value
    if judgement.kind == "identify":
        whom = (
            f"“{subject['anchor']['quote']}”"
            if "anchor" in subject
            else f"the name {subject['form'].strip('|').replace('|', ' ')!s}"
        )
        if value.get("nobody"):
            return f"{whom} names nobody"
        if "new" in value:
            return f"{whom} is somebody new, {value['new']}"
        return f"{whom} is {value.get('name') or 'the person chosen'}"
    if judgement.kind == "same":
        what = "two accounts are of one encounter" if "accounts" in subject else "two people are one"
        return what if value["same"] else what.replace("are", "are not", 1)
    if judgement.kind == "reading":
        return f"{value['verdict']} “{subject['anchor']['quote'][:60]}”"
    if judgement.kind == "defer":
        return (
            "a question was put off" if value.get("until") == "later" else "a question is never to be asked"
        )
    return "a judgement was taken back"
