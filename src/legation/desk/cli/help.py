"""Help of a command: its docstring, with the lines of its example left as they are."""

from __future__ import annotations

import inspect

import click

MARK = "\n\nExample:\n"


def write_help(text: str, formatter: click.HelpFormatter) -> None:
    """Write a docstring: paragraphs wrapped, the example's lines kept."""
    words, _, example = inspect.cleandoc(text).partition(MARK)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(words)
    if example:
        with formatter.section("Example"):
            for line in example.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line.strip()}\n")


class Command(click.Command):
    """A command whose docstring ends in an example."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the docstring."""
        write_help(self.help or "", formatter)
