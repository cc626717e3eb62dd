"""The phase of derivation that makes findings, beside that of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from legation.facts.judgement import FINDING_ROLES, canonical
from legation.ledger.codec import load_reading
from legation.ledger.derive_identity import IdentityPhases
from legation.ledger.located import refs_of, role_refs
from legation.ledger.rows import info_of
from legation.ledger.stages import Row

if TYPE_CHECKING:
    from legation.facts.candidates import Reading


class FindingPhase(IdentityPhases):
    """What follows from the findings of readings, once it is known who the mentions are."""

    #: Readings of what models answered, by the item that it is about; None before it is looked up.
    answered: dict[str, list[str]] | None = None

    def _follow_judged(self) -> None:
        """Take up what judgements tie to items that are made anew.

        That is findings that were given people who are somebody else now, and accounts that were
        joined or kept apart.
        """
        located = self._judgements()
        for judgement in located.live:
            if "accounts" in judgement.subject and located.items_of(judgement) & self.again:
                self.again.update(located.items_of(judgement))
                self.rejoin.update(located.items_of(judgement))
            if judgement.subject.get("fact") not in FINDING_ROLES or not role_refs(judgement):
                continue
            raws = {located.refs.get(canonical(dict(r)), ("", ""))[0] for r in refs_of(judgement)}
            if raws & self.merged or located.items_of(judgement) & self.again:
                self.again.update(located.items_of(judgement))

    def _findings(
        self,
        rows: Iterable[Row],
        readings: Mapping[str, Reading],
        texts: Mapping[str, str],
        mentions: Mapping[str, Mapping[int, Row]],
    ) -> None:
        """Make the findings of some items anew; their questions are gone already."""
        located = self._judgements()
        items = [r["item"] for r in rows]
        said = self._with_people({i: located.verdicts[i] for i in items if i in located.verdicts})
        proposed = self._proposed(items)
        findings, people, questions = [], [], []
        for row in rows:
            item = row["item"]
            reading = readings[item]
            held = {n: m for n, m in mentions[item].items() if m["state"] != "rejected"}
            if item in proposed:
                whole = self._readings([row])[item]
                reading = self.stages.proposed(whole, texts[item], info_of(row), held, proposed[item])
            if not reading.findings and item not in said:
                continue
            made = self.stages.findings(reading, texts[item], info_of(row), held, said.get(item, ()))
            findings += made.findings
            people += made.people
            questions += made.questions
        for table in ("findings", "finding_people"):
            self.tx.delete(table, "item", items)
        self.tx.insert("findings", findings)
        self.tx.insert("finding_people", people)
        self.tx.insert("questions", questions)

    def _readings(self, rows: list[Row], without: Iterable[str] = ()) -> dict[str, Reading]:
        """Load the readings of some items, without some of their fields."""
        found = {
            r["reading"]: r["data"]
            for r in self.tx.load_in("readings", "reading", {r["reading"] for r in rows}, ("reading", "data"))
        }
        return {r["item"]: load_reading(found[r["reading"]], without) for r in rows}

    def _proposed(self, items: Iterable[str]) -> dict[str, list[str]]:
        """Return what models answered about some items, as it is kept."""
        if self.answered is None:
            self.answered = {}
            for row in self.tx.load("items", kind="proposal", columns=("path", "reading")):
                self.answered.setdefault(row["path"], []).append(row["reading"])
        keys = {key: item for item in items for key in self.answered.get(item, ())}
        found: dict[str, list[str]] = {}
        for row in self.tx.load_in("readings", "reading", keys, ("reading", "text")):
            found.setdefault(keys[row["reading"]], []).append(row["text"])
        return found

    def _with_people(self, verdicts: Mapping[str, list[Any]]) -> dict[str, list[dict[str, Any]]]:
        """Return verdicts with the ids of the people that they name, as they are now."""
        located = self._judgements()
        refs = [
            r for said in verdicts.values() for v in said for role in _roles_of(v) for r in v.get(role, ())
        ]
        places = {tuple(r["at"]) for r in refs if "at" in r}
        ids = {located.mentions[p][0]: p for p in places if p in located.mentions}
        persons = {
            ids[m["mention"]]: m["person"]
            for m in self.tx.load_in("mentions", "mention", ids, ("mention", "person"))
        }
        raws = {located.refs[canonical(dict(r))][0] for r in refs if "at" not in r}
        merged = {r["old"]: r["person"] for r in self.tx.load_in("person_ids", "old", raws)}

        def now(ref: Mapping[str, Any]) -> str:
            if "at" in ref:
                return str(persons.get(tuple(ref["at"]), ""))
            raw = located.refs[canonical(dict(ref))][0]
            return str(merged.get(raw, raw))

        return {
            item: [
                {**v, **{role: [now(r) for r in v[role]] for role in _roles_of(v) if role in v}} for v in said
            ]
            for item, said in verdicts.items()
        }


def _roles_of(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    return FINDING_ROLES.get(verdict["fact"], ())
