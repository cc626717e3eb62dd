"""Judgements in force, with their anchors found in the texts as they are now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from legation.facts.ids import derive_id
from legation.facts.judgement import FINDING_ROLES, SPELL, Anchor, Judgement, canonical
from legation.facts.span import overlap_enough

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
    found += [ref for refs in role_refs(judgement).values() for ref in refs]
    return found + [judgement.subject[k] for k in ("a", "b") if isinstance(judgement.subject.get(k), dict)]


def role_refs(judgement: Judgement) -> dict[str, list[Ref]]:
    """Return the people whom a judgement gives the roles of a finding."""
    if judgement.kind != "reading":
        return {}
    roles = FINDING_ROLES.get(judgement.subject.get("fact", ""), ())
    return {r: judgement.value[r] for r in roles if isinstance(judgement.value.get(r), list)}


def confirmed_parties(judgement: Judgement) -> Mapping[str, list[Any]]:
    """Return the parties beside the first that a finding was confirmed with, by role."""
    kept = judgement.value.get("as")
    found: Mapping[str, list[Any]] = kept.get("parties", {}) if isinstance(kept, dict) else {}
    return found


def anchors_of(judgement: Judgement) -> list[Anchor]:
    """Return every anchor that a judgement points at."""
    found = [judgement.subject["anchor"]] if "anchor" in judgement.subject else []
    found += judgement.subject.get("accounts", [])
    parties = [
        judgement.subject.get("party"),
        *(p for of in confirmed_parties(judgement).values() for p in of),
    ]
    found += [p for p in parties if isinstance(p, dict)]
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
    #: The mention (id, block) of an anchor's very words: another may begin at the same place.
    named: dict[Anchor, tuple[str, str]] = field(default_factory=dict)
    card_blocks: dict[str, list[str]] = field(default_factory=dict)
    #: What was said of forms: the last word for all days, then those for some days only.
    forms: dict[tuple[str, str], list[Value]] = field(default_factory=dict)
    uses: dict[str, Value] = field(default_factory=dict)
    #: What was said of readings, by item; each with its judgement, fact and place (start, end), and of
    #: findings the place of their first party.
    verdicts: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
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
            if anchor in self.named:
                found.add(self.named[anchor][1])
            elif anchor in self.places and self.places[anchor] in self.mentions:
                found.add(self.mentions[self.places[anchor]][1])
        for ref in refs_of(judgement):
            key = canonical({k: v for k, v in ref.items() if k != "name"})
            found.update(self.card_blocks.get(key, ()))
        return found

    def pairs(self) -> list[tuple[Ref, Ref, Value]]:
        """Return what was said of pairs of people, the last word on each."""
        said: dict[tuple[str, str], tuple[Ref, Ref, Value]] = {}
        for j in self.live:
            if j.kind == "same" and "a" in j.subject:
                a, b = j.subject["a"], j.subject["b"]
                first, second = sorted((canonical(a), canonical(b)))
                said[first, second] = (a, b, j.value)
        return list(said.values())

    def pairs_of(self, block: str) -> list[tuple[Ref, Ref, Value]]:
        """Return those pairs of which at least one stands in a block, anchors as places."""
        found = []
        for a, b, same in self.pairs():
            if block in self._ref_blocks(a) | self._ref_blocks(b):
                first, second = self.placed(a), self.placed(b)
                if first is not None and second is not None:
                    found.append((first, second, same))
        return found

    def placed_pairs(self) -> list[tuple[Ref, Ref, Value]]:
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
        for a, b, value in self.pairs():
            pair = []
            for ref in (a, b):
                place = self.place_of(ref)
                person = raws.get(place, "") if place else by_key.get(canonical(dict(ref)), "")
                pair.append(person)
            if all(pair) and pair[0] != pair[1]:
                (same_pairs if value["same"] else apart).append((pair[0], pair[1]))
        return self._sound(same_pairs, apart)

    def joined_ids(self, tx: Tx) -> list[tuple[str, str]]:
        """Return (id, raw person id) of people who had another id before an answer joined or parted them."""
        by_key = {r["ref"]: r["person"] for r in known_refs(tx)}
        found: list[tuple[list[str], Ref]] = []
        for j in self.live:
            ref = j.subject.get("a") if j.kind == "same" else j.value.get("person")
            if isinstance(ref, dict) and j.value.get("ids"):
                found.append((j.value["ids"], ref))
            if left_by(j):
                found.append(([j.value["was"]], {"anchor": j.value["leaves"]}))
        places = {p for _, ref in found if (p := self.place_of(ref)) in self.mentions}
        ids = {self.mentions[p][0]: p for p in places}
        rows = tx.load_in("mentions", "mention", ids, ("mention", "raw"))
        raws = {ids[r["mention"]]: r["raw"] for r in rows}
        pairs = []
        for old, ref in found:
            place = self.place_of(ref)
            raw = raws.get(place, "") if place else by_key.get(canonical(dict(ref)), "")
            pairs += [(name, raw) for name in old if raw and name != raw]
        return pairs

    def _sound(self, same: list[tuple[str, str]], apart: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Leave out pairs that, taken together, join two people who were said to be two.

        Nobody is merged by answers that contradict each other; they become a question.
        """
        root = find_roots(same)
        bad = {root.get(a, a) for a, b in apart if root.get(a, a) == root.get(b, b)}
        if bad:
            self.contrary = [j for j in self.live if j.kind == "same" and "a" in j.subject][-1:]
        return [(a, b) for a, b in same if root.get(a, a) not in bad]

    def fit_accounts(self, tx: Tx) -> dict[Anchor, str]:
        """Return the account that each anchor of judged accounts leads to now.

        That is the one over its very words, else the only one that overlaps them enough.
        """
        pairs = [j for j in self.live if j.kind == "same" and "accounts" in j.subject]
        wanted = {a for j in pairs for a in anchors_of(j) if a in self.places}
        by_item: dict[str, list[Row]] = defaultdict(list)
        columns = ("account", "item", "start", "end")
        for row in tx.load_in("accounts", "item", {a.item for a in wanted}, columns):
            by_item[row["item"]].append(row)
        found: dict[Anchor, str] = {}
        for anchor in wanted:
            item, start = self.places[anchor]
            span = (start, start + len(anchor.quote))
            exact = [r for r in by_item[item] if (r["start"], r["end"]) == span]
            over = exact or [r for r in by_item[item] if overlap_enough((r["start"], r["end"]), span)]
            if len(over) == 1:
                found[anchor] = over[0]["account"]
        return found

    def judged_accounts(self, fitted: Mapping[Anchor, str]) -> dict[frozenset[str], bool]:
        """Return what was said of pairs of accounts; `fitted` is what `fit_accounts` found."""
        found: dict[frozenset[str], bool] = {}
        for j in self.live:
            if j.kind == "same" and "accounts" in j.subject:
                ids = [fitted.get(Anchor.from_json(a), "") for a in j.subject["accounts"]]
                if len(set(ids)) == 2 and all(ids):
                    found[frozenset(ids)] = bool(j.value["same"])
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


def left_by(judgement: Judgement) -> list[Anchor]:
    """Return the mention that still is the person's from whom a judgement takes another one."""
    leaves = judgement.value.get("leaves") if judgement.kind == "identify" else None
    return [Anchor.from_json(leaves)] if isinstance(leaves, dict) else []


def follow_leaves(live: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements with their references at mentions that later ones took from the person.

    Such a reference stands at the mention that was left to the person, as often as need be.
    """
    taken: dict[str, list[tuple[int, Value]]] = defaultdict(list)
    for number, judgement in enumerate(live):
        if left_by(judgement):
            taken[canonical(judgement.subject["anchor"])].append((number, judgement.value["leaves"]))
    if not taken:
        return list(live)

    def follow(ref: Any, number: int) -> Any:
        if not isinstance(ref, dict) or "anchor" not in ref:
            return ref
        while later := next((t for t in taken.get(canonical(ref["anchor"]), ()) if t[0] > number), None):
            number, ref = later[0], {**ref, "anchor": later[1]}
        return ref

    found = []
    for number, judgement in enumerate(live):
        subject, value = dict(judgement.subject), dict(judgement.value)
        subject |= {k: follow(subject[k], number) for k in ("a", "b") if k in subject}
        value |= {"person": follow(value["person"], number)} if "person" in value else {}
        value |= {r: [follow(x, number) for x in refs] for r, refs in role_refs(judgement).items()}
        if leaves := value.get("leaves"):
            value["leaves"] = follow({"anchor": leaves}, number)["anchor"]
        moved = (subject, value) != (judgement.subject, judgement.value)
        found.append(
            replace(judgement, subject=subject, value=value, record=judgement.id) if moved else judgement
        )
    return found


def locate_judgements(tx: Tx) -> Located:
    """Load the judgements and find their anchors."""
    located = Located(everything=[judgement_of(r) for r in tx.load("judgements", order=("seq",))])
    located.live = follow_leaves(live_judgements(located.everything))
    located.refs = {r["ref"]: (r["person"], r["first"]) for r in known_refs(tx)}
    if not located.everything:
        return located
    every = (*located.everything, *located.live)
    wanted = {a for j in every for a in (*anchors_of(j), *left_by(j))}
    texts = {
        r["item"]: r["body"] for r in tx.load_in("texts", "item", {a.item for a in wanted}, ("item", "body"))
    }
    for anchor in wanted:
        start = anchor.find(texts[anchor.item]) if anchor.item in texts else None
        if start is not None:
            located.places[anchor] = (anchor.item, start)
    held: dict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)
    columns = ("mention", "item", "start", "block", "quote")
    for row in tx.load_in("mentions", "item", {a.item for a in wanted}, columns):
        # A description beside a name is whoever the name is, and by itself nobody.
        if row["block"]:
            held[row["item"], row["start"]][row["quote"]] = (row["mention"], row["block"])
    # Of two mentions that begin at one place ("my Lady" in "my Lady's butler") the shorter stands for it,
    # unless a judgement is about the other.
    located.mentions = {place: of[min(of, key=len)] for place, of in held.items()}
    # What names a person must be a mention still, of these very words.
    for anchor in sorted({a for j in every for a in (*mention_anchors(j), *left_by(j))}):
        place = located.places.get(anchor)
        if place is None:
            continue
        if anchor.quote in held.get(place, ()):
            located.named[anchor] = located.mentions[place] = held[place][anchor.quote]
        else:
            located.places.pop(anchor)
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
            _say_of_form(located, subject, placed)
        else:
            anchor = Anchor.from_json(subject["anchor"])
            if anchor in located.named:
                located.uses[located.named[anchor][0]] = placed
                if "new" in value and left_by(judgement):
                    # The old id is that of whom the mention was taken from.
                    located.durable[located.places[anchor]] = derive_id(
                        "p", "split", canonical(subject["anchor"]), str(value["new"])
                    )
    elif judgement.kind == "reading":
        _apply_verdict(located, judgement)
    # The id is that of one person: of two who are one, or are not, the first.
    for ref in refs_of(judgement)[:1]:
        place = located.place_of(ref)
        if judgement.person and place in located.mentions:
            located.durable.setdefault(place, judgement.person)


def _say_of_form(located: Located, subject: Value, value: Value) -> None:
    """Enter whom a form names; what is said of all days wipes out what was said of some before."""
    bounds = {k: str(x[k]) for k in SPELL for x in (subject, value) if x.get(k)}
    said = located.forms.setdefault((subject["group"], subject["form"]), [])
    if not bounds:
        said.clear()
    said.append({**value, **bounds})


def _apply_verdict(located: Located, judgement: Judgement) -> None:
    """Enter what was said of a reading; nothing of it applies where some of its words are gone.

    What was confirmed or corrected before stays so where a later word does not say otherwise.
    """
    subject = judgement.subject
    refs = {role: [located.placed(r) for r in refs] for role, refs in role_refs(judgement).items()}
    if any(a not in located.places for a in anchors_of(judgement)) or any(None in r for r in refs.values()):
        return
    item, (start, end) = Anchor.from_json(subject["anchor"]).item, _span(located, subject["anchor"])
    said: dict[str, Any] = {
        **judgement.value,
        **refs,
        "judgement": judgement.id,
        "fact": subject.get("fact", "account"),
        "start": start,
        "end": end,
        "party": _span(located, subject.get("party")),
        "what_read": subject.get("what"),
    }
    parties = confirmed_parties(judgement)
    if parties:
        said["parties"] = {role: [_span(located, p) for p in of] for role, of in parties.items()}
    key = ("fact", "start", "end", "party", "what_read")
    for before in located.verdicts[item]:
        if all(before[k] == said[k] for k in key):
            located.verdicts[item].remove(before)
            if "reject" not in (before["verdict"], said["verdict"]):
                said = {**before, **said}
            break
    located.verdicts[item].append(said)


def _span(located: Located, place: Any) -> Any:
    """Return where the words of an anchor stand now; what is no anchor as it is."""
    if not isinstance(place, dict):
        return place
    anchor = Anchor.from_json(place)
    start = located.places[anchor][1]
    return start, start + len(anchor.quote)
