"""Judgements in force, with their anchors found in the texts as they are now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from legation.facts.ids import derive_id
from legation.facts.judgement import Anchor, Judgement, canonical

if TYPE_CHECKING:
    from legation.ledger.stages import Row
    from legation.store.tx import Tx

Value = Mapping[str, Any]
Ref = Mapping[str, Any]


def judgement_of(row: Row) -> Judgement:
    """Return the judgement of a row."""
    return Judgement(
        row["kind"], json.loads(row["subject"]), json.loads(row["value"]), row["made_by"],
        row["previous"], row["person"], row["made_at"], row["seq"],
    )  # fmt: skip


def refs_of(judgement: Judgement) -> list[Ref]:
    """Return the people that a judgement names."""
    found = [judgement.value["person"]] if isinstance(judgement.value.get("person"), dict) else []
    return found + [judgement.subject[k] for k in ("a", "b") if isinstance(judgement.subject.get(k), dict)]


def anchors_of(judgement: Judgement) -> list[Anchor]:
    """Return every anchor that a judgement points at."""
    found = [judgement.subject["anchor"]] if "anchor" in judgement.subject else []
    found += judgement.subject.get("accounts", [])
    found += [ref["anchor"] for ref in refs_of(judgement) if "anchor" in ref]
    return [Anchor.from_json(a) for a in found]


def mention_anchors(judgement: Judgement) -> list[Anchor]:
    """Return those anchors of a judgement that name people."""
    found = [ref["anchor"] for ref in refs_of(judgement) if "anchor" in ref]
    if judgement.kind == "identify" and "anchor" in judgement.subject:
        found.append(judgement.subject["anchor"])
    return [Anchor.from_json(a) for a in found]


@dataclass(slots=True)
class Located:
    """What judgements say now.

    `places` maps anchors to (item, start), or leaves them out where the words are gone;
    `mentions` maps places to (mention id, block).
    """

    everything: list[Judgement] = field(default_factory=list)
    live: list[Judgement] = field(default_factory=list)
    places: dict[Anchor, tuple[str, int]] = field(default_factory=dict)
    mentions: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    card_blocks: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[tuple[str, str], Value] = field(default_factory=dict)
    uses: dict[str, Value] = field(default_factory=dict)
    verdicts: dict[str, dict[tuple[int, int], Value]] = field(default_factory=lambda: defaultdict(dict))
    deferred: list[tuple[Value, str]] = field(default_factory=list)
    #: References of people known beforehand -> (person id, first reference).
    refs: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: Places whose person's id a judgement made durable.
    durable: dict[tuple[str, int], str] = field(default_factory=dict)
    lost: list[Judgement] = field(default_factory=list)
    #: Judgements that contradict others: they are set aside until a person takes one back.
    contrary: list[Judgement] = field(default_factory=list)

    def items_of(self, judgement: Judgement) -> set[str]:
        """Return the items that a judgement's anchors stand in."""
        return {a.item for a in anchors_of(judgement)}

    def blocks_of(self, judgement: Judgement) -> set[str]:
        """Return the blocks of the people and mentions that a judgement names."""
        found: set[str] = set()
        for anchor in anchors_of(judgement):
            if anchor in self.places and self.places[anchor] in self.mentions:
                found.add(self.mentions[self.places[anchor]][1])
        for ref in refs_of(judgement):
            key = canonical({k: v for k, v in ref.items() if k != "name"})
            found.update(self.card_blocks.get(key, ()))
        return found

    def pairs(self) -> list[tuple[Ref, Ref, bool]]:
        """Return what was said of pairs of people, the last word on each."""
        said: dict[tuple[str, str], tuple[Ref, Ref, bool]] = {}
        for j in self.live:
            if j.kind == "same" and "a" in j.subject:
                a, b = j.subject["a"], j.subject["b"]
                first, second = sorted((canonical(a), canonical(b)))
                said[first, second] = (a, b, bool(j.value["same"]))
        return list(said.values())

    def pairs_of(self, block: str) -> list[tuple[Ref, Ref, bool]]:
        """Return those pairs of which at least one stands in a block, anchors as places."""
        found = []
        for a, b, same in self.pairs():
            if block in self._ref_blocks(a) | self._ref_blocks(b):
                first, second = self.placed(a), self.placed(b)
                if first is not None and second is not None:
                    found.append((first, second, same))
        return found

    def placed_pairs(self) -> list[tuple[Ref, Ref, bool]]:
        """Return every pair that was judged, anchors as places, but those whose words are gone."""
        found = [(self.placed(a), self.placed(b), same) for a, b, same in self.pairs()]
        return [(a, b, same) for a, b, same in found if a is not None and b is not None]

    def placed(self, ref: Ref) -> Ref | None:
        """Return a reference with its anchor as {"at": [item, start]}; None where it is lost."""
        if "anchor" not in ref:
            return ref if canonical(dict(ref)) in self.refs else None
        place = self.place_of(ref)
        return None if place is None else {"at": list(place)}

    def placed_value(self, value: Value) -> Value | None:
        """Return an answer with its person as `placed` gives it; None where that is lost."""
        if not isinstance(value.get("person"), dict):
            return value
        ref = self.placed(value["person"])
        return None if ref is None else {**value, "person": ref}

    def placed_subject(self, subject: Value) -> Value:
        """Return the subject of a question with the anchors of mentions as places."""
        found = dict(subject)
        for key in ("a", "b"):
            if isinstance(found.get(key), dict):
                found[key] = self.placed(found[key]) or found[key]
        anchor = found.get("anchor")
        if isinstance(anchor, dict) and "fact" not in found:
            place = self.places.get(Anchor.from_json(anchor)) if "quote" in anchor else None
            found["anchor"] = {"at": list(place)} if place else anchor
        return found

    def _ref_blocks(self, ref: Ref) -> set[str]:
        if "anchor" in ref:
            place = self.places.get(Anchor.from_json(ref["anchor"]))
            return {self.mentions[place][1]} if place in self.mentions else set()
        return set(self.card_blocks.get(canonical(dict(ref)), ()))

    def place_of(self, ref: Ref) -> tuple[str, int] | None:
        """Return where an anchored person is named, if the words are still there."""
        return self.places.get(Anchor.from_json(ref["anchor"])) if "anchor" in ref else None

    def merges(self, tx: Tx) -> list[tuple[str, str]]:
        """Return the pairs of raw person ids that a person said to be one."""
        by_key = {r["ref"]: r["person"] for r in known_refs(tx)}
        wanted = [p for a, b, _ in self.pairs() for p in (self.place_of(a), self.place_of(b)) if p]
        ids = {self.mentions[p][0]: p for p in wanted if p in self.mentions}
        raws = {
            ids[r["mention"]]: r["raw"] for r in tx.load_in("mentions", "mention", ids, ("mention", "raw"))
        }
        same_pairs: list[tuple[str, str]] = []
        apart: list[tuple[str, str]] = []
        for a, b, same in self.pairs():
            pair = []
            for ref in (a, b):
                place = self.place_of(ref)
                person = raws.get(place, "") if place else by_key.get(canonical(dict(ref)), "")
                pair.append(person)
            if all(pair) and pair[0] != pair[1]:
                (same_pairs if same else apart).append((pair[0], pair[1]))
        return self._sound(same_pairs, apart)

    def _sound(self, same: list[tuple[str, str]], apart: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Leave out pairs that, taken together, join two people who were said to be two.

        Nobody is merged by answers that contradict each other; they become a question.
        """
        root = find_roots(same)
        bad = {root.get(a, a) for a, b in apart if root.get(a, a) == root.get(b, b)}
        if bad:
            self.contrary = [j for j in self.live if j.kind == "same" and "a" in j.subject][-1:]
        return [(a, b) for a, b in same if root.get(a, a) not in bad]

    def judged_accounts(self, by_day: Mapping[str, list[Row]]) -> dict[frozenset[str], bool]:
        """Return what was said of pairs of accounts."""
        at = {(r["item"], r["start"]): r["account"] for rows in by_day.values() for r in rows}
        found: dict[frozenset[str], bool] = {}
        for j in self.live:
            if j.kind == "same" and "accounts" in j.subject:
                places = [self.places.get(Anchor.from_json(a)) for a in j.subject["accounts"]]
                ids = [at[p] for p in places if p in at]
                if len(ids) == 2:
                    found[frozenset(ids)] = bool(j.value["same"])
        return found

    def lost_questions(self) -> list[Row]:
        """Return a question for every judgement whose words are no longer there."""
        found = []
        for j in (*self.contrary, *self.lost):
            quotes = " and ".join(f"“{a.quote}”" for a in anchors_of(j) if a not in self.places)
            if j in self.contrary:
                prompt = "Your answers on who is one person contradict each other. Take the last one back?"
            elif quotes:
                prompt = f"You decided something about {quotes}; this no longer stands. Take it back?"
            else:
                prompt = "You named somebody who is no longer on record. Take it back?"
            subject = {"judgement": j.id}
            found.append({
                "question": derive_id("q", "anchors", canonical(subject)), "kind": "anchor",
                "maker": "anchors", "prompt": prompt, "subject": canonical(subject),
                "options": canonical([["1", "Take it back", {"retract": j.id}]]),
                "citations": "[]", "people": "[]", "weight": 1, "state": "open",
            })  # fmt: skip
        return found


def find_roots(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for everybody in the pairs who stands for all that the pairs join."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    for a, b in sorted(tuple(sorted(p)) for p in pairs):
        first, second = root(a), root(b)
        parent.setdefault(first, first)
        parent[max(first, second)] = min(first, second)
    return {name: root(name) for name in (*parent, *parent.values())}


def known_refs(tx: Tx) -> list[dict[str, str]]:
    """Return (ref, person) of everybody known beforehand."""
    found = []
    for row in tx.load("known", columns=("person", "data"), order=("person",)):
        data = json.loads(row["data"])
        # The first reference comes first: judgements name a person by it.
        refs = [data["ref"], *(r for r in data["refs"] if r != data["ref"])]
        found += [{"ref": ref, "person": row["person"], "first": data["ref"]} for ref in refs]
    return found


def live_judgements(everything: Iterable[Judgement]) -> list[Judgement]:
    """Return those judgements that no later one took back, oldest first."""
    every = list(everything)
    retracted: set[str] = set()
    # A retraction may itself be retracted ("redo"): the latest word counts.
    for j in reversed(every):
        if j.kind == "retract" and j.id not in retracted:
            retracted.add(j.subject["judgement"])
    return [j for j in every if j.kind != "retract" and j.id not in retracted]


def locate_judgements(tx: Tx) -> Located:
    """Load the judgements and find their anchors."""
    located = Located(everything=[judgement_of(r) for r in tx.load("judgements", order=("seq",))])
    located.live = live_judgements(located.everything)
    located.refs = {r["ref"]: (r["person"], r["first"]) for r in known_refs(tx)}
    if not located.everything:
        return located
    wanted = {a for j in located.everything for a in anchors_of(j)}
    texts = {
        r["item"]: r["body"] for r in tx.load_in("texts", "item", {a.item for a in wanted}, ("item", "body"))
    }
    for anchor in wanted:
        start = anchor.find(texts[anchor.item]) if anchor.item in texts else None
        if start is not None:
            located.places[anchor] = (anchor.item, start)
    quotes: dict[tuple[str, int], set[str]] = {}
    columns = ("mention", "item", "start", "block", "quote")
    for row in tx.load_in("mentions", "item", {a.item for a in wanted}, columns):
        located.mentions[row["item"], row["start"]] = (row["mention"], row["block"])
        quotes.setdefault((row["item"], row["start"]), set()).add(row["quote"])
    # What names a person must be a mention still, of these very words.
    for anchor in {a for j in located.everything for a in mention_anchors(j)}:
        if anchor.quote not in quotes.get(located.places.get(anchor, ("", -1)), set()):
            located.places.pop(anchor, None)
    blocks = {r["person"]: json.loads(r["blocks"]) for r in tx.load("known", columns=("person", "blocks"))}
    located.card_blocks = {ref: blocks[person] for ref, (person, _) in located.refs.items()}
    for judgement in located.live:
        _apply(located, judgement)
    return located


def _apply(located: Located, judgement: Judgement) -> None:
    """Enter one judgement in force; a later one on the same subject wins."""
    subject, value = judgement.subject, judgement.value
    missing = any("anchor" not in r and located.placed(r) is None for r in refs_of(judgement))
    if missing or any(a not in located.places for a in anchors_of(judgement)):
        located.lost.append(judgement)
    if judgement.kind == "defer":
        question = located.placed_subject(subject["question"])
        located.deferred.append((question, str(value.get("until", "later"))))
    elif judgement.kind == "identify":
        placed = located.placed_value(value)
        if placed is None:
            return
        if "form" in subject:
            located.forms[subject["group"], subject["form"]] = placed
        else:
            place = located.places.get(Anchor.from_json(subject["anchor"]))
            if place in located.mentions:
                located.uses[located.mentions[place][0]] = placed
    elif judgement.kind == "reading":
        anchor = Anchor.from_json(subject["anchor"])
        if anchor in located.places:
            item, start = located.places[anchor]
            said = {**value, "judgement": judgement.id, "fact": subject.get("fact", "account")}
            located.verdicts[item][start, start + len(anchor.quote)] = said
    # The id is that of one person: of two who are one, or are not, the first.
    for ref in refs_of(judgement)[:1]:
        place = located.place_of(ref)
        if judgement.person and place in located.mentions:
            located.durable.setdefault(place, judgement.person)
