"""Files become documents and arrivals: every one accounted for, none twice, none lost."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from legation.facts.errors import NotFoundError
from legation.ledger import ingest
from legation.workspace.open import open_workspace

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.space.close()


def test_a_file_is_read_then_unchanged_then_changed_then_gone(home):
    path = home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    assert home.items(home.take()) == {"read": 1}
    assert home.items(home.take()) == {"unchanged": 1}
    path.write_text("Saw Mr. Butler and Mr. Eden.\n", encoding="utf-8")
    assert home.items(home.take()) == {"changed": 1}
    path.unlink()
    receipt = home.take()
    assert home.items(receipt) == home.file_statuses(receipt) == {"gone": 1}
    assert home.rows("items") == []
    assert home.take().files == []
    home.sound()


def test_what_comes_back_is_read_again(home):
    path = home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    home.take()
    before = home.ledger.hashes()["derived"]
    path.unlink()
    home.take()
    home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    assert home.items(home.take()) == {"read": 1}
    # All but the arrival that the item stands on is as it was.
    assert len(home.rows("arrivals")) == 3
    assert home.ledger.hashes()["derived"] != before
    home.sound()


def test_a_touched_file_is_unchanged(home):
    path = home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    home.take()
    before = home.ledger.hashes()
    path.touch()
    home.take()
    assert home.ledger.hashes() == before


def test_one_entry_of_many_is_changed(home):
    days = [f"# 1939-03-0{n}\n\nDined with Mr. Butler.\n\n" for n in range(1, 6)]
    home.write("diary.md", "".join(days))
    assert home.items(home.take()) == {"read": 5}
    days[2] += "Mr. Eden came.\n\n"
    home.write("diary.md", "".join(days))
    receipt = home.take()
    assert home.items(receipt) == {"changed": 1, "unchanged": 4}
    assert receipt.files[0].status == "changed"
    del days[1]
    home.write("diary.md", "".join(days))
    assert home.items(home.take())["gone"] == 1
    home.sound()


def test_the_parts_of_a_file_are_the_file(home):
    data = ("\ufeff# 1939-03-01\r\n\r\nDéjeuner.\r\n\r\n# 1939-03-02\r\n\r\nДождь.\r\n" * 1).encode()
    home.write("diary.md", data)
    home.take()
    with home.ledger.store.looking() as tx:
        rows = sorted(tx.load("items"), key=lambda r: r["ordinal"])
        assert b"".join(tx.document(r["document"]) for r in rows) == data


def test_the_same_bytes_are_stored_once(home):
    home.write("a/1939-03-09.md", "Rain.\n")
    home.write("b/1939-03-09.md", "Rain.\n")
    home.take()
    assert len(home.rows("documents")) == 1
    assert len(home.rows("items")) == 2


def test_paths_inside_one_another_are_taken_once(home):
    home.write("a/1939-03-09.md", "Rain.\n")
    home.write("1939-03-10.md", "Sun.\n")
    receipt = home.take(home.files / "a", home.files, home.files / "a" / "1939-03-09.md")
    assert home.items(receipt) == {"read": 2}
    assert len(receipt.files) == 2


def test_gone_is_only_what_lay_below_the_path(home):
    home.write("diary/1939-03-09.md", "Rain.\n")
    gone = home.write("diary2/1939-03-10.md", "Sun.\n")
    upper = home.write("Diary/1939-03-11.md", "Wind.\n")
    home.take()
    gone.unlink()
    upper.unlink()
    assert home.items(home.take(home.files / "diary")) == {"unchanged": 1}
    assert home.items(home.take()) == {"unchanged": 1, "gone": 2}


def test_gone_is_noticed_inside_the_workspace(tmp_path):
    home = Home(tmp_path)
    root = home.space.settings.root
    inside = root / "diary" / "1939-03-09.md"
    inside.parent.mkdir()
    inside.write_text("Rain.\n", encoding="utf-8")
    home.take(root)
    assert home.rows("items")[0]["path"] == "diary/1939-03-09.md"
    inside.unlink()
    # The workspace's own files are settings, whatever else is there.
    assert [f.path for f in home.take(root).files if f.status == "gone"] == ["diary/1939-03-09.md"]
    inside.write_text("Rain.\n", encoding="utf-8")
    home.take(root)
    inside.unlink()
    assert "gone" in {f.status for f in home.take(tmp_path).files}
    home.space.close()


def test_gone_is_noticed_through_a_link(home):
    path = home.write("diary/1939-03-09.md", "Rain.\n")
    link = home.base / "link"
    link.symlink_to(home.files / "diary")
    assert home.items(home.take(link)) == {"read": 1}
    path.unlink()
    assert home.items(home.take(link)) == {"gone": 1}


def test_a_file_that_became_a_picture_leaves_its_items(home):
    home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    home.take()
    home.write("1939-03-09.md", b"\xff\xd8\xff\xe0" + b"\x00" * 200)
    receipt = home.take()
    assert receipt.files[0].status in {"skipped", "problem"}
    assert home.items(receipt) == {"gone": 1}
    home.sound()


def test_a_source_named_later_does_not_double_its_items(home):
    root = home.space.settings.root
    diary = root / "diary"
    diary.mkdir()
    (diary / "1939-03-09.md").write_text("Saw Mr. Butler.\n", encoding="utf-8")
    home.take(diary)
    with (root / "legation.toml").open("a", encoding="utf-8") as stream:
        stream.write('[[source]]\npath = "diary"\nauthor = "Ivan Maisky"\n')
    (diary / "more").mkdir()
    (diary / "more" / "1939-03-10.md").write_text("Saw Mr. Eden.\n", encoding="utf-8")
    home.space.close()
    home.space = open_workspace(root, workers=1)
    home.ledger = home.space.ledger
    home.take(diary)
    assert sorted(r["path"] for r in home.rows("items")) == [
        "diary/1939-03-09.md",
        "diary/more/1939-03-10.md",
    ]
    home.sound()


def test_no_such_path_changes_nothing(home):
    home.write("1939-03-09.md", "Rain.\n")
    with pytest.raises(NotFoundError):
        home.take(home.files, home.files / "missing")
    assert home.rows("arrivals") == []


def test_unreadable_file_is_a_problem_and_its_facts_stay(home, monkeypatch):
    path = home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    home.take()

    def refuse(self, *arguments, **options):
        if self.name == path.name and arguments[:1] == ("rb",):
            raise OSError(5, "Input/output error")
        return opened(self, *arguments, **options)

    opened = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    receipt = home.take()
    assert receipt.files[0].status == "problem"
    assert [p.code for p in receipt.files[0].problems] == ["file-unreadable"]
    assert len(home.rows("items")) == 1


def test_a_mailbox_larger_than_a_batch(home, monkeypatch):
    monkeypatch.setattr(ingest, "BATCH_BYTES", 300)
    mail = "".join(
        f"From a@example.org Thu Mar  9 10:00:0{n} 1939\nFrom: a@example.org\nTo: b@example.org\n"
        f"Subject: {n}\nDate: Thu, 09 Mar 1939 10:00:00 +0000\nMessage-ID: <{n}@example.org>\n\n{'words ' * 20}\n\n"
        for n in range(9)
    )
    home.write("box.mbox", mail)
    assert home.items(home.take()) == {"read": 9}
    assert home.items(home.take()) == {"unchanged": 9}
    home.sound()


def test_author_of_a_command_is_remembered(home):
    home.write("1939-03-09.md", "Saw Mr. Butler.\n")
    home.take(author="Agniya Maisky")
    before = home.ledger.hashes()
    assert home.items(home.take()) == {"unchanged": 1}
    assert home.ledger.hashes() == before
    assert home.rows("items")[0]["author"] == "Agniya Maisky"


def test_receipt_as_json_accounts_for_everything(home):
    home.write("1939-03-09.md", "Rain.\n")
    home.write("picture.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 100)
    found = home.take().to_json()
    assert found["totals"]["files"]["read"] == found["totals"]["files"]["skipped"] == 1
    assert len(found["items"]) == sum(found["totals"]["items"].values()) == 1
    assert set(found["items"][0]) >= {"path", "part", "kind", "status", "problems"}
    json.dumps(found)


def test_note_is_a_document(home):
    item = home.ledger.note("Lunch with Mr. Butler at the Savoy.", "notes/1939-03-09", "Ivan Maisky")
    assert home.rows("items")[0]["item"] == item
    home.write("1939-03-10.md", "Rain.\n")
    home.take(home.space.settings.root, home.files)
    assert item in {r["item"] for r in home.rows("items")}
    home.sound()
