"""Questions answered by keyboard: after each step entry, person page and list of encounters agree."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from served import Desk, serving, visiting

pytestmark = pytest.mark.browser

#: Three days of a diary of 1660, our own words; the second is the entry that is read.
DAYS = {
    "1660-03-05": "5th. Mr. Henry Moore came to my house and we talked of the fleet. Mr. Robert Moore is in Kent.\n",
    "1660-03-06": (
        "6th. I dined with Mr. Moore at the Swan. He told me that the fleet would sail on Monday, and promised"
        " to send me word of it on the 9th.\n\nAfterwards I called on Mr. Creed, who was at home, and we drank"
        " a glass of wine. I supped with Mr. Fuller.\n"
    ),
    "1660-03-07": (
        "7th. Mr. John Creed and I walked to Whitehall. I met Mr. Edward Creed there. Mr. Moore dined with me."
        " In the evening came Mr. Thomas Fuller and Mr. William Fuller.\n"
    ),
}
ENTRY = "1660-03-06"


def open_days(folder: Path) -> Any:
    """Return a desk on a workspace of these days."""
    from legation.workspace.look import open_judging_desk
    from legation.workspace.open import open_workspace

    (folder / "diary").mkdir(parents=True)
    for day, text in DAYS.items():
        (folder / "diary" / f"{day}.md").write_text(text, encoding="utf-8")
    write_settings(folder, "Samuel Clerk", "1660-03-08")
    workspace = open_workspace(folder, workers=1)
    workspace.ledger.import_paths([folder / "diary"])
    workspace.close()
    return open_judging_desk(folder)


def open_year(folder: Path, texts: Path) -> Any:
    """Return a desk on a workspace of the real year."""
    from legation.workspace.look import open_judging_desk
    from legation.workspace.open import open_workspace

    shutil.copytree(texts, folder / "diary")
    write_settings(folder, "Samuel Pepys", "1660-12-31")
    workspace = open_workspace(folder, workers=1)
    workspace.ledger.import_paths([folder / "diary"])
    workspace.close()
    return open_judging_desk(folder)


def write_settings(folder: Path, owner: str, today: str) -> None:
    (folder / "plan.toml").write_text("", encoding="utf-8")
    (folder / "legation.toml").write_text(
        f'[workspace]\nname = "1660"\nowner = "{owner}"\ntoday = {today}\n\n'
        f'[[source]]\npath = "diary"\nauthor = "{owner}"\n',
        encoding="utf-8",
    )


class Told:
    """What the pages and the commands say of one entry, for comparing."""

    def __init__(self, page: Any, desk: Desk, folder: Path, item: str) -> None:
        self.page, self.desk, self.folder, self.item = page, desk, folder, item

    def ask(self, *words: str) -> Any:
        """Return a command's JSON."""
        from legation.desk.cli import main

        found = CliRunner().invoke(main, [words[0], "-w", str(self.folder), *words[1:], "--json"])
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    def compare(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Compare entry, encounter list, person pages and commands; return encounters: state, people.

        Only the encounters that the entry tells of count.
        """
        entry = self.ask("entry", self.item)
        said = {
            n["fact"]: (n["state"], frozenset(p["id"] for p in n["people"]))
            for n in entry["notes"]
            if n["fact"].startswith("a-") and n["status"] in ("held", "reported")
        }
        on = entry["written_on"]
        listed = {
            e["id"]: (e["state"], frozenset(p["id"] for p in e["people"]))
            for e in self.ask("encounters", "--since", on, "--until", on, "--limit", "1000")["encounters"]
            if {w["item"] for w in e["accounts"]} == {self.item} and len(e["accounts"]) == 1
        }
        told = {}
        for account, (state, people) in said.items():
            encounter = self.ask("explain", account)["fact"]["encounter"]
            if not encounter:
                # What waits for an answer is no encounter yet, and stands in no list.
                assert state == "ask"
                continue
            if encounter in listed:
                assert listed[encounter] == (state, people), account
            told[encounter] = (state, people)
        # The page of the entry shows the same states.
        self.page.goto(f"{self.desk.address}/diary/{self.item}")
        for note in entry["notes"]:
            mark = self.page.locator(f"#w-{note['key']}")
            assert mark.count() == 1, note
            assert note["state"] in (mark.get_attribute("class") or "").split(), note
        # Everybody's page tells of the encounter, in the same state; nobody else's does.
        for encounter, (state, people) in told.items():
            for person in people:
                brief = self.ask("brief", person)
                mine = {e["id"]: e["state"] for e in (*brief["encounters"], *brief["later"])}
                if encounter in mine or brief["encounter_count"] <= len(brief["encounters"]):
                    assert mine.get(encounter) == state, (person, encounter)
                    self.page.goto(f"{self.desk.address}/people/{person}?all=1")
                    row = self.page.locator(f".years li:has(a[href*='{encounter}'])").first
                    assert row.locator(f".st.{state}").count() >= 1, (person, encounter)
        return told

    def waiting(self) -> int:
        """Return how many questions are open, as head, title and commands say."""
        total = int(self.ask("review", "--list")["total"])
        self.page.goto(f"{self.desk.address}/review")
        badge = self.page.locator(".n-open")
        shown = int(re.sub(r"\D", "", badge.inner_text())) if badge.count() else 0
        assert shown == total
        return total


def settle_three(page: Any, desk: Desk, folder: Path, item: str) -> None:
    """Answer three questions of an entry by keys, take one back; everything agrees at each step."""
    told = Told(page, desk, folder, item)
    before, waiting = told.compare(), told.waiting()
    assert before, "the entry tells of no encounter"
    made: list[str] = []
    path = f"/review?item={item}"
    seen = [before]
    for _ in range(3):
        page.goto(desk.address + path)
        now = page.locator(".ask-one.now")
        question = now.get_attribute("data-question")
        assert question
        assert question not in made
        key = now.locator(".answers [data-key]").first.get_attribute("data-key")
        page.keyboard.press(key)
        page.wait_for_selector(".notice")
        assert page.locator(f"[data-question='{question}']").count() == 0
        made.append(question)
        seen.append(told.compare())
        assert told.waiting() < waiting
    assert seen[-1] != before, "no answer changed what the entry tells"
    # The last answer is taken back by its key: all is as after the second.
    page.goto(f"{desk.address}/review")
    page.keyboard.press("z")
    page.wait_for_selector(".notice:has-text('Taken back')")
    assert told.compare() == seen[-2]
    found = told.ask("review", "--list", "--limit", "100000")["questions"]
    assert made[-1] in {q["id"] for q in found}
    assert len(told.ask("history")["judgements"]) == 2


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    with visiting(chromium) as visit:
        yield visit


def item_of(desk_folder: Path, day: str) -> str:
    from legation.desk.cli import main

    found = CliRunner().invoke(main, ["entries", "-w", str(desk_folder), "--year", day, "--json"])
    return str(json.loads(found.stdout)["entries"][0]["item"])


def test_three_answers_by_keys_and_one_taken_back(tmp_path: Path, open_page: Any) -> None:
    folder = tmp_path / "days"
    with serving(lambda: open_days(folder)) as desk:
        page = open_page(desk, "/review")
        settle_three(page, desk, folder, item_of(folder, ENTRY))


@pytest.mark.data
def test_the_same_in_an_entry_of_the_real_year(tmp_path: Path, open_page: Any, data_dir: Path) -> None:
    folder = tmp_path / "year"
    with serving(lambda: open_year(folder, data_dir / "diary-pepys" / "1660")) as desk:
        page = open_page(desk, "/review")
        settle_three(page, desk, folder, item_of(folder, "1660-03-06"))
