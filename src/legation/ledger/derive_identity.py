"""The phases of derivation that decide who is who, and what judgements say of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from legation.facts.judgement import canonical
from legation.ledger.located import Located, anchors_of, left_by, locate_judgements, refs_of
from legation.ledger.rows import cut_rows, merge_map, use_of
from legation.ledger.stages import Answers, Row, Stages, Use
from legation.ledger.standing import forms_said, idle_forms

if TYPE_CHECKING:
    from legation.store.tx import Tx

Progress = Callable[[str, int, int], None]
BLOCKS_AT_ONCE = 400


class IdentityPhases:
    """What a run knows so far, and its phases from judgements to merged people."""

    def __init__(self, tx: Tx, stages: Stages, progress: Progress | None = None) -> None:
        self.tx = tx
        self.stages = stages
        self.progress = progress or (lambda _label, _done, _total: None)
        self.owner = tx.setting("owner")
        self.names_changed: set[tuple[str, str]] = set()
        self.promote: set[str] = set()
        self.blocks: set[str] = set()
        self.again: set[str] = set()
        self.days: set[str] = set()
        #: Items whose accounts somebody joined or kept apart.
        self.rejoin: set[str] = set()
        self.bones: set[str] = set()
        #: References of people known beforehand who changed, came or went.
        self.refs: set[str] = set()
        #: People who were merged into others, or are so no longer, since the last run.
        self.merged: set[str] = set()
        self.cards_changed = False
        self.authors_changed = False
        self.located: Located | None = None
        #: Whom addresses and names of calendars led to before this run.
        self.addresses: dict[str, str] = {}

    def _known(self, *, force: bool) -> None:
        """Make people from cards and authors; a phase of the run that these phases come back to."""
        raise NotImplementedError

    def _judgements(self) -> Located:
        """Return the judgements in force, with their anchors found in the texts of now."""
        if self.located is None:
            self.located = locate_judgements(self.tx)
        return self.located

    def _judged(self, work: Mapping[str, set[str]]) -> None:
        """Note what new judgements, and those that point into changed items, bear on."""
        self.located = None
        located = self._judgements()
        names = set(work.get("judgement", set()))
        # Items that are gone are not derived again, but what was said of them is.
        changed = self.again | work.get("item", set())
        moved = [j for j in located.live if j.record]
        # Who is taken from a person takes along no judgement about that person.
        parted = {
            a
            for j in located.everything
            if j.id in names and left_by(j)
            for a in (*left_by(j), *anchors_of(j))
        }
        for judgement in (*located.everything, *moved):
            touched = judgement.id in names or bool(located.items_of(judgement) & changed)
            touched = touched or any(canonical(dict(r)) in self.refs for r in refs_of(judgement))
            touched = touched or any(a.item in changed for a in left_by(judgement))
            touched = touched or bool(parted.intersection(anchors_of(judgement)))
            if not touched:
                continue
            if judgement.kind == "identify" and "form" in judgement.subject:
                self.blocks.add(
                    self.stages.block_of_form(judgement.subject["group"], judgement.subject["form"])
                )
                if judgement.subject["form"].startswith("role|"):
                    # A description stands in a block of its own wherever it is.
                    rows = self.tx.load("mentions", form=judgement.subject["form"], columns=("block",))
                    self.blocks.update(r["block"] for r in rows)
            self.blocks.update(located.blocks_of(judgement))
            if judgement.kind == "reading" or "accounts" in judgement.subject:
                self.again.update(located.items_of(judgement))
            if "accounts" in judgement.subject:
                self.rejoin.update(located.items_of(judgement))

    def _resolve(self) -> None:
        """Decide who is who in every block that changed."""
        self._spread()
        located = self._judgements()
        known_by_block: dict[str, list[Row]] = defaultdict(list)
        for row in self.tx.load("known"):
            for block in json.loads(row["blocks"]):
                known_by_block[block].append(row)
        forms: dict[str, dict[tuple[str, str], Sequence[Mapping[str, Any]]]] = defaultdict(dict)
        for (group, form), values in located.forms.items():
            if not form.startswith("role|"):
                forms[self.stages.block_of_form(group, form)][group, form] = values
        said = forms_said(located)
        roles = {key: v for key, v in located.forms.items() if key[1].startswith("role|")}
        total, done = len(self.blocks), 0
        for batch in cut_rows(sorted(self.blocks), BLOCKS_AT_ONCE):
            rows = self.tx.mentions_of_blocks(batch)
            uses: dict[str, list[Use]] = defaultdict(list)
            old: dict[str, Row] = {}
            for row in rows:
                uses[row["block"]].append(use_of(row))
                old[row["mention"]] = row
            self.tx.delete_block_people(batch)
            self.tx.delete("questions", "maker", batch)
            people: dict[str, Row] = {}
            questions, changed, idle = [], [], []
            for block in batch:
                answers = Answers(
                    roles if block.startswith("role|") else forms.get(block, {}),
                    located.uses,
                    located.pairs_of(block),
                    located.durable,
                    located.refs,
                )
                known = {key: known_by_block.get(key, ()) for key in self.stages.blocks_of_known(block)}
                outcome = self.stages.resolve(block, uses[block], known, answers)
                for row in outcome.people:
                    people[row["person"]] = row
                questions += outcome.questions
                used = {(u.group, u.form) for u in uses[block]}
                idle += idle_forms(block, said, forms.get(block, ()), used)
                for mention, (raw, state, rule) in outcome.assigned.items():
                    row = old[mention]
                    if (row["raw"], row["state"], row["rule"]) != (raw, state, rule):
                        fresh = {"mention": mention, "raw": raw, "person": raw, "state": state, "rule": rule}
                        changed.append(fresh)
                        self.again.add(row["item"])
            have = {r["person"] for r in self.tx.load_in("people", "person", people, ("person",))}
            self.tx.insert("people", [r for p, r in people.items() if p not in have])
            self.tx.put("questions", questions)
            self.tx.put("questions", idle)
            self.tx.update("mentions", "mention", changed)
            done += len(batch)
            self.progress("Who is who", done, total)

    def _spread(self) -> None:
        """Add the blocks that are spelt like a person known beforehand who changed."""
        self.blocks.discard("")
        # Known people stand under `~` and the bones of their names as well.
        alike = {b for b in self.blocks if b.startswith("~")}
        if alike:
            self.blocks.update(b for b in self.tx.all_blocks() if "~" + self.stages.bones_of(b) in alike)
            self.blocks -= alike
        self.bones |= {self.stages.bones_of(b) for b in self.blocks} | {b[1:] for b in alike}
        self.bones.discard("")

    def _near(self) -> None:
        """Ask about people whose names are spelt alike, where one of them changed."""
        located = self._judgements()
        known: dict[str, list[Row]] = defaultdict(list)
        for row in self.tx.load("known"):
            for block in json.loads(row["blocks"]):
                if block.startswith("~"):
                    known[block[1:]].append(row)
        for batch in cut_rows(sorted(self.bones), BLOCKS_AT_ONCE):
            self.tx.delete("questions", "maker", [f"near:{b}" for b in batch])
            people: dict[str, list[Row]] = defaultdict(list)
            for row in self.tx.load_in("people", "bones", batch):
                people[row["bones"]].append(row)
            pairs = self._current_pairs()
            answers = Answers({}, {}, pairs, located.durable, located.refs)
            questions = []
            for bones in batch:
                if len(people[bones]) + len(known[bones]) > 1:
                    questions += self.stages.near(bones, people[bones], known[bones], answers)
            self.tx.insert("questions", questions)

    def _current_pairs(self) -> list[tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]]:
        """Return the pairs that were judged, each person at the place that names him first now."""
        located = self._judgements()
        pairs = located.placed_pairs()
        places = {(r["at"][0], r["at"][1]) for a, b, _ in pairs for r in (a, b) if "at" in r}
        ids = {located.mentions[p][0]: p for p in places if p in located.mentions}
        raws = {ids[r["mention"]]: r["raw"] for r in self.tx.load_in("mentions", "mention", ids)}
        keys = {
            r["person"]: self.stages.place_of_person(r)
            for r in self.tx.load_in("people", "person", set(raws.values()))
        }

        def current(ref: Mapping[str, Any]) -> Mapping[str, Any]:
            at = ref.get("at")
            place = keys.get(raws.get((at[0], at[1]), "")) if isinstance(at, list) else None
            return {"at": list(place)} if place else ref

        return [(current(a), current(b), value) for a, b, value in pairs]

    def _merge(self) -> None:
        """Join people whom a person said to be one, across blocks."""
        located = self._judgements()
        before = {r["old"]: r["person"] for r in self.tx.load("person_ids")}
        after = merge_map(located.merges(self.tx))
        after |= self._gone(located.joined_ids(self.tx), after)
        self._part({p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}, after)
        self.tx.clear("person_ids")
        self.tx.insert("person_ids", [{"old": o, "person": p} for o, p in sorted(after.items())])
        self.merged = {o for o in before.keys() | after.keys() if before.get(o) != after.get(o)}
        raws = self.merged | after.keys()
        changed = []
        for row in self.tx.load_in("mentions", "raw", raws, ("mention", "item", "raw", "person")):
            person = after.get(row["raw"], row["raw"])
            if person != row["person"]:
                changed.append({"mention": row["mention"], "person": person})
                self.again.add(row["item"])
        self.tx.update("mentions", "mention", changed)
        for table in ("person_facts", "occasions"):
            key = "fact" if table == "person_facts" else "occasion"
            rows = self.tx.load_in(table, "person", after, (key, "person"))
            self.tx.update(table, key, [{key: r[key], "person": after[r["person"]]} for r in rows])
        self.tx.delete("people", "person", after)
        self._link_authors(after)

    def _gone(self, joined: Sequence[tuple[str, str]], after: Mapping[str, str]) -> dict[str, str]:
        """Return whom the ids of people lead to who have none of their own since an answer joined them."""
        wanted = {old for old, _ in joined} - after.keys()
        # A description beside a name has no block: it is told later whom it stands for.
        rows = self.tx.load_in("mentions", "raw", wanted, ("raw", "block"))
        there = {r["raw"] for r in rows if r["block"]}
        there |= {r["person"] for r in self.tx.load_in("known", "person", wanted, ("person",))}
        gone = wanted - there
        return {old: after.get(raw, raw) for old, raw in reversed(joined) if old in gone}

    def _part(self, people: AbstractSet[str], after: Mapping[str, str]) -> None:
        """Make the rows anew of people who were merged into others and are so no longer."""
        if not people:
            return
        rows = self.tx.load_in("mentions", "raw", people, ("block", "raw"))
        self.bones.update(self.stages.bones_of(r["block"]) for r in rows if r["block"])
        self.blocks = {r["block"] for r in rows if r["raw"] not in after}
        self._resolve()
        if people - after.keys() - {r["raw"] for r in rows}:
            self._known(force=True)

    def _link_authors(self, merged: Mapping[str, str]) -> None:
        """Give every authored item its author's person id, as merged."""
        by_name: dict[str, str] = {}
        for row in self.tx.load("known"):
            for name in json.loads(row["data"]).get("author_names", ()):
                by_name[name] = row["person"]
        changed = []
        for row in self.tx.authored_items():
            person = by_name.get(row["author"], "")
            person = merged.get(person, person)
            if person != row["author_person"]:
                changed.append({"item": row["item"], "author_person": person})
                self.again.add(row["item"])
        self.tx.update("items", "item", changed)
