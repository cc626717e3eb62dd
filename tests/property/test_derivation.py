"""Incremental equals rebuilt, whatever happened to a ledger and in whatever order."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import legation.ledger.read
from legation.facts.errors import LegationError
from legation.facts.judgement import FINDING_ROLES
from legation.ledger.export import export_ledger, restore_ledger
from legation.ledger.ledger import compare_tables
from legation.store.schema import DERIVED
from legation.workspace.open import init_workspace, open_workspace

sys.path.insert(0, str(Path(__file__).parent))
import finder

SLOW = settings(
    max_examples=150 if os.environ.get("LEGATION_SLOW") else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

SENTENCES = [
    "Dined with Mr. Halifax at the Savoy.",
    "Lord Halifax called on me in the morning.",
    "Halifax spoke of the spring.",
    "Mr. Butler and Sir Horace Wilson came to lunch.",
    "Butler was late.",
    "Saw Anthony Eden; Eden was tired.",
    "My wife and I walked in the park with Mrs. Butler.",
    "Mrs. Butler said that Mr. Eden would resign.",
    "Met Captain Cocke on the stairs.",
    "Captain Cocke and Cocke's brother stayed to supper.",
    "John Cocke and Mr. Cooke came in together.",
    "A letter from R. A. Butler.",
    "Tea with [[Horace Wilson]] and @butler.",
    "Mr. Eden, the Foreign Secretary, received me at the Foreign Office.",
    "I told Wilson that I should not go.",
    "The French ambassador was there, and Lord Halifax.",
    "My father wrote. Mr. Cock did not.",
    "On Tuesday I shall dine with Mr. Cooke and Mr. Eden.",
    "Winston Churchill gave a dinner; Mr. Eden and Mrs. Butler were present.",
    "Churchill was in good form.",
    "Prime Minister Churchill was silent, and Mr. Churchill's car waited.",
    "I spoke with my Lord.",
]
CARDS = [
    ("u-halifax", "Edward Halifax", "Lord", "Halifax", "Edward", "halifax@example.org"),
    ("u-butler", "Richard Butler", "", "Butler", "Richard", "rab@example.org"),
    ("u-butler2", "Richard Butler", "", "Butler", "Richard", "other@example.org"),
    ("", "Richard Austen Butler", "", "Butler", "Richard Austen", "rab@example.org"),
    ("u-eden", "Anthony Eden", "Mr.", "Eden", "Anthony", "eden@example.org"),
    ("u-me", "Ivan Maisky", "", "Maisky", "Ivan", "me@example.org"),
    ("u-cooke", "George Cooke", "Captain", "Cooke", "George", ""),
]


def card_text(number: int) -> str:
    uid, full, prefix, surname, given_name, email = CARDS[number]
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{full}", f"N:{surname};{given_name};;{prefix};"]
    lines += [f"UID:{uid}"] if uid else []
    lines += [f"EMAIL:{email}"] if email else []
    return "\r\n".join([*lines, "BDAY:1890-04-0" + str(number + 1), "END:VCARD", ""])


def event_text(number: int, cards: set[int]) -> str:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"UID:e{number}", f"DTSTART;VALUE=DATE:1939030{number + 1}"]
    lines += [
        f"ATTENDEE;CN={CARDS[c][1]}:mailto:{CARDS[c][5] or 'nobody@example.org'}" for c in sorted(cards)
    ]
    return "\r\n".join([*lines, "SUMMARY:Lunch", "END:VEVENT", "END:VCALENDAR", ""])


def entry_text(numbers: list[int]) -> str:
    return " ".join(SENTENCES[n] for n in numbers) + "\n"


def day(number: int) -> str:
    return (dt.date(1939, 3, 1) + dt.timedelta(days=number)).isoformat()


entries = st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4)
folders = st.dictionaries(st.integers(0, 7), entries, min_size=2, max_size=6)
card_sets = st.sets(st.integers(0, len(CARDS) - 1), max_size=4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 7), entries),
        st.tuples(st.just("append"), st.integers(0, 7), entries),
        st.tuples(st.just("delete"), st.integers(0, 7)),
        st.tuples(st.just("card"), st.integers(0, len(CARDS) - 1)),
        st.tuples(st.just("uncard"), st.integers(0, len(CARDS) - 1)),
        st.tuples(st.just("paper"), st.integers(0, 3), entries),
        st.tuples(st.just("answer"), st.integers(0, 40), st.integers(0, 5)),
        st.tuples(st.just("merge"), st.integers(0, 40), st.integers(0, 40)),
        st.tuples(st.just("part"), st.integers(0, 40), st.integers(0, 40)),
        st.tuples(st.just("split"), st.integers(0, 40)),
        st.tuples(st.just("reject"), st.integers(0, 40)),
        st.tuples(
            st.just("correct"), st.integers(0, 40), st.sampled_from(["form", "on", "person", "role", "due"])
        ),
        st.tuples(st.just("confirm"), st.integers(0, 40)),
        st.tuples(st.just("rename"), st.integers(0, 40), st.integers(0, 40), st.integers(0, 7)),
        st.tuples(st.just("from"), st.integers(0, 40), st.integers(0, 40), st.integers(0, 7), st.booleans()),
        st.tuples(st.just("undo"), st.integers(0, 6)),
        st.tuples(st.just("note"), entries),
        st.tuples(st.just("event"), st.integers(0, 3), st.sets(st.integers(0, len(CARDS) - 1), max_size=3)),
    ),
    min_size=2,
    max_size=6,
)


class World:
    """A workspace with a folder of the user's in it, so that ids are the same wherever it lies."""

    def __init__(self, base: Path, name: str = "work", files: Path | None = None):
        self.files = base / name / "files"
        if files is not None:
            shutil.copytree(files, self.files)
        for folder in ("diary", "papers", "book"):
            (self.files / folder).mkdir(parents=True, exist_ok=True)
        init_workspace(base / name, "Ivan Maisky")
        self.space = open_workspace(base / name, workers=1)
        self.ledger, self.judge = self.space.ledger, self.space.judge

    def write_entry(self, number: int, sentences: list[int]) -> None:
        (self.files / "diary" / f"{day(number)}.md").write_text(entry_text(sentences), encoding="utf-8")

    def rows(self, table: str, *order: str, **equals):
        with self.ledger.store.looking() as tx:
            return tx.load(table, order=order, **equals)

    def pick(self, table: str, key: str, number: int) -> str:
        found = self.rows(table, key)
        if not found:
            raise NothingThereError
        return found[number % len(found)][key]

    def judge_one(self, step: tuple) -> None:
        kind = step[0]
        if kind == "answer":
            questions = self.rows("questions", "question")
            if not questions:
                raise NothingThereError
            question = questions[step[1] % len(questions)]
            keys = [o[0] for o in json.loads(question["options"])] + ["later"]
            self.judge.answer(question["question"], keys[step[2] % len(keys)])
        elif kind in ("merge", "part"):
            a, b = (self.pick("people", "person", n) for n in step[1:])
            (self.judge.merge if kind == "merge" else self.judge.part)(a, b)
        elif kind == "rename":
            self.judge.merge(*(self.pick("people", "person", n) for n in step[1:3]), day(step[3]))
        elif kind == "from":
            person = self.pick("people", "person", step[2])
            bound = {"until" if step[4] else "since": day(step[3])}
            self.judge.name_from(self.pick("mentions", "mention", step[1]), person, **bound)
        elif kind == "split":
            self.judge.split(self.pick("mentions", "mention", step[1]))
        elif kind in ("reject", "confirm"):
            tables = (("accounts", "account"), ("mentions", "mention"), ("findings", "finding"))
            getattr(self.judge, kind)(self.pick(*tables[step[1] % 3], step[1]))
        elif kind == "correct":
            if step[2] == "person":
                mention = self.pick("mentions", "mention", step[1])
                self.judge.correct(mention, {"person": self.pick("people", "person", step[1] + 3)})
            elif step[2] == "role":
                self.give_role(step[1])
            elif step[2] == "due":
                promises = self.rows("findings", "finding", kind="promise")
                if not promises:
                    raise NothingThereError
                self.judge.correct(promises[step[1] % len(promises)]["finding"], {"due": day(3)})
            else:
                value = {"form": "walk", "on": day(3)}[step[2]]
                self.judge.correct(self.pick("accounts", "account", step[1]), {step[2]: value})
        elif kind == "undo":
            live = [r["judgement"] for r in self.rows("judgements", "seq") if r["kind"] != "retract"]
            if not live:
                raise NothingThereError
            self.judge.undo(live[-1 - step[1] % len(live)])

    def give_role(self, number: int) -> None:
        """Say who has a part in a finding."""
        found = self.rows("findings", "finding")
        if not found:
            raise NothingThereError
        finding = found[number % len(found)]
        roles = FINDING_ROLES[finding["kind"]]
        people = {self.pick("people", "person", number + n) for n in range(1, 2 + number % 2)}
        self.judge.correct(finding["finding"], {roles[number % len(roles)]: " ".join(sorted(people))})

    def change(self, step: tuple) -> None:
        kind = step[0]
        diary, book = self.files / "diary", self.files / "book"
        if kind == "write":
            self.write_entry(step[1], step[2])
        elif kind == "append":
            path = diary / f"{day(step[1])}.md"
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(before + entry_text(step[2]), encoding="utf-8")
        elif kind == "delete":
            (diary / f"{day(step[1])}.md").unlink(missing_ok=True)
        elif kind == "card":
            (book / f"{step[1]}.vcf").write_text(card_text(step[1]), encoding="utf-8", newline="")
        elif kind == "uncard":
            (book / f"{step[1]}.vcf").unlink(missing_ok=True)
        elif kind == "paper":
            head = "MEMORANDUM OF CONVERSATION\n\nLondon, March 3, 1939.\n\nPARTICIPANTS\nMr. Eden\nR. A. Butler\n\n"
            (self.files / "papers" / f"p{step[1]}.txt").write_text(
                head + entry_text(step[2]), encoding="utf-8"
            )
        elif kind == "event":
            (book / f"e{step[1]}.ics").write_text(event_text(*step[1:]), encoding="utf-8", newline="")
        elif kind == "note":
            self.ledger.note(entry_text(step[1]).strip(), f"notes/{day(step[1][0])}", "Ivan Maisky")
            return
        self.ledger.import_paths([self.files])

    def prove(self, said: object) -> None:
        found = self.ledger.check()
        assert found == [], "\n".join([repr(said), *found])
        wrong = self.ledger.verify()
        assert wrong == [], (said, wrong)


class NothingThereError(Exception):
    """There is nothing of the kind to judge."""


def differences(one, other) -> list[str]:
    with one.store.looking() as mine, other.store.looking() as theirs:
        return [line for table in DERIVED for line in compare_tables(mine, theirs, table.name)]


JUDGING = {"rename", "from", "answer", "merge", "part", "split", "reject", "confirm", "correct", "undo"}


@pytest.fixture(scope="module", autouse=True)
def findings():
    """Let every text tell a few findings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(legation.ledger.read, "read_document", finder.read_with_findings)
        yield


@SLOW
@given(folders, card_sets, steps)
def test_incremental_equals_rebuilt_after_every_step(folder, cards, taken):
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name))
        for number, sentences in folder.items():
            world.write_entry(number, sentences)
        for number in sorted(cards):
            world.change(("card", number))
        world.ledger.import_paths([world.files])
        done = []
        for step in taken:
            done.append(step)
            if step[0] in JUDGING:
                before = world.ledger.hashes()["derived"]
                count = len(world.rows("judgements"))
                try:
                    world.judge_one(step)
                except (NothingThereError, LegationError):
                    assert world.ledger.hashes()["derived"] == before
                    continue
                world.prove((folder, sorted(cards), done))
                if step[0] != "undo" and len(world.rows("judgements")) == count + 1:
                    after = world.ledger.hashes()["derived"]
                    last = world.rows("judgements", "seq")[-1]
                    world.judge.undo(last["judgement"])
                    if last["kind"] != "retract":
                        assert world.ledger.hashes()["derived"] == before, (
                            "undo",
                            folder,
                            sorted(cards),
                            done,
                        )
                    world.judge_one(step)
                    assert world.ledger.hashes()["derived"] == after, ("again", folder, sorted(cards), done)
            else:
                world.change(step)
                world.prove((folder, sorted(cards), done))
        world.space.close()


@SLOW
@given(folders, card_sets, st.integers(0, 2**32))
def test_order_and_grouping_of_imports_do_not_matter(folder, cards, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        once = World(base, "once")
        for number, sentences in folder.items():
            once.write_entry(number, sentences)
        for number in cards:
            (once.files / "book" / f"{number}.vcf").write_text(
                card_text(number), encoding="utf-8", newline=""
            )
        once.ledger.import_paths([once.files])
        pieces = World(base, "pieces", once.files)
        paths = sorted(p for p in pieces.files.rglob("*") if p.is_file())
        chance.shuffle(paths)
        while paths:
            count = chance.randint(1, len(paths))
            pieces.ledger.import_paths(paths[:count])
            paths = paths[count:]
        said = "\n".join([repr((folder, sorted(cards), seed)), *differences(once.ledger, pieces.ledger)])
        assert "\n" not in said, said
        assert pieces.ledger.hashes() == once.ledger.hashes()
        once.space.close()
        pieces.space.close()


@SLOW
@given(folders, card_sets, steps)
def test_an_export_is_restored_to_the_same_hashes(folder, cards, taken):
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        world = World(base)
        for number, sentences in folder.items():
            world.write_entry(number, sentences)
        for number in sorted(cards):
            world.change(("card", number))
        world.ledger.import_paths([world.files])
        done = []
        for step in taken:
            try:
                world.judge_one(step) if step[0] in JUDGING else world.change(step)
            except (NothingThereError, LegationError):
                continue
            done.append(step)
        export_ledger(world.ledger, base / "out")
        init_workspace(base / "again", "Ivan Maisky")
        again = open_workspace(base / "again", workers=1)
        shutil.rmtree(world.files)
        hashes = restore_ledger(again.ledger, base / "out")
        said = "\n".join([repr((folder, sorted(cards), done)), *differences(world.ledger, again.ledger)])
        assert "\n" not in said, said
        assert hashes == world.ledger.hashes()
        assert again.ledger.check() == []
        assert again.ledger.verify() == []
        again.close()
        world.space.close()
