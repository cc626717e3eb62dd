"""Commands that serve the desk: desk, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import open_judging, workspace_option
from legation.desk.cli.terminal import Page, Told

if TYPE_CHECKING:
    from legation.ledger.receipt import Receipt
    from legation.workspace.desk_api import DeskApi


def port_option(function: click.decorators.FC) -> click.decorators.FC:
    """Add --port."""
    return click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=None,
        metavar="N",
        help="The port; where it is in use, the next free one. Default 8743.",
    )(function)


def serve_desk(api: DeskApi, port: int | None) -> None:
    """Serve the desk until Ctrl-C; says its address on stdout."""
    from legation.desk.web.serve import serve

    def ready(said: str) -> None:
        if said.startswith("http"):
            click.echo(f"\nThe desk: {said}\nOnly this machine can reach it. Ctrl-C ends it.")
        else:
            click.echo(f"legation: {said}", err=True)

    serve(api, port=port, on_ready=ready)


@click.command(cls=Command)
@port_option
@workspace_option
def desk(port: int | None, workspace: str) -> None:
    """Serve the desk to the browser on this machine, until Ctrl-C.

    The address that is printed holds a token; without it the desk shows nothing.

    Example:
      legation desk
      legation desk --port 9000
    """
    serve_desk(open_judging(workspace), port)


@click.command(cls=Command)
@click.option("--once", is_flag=True, help="Print Today and end.")
@click.option(
    "-w", "--workspace", default="", metavar="DIR", help="Where the sample workspace is, or is to be made."
)
@port_option
def demo(port: int | None, workspace: str, *, once: bool) -> None:
    """Make the sample workspace, London 1932–43, import it, print Today and serve the desk.

    It is a reconstruction from published facts; its SOURCES.md says which. What you change in it
    is kept.

    Example:
      legation demo
      legation demo --once
    """
    from legation.workspace.look import open_judging_desk
    from legation.workspace.sample import NAME, build_sample, find_sample_place

    place = Path(workspace).expanduser() if workspace else find_sample_place()
    root = build_sample(place)
    receipt = import_sources(root)
    api = open_judging_desk(root)
    page = Page()
    page.flow((NAME, "title"), (f"· the sample workspace, in {root}", "quiet"))
    page.flow((say_receipt(receipt), "quiet"))
    from legation.desk.cli.commands.asking import show_today

    show_today(page, api.today(None))
    page.show()
    if not once:
        serve_desk(api, port)


def import_sources(root: Path) -> Receipt:
    """Import the sources that a workspace's settings name."""
    from legation.workspace.open import open_workspace

    with Told() as progress:
        opened = open_workspace(root)
        try:
            return opened.ledger.import_paths([d.path for d in opened.settings.sources], progress=progress)
        finally:
            opened.close()


def say_receipt(receipt: Receipt) -> str:
    """Return the totals of a receipt as a sentence."""
    files, items = receipt.totals()
    parts = [f"{number:,} {status}" for status, number in items.items() if number]
    return f"{files.total():,} files, {items.total():,} items: {', '.join(parts) or 'nothing'}."
