"""What the documents say can be done: links lead somewhere, commands and options exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Commands of the launcher, not of `legation` itself.
LAUNCHER = {"test", "env"}
PLACEHOLDER = re.compile(r"^[A-Z]+$|^\[|…|^\.\.\.$")


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose_of(text: str) -> str:
    """Return a document without its blocks of code and its code words."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^(```|~~~).*?^\1", "", text))


def anchors_of(text: str) -> set[str]:
    """Return the anchors of a document's headings, as they are made of Markdown on the web."""
    headings = re.findall(r"(?m)^#{1,6} +(.+?) *#*$", re.sub(r"(?ms)^```.*?^```", "", text))
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", h)).strip().lower().replace(" ", "-") for h in headings
    }


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_relative_link_leads_somewhere(path: Path):
    text = prose_of(path.read_text(encoding="utf-8"))
    lost = []
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        place = (path.parent / file).resolve() if file else path
        if not place.exists() or (
            anchor and place.suffix == ".md" and anchor not in anchors_of(place.read_text(encoding="utf-8"))
        ):
            lost.append(target)
    assert lost == []


def command_lines(text: str) -> list[str]:
    """Return the lines of fenced blocks that call legation."""
    blocks = re.findall(r"(?ms)^```(?:sh|bash|console|shell)?\n(.*?)^```", text)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"(?:\./)?legation\s", line)]


def complaint(line: str) -> str:
    """Return what is wrong with a command line, or ""."""
    from legation.desk.cli import main

    words = shlex.split(line.partition(" | ")[0].partition(" > ")[0], comments=True)[1:]
    if not words or words[0] in LAUNCHER or words == ["--help"] or words[0] == "--version":
        return ""
    if PLACEHOLDER.search(words[0]):
        return ""
    context = click.Context(main)
    command = main.get_command(context, words[0])
    if command is None:
        return f"there is no command {words[0]}"
    options = {"-h": 0, "--help": 0}
    arguments = 0
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            takes = 0 if parameter.is_flag else parameter.nargs
            options |= dict.fromkeys([*parameter.opts, *parameter.secondary_opts], takes)
        else:
            arguments += 10_000 if parameter.nargs < 0 else parameter.nargs
    rest = words[1:]
    while rest:
        word = rest.pop(0)
        if word.startswith("-") and len(word) > 1:
            name, equals, _ = word.partition("=")
            if name not in options:
                return f"{words[0]} has no option {name}"
            if len(rest) < options[name] and not equals:
                return f"{name} of {words[0]} needs a value"
            rest = rest if equals else rest[options[name] :]
        else:
            arguments -= 1
    return f"{words[0]} takes fewer arguments" if arguments < 0 else ""


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_command_and_option_exists(path: Path):
    lines = command_lines(path.read_text(encoding="utf-8"))
    assert {line: c for line in lines if (c := complaint(line))} == {}


def test_a_wrong_command_line_would_be_seen():
    assert complaint("legation fetch")
    assert complaint("legation today --tomorrow")
    assert complaint("legation explain e-1 e-2")
    assert complaint("legation import -w ~/Legation ~/a ~/b --json") == ""


def test_the_readme_has_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"./legation demo", "./legation test"} <= set(command_lines(text))


def method_rows() -> dict[str, list[str]]:
    text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    rows = [
        [c.strip() for c in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| M")
    ]
    return {row[0]: row[1:] for row in rows}


def test_the_method_has_every_row_and_says_what_works():
    rows = method_rows()
    assert list(rows) == [f"M{n}" for n in range(1, 25)]
    for name, row in rows.items():
        assert len(row) == 3, name
        assert "`" in row[2] or "*not yet*" in row[2] or "card" in row[2], name


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_commands_named_in_prose_exist(path: Path):
    from legation.desk.cli import main

    text = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
    named = set(re.findall(r"`(?:\./)?legation ([a-z]+)", text))
    assert named - LAUNCHER - set(main.list_commands(click.Context(main))) == set()


def test_every_document_is_in_an_index():
    lost = []
    for folder, index in [
        ("decisions", "decisions/README.md"),
        ("guide", "README.md"),
        ("formats", "README.md"),
    ]:
        text = (ROOT / "docs" / index).read_text(encoding="utf-8")
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            link = path.name if index.startswith(folder) else f"{folder}/{path.name}"
            # A decision may be named by its number before its page is written.
            numbered = folder == "decisions" and re.search(rf"(?m)^- {path.name[:4]} ", text)
            if path.name != "README.md" and f"]({link})" not in text and not numbered:
                lost.append(name_of(path))
    assert lost == []


def test_the_ledger_page_has_every_table_and_column():
    from legation.store.schema import metadata

    text = (ROOT / "docs" / "formats" / "ledger.md").read_text(encoding="utf-8")
    told = {}
    for line in text.splitlines():
        match = re.match(r"\| `(\w+)` \| ([^|]+) \|", line)
        if match:
            told[match[1]] = re.findall(r"`(\w+)`", match[2])
    there = {t.name: [c.name for c in t.c] for t in metadata.sorted_tables}
    assert {n: told.get(n) for n in there} == there


def test_the_phases_of_derivation_are_in_the_architecture():
    code = (ROOT / "src" / "legation" / "ledger" / "derive.py").read_text(encoding="utf-8")
    run = code[code.index("    def run(self)") :].partition("\n    def _")[0]
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\| `(_\w+)` \|", text)
    assert told == re.findall(r"(?m)^        self\.(_\w+)\(", run)


def test_the_packages_are_in_the_architecture():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = set(re.findall(r"(?m)^\| `([a-z]+)` \|", text))
    assert told == {p.parent.name for p in (ROOT / "src" / "legation").glob("*/__init__.py")}


def test_every_workspace_setting_is_on_its_page():
    from legation.workspace.settings import PLAN_TEXT, make_settings_text

    text = (ROOT / "docs" / "formats" / "workspace.md").read_text(encoding="utf-8")
    keys = re.findall(r"(?m)^(?:# )?(\w+) = ", PLAN_TEXT + make_settings_text("n", "o"))
    assert keys
    assert [key for key in keys if key not in text] == []


def test_pictures_are_small():
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    assert {p.suffix for p in pictures} == {".png"}
    assert [p.name for p in pictures if p.stat().st_size >= 300_000] == []
