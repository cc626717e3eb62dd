"""What the faces do with who is who: questions about a single use, answers for some days, new names."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from fastapi.testclient import TestClient
from ledger_home import Home

from legation.desk.cli import main
from legation.desk.web.app import make_app
from legation.facts.errors import UsageError
from legation.workspace.api import Desk

PORT = 8743
HOME = f"http://127.0.0.1:{PORT}"
COOKIE = {"cookie": f"legation_{PORT}=token"}
SAME = {**COOKIE, "origin": HOME, "sec-fetch-site": "same-origin"}
DAYS = {
    "1660-03-05.md": "I met Mr. Henry Brandt at Whitehall. I met Mr. Robert Brandt there.\n",
    "1660-03-06.md": "I dined with Brandt at the Swan. My Lord was at home.\n",
    "1660-05-01.md": "Dined with my Lord. Edward Montagu was there.\n",
    "1660-06-01.md": "I walked with my Lord in the garden.\n",
    "1660-07-01.md": "I spoke with my Lord. Lord Brouncker was there.\n",
}


class Faces:
    """A small diary, its desk, its pages and its commands."""

    def __init__(self, base: Path) -> None:
        self.home = Home(base, "Samuel Clerk")
        for name, text in DAYS.items():
            self.home.write(name, text)
        self.home.take()
        self.root = base / "work"
        space = self.home.space
        self.desk = Desk(space.ledger.store, space.settings, space.clock, space.judge)
        app = make_app(self.desk, token="token", port=PORT)
        self.web = TestClient(app, base_url=HOME, headers=COOKIE, follow_redirects=False)

    def run(self, *words: str, stdin: str | None = None) -> str:
        found = CliRunner().invoke(main, [words[0], "-w", str(self.root), *words[1:]], input=stdin)
        assert found.exit_code == 0, found.output
        return found.stdout

    def ask(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))

    def post(self, path: str, **form: str) -> str:
        """Send a form and return the page that follows."""
        answer = self.web.post(path, data=form, headers=SAME)
        assert answer.status_code == 303, answer.text
        return self.web.get(answer.headers["location"]).text

    def mentions(self, quote: str) -> list[dict[str, Any]]:
        dates = {r["item"]: r["written_on"] for r in self.home.rows("items")}
        rows = [r for r in self.home.rows("mentions") if r["quote"].casefold() == quote]
        return sorted(rows, key=lambda r: (dates[r["item"]], r["start"]))

    def lords(self) -> list[str]:
        """Return who "my Lord" is, day by day; "ask" where nobody is known."""
        names = {r["person"]: r["name"] for r in self.home.rows("people")}
        return [names.get(m["person"], m["state"]) for m in self.mentions("my lord")]

    def person(self, name: str) -> str:
        return next(r["person"] for r in self.home.rows("people") if r["name"] == name)

    def derived(self) -> str:
        return str(self.home.ledger.hashes()["derived"])

    def who_is(self, name: str, topic: str = "names") -> Any:
        found, _ = self.desk.questions(topic=topic)
        return next(q for q in found if name in q.prompt)


@pytest.fixture
def faces(tmp_path: Path) -> Any:
    made = Faces(tmp_path)
    yield made
    made.home.space.close()


# ── used once ───────────────────────────────────────────────────────────────────────────


def test_a_name_used_once_is_asked_about_aside(faces: Faces) -> None:
    question = faces.who_is("Brandt", "once")
    assert question.state == "once"
    assert question.id not in {q.id for q in faces.desk.questions()[0]}
    assert faces.desk.open_count() == faces.desk.waiting().total == faces.desk.questions()[1]
    once = faces.desk.waiting().once
    assert once == faces.desk.questions(topic="once")[1] > 0
    page = faces.web.get("/review").text
    assert re.search(rf'href="/review\?topic=once">and {once} about (a name|names) used once</a>', page)
    page = faces.web.get("/review?topic=once").text
    assert f'data-question="{question.id}"' in page
    assert re.search(r"<h1>\w+ questions? about (a name|names) used once</h1>", page)
    assert faces.web.get(f"/review/{question.id}").status_code == 200


def test_a_name_used_once_is_answered_where_it_stands_and_taken_back(faces: Faces) -> None:
    question, before = faces.who_is("Brandt", "once"), faces.derived()
    item = question.words[0].item
    page = faces.web.get(f"/diary/{item}").text
    assert f'data-question="{question.id}"' in page
    key = next(o.key for o in question.options if "Robert" in o.label)
    page = faces.post(f"/review/{question.id}", key=key, back=f"/diary/{item}")
    assert f'data-question="{question.id}"' not in page
    (mention,) = faces.mentions("brandt")
    assert mention["person"] == faces.person("Mr. Robert Brandt")
    faces.post("/undo")
    assert faces.derived() == before


def test_names_used_once_in_the_terminal(faces: Faces) -> None:
    question, before = faces.who_is("Brandt", "once"), faces.derived()
    told = faces.ask("review", "--once", "--list")
    assert question.id in {q["id"] for q in told["questions"]}
    assert {q["state"] for q in told["questions"]} == {"once"}
    assert told["total"] == told["waiting"]["once"]
    assert f"{told['total']} used once" in faces.run("review", "--list")
    said = faces.run("review", "--once", stdin="1\nz\nq\n")
    assert "Taken back" in said
    assert faces.derived() == before


# ── for some days ───────────────────────────────────────────────────────────────────────


def test_an_answer_holds_for_the_days_that_are_given(faces: Faces) -> None:
    question, before = faces.who_is("my Lord"), faces.derived()
    assert question.dated
    form = {"key": "n", "name": "Sandwich", "since": "1660-05-01", "until": "1660-06-15"}
    page = faces.post(f"/review/{question.id}", **form)
    assert "Sandwich, from 1 May 1660, until 15 June 1660." in page
    assert faces.lords() == ["ask", "Sandwich", "Sandwich", "ask"]
    page = faces.post("/undo")
    assert "from 1660-05-01" in page
    assert faces.derived() == before
    made = faces.ask("review", "--answer", question.id, "n", "--name", "Sandwich", "--since", "1660-06")
    assert made["says"] == "Answered from 1660-06."
    assert faces.lords() == ["ask", "ask", "Sandwich", "Sandwich"]
    faces.run("undo", made["judgement"])
    assert faces.derived() == before


def test_the_page_offers_days_only_where_a_name_is_asked_about(faces: Faces) -> None:
    question = faces.who_is("my Lord")
    page = faces.web.get(f"/review/{question.id}").text
    assert "<summary>Only for some days</summary>" in page
    assert re.search(r'<select name="key"><option value="n">', page)
    # Beside an entry its own day is written in.
    page = faces.web.get(f"/diary/{faces.mentions('my lord')[2]['item']}").text
    assert (
        'name="since" type="text" size="10" autocomplete="off" placeholder="1661-05-01" value="1660-06-01"'
        in page
    )


@pytest.mark.parametrize(("since", "until"), [("1660-07-01", "1660-06-01"), ("soon", ""), ("", "1660-13-01")])
def test_days_that_are_none_are_turned_away(faces: Faces, since: str, until: str) -> None:
    question, before = faces.who_is("my Lord"), faces.derived()
    form = {"key": "n", "since": since, "until": until}
    assert faces.web.post(f"/review/{question.id}", data=form, headers=SAME).status_code == 400
    mention = faces.mentions("my lord")[0]["mention"]
    with pytest.raises(UsageError):
        faces.desk.name_from(mention, name="Sandwich", since=since, until=until)
    assert faces.derived() == before


def test_from_this_entry_on_somebody_else(faces: Faces) -> None:
    first, _, third, last = faces.mentions("my lord")
    before = faces.derived()
    page = faces.web.get(f"/fact/{first['mention']}").text
    assert "From this entry on" in page
    page = faces.post(f"/fact/{first['mention']}/person", name="Edward Montagu", days="1")
    assert "That is Edward Montagu, from this day on." in page
    assert faces.lords() == ["Edward Montagu"] * 4
    page = faces.web.get(f"/fact/{last['mention']}").text
    assert "<summary>From this entry on somebody else</summary>" in page
    faces.post(f"/fact/{last['mention']}/person", name="Lord Brouncker", since="1660-07-01")
    assert faces.lords() == ["Edward Montagu"] * 3 + ["Lord Brouncker"]
    faces.post("/undo")
    assert faces.lords() == ["Edward Montagu"] * 4
    told = faces.run("split", third["mention"], "--from-here", "--person", "Lord Brouncker")
    assert "from its own day on" in " ".join(told.split())
    assert faces.lords() == ["Edward Montagu"] * 2 + ["Lord Brouncker"] * 2
    faces.run("undo")
    faces.run("split", third["mention"], "--name", "my Lord Crew", "--until", "1660-06-30")
    assert faces.lords() == ["my Lord Crew"] * 3 + ["Edward Montagu"]
    faces.run("undo")
    faces.run("undo")
    assert faces.derived() == before
    faces.home.sound()


def test_one_use_is_given_to_somebody_on_record(faces: Faces) -> None:
    first = faces.mentions("my lord")[0]
    faces.run("split", first["mention"], "--person", "Edward Montagu")
    assert faces.lords()[0] == "Edward Montagu"
    words = ["split", "-w", str(faces.root), first["mention"], "--person", "Lord Brouncker", "--name", "X"]
    assert CliRunner().invoke(main, words).exit_code == 2


def test_a_new_name_from_a_day_on(faces: Faces) -> None:
    edward, lord, before = faces.person("Edward Montagu"), faces.person("Lord Brouncker"), faces.derived()
    page = faces.web.get(f"/people/{edward}/merge?q=brouncker").text
    assert 'name="since"' in page
    page = faces.post(f"/people/{edward}/merge", other=lord, since="1660-06-02")
    assert "so named from 2 June 1660 on." in page
    assert faces.mentions("lord brouncker")[0]["person"] == faces.mentions("edward montagu")[0]["person"]
    faces.post("/undo")
    assert faces.derived() == before
    told = faces.ask("merge", "Edward Montagu", "Lord Brouncker", "--since", "1660-06-02")
    assert told["says"] == "Edward Montagu and Lord Brouncker are one person, so named from 1660-06-02 on."
    faces.run("undo", told["judgement"])
    assert faces.derived() == before
