"""Commands that take documents in: init, import, note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_whole, workspace_option
from legation.desk.cli.terminal import Page, Told, print_json
from legation.facts.errors import UsageError

if TYPE_CHECKING:
    from legation.ledger.receipt import Receipt

#: How many troubled items a receipt lists; all of them are in --json.
LISTED = 12
EXAMPLE_FIELDS = "name, given, family, email, tel, org, title, note, bday, adr"


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--owner", default="", metavar="NAME", help="Whose diary it is: who says “I”.")
@json_option
def init(folder: Path, owner: str, *, as_json: bool) -> None:
    """Make a workspace in a folder; what is in the folder stays as it is.

    Example:
      legation init ~/Legation --owner "Ivan Maisky"
    """
    from legation.workspace.open import init_workspace

    root = init_workspace(folder, owner)
    if as_json:
        print_json({"version": 1, "workspace": str(root), "owner": owner})
        return
    page = Page()
    page.flow(f"{root} is a workspace now.")
    page.flow("Import what you write:", (f"legation import -w {_shell(root)} PATH", "key"))
    page.show()


@click.command("import", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--author", default="", metavar="NAME", help="Who says “I” in these files.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="'Column=field'",
    help="What a column of a table holds; may be given again.",
)
@workspace_option
@json_option
def import_(
    paths: tuple[Path, ...], author: str, columns: tuple[str, ...], workspace: str, *, as_json: bool
) -> None:
    """Read files and folders into the ledger; every file and item is accounted for.

    Diaries, papers, vCards, calendars, mailboxes and address lists are told apart by what is in
    them. Without PATH the sources that legation.toml names are read, or the workspace's folder.
    It may be interrupted at any point and run again.

    Example:
      legation import ~/diary ~/people.vcf
      legation import --author "Samuel Pepys" diary-pepys/1660
      legation import people.csv --map 'Post=title'
    """
    mapped = parse_columns(columns)
    with Told() as progress:
        opened = open_whole(workspace)
        chosen = list(paths) or [d.path for d in opened.settings.sources] or [opened.settings.root]
        receipt = opened.ledger.import_paths(chosen, author=author, columns=mapped, progress=progress)
        opened.close()
    if as_json:
        print_json(receipt.to_json())
    else:
        page = Page()
        show_receipt(page, receipt)
        page.show()


def parse_columns(given: tuple[str, ...]) -> dict[str, str] | None:
    """Return columns by name from `Column=field`, or None where none was given.

    Raises:
        UsageError: one of them is not of that form.
    """
    found = {}
    for text in given:
        column, mark, field = text.rpartition("=")
        if not mark or not column.strip() or not field.strip():
            raise UsageError(f"{text!r} maps no column.", f"Write 'Column=field'; fields: {EXAMPLE_FIELDS}.")
        found[column.strip()] = field.strip()
    return found or None


def show_receipt(page: Page, receipt: Receipt) -> None:
    """Set a receipt: totals, then what could not be used or was left out."""
    from legation.ledger.receipt import STATUSES

    files, items = receipt.totals()
    used = [s for s in STATUSES if files[s] or items[s]]
    page.table(
        ("", *used, "in all"),
        [
            ("files", *(f"{files[s]:,}" if files[s] else "–" for s in used), f"{files.total():,}"),
            ("items", *(f"{items[s]:,}" if items[s] else "–" for s in used), f"{items.total():,}"),
        ],
        frozenset(range(1, len(used) + 2)),
    )
    _show_problems(page, receipt)
    _show_skipped(page, receipt)


def _show_problems(page: Page, receipt: Receipt) -> None:
    fatal = [(f.path, p) for f in receipt.files for p in f.problems]
    fatal += [
        (_name(i.path, i.part), p)
        for f in receipt.files
        for i in f.items
        for p in i.problems
        if i.status == "problem"
    ]
    lesser = sum(len(i.problems) for f in receipt.files for i in f.items if i.status != "problem")
    if fatal:
        page.head("Could not be used")
        for where, problem in fatal[:LISTED]:
            line = f", line {problem.line}" if problem.line else ""
            page.flow((f"{where}{line}:", "contra"), problem.message, indent=2, hang=4)
            if problem.hint:
                page.flow((problem.hint, "quiet"), indent=4)
        _say_more(page, len(fatal))
    if lesser:
        page.blank()
        noun = "a lesser problem was" if lesser == 1 else f"{lesser:,} lesser problems were"
        page.flow((f"In what was read {noun} noted; --json lists every one.", "quiet"))


def _show_skipped(page: Page, receipt: Receipt) -> None:
    from collections import Counter

    reasons = Counter(f.reason for f in receipt.files if f.status == "skipped")
    if reasons:
        page.head("Left out")
        for reason, number in reasons.most_common(LISTED):
            page.flow(f"{number:,} ×", reason or "not said", indent=2, hang=6)
        _say_more(page, len(reasons))


def _say_more(page: Page, number: int) -> None:
    if number > LISTED:
        page.flow((f"… and {number - LISTED:,} more; --json lists every one.", "quiet"), indent=2)


def _name(path: str, part: str) -> str:
    return f"{path} ({part})" if part else path


def _shell(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


@click.command(cls=Command)
@click.argument("text", metavar="TEXT")
@click.option(
    "--name", default="", metavar="NAME", help="What to call it; else it is named by the day and its words."
)
@click.option("--author", default="", metavar="NAME", help="Who says “I”; else the owner.")
@workspace_option
@json_option
def note(text: str, name: str, author: str, workspace: str, *, as_json: bool) -> None:
    """Write down a fact by hand: it becomes a document of its own, and is read as one.

    Example:
      legation note "9 March 1939. Lunch with [[Lord Halifax]] at the Carlton Club."
    """
    if not text.strip():
        raise UsageError("a note needs words.", 'legation note "…"')
    opened = open_whole(workspace)
    name = name or name_note(text, opened.clock.today().isoformat())
    item = opened.ledger.note(text, name, author)
    opened.close()
    if as_json:
        print_json({"version": 1, "item": item, "name": name})
        return
    page = Page()
    page.flow("Noted as", (item, "key"))
    page.flow((f"legation entry {item} shows what was read from it.", "quiet"))
    page.show()


def name_note(text: str, today: str) -> str:
    """Return a name for a note: the day and a hash of its words, so that saying it twice is one."""
    from legation.facts.ids import derive_id

    return f"notes/{today}-{derive_id('n', text)[2:10]}.md"
