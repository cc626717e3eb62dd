"""The command line as a whole: help, errors and exit codes, streams."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from legation.desk.cli import main
from legation.desk.cli.errors import EXIT_CODES, FAULT, INTERRUPTED, exit_code, run_guarded
from legation.desk.cli.group import COMMANDS, SECTIONS
from legation.facts import errors

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "cli.md"


def subclasses(kind: type[BaseException]) -> list[type[BaseException]]:
    return [kind, *(s for c in kind.__subclasses__() for s in subclasses(c))]


# ── errors ──────────────────────────────────────────────────────────────────────────────


def test_every_error_has_its_own_exit_code() -> None:
    ours = [k for k in subclasses(errors.LegationError) if k.__module__ == errors.__name__]
    assert set(ours) <= set(EXIT_CODES)
    codes = list(EXIT_CODES.values())
    assert len(codes) == len(set(codes))
    assert 0 not in codes


def test_every_exit_code_is_documented() -> None:
    rows = re.findall(r"^\| (\d+) \| (\w*) ?\|", PAGE.read_text(encoding="utf-8"), re.M)
    documented = {name: int(code) for code, name in rows if name}
    assert documented == {kind.__name__: code for kind, code in EXIT_CODES.items()}
    assert {str(FAULT), "0"} <= {code for code, _ in rows}


@pytest.mark.parametrize("kind", sorted(EXIT_CODES, key=lambda k: EXIT_CODES[k]))
def test_an_error_ends_in_one_line_and_its_code(
    kind: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        if kind is errors.AmbiguousError:
            raise errors.AmbiguousError("it fits two", (("p-1", "A"), ("p-2", "B")))
        raise kind("it went wrong")

    assert run_guarded(fail, ["import"]) == EXIT_CODES[kind]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("legation: ")
    assert "Traceback" not in said.err
    if kind is errors.AmbiguousError:
        assert "p-2  B" in said.err


def test_a_subclass_has_the_code_of_its_nearest_class() -> None:
    class MailboxError(errors.SourceError):
        pass

    assert exit_code(MailboxError("x")) == EXIT_CODES[errors.SourceError]
    assert exit_code(PermissionError(13, "no")) == EXIT_CODES[OSError]
    assert exit_code(ZeroDivisionError()) == FAULT


def test_a_hint_stands_below_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise errors.UsageError("no.", "Try yes.")

    run_guarded(fail)
    assert capsys.readouterr().err == "legation: no.\n  Try yes.\n"


def test_an_interrupted_import_says_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    assert run_guarded(fail, ["import", "x"]) == INTERRUPTED
    assert "is kept" in capsys.readouterr().err
    assert run_guarded(fail, ["today"]) == INTERRUPTED
    assert "is kept" not in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise BrokenPipeError

    assert run_guarded(fail) == 0
    assert capsys.readouterr().err == ""


def test_a_fault_of_ours_is_one_line_and_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LEGATION_DEBUG", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail() -> None:
        raise ZeroDivisionError("by zero\nand more")

    assert run_guarded(fail, ["today"]) == FAULT
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ZeroDivisionError: by zero" in said
    (written,) = tmp_path.iterdir()
    assert str(written) in said
    assert "Traceback" in written.read_text(encoding="utf-8")
    assert run_guarded(fail, ["--debug", "today"]) == FAULT
    assert "Traceback" in capsys.readouterr().err


def test_escape_sequences_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise errors.NotFoundError("nobody is called \x1b]0;x\x07\u202e")

    run_guarded(fail)
    assert not set("\x1b\x07\u202e") & set(capsys.readouterr().err)


# ── help ────────────────────────────────────────────────────────────────────────────────


def test_help_lists_every_command_and_the_launchers() -> None:
    text = CliRunner().invoke(main, ["--help"]).output
    assert all(re.search(rf"^  {name} ", text, re.M) for name in COMMANDS)
    assert "./legation test" in text
    assert "./legation env" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    found = CliRunner().invoke(main, [name, "--help"])
    assert found.exit_code == 0
    assert "Example:" in found.output
    assert f"legation {name}" in found.output


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_and_the_command_agree(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert COMMANDS[name][2] in SECTIONS


def test_a_near_miss_is_named() -> None:
    found = CliRunner().invoke(main, ["tody"])
    assert found.exit_code == 2
    assert "Did you mean today?" in found.output


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.startswith("legation ")


def test_without_a_workspace_a_command_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_WORKSPACE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(main, ["today"])
    assert found.exit_code == EXIT_CODES[errors.WorkspaceMissingError]
    assert "legation init" in found.output
