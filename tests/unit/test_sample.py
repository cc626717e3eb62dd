"""The sample workspace: copied whole, privately, and never over what somebody changed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from legation.facts.errors import WorkspaceError
from legation.workspace.sample import IN_HOME, build_sample, find_sample_place
from legation.workspace.settings import load_settings


def test_it_is_copied_whole_and_private(tmp_path: Path) -> None:
    root = build_sample(tmp_path / "a folder" / "sample")
    settings = load_settings(root)
    assert settings.owner == "Ivan Maisky"
    assert len(list(root.rglob("*.md"))) >= 35
    files = [p for p in root.rglob("*") if p.is_file()]
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in files)
    assert not [p for p in files if p.name.endswith(".new")]


def test_what_somebody_changed_is_kept(tmp_path: Path) -> None:
    root = build_sample(tmp_path / "sample")
    (root / "diary" / "1939-03-09.md").write_text("mine\n", encoding="utf-8")
    (root / "README.md").unlink()
    build_sample(root)
    assert (root / "diary" / "1939-03-09.md").read_text(encoding="utf-8") == "mine\n"
    assert not (root / "README.md").exists()


def test_a_copy_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    root = build_sample(tmp_path / "sample")
    (root / "legation.toml").unlink()
    (root / "README.md").unlink()
    (root / "diary" / "1939-03-09.md").write_text("mine\n", encoding="utf-8")
    build_sample(root)
    assert (root / "README.md").is_file()
    assert (root / "diary" / "1939-03-09.md").read_text(encoding="utf-8") == "mine\n"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        build_sample(tmp_path / "file" / "sample")


def test_its_place_is_named_by_the_environment() -> None:
    assert find_sample_place({"LEGATION_SAMPLE": "/somewhere"}) == Path("/somewhere")


def test_outside_a_checkout_it_is_at_home_or_in_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.__file__", str(tmp_path / "lib" / "python3" / "legation" / "__init__.py"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert find_sample_place({"HOME": str(tmp_path)}) == tmp_path / IN_HOME
    for home in ("", str(tmp_path / "not there")):
        place = find_sample_place({"HOME": home})
        assert place.is_relative_to(tmp_path)
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
