"""GLOSSARY.md and the code say the same: every word once, where it says, and no second word for it."""

import ast
import importlib
import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "legation"
#: The words that the design fixes.
DESIGNED = set(
    """source document arrival item rendition candidate register span citation mention person office
    circle encounter event form account statement attribution introduction tie closeness interval
    occasion courtesy promise topic stance estimate dispatch instruction judgement problem""".split()
)
#: Second words, as parts of identifiers, and the word to be used instead.
FORBIDDEN = {
    "contact": "person (contact day is another thing)",
    "contacts": "people",
    "meeting": "encounter or event",
    "meetings": "encounters or events",
    "entity": "person, item or fact",
    "entities": "people, items or facts",
    "individual": "person",
    "reminder": "due",
    "journal": "diary",
    "manager": "what it does",
    "util": "what it does",
    "utils": "what it does",
    "helper": "what it does",
    "helpers": "what it does",
}
#: What is rightly named so.
ALLOWED = {
    "ContactDay": "a word of the glossary",
    "derive_contact_days": "a word of the glossary",
    "form_of_meeting": "the form of that name",
}
#: What is still named by a second word; to be renamed, and never to be added to.
TO_RENAME = {
    "legation.report.contacts",
    "legation.store.lookups.load_meetings",
}
#: The same in prose: patterns that would mean what has a word already.
FORBIDDEN_IN_PROSE = {
    r"\b(?:your|the|a|new|all|my) contacts?\b(?! (?:day|log|register))": "person, people",
    r"\bentit(?:y|ies)\b": "person, item or fact",
    r"(?m)^#+ .*\b[Mm]eetings?\b": "encounter or event, in a heading",
    r"\breminders?\b": "due",
    r"\bto-do items?\b": "question",
    r"\bidentity clusters?\b": "person",
}


def read_rows() -> list[tuple[str, str, str]]:
    """Return (word, definition, where) of every row of the tables of definitions."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").partition("## Borrowed words")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return [r for r in rows if len(r) == 3 and r[0] != "word" and not r[0].startswith("-")]


ROWS = read_rows()
WORDS = [row[0] for row in ROWS]


def classes_and_names() -> tuple[set[str], dict[str, str]]:
    """Return the names of classes and constants, and identifier → module path for all that is defined."""
    names: set[str] = set()
    defined: dict[str, str] = {}
    for path in SOURCE.rglob("*.py"):
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        defined[module] = module.rpartition(".")[2]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            names.update(t.id for t in targets if isinstance(t, ast.Name))
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
                for inner in node.body:
                    if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        defined[f"{module}.{node.name}.{inner.name}"] = inner.name
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                defined[f"{module}.{node.name}"] = node.name
    return names, defined


NAMES, DEFINED = classes_and_names()


def test_every_word_is_defined_once():
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []
    assert [row for row in ROWS if len(row[1]) < 8] == []


def test_the_words_of_the_design_are_defined():
    assert DESIGNED - set(WORDS) == set()


def test_what_a_definition_names_exists():
    from legation.store.schema import metadata

    wrong = []
    for word, _, where in ROWS:
        for kind, name in re.findall(r"(\w+) `([^`]+)`", where):
            if kind == "table":
                there = name in metadata.tables
            elif kind == "column":
                table, _, column = name.partition(".")
                there = table in metadata.tables and column in metadata.tables[table].c
            elif kind == "package":
                there = importlib.util.find_spec(f"legation.{name}") is not None
            else:
                there = name in NAMES
            if not there:
                wrong.append((word, kind, name))
    assert wrong == []


def test_every_table_has_its_word():
    from legation.store.schema import metadata

    told = {name for *_, where in ROWS for name in re.findall(r"table `(\w+)`", where)}
    assert set(metadata.tables) - told == set()


def test_every_form_status_and_state_is_defined():
    from typing import get_args

    from legation.facts.candidates import FORMS, AccountStatus, ItemKind
    from legation.facts.derived import State

    said = {word: definition for word, definition, _ in ROWS}
    for word, values in [
        ("form", FORMS),
        ("status", get_args(AccountStatus)),
        ("state", get_args(State)),
        ("kind", get_args(ItemKind)),
    ]:
        assert [v for v in values if not re.search(rf"\b{v}\b", said[word])] == [], word


def parts_of(name: str) -> list[str]:
    """Return the words of an identifier: `load_meetings`, `DueView`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return [part for part in spaced.lower().split("_") if part]


def test_no_identifier_uses_a_second_word():
    used = {
        place
        for place, name in DEFINED.items()
        if not name.startswith("_") and name not in ALLOWED and set(parts_of(name)) & FORBIDDEN.keys()
    }
    assert used - TO_RENAME == set(), "see 'Words that are not used' in GLOSSARY.md"


def test_the_list_of_renamings_only_shrinks():
    assert {place for place in TO_RENAME if place not in DEFINED} == set(), "take these off the list"


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", documents(), ids=lambda p: str(p.relative_to(ROOT)))
def test_documents_use_the_words(path: Path):
    text = path.read_text(encoding="utf-8")
    if path.name == "GLOSSARY.md":
        text = text.partition("## Words that are not used")[0]
    prose = re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", text)
    found = {
        f"{match.group()!r}: say {better}"
        for pattern, better in FORBIDDEN_IN_PROSE.items()
        for match in re.finditer(pattern, prose)
    }
    assert found == set()


def test_packages_are_where_the_glossary_says():
    # The layers are words too: each package has a line that says what it is.
    for package in sorted(p.parent.name for p in SOURCE.glob("*/__init__.py")):
        module = importlib.import_module(f"legation.{package}")
        assert module.__doc__, package
