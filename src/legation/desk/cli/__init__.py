"""The command line: `main` is the group of all commands, each loaded when it is called."""

from __future__ import annotations

import click

from legation import __version__
from legation.desk.cli.group import LazyGroup

EPILOG = (
    "In a checkout, ./legation test runs the tests and ./legation env makes the environment only:"
    " these two belong to the launcher."
)


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="legation %(version)s")
@click.option("--debug", is_flag=True, help="Show the details of an unexpected fault.")
@click.pass_context
def main(ctx: click.Context, *, debug: bool) -> None:
    """Legation reads a diary, mail, a calendar and an address book into a cited ledger.

    Example:
      legation init ~/Legation --owner "Ivan Maisky"
      legation import -w ~/Legation ~/diary
      legation today
    """
    ctx.ensure_object(dict)["debug"] = debug


__all__ = ["main"]
