"""Every command on a small workspace: what it prints, its JSON, and what it changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legation.desk.cli import main
from legation.desk.cli.commands.taking import parse_columns
from legation.facts.errors import UsageError

FILES = {
    "diary/1939-03-08.md": "I had lunch with Lord Halifax at the Carlton Club. We spoke of the guarantee.\n",
    "diary/1939-03-09.md": "Dined with Halifax. Cadogan was not there.\n",
    "diary/1939-03-10.md": "I called on Mr. Robert Hudson. Hudson spoke of trade.\n",
    "diary/1939-03-11.md": "Letter from Wood. The younger Wood, Mr. Charles Wood, is in Paris.\n",
    "people.vcf": (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:halifax\r\nFN:Lord Halifax\r\nTITLE:Foreign Secretary\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:wood\r\nFN:Edward Wood\r\nEND:VCARD\r\n"
    ),
    "picture.png": "\x89PNG\r\n\x1a\n",
}


def run(root: Path, *words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [words[0], "-w", str(root), *words[1:]], input=stdin)


def ask(root: Path, *words: str) -> Any:
    found = run(root, *words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one workspace for all tests here; each takes a copy."""
    root = tmp_path_factory.mktemp("cli") / "work space"
    init = CliRunner().invoke(main, ["init", str(root), "--owner", "Ivan Maisky"])
    assert init.exit_code == 0, init.output
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(text.encode("latin-1"))
    (root / "legation.toml").write_text(
        '[workspace]\nname = "w"\nowner = "Ivan Maisky"\ntoday = 1939-03-11\n', encoding="utf-8"
    )
    found = run(root, "import", str(root / "diary"), str(root / "people.vcf"), str(root / "picture.png"))
    assert found.exit_code == 0, found.output
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    return copy


def encounter(root: Path) -> str:
    return str(ask(root, "encounters", "--with", "Lord Halifax")["encounters"][-1]["id"])


# ── taking in ───────────────────────────────────────────────────────────────────────────


def test_a_folder_becomes_a_workspace_once(tmp_path: Path) -> None:
    first = CliRunner().invoke(main, ["init", str(tmp_path / "w"), "--owner", "A B", "--json"])
    assert json.loads(first.stdout) == {"version": 1, "workspace": str(tmp_path / "w"), "owner": "A B"}
    assert CliRunner().invoke(main, ["init", str(tmp_path / "w")]).exit_code == 2


def test_an_import_accounts_for_everything(root: Path) -> None:
    receipt = ask(root, "import", str(root / "diary"), str(root / "people.vcf"), str(root / "picture.png"))
    assert receipt["totals"]["files"] == {
        "read": 0,
        "unchanged": 5,
        "changed": 0,
        "gone": 0,
        "skipped": 1,
        "problem": 0,
    }
    assert receipt["totals"]["items"]["unchanged"] == 6
    said = run(root, "import", str(root / "picture.png")).stdout
    assert "Left out" in said


def test_without_a_path_the_workspace_itself_is_read(root: Path) -> None:
    receipt = ask(root, "import")
    assert receipt["totals"]["items"]["unchanged"] == 6


def test_a_path_that_is_not_there_is_an_error(root: Path) -> None:
    assert run(root, "import", str(root / "nothing")).exit_code == 3


def test_columns_are_mapped() -> None:
    assert parse_columns(("Post=title", "a=b=tel")) == {"Post": "title", "a=b": "tel"}
    assert parse_columns(()) is None
    with pytest.raises(UsageError):
        parse_columns(("Post",))


def test_a_note_is_a_document(root: Path) -> None:
    noted = ask(root, "note", "11 March 1939. Tea with Lady Astor.")
    assert ask(root, "entry", noted["item"])["text"] == "11 March 1939. Tea with Lady Astor."
    assert ask(root, "note", "11 March 1939. Tea with Lady Astor.")["item"] == noted["item"]
    assert run(root, "note", " ").exit_code == 2


# ── looking ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("today",), "today"),
        (("today", "--on", "1939-03-09"), "today"),
        (("brief", "Lord Halifax"), "brief"),
        (("people",), "people"),
        (("people", "halifax", "--order", "closeness"), "people"),
        (("encounters",), "encounters"),
        (("encounters", "--since", "1939", "--until", "1939-03"), "encounters"),
        (("search", "guarantee"), "search"),
        (("search", "spoke", "--person", "Lord Halifax", "--kind", "entry"), "search"),
        (("entries",), "entries"),
        (("review", "--list"), "questions"),
        (("history",), "history"),
    ],
)
def test_what_is_looked_up_is_text_and_json(made: Path, words: tuple[str, ...], kind: str) -> None:
    assert ask(made, *words)["kind"] == kind
    assert ask(made, *words)["version"] == 1
    said = run(made, *words)
    assert said.exit_code == 0, said.output
    assert said.stdout.strip()
    assert "\x1b" not in said.stdout


def test_today_says_when_and_of_whom(made: Path) -> None:
    said = run(made, "today").stdout
    assert said.startswith("11 March 1939 · Ivan Maisky")
    assert "Lunch with Lord Halifax" in said
    assert run(made, "today", "--on", "yesterday").exit_code == 2


def test_a_found_word_is_shown_in_its_text(made: Path) -> None:
    found = ask(made, "search", "guarantee")
    assert found["total"] == 1
    assert "guarantee" in found["hits"][0]["pieces"]
    assert "not in any text" in run(made, "search", "zeppelin").stdout.lower()


def test_nobody_and_several_have_their_exit_codes(made: Path) -> None:
    nobody = run(made, "brief", "Nobody")
    assert nobody.exit_code == 3
    assert nobody.stdout == ""


def test_an_entry_and_a_fact_are_explained(made: Path) -> None:
    fact = encounter(made)
    told = ask(made, "explain", fact)["fact"]
    assert told["words"][0]["quote"] in FILES["diary/1939-03-08.md"]
    assert "Its words" in run(made, "explain", fact).stdout
    item = told["words"][0]["item"]
    assert "Carlton Club" in run(made, "entry", item).stdout
    assert run(made, "explain", "e-nothing").exit_code == 3


# ── deciding ────────────────────────────────────────────────────────────────────────────


def test_a_reading_is_confirmed_corrected_rejected_and_taken_back(root: Path) -> None:
    fact = encounter(root)
    assert ask(root, "confirm", fact)["judgement"].startswith("j-")
    assert run(root, "undo").exit_code == 0
    assert ask(root, "correct", encounter(root), "form=breakfast")["says"].endswith("form breakfast.")
    assert "breakfast" in {e["form"] for e in ask(root, "encounters")["encounters"]}
    assert run(root, "correct", encounter(root), "form=brawl").exit_code == 2
    assert run(root, "correct", encounter(root), "form").exit_code == 2
    ask(root, "undo")
    before = ask(root, "encounters")["total"]
    ask(root, "reject", encounter(root))
    assert ask(root, "encounters")["total"] == before - 1
    ask(root, "undo")
    assert ask(root, "encounters")["total"] == before
    assert run(root, "undo").exit_code == 3


def test_two_people_become_one_and_two_again(root: Path) -> None:
    before = ask(root, "people")["total"]
    ask(root, "merge", "Edward Wood", "Lord Halifax")
    assert ask(root, "people")["total"] == before - 1
    assert len(ask(root, "history")["judgements"]) == 1
    ask(root, "undo")
    assert ask(root, "people")["total"] == before


def test_questions_are_answered_by_lines(root: Path) -> None:
    before = ask(root, "review", "--list")
    assert before["total"] >= 1
    first = before["questions"][0]
    key = first["options"][0]["key"]
    said = run(root, "review", stdin=f"what\n{key}\nu\n0\nq\n")
    assert said.exit_code == 0, said.output
    assert "Keys: " in said.stdout
    assert "Taken back" in said.stdout
    assert ask(root, "review", "--list")["total"] == before["total"]
    assert ask(root, "review", "--answer", first["id"], key)["judgement"].startswith("j-")
    assert ask(root, "review", "--list")["total"] < before["total"]
    assert run(root, "review", "--answer", first["id"], key).exit_code == 3


def test_a_question_is_put_off_listed_and_asked_again(root: Path) -> None:
    total = ask(root, "review", "--list")["total"]
    said = run(root, "review", stdin="m\nl\nq\n")
    assert said.exit_code == 0, said.output
    assert "Put off" in said.stdout
    later = ask(root, "review", "--later")
    assert [q["state"] for q in later["questions"]] == ["later"]
    assert later["waiting"]["later"] == 1
    assert ask(root, "review", "--list")["total"] == total - 1
    question = later["questions"][0]["id"]
    assert question in run(root, "review", "--later").stdout
    assert ask(root, "review", "--again", question)["undone"] == "a question was put off"
    assert ask(root, "review", "--list")["total"] == total
    assert run(root, "review", "--again", question).exit_code == 3
    assert "Never to be asked" in run(root, "review", stdin="v\nz\n").stdout
    assert ask(root, "review", "--list")["total"] == total
    assert run(root, "review", "--topic", "weather").exit_code == 2
    assert ask(root, "review", "--list", "--topic", "judgements")["total"] == 0


@pytest.mark.parametrize("kind", ["statements", "promises", "introductions"])
def test_what_is_told_is_listed(root: Path, kind: str) -> None:
    found = ask(root, kind)
    assert found["kind"] == kind
    assert found["total"] == len(found[kind])
    said = run(root, kind)
    assert said.exit_code == 0, said.output
    for finding in found[kind]:
        assert finding["id"] in said.stdout
        told = ask(root, "explain", finding["id"])["fact"]
        assert told["kind"] == finding["kind"]
    assert run(root, kind, "--limit", "0").exit_code == 2
    nobody = ["--of", "Nobody At All"] if kind == "introductions" else ["--by", "Nobody At All"]
    assert run(root, kind, *nobody).exit_code == 3
    assert ask(root, kind, nobody[0], "me")["total"] >= 0


def test_a_finding_is_corrected_by_names(root: Path) -> None:
    (root / "diary" / "1939-03-05.md").write_text(
        "Lord Halifax told me that the talks would go on. Halifax promised to write to me tomorrow.\n"
    )
    assert run(root, "import", str(root / "diary")).exit_code == 0
    found = ask(root, "statements", "--by", "Lord Halifax")["statements"]
    if not found:
        pytest.fail("the plainest statement is not read")
    changes = ("speaker=Robert Hudson; me", "addressee=nobody", "mode=quoted")
    assert run(root, "correct", found[0]["id"], *changes).exit_code == 0
    assert ask(root, "statements", "--by", "Lord Halifax")["total"] == len(found) - 1
    (now,) = ask(root, "statements", "--by", "Robert Hudson")["statements"]
    assert now["state"] == "sure"
    assert now["mode"] == "quoted"
    assert {p["role"] for p in now["people"]} == {"speaker"}
    assert now["yours"] is True


def test_a_review_ends_with_its_input(root: Path) -> None:
    said = run(root, "review", stdin="")
    assert said.exit_code == 0
    assert "0 answers" in said.stdout


# ── keeping ─────────────────────────────────────────────────────────────────────────────


def test_a_rebuild_is_equal_and_everything_holds(root: Path) -> None:
    assert ask(root, "rebuild", "--check")["equal"] is True
    derived = ask(root, "hash")["derived"]
    assert ask(root, "rebuild")["derived"] == derived
    assert ask(root, "verify")["holds"] is True
    assert run(root, "hash").stdout.strip() == ask(root, "hash")["ledger"]


def test_an_export_is_restored_to_the_same_ledger(root: Path, tmp_path: Path) -> None:
    ask(root, "confirm", encounter(root))
    manifest = ask(root, "export", str(tmp_path / "out"))
    restored = ask(tmp_path / "again", "restore", str(tmp_path / "out"))
    assert restored["ledger"] == manifest["ledger"]
    assert restored["derived"] == manifest["derived"]
    assert ask(tmp_path / "again", "hash")["ledger"] == ask(root, "hash")["ledger"]
    assert run(root, "export", str(tmp_path / "out")).exit_code == 2
    spaced = run(root, "export", str(tmp_path / "my out")).output
    assert f"restore '{tmp_path / 'my out'}'" in " ".join(spaced.split())
    assert run(tmp_path / "third", "restore", str(tmp_path)).exit_code == 2
    assert not (tmp_path / "third").exists()
