"""A newer reader keeps every judgement: each still holds of what it was said of, or is asked about."""

from __future__ import annotations

import dataclasses
import json
import random
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import legation.ledger.read
from legation.facts.candidates import AUTHOR, AccountCandidate, Reading
from legation.facts.errors import LegationError
from legation.facts.judgement import FINDING_ROLES, Anchor, canonical
from legation.facts.span import Span, overlap_enough
from legation.ledger.located import judgement_of, live_judgements

sys.path.insert(0, str(Path(__file__).parent))
import finder
from test_derivation import SLOW, NothingThereError, World, card_sets, entries, folders


class Newer:
    """A reader that reads everything a little otherwise, by chance that depends on the text alone."""

    def __init__(self, seed: int, often: float):
        self.seed, self.often = seed, often

    def __call__(self, *given):
        text, rendition, reading = finder.read_with_findings(*given)
        if reading.kind not in ("entry", "paper", "note"):
            return text, rendition, reading
        self.chance = random.Random(f"{self.seed} {text}")
        return text, rendition, self.change(text, reading)

    def some(self) -> bool:
        return self.chance.random() < self.often

    def moved(self, span: Span, text: str) -> Span:
        start = max(0, span.start + self.chance.choice((0, 0, 1, -4, 9)))
        end = min(len(text), span.end + self.chance.choice((0, 0, -1, 6, -9)))
        return Span(start, end) if start < end else span

    def change(self, text: str, reading: Reading) -> Reading:
        kept = [n for n in range(len(reading.mentions)) if not self.some()]
        to = {old: new for new, old in enumerate(kept)}
        mentions = []
        for old in kept:
            m = reading.mentions[old]
            m = dataclasses.replace(m, same_as=to.get(m.same_as, -1))
            if m.of.startswith("mention:"):
                owner = to.get(int(m.of.removeprefix("mention:")))
                m = dataclasses.replace(m, of="" if owner is None else f"mention:{owner}")
            if self.some() and m.titles:
                cut = len(m.span.cut(text).split(" ", 1)[0]) + 1
                if m.span.start + cut < m.span.end:
                    m = dataclasses.replace(m, titles=(), span=Span(m.span.start + cut, m.span.end))
            elif self.some() and m.kind == "name":
                m = dataclasses.replace(m, titles=("sir",), score=self.chance.random())
            elif self.some() and m.kind == "name" and to:
                m = dataclasses.replace(
                    m, kind="office", head="envoy", of="", same_as=self.chance.choice((-1, 0))
                )
            mentions.append(m)
        header = reading.header
        if header is not None:
            people = tuple(
                dataclasses.replace(p, mention=to[p.mention]) for p in header.people if p.mention in to
            )
            header = dataclasses.replace(header, people=people)
        accounts = [self.account(a, text, to) for a in reading.accounts if not self.some()]
        if self.some() and mentions:
            span = Span(0, min(len(text), 40))
            accounts.append(AccountCandidate(span, "held", "walk", (0,), author=True, rule="new", score=0.8))
        findings = [self.finding(f, text, to) for f in reading.findings if not self.some()]
        return dataclasses.replace(
            reading, mentions=tuple(mentions), accounts=tuple(accounts), header=header,
            findings=tuple(f for f in findings if f is not None),
        )  # fmt: skip

    def account(self, a, text, to):
        changes = {"participants": tuple(to[n] for n in a.participants if n in to)}
        changes["inferred"] = tuple(to[n] for n in a.inferred if n in to)
        if self.some():
            changes["span"] = self.moved(a.span, text)
        if self.some():
            changes |= {
                "form": "reception",
                "status": self.chance.choice(("held", "planned", "reported", "denied")),
            }
        if self.some():
            changes |= {"score": self.chance.random(), "on": None}
        return dataclasses.replace(a, **changes)

    def finding(self, f, text, to):
        parties = [
            dataclasses.replace(p, mention=to.get(p.mention, AUTHOR) if p.mention >= 0 else p.mention)
            for p in f.parties
        ]
        if self.some():
            parties[0] = dataclasses.replace(parties[0], mention=self.chance.choice([AUTHOR, *to.values()]))
        changes = {"parties": tuple(parties)}
        if self.some():
            changes["span"] = self.moved(f.span, text)
        if self.some():
            changes |= {
                "score": self.chance.random(),
                "status": self.chance.choice(("held", "denied", "reported")),
            }
        if self.some() and f.kind == "occasion":
            changes |= {"what": "death"}
        if self.some() and f.kind == "statement":
            roles = {"speaker": "by", "addressee": "to"}
            changes |= {
                "kind": "promise", "mode": "",
                "parties": tuple(dataclasses.replace(p, role=roles[p.role]) for p in parties),
            }  # fmt: skip
        return dataclasses.replace(f, **changes)


decisions = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.integers(0, 60), st.integers(0, 5)),
        st.tuples(st.just("answer-reading"), st.integers(0, 60), st.integers(0, 3)),
        st.tuples(st.just("merge"), st.integers(0, 40), st.integers(0, 40)),
        st.tuples(st.just("part"), st.integers(0, 40), st.integers(0, 40)),
        st.tuples(st.just("split"), st.integers(0, 40)),
        st.tuples(
            st.just("confirm"), st.sampled_from(["mentions", "accounts", "findings"]), st.integers(0, 60)
        ),
        st.tuples(
            st.just("reject"), st.sampled_from(["mentions", "accounts", "findings"]), st.integers(0, 60)
        ),
        st.tuples(
            st.just("correct"), st.integers(0, 60), st.sampled_from(["form", "on", "person", "role", "due"])
        ),
        st.tuples(st.just("accounts"), st.integers(0, 60), st.integers(0, 60), st.booleans()),
    ),
    min_size=2,
    max_size=8,
)
KEYS = {"mentions": "mention", "accounts": "account", "findings": "finding"}


def decide(world: World, step: tuple) -> None:
    """Take one decision."""
    kind = step[0]
    if kind == "answer-reading":
        questions = [q for q in world.rows("questions", "question") if q["kind"] == "reading"]
        if questions:
            question = questions[step[1] % len(questions)]
            keys = [o[0] for o in json.loads(question["options"])] + ["later"]
            world.judge.answer(question["question"], keys[step[2] % len(keys)])
    elif kind in ("confirm", "reject") and len(step) == 3:
        getattr(world.judge, kind)(world.pick(step[1], KEYS[step[1]], step[2]))
    elif kind == "accounts":
        rows = [r for r in world.rows("accounts", "account") if r["encounter"]]
        same_day = [(a, b) for a in rows for b in rows if a["account"] < b["account"] and a["on"] == b["on"]]
        if not same_day:
            raise NothingThereError
        a, b = same_day[step[1] % len(same_day)]
        anchors = [Anchor(r["item"], r["quote"]).to_json() for r in (a, b)]
        world.judge._record("same", {"accounts": anchors}, {"same": step[3]})
    else:
        world.judge_one(step)


class Check:
    """What is on record after the newer reader has read everything, beside what was decided."""

    def __init__(self, world: World):
        self.world = world
        self.every = [judgement_of(r) for r in world.rows("judgements", "seq")]
        self.live = live_judgements(self.every)
        self.mentions = {(r["item"], r["start"], r["quote"]): r for r in world.rows("mentions")}
        self.texts = {r["item"]: r["body"] for r in world.rows("texts")}
        self.questions = world.rows("questions")
        self.asked = {json.loads(q["subject"]).get("judgement") for q in self.questions}
        merged = {r["old"]: r["person"] for r in world.rows("person_ids")}
        self.known = {
            ref: merged.get(r["person"], r["person"])
            for r in world.rows("known")
            for ref in json.loads(r["data"])["refs"]
        }

    def mention(self, anchor):
        """Return the mention of an anchor's very words."""
        found = Anchor.from_json(anchor)
        start = found.find(self.texts.get(found.item, ""))
        return None if start is None else self.mentions.get((found.item, start, found.quote))

    def person(self, ref, said=None):
        """Return (person, whether it waits for an answer).

        Where the mention that named somebody in a judgement was split off later, the person is
        named by the mention that it left behind.
        """
        for later in self.live[self.live.index(said) + 1 :] if said in self.live else ():
            left = later.value.get("leaves") if later.kind == "identify" else None
            if left and "anchor" in ref and later.subject.get("anchor") == ref["anchor"]:
                ref = {"anchor": left}
        if "anchor" in ref:
            row = self.mention(ref["anchor"])
            return (row["person"], row["state"] == "ask") if row else ("", False)
        return self.known.get(canonical(ref), ""), False

    def span(self, anchor):
        found = Anchor.from_json(anchor)
        start = found.find(self.texts[found.item])
        assert start is not None
        return found.item, (start, start + len(found.quote))

    def missing(self):
        """Return the judgements that neither hold nor are asked about."""
        last = {
            canonical(j.subject): j for j in self.live if j.kind != "identify" or "anchor" not in j.subject
        }
        for j in self.live:
            if j.kind == "identify" and "anchor" in j.subject:
                row = self.mention(j.subject["anchor"])
                last[row["mention"] if row else j.id] = j
        return [j for j in last.values() if j.id not in self.asked and not getattr(self, f"_{j.kind}")(j)]

    def _identify(self, j):
        if "form" in j.subject:
            used = [m for m in self.mentions.values() if m["form"] == j.subject["form"]]
            if not j.value.get("person"):
                return any(m["state"] in ("sure", "rejected", "ask") for m in used)
            person, waits = self.person(j.value["person"], j)
            return waits or any(
                (m["person"] == person and person) or m["state"] in ("sure", "ask") for m in used
            )
        row = self.mention(j.subject["anchor"])
        if row is None:
            return False
        if row["state"] == "ask":
            return True
        if j.value.get("nobody"):
            return row["state"] == "rejected"
        if "person" in j.value:
            person, waits = self.person(j.value["person"], j)
            return row["state"] == "sure" and (waits or bool(person and row["person"]))
        return row["state"] == "sure" and bool(row["person"])

    def _same(self, j):
        if "accounts" in j.subject:
            pair = []
            for anchor in j.subject["accounts"]:
                item, span = self.span(anchor)
                rows = self.over("accounts", item, span)
                pair.append({r["encounter"] for r in rows if r["encounter"]})
            return bool(pair[0] & pair[1]) if j.value["same"] else bool(pair[0] and pair[1])
        (a, waits), (b, also) = self.person(j.subject["a"], j), self.person(j.subject["b"], j)
        return waits or also or bool(a and b and (a == b) == j.value["same"])

    def over(self, table, item, span):
        rows = self.world.rows(table, item=item)
        return [r for r in rows if overlap_enough((r["start"], r["end"]), span)]

    def _reading(self, j):
        fact = j.subject["fact"]
        if fact == "participants":
            return True
        item, span = self.span(j.subject["anchor"])
        table = "accounts" if fact == "account" else "findings"
        rows = [r for r in self.over(table, item, span) if fact == "account" or r["kind"] == fact]
        if j.value["verdict"] == "reject":
            exact = [r for r in rows if r["state"] == "rejected"]
            return bool(exact) or not any(self.meant(r, j) for r in rows)
        columns = {"due": "on", **({"kind": "what"} if fact == "occasion" else {})}
        fields = j.value.get("as") if j.value["verdict"] == "confirm" else j.value
        wanted = {columns.get(k, k): v for k, v in fields.items() if isinstance(v, str)}
        wanted.pop("verdict", None)
        wanted.pop("written_on", None)
        rows = [r for r in rows if r["state"] == "sure" and all(r[k] == v for k, v in wanted.items())]
        roles = {r: j.value[r] for r in FINDING_ROLES.get(fact, ()) if isinstance(j.value.get(r), list)}
        parties = j.value.get("as", {}).get("parties", {}) if fact != "account" else {}
        return any(self.parts(r, roles, j) and self.parties(r, parties) for r in rows)

    def meant(self, row, j):
        if j.subject["fact"] == "account":
            return True
        party = j.subject["party"]
        if isinstance(party, dict):
            found = Anchor.from_json(party)
            start = found.find(self.texts[found.item])
            at = [int(x) for x in row["party"].split(":")] if ":" in row["party"] else []
            fits = bool(at) and overlap_enough((at[0], at[1]), (start, start + len(found.quote)))
        else:
            fits = row["party"] == party
        return fits and row["as_read"] == j.subject.get("what", row["as_read"])

    def parts(self, row, roles, j):
        people = self.world.rows("finding_people", finding=row["finding"]) if roles else []
        for role, refs in roles.items():
            mine = {p["person"] for p in people if p["role"] == role}
            wanted = [self.person(r, j) for r in refs]
            if mine != {p for p, _ in wanted} or any(not p and not waits for p, waits in wanted):
                return False
        return True

    def parties(self, row, parties):
        """Say whether those who were confirmed in a finding are in it."""
        people = self.world.rows("finding_people", finding=row["finding"]) if parties else []
        spans = {m["mention"]: (m["start"], m["end"]) for m in self.mentions.values()}
        for role, wanted in parties.items():
            mine = [p for p in people if p["role"] == role]
            if len(mine) != len(wanted):
                return False
            for place in wanted:
                if isinstance(place, str):
                    fits = any(p["how"] == place for p in mine)
                else:
                    at = self.span(place)[1]
                    fits = any(p["mention"] and overlap_enough(spans[p["mention"]], at) for p in mine)
                if not fits:
                    return False
        return True

    def _defer(self, j):
        """A question that was put off is still put off, or is no longer that question."""
        wanted = canonical(j.subject["question"])
        return all(q["state"] == j.value["until"] for q in self.questions if q["subject"] == wanted)


@SLOW
@given(folders, card_sets, entries, decisions, st.integers(0, 2**32), st.sampled_from([0.05, 0.2, 0.5]))
def test_every_judgement_outlives_a_newer_reader(folder, cards, paper, taken, seed, often):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(legation.ledger.read, "read_document", finder.read_with_findings)
        world = World(Path(name))
        for number, sentences in folder.items():
            world.write_entry(number, sentences)
        for number in sorted(cards):
            world.change(("card", number))
        world.change(("paper", 0, paper))
        done = []
        for step in taken:
            try:
                decide(world, step)
            except (NothingThereError, LegationError):
                continue
            done.append(step)
        said = (folder, sorted(cards), paper, done, seed, often)
        before = Check(world)
        assert [(j.kind, j.subject, j.value) for j in before.missing()] == [], ("before", said)
        patch.setattr(legation.ledger.read, "read_document", Newer(seed, often))
        count = len(world.rows("judgements"))
        world.ledger.rebuild()
        world.prove(said)
        after = Check(world)
        assert len(after.every) == count
        assert [(j.kind, j.subject, j.value) for j in after.missing()] == [], ("after", said)
        # Each such question is answered by keeping the judgement, or by taking it back.
        for keep, question in enumerate(q for q in after.questions if q["kind"] == "anchor"):
            # What was said twice is asked about once: taking one back may settle the other.
            if world.rows("questions", question=question["question"]):
                world.judge.answer(question["question"], "2" if keep % 2 else "1")
        world.prove(said)
        # Whatever was kept holds again as soon as the old reading is there again.
        patch.setattr(legation.ledger.read, "read_document", finder.read_with_findings)
        world.ledger.rebuild()
        again = Check(world)
        assert [(j.kind, j.subject, j.value) for j in again.missing()] == [], ("again", said)
        world.space.close()
