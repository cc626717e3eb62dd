"""`letters/letters.toml`: the texts of letters, the user's to change (docs/formats/letters.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from legation.facts.errors import WorkspaceError
from legation.report.letters import ASKS, FIELDS, REPLY_DAYS, TEMPLATE, LetterTexts
from legation.workspace.open import write_new

FOLDER: Final = "letters"
LETTERS: Final = Path(FOLDER) / "letters.toml"
MOST_REPLY_DAYS: Final = 365


def make_letters_text() -> str:
    """Return the text of a new `letters.toml`."""
    width = max(len(name) for name in FIELDS) + 2
    fields = "".join(f"#   {'{' + name + '}':<{width}}  {said}\n" for name, said in FIELDS.items())
    return (
        "# The letters of invitation that `legation letters` writes. Change them as you like.\n"
        "# What stands in braces is filled in for each guest:\n"
        f"{fields}"
        "# A line whose fields are all empty is left out. Two braces, {{ or }}, make one.\n"
        "# There is no field for why somebody is asked: a letter never says it.\n"
        "\n"
        "# An answer is hoped for this many days before the encounter.\n"
        f"reply_days = {REPLY_DAYS}\n"
        "\n"
        f"letter = '''\n{TEMPLATE}'''\n"
        "\n"
        "# A text of its own for one form, by its name: visit, reception, …\n"
        "[forms]\n"
        "# visit = '''…'''\n"
        "\n"
        "# How somebody is addressed, where it should be otherwise than by title and office.\n"
        "[salutations]\n"
        '# "Jane Doe" = "My dear Jane"\n'
    )


def load_letter_texts(root: Path, *, make: bool = True) -> LetterTexts:
    """Load the texts of letters; where there is no file, a new one is written if `make` says so.

    Raises:
        WorkspaceError: the file cannot be read or used.
    """
    path = root / LETTERS
    if not path.is_file():
        if make:
            path.parent.mkdir(exist_ok=True)
            write_new(path, make_letters_text())
        return LetterTexts()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"{path} cannot be read: {error}", "See docs/formats/letters.md.") from error
    return _texts(told, path)


def _texts(told: dict[str, Any], path: Path) -> LetterTexts:
    def wrong(said: str) -> WorkspaceError:
        return WorkspaceError(f"{path} cannot be used: {said}", "See docs/formats/letters.md.")

    unknown = set(told) - {"letter", "reply_days", "forms", "salutations"}
    if unknown:
        raise wrong(f"there is no setting {min(unknown)}")
    letter = told.get("letter", TEMPLATE)
    if not isinstance(letter, str) or not letter.strip():
        raise wrong("letter has to be a text")
    days = told.get("reply_days", REPLY_DAYS)
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MOST_REPLY_DAYS:
        raise wrong(f"reply_days has to be a whole number from 1 to {MOST_REPLY_DAYS}")
    tables: list[dict[str, str]] = []
    for key in ("forms", "salutations"):
        table = told.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise wrong(f"[{key}] has to be a table of texts")
        tables.append(table)
    for form in tables[0]:
        if form not in ASKS:
            raise wrong(f"no letter is written for the form {form}; there are {', '.join(ASKS)}")
    return LetterTexts(letter, tables[0], tables[1], days)
