"""`legation propose`: ask a language model of this machine what the rules may have missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_whole, workspace_option
from legation.desk.cli.terminal import Page, Told, print_json
from legation.report.saying import say_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.workspace.proposing import Proposed


@click.command(cls=Command)
@click.argument("items", metavar="[ID]...", nargs=-1)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many documents.",
)
@click.option("--again", is_flag=True, help="Also ask about those that were asked about before.")
@workspace_option
@json_option
def propose(items: tuple[str, ...], limit: int, workspace: str, *, again: bool, as_json: bool) -> None:
    """Ask a language model on this machine what the rules may have missed; off by default.

    Without ID the newest entries and papers that were not asked about yet. What the model proposes
    waits as a question with the words of the text; nothing enters the ledger by itself. The model is
    named in legation.toml under [model], and has to run on this machine. It may be interrupted: every
    answer is kept when it comes.

    Example:
      legation propose --limit 5
      legation review
    """
    from legation.workspace.proposing import propose as ask_model

    with Told() as progress:
        opened = open_whole(workspace)
        try:
            done = ask_model(opened, items, limit=limit, again=again, progress=progress)
        finally:
            opened.close()
    if as_json:
        model = opened.settings.model_name
        rows = [p.to_json() for p in done]
        print_json({"version": 1, "kind": "proposals", "model": model, "documents": rows})
        return
    page = Page()
    show_proposed(page, done)
    page.show()


def show_proposed(page: Page, done: Sequence[Proposed]) -> None:
    """Set what became of each document."""
    if not done:
        page.flow("Every entry and paper was asked about before; --again asks once more.")
        return
    for one in done:
        page.row(one.title, (one.problem, "contra") if one.problem else say_number(one.kept, "proposal"))
        for dropped in one.dropped:
            page.flow((f"left out: {dropped.reason}", "quiet"), dropped.about, indent=2, hang=4)
    kept = sum(p.kept for p in done)
    page.blank()
    if kept:
        page.flow(
            f"{say_number(kept, 'proposal')} may be new.", ("legation review", "key"), "asks about them."
        )
    else:
        page.flow("Nothing was proposed that stands.")
