"""Walking a folder: everything once, in order, without loops."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from legation.facts.errors import SourceError
from legation.sources.folder import FoundFile, walk


def relative(root: Path, found: list[FoundFile]) -> list[tuple[str, str]]:
    return [(str(file.path.relative_to(root)), file.reason) for file in found]


def test_depth_first_by_name(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", "c", "B", "b/d/x", "é"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    found = list(walk(tmp_path))
    assert [name for name, _ in relative(tmp_path, found)] == [
        "B", "a", "b/1", "b/2", "b/d/x", "c", "é",
    ]  # fmt: skip
    assert {file.size for file in found} == {1}


def test_links_make_no_loop(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "file").write_text("x")
    (root / "sub" / "up").symlink_to(root, target_is_directory=True)
    (root / "alias").symlink_to(root / "sub", target_is_directory=True)
    (root / "again").symlink_to(root / "sub" / "file")
    (root / "self").symlink_to(root / "self")
    (root / "gone").symlink_to(root / "nothing")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "back").symlink_to(root, target_is_directory=True)
    (outside / "news").write_text("y")
    (root / "x1").symlink_to(outside, target_is_directory=True)
    (root / "x2").symlink_to(outside, target_is_directory=True)
    (root / "y1").symlink_to(outside / "news")
    (root / "y2").symlink_to(outside / "news")
    found = dict(relative(root, list(walk(root))))
    assert [name for name, reason in found.items() if not reason] == ["sub/file", "x1/news", "y1"]
    assert found["sub/up"] == "a link to a folder that is read at its own place"
    assert found["x1/back"] == "a link to a folder that is read at its own place"
    assert found["x2"] == "a folder that was read before: the links make a loop"
    assert found["y2"] == "a second link to the same file"
    assert found["gone"] == "a link that leads nowhere"
    assert found["self"].startswith("unreadable")
    assert set(found) == {
        "again", "alias", "gone", "self", "sub/file", "sub/up", "x1/back", "x1/news", "x2", "y1",
        "y2",
    }  # fmt: skip


def test_special_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        (tmp_path / "null").symlink_to("/dev/null")
        found = dict(relative(tmp_path, list(walk(tmp_path))))
    assert found == {
        "pipe": "a named pipe, not a file",
        "sock": "a socket, not a file",
        "null": "a device, not a file",
    }


def test_what_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "x").write_text("x")
    (tmp_path / "secret").write_text("x")
    # The super-user may read everything: so the refusal is played.
    listing = Path.iterdir

    def refuse(self: Path) -> object:
        if self.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listing(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "secret")
    assert dict(relative(tmp_path, list(walk(tmp_path)))) == {
        "closed": "unreadable folder: Permission denied",
        "secret": "unreadable: permission denied",
    }


def test_folders_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "app.json").write_text("{}")
    (tmp_path / "a").write_text("x")
    found = list(walk(tmp_path, lambda name: "settings" if name == ".obsidian" else ""))
    assert relative(tmp_path, found) == [(".obsidian", "settings"), ("a", "")]


def test_one_file_and_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("xyz")
    assert list(walk(tmp_path / "a")) == [FoundFile(tmp_path / "a", 3)]
    with pytest.raises(SourceError):
        list(walk(tmp_path / "b"))


def test_names_that_are_no_text_and_deep_folders(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
        deep.mkdir()
    (deep / os.fsdecode(b"\xff")).write_text("x")
    assert len(list(walk(tmp_path))) == 1
