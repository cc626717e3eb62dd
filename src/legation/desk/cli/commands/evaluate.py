"""The command that scores what is read against labelled texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option
from legation.desk.cli.terminal import Page, Told, print_json


@click.command(cls=Command)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--register",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The diary or volume around the texts: its names are known. May be given several times.",
)
@click.option("--author", default="", metavar="NAME", help="Who says “I” where the labels do not say.")
@click.option(
    "--book",
    default=None,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The address book of the left-out trial; else one is made of each text's own people.",
)
@click.option(
    "--only", multiple=True, metavar="TASK", help="Score this task only; may be given several times."
)
@click.option(
    "--half", type=click.Choice(["a", "b"]), default=None, help="Only the even (a) or odd (b) documents."
)
@click.option("--questions", is_flag=True, help="Walk the diary of --register and count the questions.")
@click.option(
    "--errors",
    default=None,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write what went wrong there, one JSON object a line, with words of the texts.",
)
@json_option
def evaluate(
    paths: tuple[Path, ...],
    register: tuple[Path, ...],
    author: str,
    book: Path | None,
    only: tuple[str, ...],
    half: str | None,
    errors: Path | None,
    *,
    questions: bool,
    as_json: bool,
) -> None:
    """Score what is read of labelled texts: each task, with its interval of 95 %.

    Every text is read as `legation read FILE --json` reads it. A file or folder of JSON lines in
    one of the formats of docs/formats/evaluate.md; which tasks are scored, its labels say.

    Example:
      legation evaluate gold.jsonl
      legation evaluate gold.jsonl --register diary --json
      legation evaluate labels/ --only names --half b
    """
    from legation.desk.cli.commands.reading import file_json
    from legation.workspace.evaluate.run import Options
    from legation.workspace.evaluate.run import evaluate as run

    options = Options(register, author, book, frozenset(only), half or "", questions)
    with Told() as progress:
        found = run(paths, options, lambda f: file_json(f, by_card=False), progress)
    if errors is not None:
        lines = (json.dumps(row, ensure_ascii=False) for row in found.errors)
        errors.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    if as_json:
        print_json(found.value)
        return
    page = Page()
    show_evaluation(page, found.value)
    page.show()


def show_evaluation(page: Page, value: dict[str, Any]) -> None:
    """Set the figures as tables, one a file."""
    for file in value["files"]:
        page.title(file["path"], (f"· {file['documents']:,} documents", "quiet"))
        _show_tasks(page, file["tasks"])
        for group in file["groups"]:
            page.head(group["name"] or "others")
            _show_tasks(page, group["tasks"])
    if len(value["files"]) != 1:
        page.title("All files", (f"· {value['documents']:,} documents", "quiet"))
        _show_tasks(page, value["tasks"])
    for problem in value["problems"]:
        page.blank()
        page.flow((f"{problem['file']}, line {problem['line']}:", "contra"), problem["message"])


def _show_tasks(page: Page, tasks: dict[str, Any]) -> None:
    rows = []
    for task, found in tasks.items():
        for name, figure in found["figures"].items():
            rows.append((f"{task} · {name.replace('_', ' ')}", *_cells(figure)))
    page.table(("figure", "value", "95 %", "of"), rows, frozenset({1, 2, 3}))


def _cells(figure: dict[str, Any]) -> tuple[str, str, str]:
    if figure["value"] is None:
        return "–", "", "0"
    spread = "" if figure["low"] is None else f"{figure['low']:.3f}–{figure['high']:.3f}"
    return f"{figure['value']:.3f}", spread, f"{figure['of']:,g}"
