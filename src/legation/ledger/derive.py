"""Derivation: from readings, the register and judgements to facts; incremental equals rebuilt.

Each phase takes what the phase before changed: items → register entries → mentions → blocks
(who is who) → accounts → days (encounters). A full rebuild is the same run with every item
pending on empty tables (decision 0001).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from typing import TYPE_CHECKING

from legation.facts.errors import LedgerError
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.ledger.codec import load_reading
from legation.ledger.located import Located, locate_judgements
from legation.ledger.read import reading_key
from legation.ledger.rows import cut_rows, info_of, mention_row, merge_map, use_of
from legation.ledger.stages import Answers, Draft, ItemInfo, Row, Stages, Use

if TYPE_CHECKING:
    from legation.facts.candidates import Reading
    from legation.store.tx import Tx

Progress = Callable[[str, int, int], None]
BLOCKS_AT_ONCE = 400
ITEMS_AT_ONCE = 400
DAYS_AT_ONCE = 400


class Derivation:
    """One run, inside one write transaction."""

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
        self.cards_changed = False
        self.authors_changed = False
        self.located: Located | None = None
        #: Whom addresses and names of calendars led to before this run.
        self.addresses: dict[str, str] = {}

    def run(self) -> None:
        """Derive everything that waits."""
        work = self.tx.load_pending()
        if not work:
            return
        self.addresses = self.tx.addresses()
        self._items(work.get("item", set()))
        self._registers()
        self._known(force="known" in work)
        self._promote()
        self._judged(work)
        self._resolve()
        self._merge()
        self._near()
        self._accounts()
        self._encounters()
        self._defer()
        self.tx.clear("pending")

    # ── items ───────────────────────────────────────────────────────────────────────────

    def _items(self, names: set[str]) -> None:
        """Set the rows of pending items and gather the evidence that they give or take away."""
        arrivals = self.tx.latest_arrivals(names)
        done = 0
        for batch in cut_rows(sorted(names), ITEMS_AT_ONCE):
            old = {row["item"]: row for row in self.tx.load_in("items", "item", batch)}
            for row in self.tx.load_in("evidence", "item", batch):
                self.names_changed.add((row["group_key"], row["name"]))
            for row in self.tx.load_in("accounts", "item", batch, ("on",)):
                self.days.add(row["on"])
            for row in self.tx.load_in("mentions", "item", batch, ("block",)):
                self.blocks.add(row["block"])
            for row in old.values():
                self._note_kind(row)
            for table in ("items", "texts", "evidence", "mentions", "accounts", "events", "problems"):
                self.tx.delete(table, "item", batch)
            self.tx.delete("questions", "maker", batch)
            self._write_items(
                [arrivals[n] for n in batch if n in arrivals and arrivals[n]["document"] is not None]
            )
            done += len(batch)
            self.progress("Filing", done, len(names))

    def _note_kind(self, row: Row) -> None:
        """Remember that the people known beforehand have to be looked at again."""
        if row["kind"] in ("card", "row"):
            self.cards_changed = True
        elif row["author"]:
            self.authors_changed = True

    def _write_items(self, arrivals: list[Row]) -> None:
        """Write what is there now of some items."""
        keys = {a["item"]: reading_key(a, self.stages.context_of(a)) for a in arrivals}
        found = {row["reading"]: row for row in self.tx.load_in("readings", "reading", keys.values())}
        rows, texts, evidence, problems = [], [], [], []
        for arrival in arrivals:
            item = arrival["item"]
            if keys[item] not in found:
                message = f"{arrival['path']} was not read before derivation"
                raise LedgerError(message, "Run the import again.")
            stored = found[keys[item]]
            reading = load_reading(stored["data"], ("accounts", "dates"))
            row = self._item_row(arrival, reading, keys[item], stored["rendition"])
            self._note_kind(row)
            rows.append(row)
            text = stored["text"]
            texts.append({"item": item, "title": row["title"], "body": text})
            touched = self.stages.touched(reading, info_of(row))
            for name, counts in touched.items():
                evidence.append({"item": item, "name": name, "group_key": row["group_key"], "counts": counts})
                self.names_changed.add((row["group_key"], name))
            problems += [
                {"item": item, "number": n, "code": p.code, "message": p.message, "hint": p.hint,
                 "start": p.start, "end": p.end, "line": p.line, "fatal": int(p.fatal)}
                for n, p in enumerate(reading.problems)
            ]  # fmt: skip
            self.promote.add(item)
            self.again.add(item)
        self.tx.insert("items", rows)
        self.tx.insert("texts", texts)
        self.tx.insert("evidence", evidence)
        self.tx.insert("problems", problems)

    def _item_row(self, arrival: Row, reading: Reading, key: str, rendition: str) -> Row:
        """Make an item's row."""
        author = self.stages.author_of(arrival, reading, self.owner)
        return {
            **{k: arrival[k] for k in ("item", "source", "path", "part", "ordinal", "arrival", "document")},
            "rendition": rendition,
            "reading": key,
            "kind": reading.kind,
            "author": author,
            "group_key": self.stages.group_of(reading.kind, author, arrival["source"]),
            "title": reading.title,
            "written_on": reading.written_on.value if reading.written_on else "",
            "author_person": "",
        }

    # ── register ────────────────────────────────────────────────────────────────────────

    def _registers(self) -> None:
        """Add up the evidence of every entry that changed; note the items that it bears on."""
        by_group: dict[str, set[str]] = defaultdict(set)
        for group, name in self.names_changed:
            by_group[group].add(name)
        for group, names in sorted(by_group.items()):
            for batch in cut_rows(sorted(names), ITEMS_AT_ONCE):
                self._register_batch(group, batch)

    def _register_batch(self, group: str, names: list[str]) -> None:
        before = {r["name"]: r["counts"] for r in self.tx.load_of_group("register", group, names)}
        gathered: dict[str, list[str]] = {name: [] for name in names}
        users: dict[str, list[str]] = {name: [] for name in names}
        for row in self.tx.load_of_group("evidence", group, names):
            users[row["name"]].append(row["item"])
            if row["counts"]:
                gathered[row["name"]].append(row["counts"])
        rows, lost = [], []
        for name in names:
            counts = self.stages.sum_counts(gathered[name]) if gathered[name] else ""
            if counts != before.get(name, ""):
                if self.stages.entry(name, counts) != self.stages.entry(name, before.get(name, "")):
                    self.promote.update(users[name])
                if counts:
                    rows.append({"group_key": group, "name": name, "counts": counts})
                else:
                    lost.append(name)
        self.tx.delete_register(group, lost)
        self.tx.put("register", rows)

    # ── people known beforehand ─────────────────────────────────────────────────────────

    def _known(self, *, force: bool) -> None:
        """Make people from cards and authors, where one of them changed."""
        if not (self.cards_changed or self.authors_changed or force):
            return
        cards = []
        rows = [r for kind in ("card", "row") for r in self.tx.load("items", kind=kind)]
        for batch in cut_rows(sorted(rows, key=lambda r: str(r["item"])), ITEMS_AT_ONCE):
            readings = self._readings(batch)
            texts = self._texts([r["item"] for r in batch])
            cards += [(info_of(r), readings[r["item"]], texts[r["item"]]) for r in batch]
        authors = [info_of(r) for r in self.tx.authored_items()]
        pairs = [j for j in self._judgements().live if j.kind == "same"]
        made = self.stages.derive_known(cards, authors, self.owner, pairs)
        before = {r["person"]: r for r in self.tx.load("known")}
        after = {r["person"]: r for r in made.known}
        changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
        names: set[str] = set()
        for person in changed:
            for row in (before.get(person), after.get(person)):
                if row is not None:
                    self.blocks.update(json.loads(row["blocks"]))
                    names.update(json.loads(row["data"]).get("known_names", ()))
        self.tx.clear("known")
        self.tx.insert("known", made.known)
        self._replace_known(made.people, made.facts, made.occasions, made.questions)
        for row in self.tx.load_in("evidence", "name", names, ("item",)):
            self.promote.add(row["item"])
        self._link_authors()

    def _replace_known(
        self, people: list[Row], facts: list[Row], occasions: list[Row], questions: list[Row]
    ) -> None:
        for origin in ("self", "card", "author"):
            self.tx.delete("people", "origin", [origin])
        self.tx.delete("people", "person", [r["person"] for r in people])
        self.tx.insert("people", people)
        self.tx.clear("person_facts")
        self.tx.insert("person_facts", facts)
        self.tx.clear("occasions")
        self.tx.insert("occasions", occasions)
        self.tx.delete("questions", "maker", ["known"])
        self.tx.insert("questions", questions)

    def _link_authors(self) -> None:
        """Give every authored item its author's person id."""
        by_name: dict[str, str] = {}
        for row in self.tx.load("known"):
            for name in json.loads(row["data"]).get("author_names", ()):
                by_name[name] = row["person"]
        changed = []
        for row in self.tx.authored_items():
            person = by_name.get(row["author"], "")
            if person != row["author_person"]:
                changed.append({"item": row["item"], "author_person": person})
                self.promote.add(row["item"])
                self.again.add(row["item"])
        self.tx.update("items", "item", changed)

    # ── mentions ────────────────────────────────────────────────────────────────────────

    def _promote(self) -> None:
        """Decide which candidates hold; note the blocks of the mentions that changed."""
        known = self.stages.index_known(self.tx.load("known"))
        total, done = len(self.promote), 0
        for batch in cut_rows(sorted(self.promote), ITEMS_AT_ONCE):
            rows = self.tx.load_in("items", "item", batch)
            readings = self._readings(rows, ("accounts", "dates"))
            texts = self._texts(batch)
            touched: dict[str, list[str]] = defaultdict(list)
            for row in self.tx.load_in("evidence", "item", batch, ("item", "name")):
                touched[row["item"]].append(row["name"])
            register = self._register_of({(r["group_key"], n) for r in rows for n in touched[r["item"]]})
            before: dict[str, dict[str, Row]] = defaultdict(dict)
            for row in self.tx.load_in("mentions", "item", batch):
                before[row["item"]][row["mention"]] = row
            for row in rows:
                item, info = row["item"], info_of(row)
                mine = {n: register[info.group, n] for n in touched[item] if (info.group, n) in register}
                drafts = self.stages.promote(readings[item], texts[item], info, mine, known)
                self._write_mentions(info, texts[item], drafts, before[item])
            done += len(batch)
            self.progress("Names", done, total)

    def _register_of(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
        by_group: dict[str, list[str]] = defaultdict(list)
        for group, name in keys:
            by_group[group].append(name)
        return {
            (group, r["name"]): r["counts"]
            for group, names in by_group.items()
            for r in self.tx.load_of_group("register", group, names)
        }

    def _write_mentions(
        self, info: ItemInfo, text: str, drafts: Iterable[Draft], before: Mapping[str, Row]
    ) -> None:
        """Write the mentions of one item; the person of one that stays as it was is kept."""
        after: dict[str, Row] = {}
        for draft in drafts:
            row = mention_row(info, text, draft)
            after[row["mention"]] = row
        fixed = ("number", "kind", "form", "block", "parts", "score", "quote")
        fresh = []
        for mention, row in after.items():
            old = before.get(mention)
            if old is None or any(old[k] != row[k] for k in fixed):
                fresh.append(row)
                self.blocks.add(row["block"])
                if old is not None:
                    self.blocks.add(old["block"])
        lost = [m for m in before if m not in after]
        self.blocks.update(before[m]["block"] for m in lost)
        if fresh or lost:
            self.tx.delete("mentions", "mention", lost)
            self.tx.put("mentions", fresh)
            self.again.add(info.item)

    # ── judgements ──────────────────────────────────────────────────────────────────────

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
        for judgement in located.everything:
            touched = judgement.id in names or bool(located.items_of(judgement) & self.again)
            if not touched:
                continue
            if judgement.kind == "identify" and "form" in judgement.subject:
                self.blocks.add(
                    self.stages.block_of_form(judgement.subject["group"], judgement.subject["form"])
                )
            self.blocks.update(located.blocks_of(judgement))
            if judgement.kind == "reading" or "accounts" in judgement.subject:
                self.again.update(located.items_of(judgement))
            if "accounts" in judgement.subject:
                self.rejoin.update(located.items_of(judgement))

    # ── who is who ──────────────────────────────────────────────────────────────────────

    def _resolve(self) -> None:
        """Decide who is who in every block that changed."""
        self._spread()
        located = self._judgements()
        known_by_block: dict[str, list[Row]] = defaultdict(list)
        for row in self.tx.load("known"):
            for block in json.loads(row["blocks"]):
                known_by_block[block].append(row)
        forms: dict[str, dict[tuple[str, str], Mapping[str, object]]] = defaultdict(dict)
        for (group, form), value in located.forms.items():
            forms[self.stages.block_of_form(group, form)][group, form] = value
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
            questions, changed = [], []
            for block in batch:
                answers = Answers(
                    forms.get(block, {}), located.uses, located.pairs_of(block), located.durable, located.refs
                )
                known = {key: known_by_block.get(key, ()) for key in self.stages.blocks_of_known(block)}
                outcome = self.stages.resolve(block, uses[block], known, answers)
                for row in outcome.people:
                    people[row["person"]] = row
                questions += outcome.questions
                for mention, (raw, state, rule) in outcome.assigned.items():
                    row = old[mention]
                    if (row["raw"], row["state"], row["rule"]) != (raw, state, rule):
                        fresh = {"mention": mention, "raw": raw, "person": raw, "state": state, "rule": rule}
                        changed.append(fresh)
                        self.again.add(row["item"])
            have = {r["person"] for r in self.tx.load_in("people", "person", people, ("person",))}
            self.tx.insert("people", [r for p, r in people.items() if p not in have])
            self.tx.put("questions", questions)
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
            answers = Answers({}, {}, located.placed_pairs(), located.durable, located.refs)
            questions = []
            for bones in batch:
                if len(people[bones]) + len(known[bones]) > 1:
                    questions += self.stages.near(bones, people[bones], known[bones], answers)
            self.tx.insert("questions", questions)

    def _merge(self) -> None:
        """Join people whom a person said to be one, across blocks."""
        located = self._judgements()
        before = {r["old"]: r["person"] for r in self.tx.load("person_ids")}
        after = merge_map(located.merges(self.tx))
        self._part({p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}, after)
        self.tx.clear("person_ids")
        self.tx.insert("person_ids", [{"old": o, "person": p} for o, p in sorted(after.items())])
        raws = {o for o in before.keys() | after.keys() if before.get(o) != after.get(o)} | after.keys()
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
        authored = self.tx.load_in("items", "author_person", after, ("item", "author_person"))
        self.tx.update(
            "items",
            "item",
            [{"item": r["item"], "author_person": after[r["author_person"]]} for r in authored],
        )

    def _part(self, people: Set[str], after: Mapping[str, str]) -> None:
        """Make the rows anew of people who were merged into others and are so no longer."""
        if not people:
            return
        rows = self.tx.load_in("mentions", "raw", people, ("block", "raw"))
        self.bones.update(self.stages.bones_of(r["block"]) for r in rows if r["block"])
        self.blocks = {r["block"] for r in rows if r["raw"] not in after}
        self._resolve()
        if people - after.keys() - {r["raw"] for r in rows}:
            self._known(force=True)

    # ── accounts and encounters ─────────────────────────────────────────────────────────

    def _accounts(self) -> None:
        """Make the accounts and events of every item whose mentions or people changed."""
        located = self._judgements()
        find = self.tx.addresses()
        if find != self.addresses:
            self.again.update(r["item"] for r in self.tx.load("items", kind="event", columns=("item",)))
        total, done = len(self.again), 0
        for batch in cut_rows(sorted(self.again), ITEMS_AT_ONCE):
            rows = self.tx.load_in("items", "item", batch)
            texts = self._texts(batch)
            mentions: dict[str, dict[int, Row]] = defaultdict(dict)
            beside: set[str] = set()
            for row in self.tx.load_in("mentions", "item", batch):
                mentions[row["item"]][row["number"]] = row
                if row["block"] == "":
                    beside.add(row["item"])
            readings = self._readings([r for r in rows if r["item"] in beside], ("dates",))
            # Only headers, and descriptions that stand beside a name, need the mentions as read.
            rest = [r for r in rows if r["item"] not in beside]
            readings |= self._readings(rest, ("dates", "mentions"))
            readings |= self._readings([r for r in rest if readings[r["item"]].header is not None])
            before = {r["account"]: r for r in self.tx.load_in("accounts", "item", batch)}
            self.tx.delete("events", "item", batch)
            self.tx.delete("questions", "maker", batch)
            accounts, events, questions = [], [], []
            for row in rows:
                info, mine = info_of(row), mentions[row["item"]]
                if row["item"] in beside:
                    self._roles(readings[row["item"]], mine)
                persons = {
                    n: (m["mention"], m["person"]) for n, m in mine.items() if m["state"] != "rejected"
                }
                made, asked = self.stages.accounts(
                    readings[row["item"]],
                    texts[row["item"]],
                    info,
                    persons,
                    located.verdicts.get(row["item"], {}),
                )
                accounts += made
                questions += asked
                events += self.stages.events(readings[row["item"]], texts[row["item"]], info, find)
            self._write_accounts(accounts, before)
            self.tx.insert("events", events)
            self.tx.insert("questions", questions)
            done += len(batch)
            self.progress("Meetings", done, total)

    def _write_accounts(self, after: list[Row], before: dict[str, Row]) -> None:
        """Write the accounts that are not as they were; note the days that they bear on."""
        fresh = []
        for row in after:
            old = before.pop(row["account"], None)
            if old is not None:
                if row["item"] not in self.rejoin and row | {"encounter": old["encounter"]} == old:
                    continue
                self.days.add(old["on"])
            self.days.add(row["on"])
            fresh.append(row)
        self.days.update(old["on"] for old in before.values())
        self.tx.delete("accounts", "account", before)
        self.tx.put("accounts", fresh)

    def _roles(self, reading: Reading, mine: dict[int, Row]) -> None:
        """Give descriptions that stand beside a name the person of that name."""
        persons = {n: (m["person"], m["state"]) for n, m in mine.items()}
        changed = []
        for number, (person, state, rule) in self.stages.roles(reading, persons, mine).items():
            row = mine[number]
            if (row["person"], row["state"], row["rule"]) != (person, state, rule):
                row |= {"raw": person, "person": person, "state": state, "rule": rule}
                changed.append({k: row[k] for k in ("mention", "raw", "person", "state", "rule")})
        self.tx.update("mentions", "mention", changed)

    def _encounters(self) -> None:
        """Join the accounts of every day that changed."""
        located = self._judgements()
        total, done = len(self.days), 0
        for batch in cut_rows(sorted(self.days), DAYS_AT_ONCE):
            old = [r["encounter"] for r in self.tx.load_in("encounters", "on", batch, ("encounter",))]
            self.tx.delete("encounter_people", "encounter", old)
            self.tx.delete("encounters", "on", batch)
            self.tx.delete("questions", "maker", [f"day:{d}" for d in batch])
            by_day: dict[str, list[Row]] = defaultdict(list)
            rows = self.tx.load_in("accounts", "on", batch)
            wanted = {r["item"] for r in rows}
            items = self.tx.load_in("items", "item", wanted, ("item", "document", "rendition"))
            held = {r["item"]: r for r in items}
            for row in rows:
                by_day[row["on"]].append(row | held[row["item"]])
            judged = located.judged_accounts(by_day)
            changed, encounters, people, questions = [], [], [], []
            for on in batch:
                made = self.stages.join(on, by_day[on], judged)
                encounters += made.encounters
                people += made.people
                questions += made.questions
                for row in by_day[on]:
                    encounter = made.of_account.get(row["account"], "")
                    if encounter != row["encounter"]:
                        changed.append({"account": row["account"], "encounter": encounter})
            self.tx.insert("encounters", encounters)
            self.tx.insert("encounter_people", people)
            self.tx.insert("questions", questions)
            self.tx.update("accounts", "account", changed)
            done += len(batch)
            self.progress("Encounters", done, total)

    def _defer(self) -> None:
        """Set aside the questions that were put off, or never to be asked; those of judgements lost."""
        located = self._judgements()
        self.tx.delete("questions", "maker", ["anchors"])
        self.tx.insert("questions", located.lost_questions())
        deferred = {derive_id("q", canonical(s)): until for s, until in located.deferred}
        changed = []
        columns = ("question", "subject", "state")
        rows = self.tx.load("questions", columns=columns)
        if not deferred:
            rows = [r for r in rows if r["state"] != "open"]
        for row in rows:
            state = deferred.get(derive_id("q", row["subject"]), "open")
            if state != row["state"]:
                changed.append({"question": row["question"], "state": state})
        self.tx.update("questions", "question", changed)

    # ── loading ─────────────────────────────────────────────────────────────────────────

    def _readings(self, rows: list[Row], without: Iterable[str] = ()) -> dict[str, Reading]:
        """Load the readings of some items, without some of their fields."""
        found = {
            r["reading"]: r["data"]
            for r in self.tx.load_in("readings", "reading", {r["reading"] for r in rows}, ("reading", "data"))
        }
        return {r["item"]: load_reading(found[r["reading"]], without) for r in rows}

    def _texts(self, names: Iterable[str]) -> dict[str, str]:
        """Load the texts of some items."""
        return {r["item"]: r["body"] for r in self.tx.load_in("texts", "item", names, ("item", "body"))}
