"""Derivation: from readings, the register and judgements to facts; incremental equals rebuilt.

Each phase takes what the phase before changed: items → register entries → mentions → blocks
(who is who) → accounts → days (encounters). A full rebuild is the same run with every item
pending on empty tables (decision 0001).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from legation.facts.errors import LedgerError
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.ledger.arrival import SETTINGS
from legation.ledger.codec import load_reading
from legation.ledger.derive_findings import FindingPhase
from legation.ledger.read import reading_key
from legation.ledger.rows import cut_rows, info_of, mention_row, state_of
from legation.ledger.stages import Draft, ItemInfo, Row
from legation.ledger.standing import list_idle, lost_questions

if TYPE_CHECKING:
    from legation.facts.candidates import Reading

Progress = Callable[[str, int, int], None]
#: Few enough that a mailbox of long messages, each with thousands of names, stays small in memory.
ITEMS_AT_ONCE = 64
DAYS_AT_ONCE = 400
#: Tables whose rows come and go with their item.
OF_ITEMS = (
    "items", "texts", "evidence", "mentions", "accounts", "findings", "finding_people", "events", "problems",
)  # fmt: skip


class Derivation(FindingPhase):
    """One run, inside one write transaction."""

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
        arrivals = {i: a for i, a in self.tx.latest_arrivals(names).items() if a["source"] != SETTINGS}
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
            for table in OF_ITEMS:
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
        elif row["kind"] == "proposal":
            self.again.add(row["path"])
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
            reading = load_reading(stored["data"], ("accounts", "findings", "dates"))
            row = self._item_row(arrival, reading, keys[item], stored["rendition"])
            self._note_kind(row)
            rows.append(row)
            text = stored["text"]
            if row["kind"] == "proposal":
                # It adds to the reading of another item and says nothing by itself.
                continue
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
                    data = json.loads(row["data"])
                    names.update(data.get("known_names", ()))
                    self.refs.update(data["refs"])
        self.tx.clear("known")
        self.tx.insert("known", made.known)
        self._replace_known(made.people, made.facts, made.occasions, made.questions)
        for row in self.tx.load_in("evidence", "name", names, ("item",)):
            self.promote.add(row["item"])

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

    # ── mentions ────────────────────────────────────────────────────────────────────────

    def _promote(self) -> None:
        """Decide which candidates hold; note the blocks of the mentions that changed."""
        known = self.stages.index_known(self.tx.load("known"))
        total, done = len(self.promote), 0
        for batch in cut_rows(sorted(self.promote), ITEMS_AT_ONCE):
            rows = self.tx.load_in("items", "item", batch)
            readings = self._readings(rows, ("accounts", "findings", "dates"))
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

    # ── accounts, findings and encounters ───────────────────────────────────────────────

    def _accounts(self) -> None:
        """Make the accounts, findings and events of every item whose mentions or people changed."""
        self._follow_judged()
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
                    located.verdicts.get(row["item"], ()),
                )
                accounts += made
                questions += asked
                events += self.stages.events(readings[row["item"]], texts[row["item"]], info, find)
            self._write_accounts(accounts, before)
            self.tx.insert("events", events)
            self.tx.insert("questions", questions)
            self._findings(rows, readings, texts, mentions)
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
            named = mine.get(reading.mentions[number].same_as)
            raw = named["raw"] if named else ""
            if (row["raw"], row["person"], row["state"], row["rule"]) != (raw, person, state, rule):
                row |= {"raw": raw, "person": person, "state": state, "rule": rule}
                changed.append({k: row[k] for k in ("mention", "raw", "person", "state", "rule")})
        self.tx.update("mentions", "mention", changed)

    def _encounters(self) -> None:
        """Join the accounts of every day that changed."""
        located = self._judgements()
        judged = located.judged_accounts(located.fit_accounts(self.tx))
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
        self.tx.insert("questions", lost_questions(located, list_idle(self.tx, located)))
        deferred = {derive_id("q", canonical(s)): until for s, until in located.deferred}
        changed = []
        columns = ("question", "kind", "subject", "weight", "state")
        rows = self.tx.load("questions", columns=columns)
        if not deferred:
            rows = [r for r in rows if r["state"] != state_of(r)]
        for row in rows:
            state = deferred.get(derive_id("q", row["subject"]), state_of(row))
            if state != row["state"]:
                changed.append({"question": row["question"], "state": state})
        self.tx.update("questions", "question", changed)

    # ── loading ─────────────────────────────────────────────────────────────────────────

    def _texts(self, names: Iterable[str]) -> dict[str, str]:
        """Load the texts of some items."""
        return {r["item"]: r["body"] for r in self.tx.load_in("texts", "item", names, ("item", "body"))}
