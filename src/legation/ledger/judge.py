"""Takes judgements: answers to questions, corrections, merges, splits, and undo of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from legation.facts.candidates import OCCASIONS
from legation.facts.errors import NotFoundError, UsageError
from legation.facts.judgement import FINDING_ROLES, SPELL, Anchor, Judgement, JudgementKind, canonical
from legation.facts.when import When
from legation.ledger.located import judgement_of, known_refs, live_judgements

if TYPE_CHECKING:
    from legation.ledger.ledger import Ledger
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

CORRECTABLE = {
    "account": ("form", "on", "place", "status"),
    "mention": ("person",),
    "statement": ("speaker", "addressee", "mode", "status"),
    "introduction": ("introducer", "introduced", "status"),
    "promise": ("by", "to", "due", "status"),
    "occasion": ("person", "kind", "on", "status"),
}
#: What fields of findings may say.
_VALUES = {
    "mode": ("quoted", "reported"),
    "kind": OCCASIONS,
    "status": ("held", "planned", "reported", "denied"),
}
#: Fields that a confirmation keeps as they were confirmed, with the columns that hold them.
CONFIRMED = {
    "account": {"form": "form", "status": "status", "on": "on", "place": "place"},
    "statement": {"mode": "mode", "status": "status"},
    "introduction": {"what": "what", "status": "status"},
    "promise": {"due": "on", "status": "status"},
    "occasion": {"kind": "what", "on": "on", "status": "status"},
}


class Judge:
    """Writes one judgement at a time and derives what follows from it."""

    def __init__(self, ledger: Ledger, by: str = "") -> None:
        self.ledger = ledger
        self.by = by

    # ── questions ───────────────────────────────────────────────────────────────────────

    def answer(self, question: str, key: str, name: str = "", since: str = "", until: str = "") -> str:
        """Answer a question by one of its keys, or "later" or "never"; returns the judgement's id.

        `name` is the name for a new person where the option makes one. An answer who a form names
        may hold for some days only, from `since` to `until` (ISO, "" for no bound).

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
        if "defer" in value:
            return self._record("defer", {"question": subject}, {"until": value["defer"]})
        if "new" in value and name:
            value["new"] = name
        if "form" in subject and (since or until):
            value |= {k: check_day(v) for k, v in (("from", since), ("until", until)) if v}
        kind: JudgementKind = "identify"
        if row["kind"] == "same" or "accounts" in subject:
            kind = "same"
            if "a" in subject and value.get("same"):
                value["ids"] = sorted(json.loads(row["people"]))
        elif "fact" in subject:
            kind = "reading"
        return self._record(kind, subject, value)

    # ── readings ────────────────────────────────────────────────────────────────────────

    def confirm(self, fact: str) -> str:
        """Confirm an account, a finding or a mention."""
        return self._verdict(fact, {"verdict": "confirm"})

    def reject(self, fact: str) -> str:
        """Reject an account or finding (it did not happen so) or a mention (it names nobody)."""
        return self._verdict(fact, {"verdict": "reject"})

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        """Correct fields of an account, of a finding, or a mention's person (`CORRECTABLE`).

        People are ids; of a finding's role several, parted by spaces, and "" for nobody known.

        Raises:
            NotFoundError: there is no such fact or person.
            UsageError: facts of this kind have no such field, or it cannot say so.
        """
        if fact.startswith("t-"):
            return self._finding_verdict(fact, {"verdict": "correct"}, changes)
        kind = "mention" if fact.startswith("m-") else "account"
        check_changes(kind, changes)
        return self._verdict(fact, {"verdict": "correct", **changes})

    def _verdict(self, fact: str, value: dict[str, Any]) -> str:
        if fact.startswith("t-"):
            return self._finding_verdict(fact, value, {})
        fact = self._account_of(fact)
        with self.ledger.store.looking() as tx:
            if fact.startswith("m-"):
                row = self._one(tx, "mentions", "mention", fact)
                anchor = self._anchor(tx, row).to_json()
                return self._mention_verdict(tx, row, anchor, value)
            row = self._one(tx, "accounts", "account", fact)
            anchor = self._anchor(tx, row).to_json()
            if value["verdict"] == "confirm":
                value = {**value, "as": self._as_read(tx, "account", row)}
        return self._record("reading", {"fact": "account", "anchor": anchor}, value)

    def _finding_verdict(self, fact: str, value: dict[str, Any], changes: dict[str, str]) -> str:
        """Record a verdict on a finding; its subject tells it from others over the same words."""
        with self.ledger.store.looking() as tx:
            row = self._one(tx, "findings", "finding", fact)
            if value["verdict"] == "correct":
                check_changes(row["kind"], changes)
            texts = tx.load("texts", item=row["item"], columns=("body",))
            subject = finding_subject(row, texts[0]["body"])
            value, person = dict(value), ""
            if value["verdict"] == "confirm":
                parts = tx.load("finding_people", finding=fact, order=("role", "position"))
                ids = {p["mention"] for p in parts if p["mention"]}
                spans = {m["mention"]: (m["start"], m["end"]) for m in tx.load_in("mentions", "mention", ids)}
                parties = parties_of(row, parts, spans, texts[0]["body"])
                value["as"] = {**self._as_read(tx, row["kind"], row), "parties": parties}
            for name, said in changes.items():
                if name in FINDING_ROLES[row["kind"]]:
                    value[name] = [self._ref(tx, p) for p in said.split()]
                    person = person or next(iter(said.split()), "")
                else:
                    value[name] = said
        return self._record("reading", subject, value, person=person)

    @staticmethod
    def _as_read(tx: Tx, kind: str, row: Row) -> dict[str, str]:
        """Return the fields that are confirmed, and the date of the entry that they were read with."""
        item = tx.load("items", item=row["item"], columns=("written_on",))
        fields = {name: str(row[column]) for name, column in CONFIRMED[kind].items()}
        return {**fields, "written_on": str(item[0]["written_on"])}

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
        self._check_mention(row)
        if value["verdict"] == "reject":
            answer: dict[str, Any] = {"nobody": True, **self._leaves(tx, row)}
        else:
            person = value.get("person", row["person"])
            if not person:
                message = "it is not known whom this mention names"
                raise UsageError(message, "Say who it is: correct it with a person.")
            answer = {"person": self._ref(tx, person)}
            answer |= self._leaves(tx, row) if person != row["person"] else {}
        return self._record(
            "identify", {"anchor": anchor}, answer, person=str(value.get("person", row["person"]))
        )

    @staticmethod
    def _check_mention(row: Row) -> None:
        """Refuse what could have no effect.

        Raises:
            UsageError: the mention stands beside a name and is whoever the name is.
        """
        if not row["block"]:
            message = f"“{row['quote']}” stands beside a name and goes with it"
            raise UsageError(message, "Decide about the name.")

    # ── people ──────────────────────────────────────────────────────────────────────────

    def merge(self, person: str, other: str, since: str = "") -> str:
        """Say that two people are one, who goes by the name of `other` from the day `since` (ISO)."""
        return self._same(person, other, same=True, since=since)

    def part(self, person: str, other: str) -> str:
        """Say that two people are not one."""
        return self._same(person, other, same=False)

    def _same(self, person: str, other: str, *, same: bool, since: str = "") -> str:
        if person == other:
            message = "these are one person already"
            raise UsageError(message)
        with self.ledger.store.looking() as tx:
            pairs = [(self._ref(tx, person), person), (self._ref(tx, other, since), other)]
        (a, first), (b, _) = sorted(pairs, key=lambda pair: canonical(pair[0]))
        value: dict[str, Any] = {"same": same}
        if same:
            value["ids"] = sorted((person, other))
        if since:
            value |= {"from": check_day(since), "renamed": "a" if first == other else "b"}
        return self._record("same", {"a": a, "b": b}, value, person=first)

    def name_from(
        self, mention: str, person: str = "", name: str = "", since: str = "", until: str = ""
    ) -> str:
        """Say whom the words of a mention name from a day on, in its diary or volume.

        "The Ambassador" and "my Lord" are one person after the other. It is `person`, or somebody
        new of that `name`; `since` and `until` are the first and last day (ISO), by default from
        the day of the mention's own document.

        Raises:
            NotFoundError: there is no such mention or person.
            UsageError: neither person nor name is given, or the day is no date.
        """
        with self.ledger.store.looking() as tx:
            row = self._one(tx, "mentions", "mention", mention)
            item = tx.load("items", item=row["item"], columns=("group_key", "written_on"))[0]
            value: dict[str, Any] = {"person": self._ref(tx, person)} if person else {"new": name}
        if not person and (not name or row["kind"] != "name"):
            message = "it is not said who it is"
            raise UsageError(message, "Name a person, or somebody new.")
        since = since or ("" if until else item["written_on"])
        value |= {k: check_day(v) for k, v in (("from", since), ("until", until)) if v}
        subject = {"group": item["group_key"], "form": row["form"]}
        return self._record("identify", subject, value, person=person)

    def split(self, mention: str, name: str = "") -> str:
        """Say that one mention is somebody else: a new person of that name."""
        with self.ledger.store.looking() as tx:
            row = self._one(tx, "mentions", "mention", mention)
            self._check_mention(row)
            anchor = self._anchor(tx, row).to_json()
            value = {"new": name or row["quote"], **self._leaves(tx, row)}
        return self._record("identify", {"anchor": anchor}, value)

    def _leaves(self, tx: Tx, row: Row) -> dict[str, Any]:
        """Return another mention of the person whom a mention is taken from, and the person's id.

        Judgements may name the person by this very mention, and the id may come from it.
        """
        same = tx.load("mentions", raw=row["raw"]) if row["raw"] else []
        others = [r for r in same if r["mention"] != row["mention"] and r["block"]]
        if not others:
            return {}
        nearest = min(
            others,
            key=lambda r: (r["block"] != row["block"], r["form"] != row["form"], r["item"], r["start"]),
        )
        return {"leaves": self._anchor(tx, nearest).to_json(), "was": row["raw"]}

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
                value.pop("why", None)
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
                # A description may begin where a name does ("my Lord's man"): questions ask about names.
                rows = sorted(
                    tx.load("mentions", item=item, start=start), key=lambda r: (r["kind"] != "name", r["end"])
                )
                row = next(iter(rows), None)
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

    def _ref(self, tx: Tx, person: str, since: str = "") -> dict[str, Any]:
        """Return how judgements name a person; by a mention from the day `since` on, if one is given.

        Raises:
            NotFoundError: there is no such person, or none named since.
        """
        old = tx.load("person_ids", old=person)
        person = old[0]["person"] if old else person
        for known in known_refs(tx):
            if known["person"] == person:
                found: dict[str, Any] = json.loads(known["ref"])
                return found
        rows = sorted(
            tx.load("mentions", raw=person), key=lambda r: (r["block"] == "", r["item"], r["start"])
        )
        if since:
            items = tx.load_in("items", "item", {r["item"] for r in rows}, ("item", "written_on"))
            dates = {r["item"]: r["written_on"] for r in items}
            rows = [r for r in rows if dates[r["item"]] >= since]
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


def check_day(value: str) -> str:
    """Return a date as it is kept.

    Raises:
        UsageError: it is none.
    """
    try:
        return When(value).value
    except ValueError:
        message = f"{value!r} is no date"
        raise UsageError(message, "Write it as 1941-02-11, 1941-02 or 1941.") from None


def check_changes(kind: str, changes: Mapping[str, str]) -> None:
    """Check the fields of a correction.

    Raises:
        UsageError: facts of this kind have no such field, or it cannot say so.
    """
    unknown = sorted(set(changes) - set(CORRECTABLE[kind]))
    if unknown or not changes:
        message = f"cannot correct {', '.join(unknown) or 'nothing'} of a {kind}"
        raise UsageError(message, "Fields: " + ", ".join(CORRECTABLE[kind]))
    if kind not in FINDING_ROLES:
        return
    for name, said in changes.items():
        if name in _VALUES and said not in _VALUES[name]:
            message = f"{name} cannot be {said!r}"
            raise UsageError(message, "It is one of " + ", ".join(_VALUES[name]))
        if name in ("on", "due") and said:
            try:
                When(said)
            except ValueError as error:
                message = f"{said!r} is no date"
                raise UsageError(message, "Write 1939, 1939-03 or 1939-03-09.") from error


def finding_subject(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the subject of judgements on a finding, given its row and its item's text.

    `party` is the place of its first party as "start:end", "author" or "unknown".
    """
    start, _, end = str(row["party"]).partition(":")
    party: Any = start
    if end:
        party = Anchor.at(row["item"], text, int(start), int(end)).to_json()
    anchor = Anchor.at(row["item"], text, row["start"], row["end"]).to_json()
    subject = {"fact": row["kind"], "anchor": anchor, "party": party}
    return {**subject, "what": row["as_read"]} if row["kind"] == "occasion" else subject


def parties_of(
    row: Mapping[str, Any], parts: Iterable[Row], spans: Mapping[str, tuple[int, int]], text: str
) -> dict[str, list[Any]]:
    """Return the parties of a finding beside the first, by role: anchors of names, author or unknown.

    `spans` are the places of mentions. Roles that a person gave somebody are left out.
    """
    found: dict[str, list[Any]] = {role: [] for role in FINDING_ROLES[row["kind"]][1:]}
    for part in parts:
        if part["how"] == "judged":
            found.pop(part["role"], None)
        elif part["role"] in found:
            span = spans.get(part["mention"])
            named = Anchor.at(row["item"], text, *span).to_json() if span else part["how"]
            found[part["role"]].append(named)
    return found


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
        bounds = {k: x[k] for k in SPELL for x in (subject, value) if x.get(k)}
        whom += "".join(f", {k} {day}," for k, day in bounds.items())
        if value.get("nobody"):
            return f"{whom} names nobody"
        if "new" in value:
            return f"{whom} is somebody new, {value['new']}"
        return f"{whom} is {value.get('name') or 'the person chosen'}"
    if judgement.kind == "same":
        what = "two accounts are of one encounter" if "accounts" in subject else "two people are one"
        return what if value["same"] else what.replace("are", "are not", 1)
    if judgement.kind == "reading":
        what = f"the {subject['fact']} " if subject.get("fact") in FINDING_ROLES else ""
        return f"{value['verdict']} {what}“{subject['anchor']['quote'][:60]}”"
    if judgement.kind == "defer":
        return (
            "a question was put off" if value.get("until") == "later" else "a question is never to be asked"
        )
    return "a judgement was taken back"
