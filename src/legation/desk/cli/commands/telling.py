"""Commands that list what texts tell: statements, promises, introductions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import check_when, json_option, open_desk, page_options, workspace_option
from legation.desk.cli.setting import say_more, set_finding
from legation.desk.cli.terminal import Page, print_json

if TYPE_CHECKING:
    from legation.report.views import FindingView
    from legation.workspace.api import Desk

#: Names that mean the owner.
SELF = ("me", "i", "you")


def find_somebody(desk: Desk, name: str) -> str:
    """Return the id of somebody named in an option, "" where nobody was; "me" is the owner."""
    owner = desk.owner() if name.casefold() in SELF else None
    if owner is not None:
        return owner.id
    return desk.find_person(name) if name else ""


@click.command(cls=Command)
@click.option("--by", default="", metavar="NAME", help="Only what this person said; me is the owner.")
@click.option("--to", default="", metavar="NAME", help="Only what was said to this person.")
@click.option("--about", default="", metavar="WORDS", help="Only those in which all these words stand.")
@click.option("--since", default="", metavar="DATE", help="Written from this day, month or year.")
@click.option("--until", default="", metavar="DATE", help="Written up to this day, month or year.")
@page_options(30)
@workspace_option
@json_option
def statements(
    by: str,
    to: str,
    about: str,
    since: str,
    until: str,
    limit: int,
    offset: int,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """List who said what to whom, the latest entry first, each in its own words.

    Example:
      legation statements --by "Lord Halifax" --to me --since 1939
      legation statements --about guarantee
    """
    since, until = check_when(since, "--since"), check_when(until, "--until")
    desk = open_desk(workspace)
    speaker, hearer = find_somebody(desk, by), find_somebody(desk, to)
    found, total = desk.statements(speaker, hearer, about, since, until, limit, offset)
    _show("statements", found, total, offset, "No statement of the kind is on record.", as_json=as_json)


@click.command(cls=Command)
@click.option("--by", default="", metavar="NAME", help="Only what this person promised; me is the owner.")
@click.option("--to", default="", metavar="NAME", help="Only what was promised to this person.")
@click.option(
    "--coming", "only_open", is_flag=True, help="Only those whose day has not passed or is not named."
)
@click.option("--due", default="", metavar="DATE", help="Only those due up to this day, month or year.")
@page_options(30)
@workspace_option
@json_option
def promises(
    by: str,
    to: str,
    due: str,
    limit: int,
    offset: int,
    workspace: str,
    *,
    only_open: bool,
    as_json: bool,
) -> None:
    """List who promised what to whom, the first due first, then those without a day.

    Whether a promise was kept is not on record.

    Example:
      legation promises --by me --coming
      legation promises --due 1939-03-31
    """
    due = check_when(due, "--due")
    desk = open_desk(workspace)
    promiser, other = find_somebody(desk, by), find_somebody(desk, to)
    found, total = desk.promises(promiser, other, due, limit, offset, only_open=only_open)
    _show("promises", found, total, offset, "No promise of the kind is on record.", as_json=as_json)


@click.command(cls=Command)
@click.option(
    "--of", "name", default="", metavar="NAME", help="Only those with this person; me is the owner."
)
@click.option("--since", default="", metavar="DATE", help="Written from this day, month or year.")
@click.option("--until", default="", metavar="DATE", help="Written up to this day, month or year.")
@page_options(30)
@workspace_option
@json_option
def introductions(
    name: str, since: str, until: str, limit: int, offset: int, workspace: str, *, as_json: bool
) -> None:
    """List who brought whom together, the latest entry first.

    Example:
      legation introductions --of Churchill
    """
    since, until = check_when(since, "--since"), check_when(until, "--until")
    desk = open_desk(workspace)
    found, total = desk.introductions(find_somebody(desk, name), since, until, limit, offset)
    _show("introductions", found, total, offset, "No introduction is on record.", as_json=as_json)


def _show(
    kind: str, found: tuple[FindingView, ...], total: int, offset: int, none: str, *, as_json: bool
) -> None:
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json(kind, found, total))
        return
    page = Page()
    for view in found:
        set_finding(page, view, indent=0)
        page.blank()
    if not found:
        page.flow(none)
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()
