"""Commands that record what a person decided: confirm, reject, correct, merge, split, undo, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, open_judging, workspace_option
from legation.desk.cli.terminal import Page, print_json
from legation.facts.errors import UsageError
from legation.facts.judgement import FINDING_ROLES

if TYPE_CHECKING:
    from legation.workspace.api import Desk

ROLES = frozenset(role for roles in FINDING_ROLES.values() for role in roles)
FIELDS = (
    "form, on, place, status of an encounter; person of a mention; speaker, addressee, mode of a statement; "
    "by, to, due of a promise; introducer, introduced of an introduction; person, kind, on of an occasion"
)


def tell(judgement: str, says: str, *, as_json: bool) -> None:
    """Say what was recorded, and how to take it back."""
    if as_json:
        print_json({"version": 1, "judgement": judgement, "says": says})
        return
    page = Page()
    page.flow(says)
    page.flow((f"legation undo {judgement} takes it back.", "quiet"))
    page.show()


def say_days(since: str, until: str) -> str:
    """Return the days for which an answer holds: " from 1661-05-01 until 1661-12-31", or ""."""
    return (f" from {since}" if since else "") + (f" until {until}" if until else "")


def tell_undone(said: str, *, as_json: bool) -> None:
    """Say what was taken back."""
    if as_json:
        print_json({"version": 1, "undone": said})
        return
    page = Page()
    page.flow("Taken back:", said + ".")
    page.show()


def find_one(desk: Desk, name: str) -> str:
    """Return the id of a person named by id or name."""
    return name if name.startswith("p-") else desk.find_person(name)


def _several(desk: Desk, names: str) -> str:
    """Return the ids of people named, parted by semicolons, as corrections take them."""
    from legation.desk.cli.commands.telling import find_somebody

    people = [" ".join(n.split()) for n in names.split(";")]
    return " ".join(find_somebody(desk, n) for n in people if n and n.casefold() != "nobody")


@click.command(cls=Command)
@click.argument("fact", metavar="ID")
@workspace_option
@json_option
def confirm(fact: str, workspace: str, *, as_json: bool) -> None:
    """Confirm a reading: an encounter, a statement, a promise, a mention and so on.

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

    Of a statement: speaker, addressee, mode; of a promise: by, to, due; of an introduction: introducer,
    introduced; of an occasion: person, kind, on. Several people are parted by a semicolon; me is the
    owner, nobody is nobody known.

    Example:
      legation correct e-b6wm5d4sbulv2iyu6dh7 form=lunch on=1939-03-08
      legation correct t-fl3cajsm3gsebsvi7mn5 by=me to="Lord Halifax" due=1939-03-31
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
    said = ", ".join(f"{k} {v or 'not on record'}" for k, v in changes.items())
    if fact.startswith("t-"):
        for role in ROLES & changes.keys():
            changes[role] = _several(desk, changes[role])
    elif changes.get("person"):
        changes["person"] = find_one(desk, changes["person"])
    tell(desk.correct(fact, changes), f"{fact} is corrected: {said}.", as_json=as_json)


@click.command(cls=Command)
@click.argument("person", metavar="PERSON")
@click.argument("other", metavar="PERSON")
@click.option("--since", default="", metavar="DATE", help="The day from which PERSON bears OTHER's name.")
@workspace_option
@json_option
def merge(person: str, other: str, since: str, workspace: str, *, as_json: bool) -> None:
    """Say that two people are one; each is given by name or id.

    With --since, PERSON bears the name of OTHER from that day on: by marriage, or as a peer.

    Example:
      legation merge "Edward Wood" "Lord Halifax"
      legation merge "Sir Robert Vansittart" "Lord Vansittart" --since 1941-02-11
    """
    desk = open_judging(workspace)
    first, second = find_one(desk, person), find_one(desk, other)
    said = f"{person} and {other} are one person" + (f", so named from {since} on." if since else ".")
    tell(desk.merge(first, second, since), said, as_json=as_json)


@click.command(cls=Command)
@click.argument("mention", metavar="MENTION")
@click.option("--name", default="", metavar="NAME", help="Who it is; else the name as it is written.")
@click.option("--person", default="", metavar="PERSON", help="Somebody on record, by name or id.")
@click.option("--from-here", is_flag=True, help="From the mention's own day on, wherever it is so called.")
@click.option("--since", default="", metavar="DATE", help="The same, from this day on.")
@click.option("--until", default="", metavar="DATE", help="The same, up to this day.")
@workspace_option
@json_option
def split(
    mention: str,
    name: str,
    person: str,
    from_here: bool,
    since: str,
    until: str,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """Say that one mention is somebody else, or that the name is from its day on.

    With --from-here, or days of your own, the answer holds for all uses of the name in that diary or
    volume within these days: "my Lord" is one man, and after him another.

    Example:
      legation split m-fl3cajsm3gsebsvi7mn5 --name "William Batten the younger"
      legation split m-fl3cajsm3gsebsvi7mn5 --from-here --person "Lord Sandwich"
    """
    if person and name:
        raise UsageError("It is said twice who it is.", "Write --name for somebody new, or --person.")
    desk = open_judging(workspace)
    known = find_one(desk, person) if person else ""
    if not (from_here or since or until):
        made = desk.correct(mention, {"person": known}) if known else desk.split(mention, name)
        tell(made, f"{mention} is somebody else now.", as_json=as_json)
        return
    made = desk.name_from(mention, known, name, since, until)
    days = say_days(since, until) or " from its own day on"
    tell(made, f"The words of {mention} name {person or name}{days}.", as_json=as_json)


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
    tell_undone(open_judging(workspace).undo(judgement), as_json=as_json)


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
