"""The launcher, started for real in copies of a small checkout that locks no packages."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "legation"

STAND_IN = """\
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "cwd": os.getcwd(), "home": os.environ.get("HOME")}))
sys.exit(7 if "fail" in sys.argv else 0)
"""


def make_checkout(folder: Path) -> Path:
    """Make a checkout of the launcher, two empty lock files and a package that prints its arguments."""
    package = folder / "src" / "legation"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(STAND_IN)
    requirements = folder / "requirements"
    requirements.mkdir()
    (requirements / "base.txt").write_text("# nothing\n")
    (requirements / "test.txt").write_text("# nothing\n")
    shutil.copy(LAUNCHER, folder / "legation")
    return folder


def load(checkout: Path) -> ModuleType:
    """Load the launcher as a module that believes to be in a checkout."""
    module = ModuleType("launcher")
    module.__file__ = str(checkout / "legation")
    exec(compile(LAUNCHER.read_text(encoding="utf-8"), str(LAUNCHER), "exec"), module.__dict__)
    return module


def start(
    checkout: Path, *arguments: str, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Start the launcher without a terminal, with an empty HOME."""
    environment = {"PATH": os.environ["PATH"], "HOME": "", "PIP_NO_INDEX": "1", **variables}
    return subprocess.run(
        [sys.executable, str(checkout / "legation"), *arguments],
        cwd=cwd or checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def damage_stamp(checkout: Path, **changes: object) -> None:
    path = checkout / ".venv" / "legation.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout whose environment is made. Tests of this module may not change it."""
    folder = make_checkout(tmp_path_factory.mktemp("launcher") / "a checkout, Майский's")
    first = start(folder, "--version")
    assert first.returncode == 0, first.stderr
    assert "first start" in first.stderr
    return folder


@pytest.fixture
def copy(ready: Path, tmp_path: Path) -> Path:
    """Return a copy of the ready checkout that believes to have been made where it is."""
    folder = Path(shutil.copytree(ready, tmp_path / "copy", symlinks=True))
    damage_stamp(folder, root=os.fsencode(folder).decode("latin-1"))
    return folder


# --- Old Pythons and machines that lack something --------------------------------------------------


def test_old_pythons_can_parse_the_launcher():
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_launcher_imports_only_the_standard_library():
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_no_python_that_will_do_is_said_with_what_to_install(tmp_path, monkeypatch, capsys):
    launcher = load(make_checkout(tmp_path / "checkout"))
    monkeypatch.setattr(launcher, "find_pythons", list)
    monkeypatch.setattr(launcher, "read_distribution", lambda: "id=debian")
    assert launcher.main(["today"]) == 1
    said = capsys.readouterr().err
    assert "Python 3.11 or newer is needed; you have" in said
    assert "sudo apt install" in said
    assert "brew" not in said
    assert not (tmp_path / "checkout" / ".venv").exists()


@pytest.mark.parametrize(
    ("system", "hint"),
    [
        ("id=ubuntu\nid_like=debian", "sudo apt install"),
        ("id=fedora", "sudo dnf install"),
        ("darwin", "brew install"),
        ("an unknown system", "pyenv install"),
    ],
)
def test_advice_fits_the_system(tmp_path, monkeypatch, system, hint):
    launcher = load(tmp_path)
    monkeypatch.setattr(launcher, "read_distribution", lambda: system)
    assert hint in launcher.advise_python()


def test_an_old_python_looks_for_a_newer_one_on_the_path(tmp_path, monkeypatch):
    launcher = load(tmp_path)
    versions = {"/old": ((3, 9), "/old"), "/bin/python3.12": ((3, 12), "/bin/python3.12")}
    monkeypatch.setattr(launcher, "look_at", versions.get)
    monkeypatch.setattr(sys, "executable", "/old")
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert launcher.find_pythons() == [((3, 12), "/bin/python3.12")]


def test_a_tried_python_goes_before_a_newer_one(tmp_path, monkeypatch):
    launcher = load(tmp_path)
    versions = {"/new": ((3, 15), "/new"), "/bin/python3.12": ((3, 12), "/bin/python3.12")}
    monkeypatch.setattr(launcher, "look_at", versions.get)
    monkeypatch.setattr(sys, "executable", "/new")
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert [version for version, _path in launcher.find_pythons()] == [(3, 12), (3, 15)]


def test_without_ensurepip_virtualenv_and_pip_the_system_package_is_named(tmp_path, monkeypatch, capsys):
    launcher = load(make_checkout(tmp_path / "checkout"))
    monkeypatch.setattr(launcher, "can_import", lambda _python, *modules: modules == ("venv",))
    monkeypatch.setattr(launcher, "find_pip_outside", lambda _python: None)
    monkeypatch.setattr(launcher, "read_distribution", lambda: "id=debian")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert launcher.main(["env"]) == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_without_ensurepip_a_pip_from_outside_installs(tmp_path, monkeypatch, capsys):
    checkout = make_checkout(tmp_path / "checkout")
    launcher = load(checkout)
    can_import = launcher.can_import
    missing = {"ensurepip", "virtualenv"}
    monkeypatch.setattr(
        launcher,
        "can_import",
        lambda python, *modules: not missing & set(modules) and can_import(python, *modules),
    )
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "virtualenv" else which(name))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    assert launcher.main(["env"]) == 0, capsys.readouterr().err
    python = Path(capsys.readouterr().out.strip())
    assert not can_import(str(python), "pip")
    assert launcher.find_pip_outside(str(python)) is not None
    assert start(checkout, "--version").returncode == 0


# --- A start with nothing to do ---------------------------------------------------------------------


def test_second_start_is_quick_and_silent(ready):
    started = time.perf_counter()
    second = start(ready, "today", "--on", "1939-03-09")
    seconds = time.perf_counter() - started
    assert second.returncode == 0
    assert second.stderr == ""
    assert json.loads(second.stdout)["arguments"] == ["today", "--on", "1939-03-09"]
    assert seconds < 1.0


def test_second_start_runs_no_other_program(ready, monkeypatch):
    launcher = load(ready)
    handed: list[list[str]] = []

    def refuse(*_arguments: object, **_options: object) -> None:
        pytest.fail("a start with nothing to do ran another program")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "execv", lambda _path, command: handed.append(command))
    launcher.main(["people"])
    assert handed == [[launcher.venv_python(), "-P", "-m", "legation", "people"]]


def test_exit_code_is_that_of_the_command(ready):
    assert start(ready, "fail").returncode == 7


def test_files_in_the_current_folder_are_not_mistaken_for_modules(ready, tmp_path):
    for name in ("legation.py", "json.py", "calendar.py"):
        (tmp_path / name).write_text("raise SystemExit(99)\n")
    answer = start(ready, "today", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["cwd"] == str(tmp_path)


def test_an_empty_home_is_no_home(ready):
    assert json.loads(start(ready, "today").stdout)["home"] is None


def test_another_locale_finds_the_same_environment(ready):
    for locale in ("C", "en_US.ISO-8859-1"):
        answer = start(ready, "today", LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
        assert (answer.returncode, answer.stderr) == (0, "")


def test_started_through_a_symbolic_link(ready, tmp_path):
    (tmp_path / "legation-link").symlink_to(ready / "legation")
    answer = subprocess.run(
        [sys.executable, str(tmp_path / "legation-link"), "today"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_env_prints_the_python(ready):
    answer = start(ready, "env")
    assert Path(answer.stdout.strip()).samefile(ready / ".venv" / "bin" / "python")
    assert start(ready, "env", "--nonsense").returncode == 2


# --- An environment that is no good any more --------------------------------------------------------


def change_lock(checkout: Path) -> None:
    (checkout / "requirements" / "base.txt").write_text("# nothing, said differently\n")


def remove_path_line(checkout: Path) -> None:
    next(checkout.glob(".venv/lib/python*/site-packages/legation-checkout.pth")).unlink()


def remove_packages(checkout: Path) -> None:
    shutil.rmtree(next(checkout.glob(".venv/lib/python*/site-packages")))


def remove_python(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").unlink()


def replace_python(checkout: Path) -> None:
    damage_stamp(checkout, interpreter=["elsewhere", 1, 1])


def move(checkout: Path) -> None:
    damage_stamp(checkout, root="elsewhere")


def interrupt(checkout: Path) -> None:
    damage_stamp(checkout, unfinished=True)


def garble_stamp(checkout: Path) -> None:
    (checkout / ".venv" / "legation.json").write_text("{")


FAULTS = [
    (change_lock, "locked packages have changed"),
    (remove_path_line, "packages are missing"),
    (remove_packages, "damaged"),
    (remove_python, "damaged"),
    (replace_python, "its Python was replaced"),
    (move, "moved or copied"),
    (interrupt, "never finished"),
    (garble_stamp, "never finished"),
]


@pytest.mark.parametrize(("damage", "reason"), FAULTS)
def test_faults_are_found(copy: Path, damage: Callable[[Path], None], reason: str):
    launcher = load(copy)
    assert launcher.find_fault(launcher.load_stamp()) is None
    damage(copy)
    assert reason in str(launcher.find_fault(launcher.load_stamp()))


def test_a_moved_checkout_is_made_again(ready, tmp_path):
    moved = Path(shutil.copytree(ready, tmp_path / "moved here", symlinks=True))
    answer = start(moved, "today")
    assert answer.returncode == 0, answer.stderr
    assert "moved or copied" in answer.stderr
    assert start(moved, "today").stderr == ""
    assert not list(moved.glob(".venv.discarded-*"))


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    (checkout / ".venv").mkdir()
    precious = checkout / ".venv" / "precious"
    precious.write_text("mine")
    answer = start(checkout, "today")
    assert answer.returncode == 1
    assert "is no virtual environment" in answer.stderr
    assert precious.read_text() == "mine"


def test_packages_that_cannot_be_had_are_said_and_tried_again(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    lock = checkout / "requirements" / "base.txt"
    lock.write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64 + "\n")
    answer = start(checkout, "today")
    assert answer.returncode == 1
    assert "could not be installed" in answer.stderr
    assert "no-such-package-of-ours" in answer.stderr
    lock.write_text("# nothing\n")
    again = start(checkout, "today")
    assert again.returncode == 0
    assert "never finished" in again.stderr


def test_test_packages_that_cannot_be_had_do_not_spoil_the_command(copy):
    lock = copy / "requirements" / "test.txt"
    lock.write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64 + "\n")
    assert start(copy, "test").returncode == 1
    answer = start(copy, "today")
    assert (answer.returncode, answer.stderr) == (0, "")


# --- Killed, and several at once --------------------------------------------------------------------


def test_a_killed_start_is_recovered_from(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    process = subprocess.Popen(
        [sys.executable, str(checkout / "legation"), "today"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    deadline = time.monotonic() + 60
    while not (checkout / ".venv" / "pyvenv.cfg").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert json.loads((checkout / ".venv" / "legation.json").read_text()) == {"unfinished": True}
    answer = start(checkout, "today")
    assert answer.returncode == 0, answer.stderr
    assert start(checkout, "today").stderr == ""


def test_starts_at_once_make_one_environment(tmp_path):
    checkout = make_checkout(tmp_path / "checkout")
    processes = [
        subprocess.Popen(
            [sys.executable, str(checkout / "legation"), "today"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"]},
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert sum("first start" in text for text in said) == 1


# --- The tests --------------------------------------------------------------------------------------


def test_tests_are_run_from_the_root_with_skips_said(copy, tmp_path, monkeypatch):
    launcher = load(copy)
    handed: list[list[str]] = []
    monkeypatch.setattr(launcher, "ensure_environment", lambda tests: handed.append([str(tests)]))
    monkeypatch.setattr(os, "execv", lambda _path, command: handed.append(command))
    (tmp_path / "test_one.py").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher, "hand_over", lambda command: handed.append(list(command)) or sys.exit())
        with pytest.raises(SystemExit):
            launcher.main(["test", "test_one.py::test_it", "-k", "something"])
    path = str(tmp_path / "test_one.py")
    assert handed == [["True"], ["-m", "pytest", "-rs", path + "::test_it", "-k", "something"]]
    assert Path.cwd() == copy
