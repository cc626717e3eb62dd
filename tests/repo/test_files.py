"""What holds for every file of the repository, whoever wrote it."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES_LIMIT = 600
LOCKS = ("requirements/base.txt", "requirements/test.txt")

# Put together from pieces, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(
    "|".join(
        [
            r"(?<![\w./:-])/" + r"(?:work|root|Users)/[\w.]",
            r"(?<![\w./:-])/" + r"home/(?!you\b|user\b)\w",
            r"(?<![\w./:-])/" + r"opt/(?:wheels|pypi)",
            r"C:\\" + r"Users\\",
            "bash" + "_jobs",
        ]
    )
)
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(name + "." + domain)
        for name, domain in [
            ("pypi", "org"),
            ("files.pythonhosted", "org"),
            ("registry.npmjs", "org"),
            ("deb.debian", "org"),
            ("crates", "io"),
            ("proxy.golang", "org"),
        ]
    )
    + "|--(?:extra-)?"
    + r"index-url|--find-"
    + r"links\b"
)


@cache
def list_files() -> tuple[Path, ...]:
    """List the files that are, or are about to be, in the repository."""
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if answer.returncode == 0:
        names = answer.stdout.decode("utf-8", "surrogateescape").split("\0")
        return tuple(path for name in names if name and (path := ROOT / name).is_file())
    hidden = {".git", ".venv", "build", "dist", "__pycache__"}  # an unpacked archive
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not hidden.intersection(path.relative_to(ROOT).parts)
    )


def find_lines(pattern: re.Pattern[str]) -> list[str]:
    """Return the places, in text files, where a pattern is found."""
    found = []
    for path in list_files():
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        text = content.decode("utf-8", "replace")
        if pattern.search(text):
            name = path.relative_to(ROOT)
            lines = enumerate(text.splitlines(), start=1)
            found += [f"{name}:{n}: {line.strip()[:120]}" for n, line in lines if pattern.search(line)]
    return found


def test_there_are_files():
    assert ROOT / "legation" in list_files()


def test_no_file_holds_the_path_of_one_machine():
    assert find_lines(MACHINE_PATHS) == []


def test_no_file_says_where_packages_come_from():
    allowed = "tools/lock:"  # it tells the resolver to leave addresses out
    assert [line for line in find_lines(REGISTRY_HOSTS) if not line.startswith(allowed)] == []


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "work/main/x",
        "'/" + "root/.cache'",
        "(/" + "home/ann/notes)",
        "C:\\" + "Users\\Ann",
    ],
)
def test_machine_paths_are_recognised(line):
    assert MACHINE_PATHS.search(line)


@pytest.mark.parametrize("line", ["docs/plan.md", "/home/you/diary", "https://x.org/1"])
def test_other_paths_are_not_mistaken_for_machine_paths(line):
    assert not MACHINE_PATHS.search(line)


def test_modules_are_short_enough_to_be_read():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in list_files()
        if path.suffix == ".py" or path == ROOT / "legation"
    }
    assert {name: n for name, n in lengths.items() if n >= MODULE_LINES_LIMIT} == {}


def test_no_folder_or_module_has_a_name_that_says_nothing():
    empty_words = {"utils", "util", "helpers", "common", "manager", "models", "core", "misc"}
    sources = [path.relative_to(ROOT) for path in list_files() if path.suffix == ".py"]
    assert [str(p) for p in sources if empty_words.intersection([*p.parts[:-1], p.stem])] == []


@pytest.mark.parametrize("name", ["legation", ".ci/run", "tools/lock"])
def test_commands_are_executable(name):
    assert (ROOT / name).stat().st_mode & 0o111


# --- Locked packages --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    assert [p for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


def read_names(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", text))


def test_both_locks_agree():
    base, tests = (read_names(name) for name in LOCKS)
    assert {n: v for n, v in tests.items() if base.get(n, v) != v} == {}


def test_every_dependency_is_locked():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted, lock in [
        (project["project"]["dependencies"], LOCKS[0]),
        (project["dependency-groups"]["test"], LOCKS[1]),
    ]:
        names = {re.split(r"[<>=!~; \[]", line)[0].lower() for line in wanted}
        assert names <= read_names(lock).keys()


def test_the_version_is_said_alike_everywhere():
    import tomllib

    import legation

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert legation.__version__ == project["project"]["version"]


# --- What the documents tell people to type ---------------------------------------------------------


def list_commands_in(name: str) -> set[str]:
    """Return the first word after `legation` in every block of commands of a document."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```(?:sh|bash|console|shell)?\n(.*?)^```", text)
    lines = [line for block in blocks for line in block.splitlines()]
    matches = [re.match(r"\s*(?:\$ )?(?:\./)?legation ([a-z][a-z-]*)", line) for line in lines]
    return {match[1] for match in matches if match}


def test_readme_has_the_two_commands():
    assert {"demo", "test"} <= list_commands_in("README.md")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_command_that_is_told_exists(name):
    from legation.desk.cli import main

    assert list_commands_in(name) - {"test", "env"} <= set(main.list_commands(click.Context(main)))


def test_every_make_target_that_is_told_exists():
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    told = set(re.findall(r"`make ([a-z]+)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert told
    assert told <= targets
