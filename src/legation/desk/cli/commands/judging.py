"""Commands that record what a person decided: confirm, reject, correct, merge, split, undo, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, open_judging, workspace_option
from legation.desk.cli.terminal import Page, print_json
from legation.facts.errors import UsageError

if TYPE_CHECKING:
    from legation.workspace.api import Desk

FIELDS = "form, on, place, status of an encounter; person of a mention"


def tell(judgement: str, says: str, *, as_json: bool) -> None:
    """Say what was recorded, and how to take it back."""
    if as_json:
        print_json({"version": 1, "judgement": judgement, "says": says})
        return
    page = Page()
    page.flow(says)
    page.flow((f"legation undo {judgement} takes it back.", "quiet"))
    page.show()


def find_one(desk: Desk, name: str) -> str:
    """Return the id of a person named by id or name."""
    return name if name.startswith("p-") else desk.find_person(name)


@click.command(cls=Command)
@click.argument("fact", metavar="ID")
@workspace_option
@json_option
def confirm(fact: str, workspace: str, *, as_json: bool) -> None:
    """Confirm a reading: an encounter, an account or a mention.

    Example:
      legation confirm e-b6wm5d4sbulv2iyu6dh7
    """
    tell(open_judging(workspace).confirm(fact), f"{fact} is confirmed.", as_json=as_json)


@click.command(cls=Command)
@click.argument("fact", metavar="ID")
@workspace_option
@json_option
def reject(fact: str, workspace: str, *, as_json: bool) -> None:
    """Reject a reading: it did not happen so, or the words name nobody.

    Example:
      legation reject m-fl3cajsm3gsebsvi7mn5
    """
    tell(open_judging(workspace).reject(fact), f"{fact} is rejected.", as_json=as_json)


@click.command(cls=Command)
@click.argument("fact", metavar="ID")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@workspace_option
@json_option
def correct(fact: str, fields: tuple[str, ...], workspace: str, *, as_json: bool) -> None:
    """Correct fields of a reading: form, on, place, status; of a mention, its person.

    Example:
      legation correct e-b6wm5d4sbulv2iyu6dh7 form=lunch on=1939-03-08
      legation correct m-fl3cajsm3gsebsvi7mn5 person="Lord Halifax"
    """
    changes = {}
    for text in fields:
        name, mark, value = text.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"{text!r} corrects no field.", f"Write FIELD=VALUE; fields: {FIELDS}.")
        changes[name.strip()] = value.strip()
    if "on" in changes:
        from legation.desk.cli.options import check_when

        changes["on"] = check_when(changes["on"], "on")
    if changes.get("form"):
        from legation.facts.candidates import FORMS

        if changes["form"] not in FORMS:
            raise UsageError(f"{changes['form']!r} is no form of meeting.", "Forms: " + ", ".join(FORMS))
    desk = open_judging(workspace)
    if changes.get("person"):
        changes["person"] = find_one(desk, changes["person"])
    said = ", ".join(f"{k} {v or 'not on record'}" for k, v in changes.items())
    tell(desk.correct(fact, changes), f"{fact} is corrected: {said}.", as_json=as_json)


@click.command(cls=Command)
@click.argument("person", metavar="PERSON")
@click.argument("other", metavar="PERSON")
@workspace_option
@json_option
def merge(person: str, other: str, workspace: str, *, as_json: bool) -> None:
    """Say that two people are one; each is given by name or id.

    Example:
      legation merge "Edward Wood" "Lord Halifax"
    """
    desk = open_judging(workspace)
    first, second = find_one(desk, person), find_one(desk, other)
    tell(desk.merge(first, second), f"{person} and {other} are one person.", as_json=as_json)


@click.command(cls=Command)
@click.argument("mention", metavar="MENTION")
@click.option("--name", default="", metavar="NAME", help="Who it is; else the name as it is written.")
@workspace_option
@json_option
def split(mention: str, name: str, workspace: str, *, as_json: bool) -> None:
    """Say that one mention is somebody else.

    Example:
      legation split m-fl3cajsm3gsebsvi7mn5 --name "William Batten the younger"
    """
    tell(open_judging(workspace).split(mention, name), f"{mention} is somebody else now.", as_json=as_json)


@click.command(cls=Command)
@click.argument("judgement", metavar="[JUDGEMENT]", default="")
@workspace_option
@json_option
def undo(judgement: str, workspace: str, *, as_json: bool) -> None:
    """Take back a judgement; the last one if none is named.

    Example:
      legation undo
      legation history
    """
    said = open_judging(workspace).undo(judgement)
    if as_json:
        print_json({"version": 1, "undone": said})
        return
    page = Page()
    page.flow("Taken back:", said + ".")
    page.show()


@click.command(cls=Command)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show."
)
@workspace_option
@json_option
def history(limit: int, workspace: str, *, as_json: bool) -> None:
    """List the latest judgements in force, the last first.

    Example:
      legation history --limit 5
    """
    rows = open_desk(workspace).history(limit)
    if as_json:
        print_json(
            {
                "version": 1,
                "kind": "history",
                "judgements": [{"id": i, "says": s, "made_at": m} for i, s, m in rows],
            }
        )
        return
    page = Page()
    for key, says, made_at in rows:
        page.row(made_at[:10], says, (key, "quiet"))
    if not rows:
        page.flow("No judgement is on record.")
    page.show()
