"""The command that seats guests at tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, workspace_option
from legation.desk.cli.terminal import Page, print_json
from legation.facts.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from legation.plan.seating import SeatingTask
    from legation.report.seating import SeatingView

#: Complaints that are shown of a file; the rest are counted.
_MOST_COMPLAINTS = 12


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--uid", default="", metavar="UID", help="Seat the guests of this encounter of the plan.")
@click.option(
    "--tables", default="", metavar="SHAPE", help="long, round, or 20x10 for twenty round tables of ten."
)
@click.option("--host", default="", metavar="NAME", help="Who has the host's place at the first table.")
@click.option("--hostess", default="", metavar="NAME", help="Who has the hostess's place there.")
@click.option("--svg", type=click.Path(path_type=Path), default=None, help="Write the drawing to this file.")
@click.option(
    "--write", type=click.Path(path_type=Path), default=None,
    help="Write what is to be seated as a seating file, to be completed by hand; seat nobody.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, help="Another search, for another plan as good.")
@click.option("--give-up", "give_up", is_flag=True, help="Where rules conflict, go on without the fewest.")
@workspace_option
@json_option
def seat(
    file: Path | None, uid: str, tables: str, host: str, hostess: str, svg: Path | None, write: Path | None,
    seed: int, workspace: str, *, give_up: bool, as_json: bool,
) -> None:  # fmt: skip
    """Seat guests at tables: by rank, with somebody to talk to, friends near and enemies never.

    FILE is a seating file (TOML) or a list of guests (CSV, with --tables); it is only read. Rules that
    must hold are kept or, if they cannot be, named with the least to give up. Every place that costs
    something says why.

    Example:
      legation seat dinner.toml --svg dinner.svg
      legation seat guests.csv --tables 20x10 --json
      legation seat --uid UID --write dinner.toml
    """  # fmt: skip
    from legation.report.seating import make_seating, seating_to_json

    task = _task(file, uid, tables, host, hostess, workspace)
    if write is not None:
        _write(write, task)
        return
    view = make_seating(task, seed=seed, give_up=give_up)
    if not view.found and not as_json:
        raise UsageError(" ".join(view.says), _hint(view))
    if svg is not None and view.found:
        from legation.report.seating_svg import draw_seating

        svg.write_text(draw_seating(view, alone=True), encoding="utf-8")
    if as_json:
        print_json(seating_to_json(view))
        if not view.found:
            raise click.exceptions.Exit(2)
        return
    show(view)
    if svg is not None:
        click.echo(f"The drawing is in {svg}.", err=True)


def _hint(view: SeatingView) -> str:
    if view.places_short:
        return "Add tables or seats, or ask fewer guests."
    if view.give_up:
        return "Change the rules, or let --give-up leave these out."
    return "Leave out some rules, or add tables."


def _task(file: Path | None, uid: str, tables: str, host: str, hostess: str, workspace: str) -> SeatingTask:
    """Return what is to be seated. Raises NotFoundError, UsageError."""
    if (file is None) == (not uid):
        raise UsageError(
            "Name a seating file, a list of guests, or an encounter of the plan.",
            "legation seat dinner.toml, legation seat guests.csv --tables long, or legation seat --uid UID.",
        )
    if file is None:
        return _planned(uid, tables, host, hostess, workspace)
    from legation.plan.seating_file import parse_seating

    text = _read(file)
    if file.suffix.lower() != ".toml":
        return _list(file, text, tables, host, hostess)
    if tables or host or hostess:
        raise UsageError(f"{file.name} has its own tables.", "Leave out --tables, --host and --hostess.")
    from legation.plan.seating_file import guests_file_of

    named = guests_file_of(text)
    guests = _read(file.parent / named) if named else None
    parsed = parse_seating(text, file=file.name, guests=guests)
    _complain(file.name, parsed.complaints)
    assert parsed.task is not None  # noqa: S101 - a file without complaints makes a task
    return parsed.task


def _list(file: Path, text: str, tables: str, host: str, hostess: str) -> SeatingTask:
    from legation.plan.seating import SeatingTask
    from legation.plan.seating_file import check_task, make_tables, parse_guests

    diners, complaints = parse_guests(text, file=file.name)
    _complain(file.name, complaints)
    laid = make_tables(tables or "long", len(diners), host=host, hostess=hostess)
    if laid is None:
        raise UsageError(f"--tables {tables} is no shape.", "Use long, round, or 20x10.")
    both = any(d.sex for d in diners)
    task = SeatingTask(tuple(diners), tuple(laid), alternate=both)
    _complain(file.name, tuple(check_task(task)))
    return task


def _planned(uid: str, tables: str, host: str, hostess: str, workspace: str) -> SeatingTask:
    from legation.desk.cli.options import open_desk
    from legation.workspace.seating import SeatingChoice

    return open_desk(workspace).seating().task(uid, SeatingChoice(tables, host, hostess))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", "Check the name of the file.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not in UTF-8.", "Save it as UTF-8, and try again.") from None


def _complain(name: str, complaints: tuple[str, ...]) -> None:
    """Raise UsageError with what is wrong in a file."""
    if not complaints:
        return
    more = len(complaints) - _MOST_COMPLAINTS
    said = [*complaints[:_MOST_COMPLAINTS], *([f"… and {more} more."] if more > 0 else [])]
    raise UsageError(
        f"{name} cannot be used. " + " ".join(said), "docs/formats/seating.md says what may stand in it."
    )


def _write(path: Path, task: SeatingTask) -> None:
    from legation.report.seating_toml import write_seating

    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(write_seating(task))
    except FileExistsError:
        raise UsageError(f"{path} is there already.", "Give another name; nothing was written.") from None
    click.echo(f"{path} was written. Complete ranks, languages and wishes, then: legation seat {path}")


def show(view: SeatingView) -> None:
    """Print a plan: its sentences, then each table with its places."""
    from legation.report.saying import sentence

    page = Page()
    page.title(view.title or "Seating")
    for line in view.says:
        page.flow(line)
    for table in view.tables:
        page.blank()
        page.head(f"Table {table.name}" if len(view.tables) > 1 or table.name != "1" else "The table")
        for place in table.places:
            who = (place.name, "person") if place.name else ("empty", "quiet")
            more = ", ".join(m for m in (place.role, place.office) if m)
            page.row(f"{place.number:>3}", who, (more, "quiet"), at=5)
            for reason in place.reasons:
                page.flow((f"{sentence(reason)}.", "quiet"), indent=7)
    page.show()
