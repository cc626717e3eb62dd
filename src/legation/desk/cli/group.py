"""The group of commands: what each is called, where it lives, and how it ends when it fails."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from legation.desk.cli.errors import run_guarded
from legation.desk.cli.help import write_help

_HERE = "legation.desk.cli.commands"
#: Command → (module, function, section, one line). Help of the whole group loads no command.
COMMANDS: dict[str, tuple[str, str, str, str]] = {
    "demo": ("serving", "demo", "Start", "The sample workspace: Today, and the desk on it."),
    "init": ("taking", "init", "Start", "Make a workspace in a folder."),
    "import": ("taking", "import_", "Start", "Read files and folders into the ledger."),
    "note": ("taking", "note", "Start", "Write down a fact by hand."),
    "read": ("reading", "read", "Start", "Read one file without storing it."),
    "today": ("asking", "today", "Look", "Who is due, what is planned, which questions wait."),
    "brief": ("people", "brief", "Look", "All that is on record of one person."),
    "people": ("people", "people", "Look", "The people on record."),
    "encounters": ("asking", "encounters", "Look", "Who met whom, when and where."),
    "statements": ("telling", "statements", "Look", "Who said what to whom."),
    "promises": ("telling", "promises", "Look", "Who promised what to whom, and for when."),
    "introductions": ("telling", "introductions", "Look", "Who brought whom together."),
    "search": ("asking", "search", "Look", "Search the text of every document."),
    "entries": ("asking", "entries", "Look", "The diary and the papers, newest first."),
    "entry": ("asking", "entry", "Look", "One entry or paper with what was read from it."),
    "explain": ("explaining", "explain", "Look", "The words, rule and judgements behind a fact."),
    "desk": ("serving", "desk", "Look", "The desk in the browser, on this machine only."),
    "plan": ("planning", "plan", "Plan", "Whom to see in the coming weeks, and why."),
    "change": ("planning", "change", "Plan", "Change the weeks that you kept, one step at a time."),
    "week": ("taking_plan", "week", "Plan", "One week of the plan, day by day, to take along."),
    "calendar": ("taking_plan", "calendar", "Plan", "The plan as a calendar file, or as a feed."),
    "guests": ("taking_plan", "guests", "Plan", "Guest lists as CSV."),
    "letters": ("taking_plan", "letters", "Plan", "Letters of invitation, one file a guest."),
    "reply": ("taking_plan", "reply", "Plan", "What a guest answered, by hand or from mail."),
    "seat": ("seating", "seat", "Plan", "Seat guests at tables."),
    "simulate": ("simulating", "simulate", "Plan", "Years under the plan, by chance: what it would keep."),
    "review": ("review", "review", "Decide", "Answer the open questions, one key each."),
    "propose": ("proposing", "propose", "Decide", "Ask a language model on this machine; off by default."),
    "confirm": ("judging", "confirm", "Decide", "Confirm a reading."),
    "reject": ("judging", "reject", "Decide", "Reject a reading."),
    "correct": ("judging", "correct", "Decide", "Correct fields of a reading."),
    "merge": ("judging", "merge", "Decide", "Say that two people are one."),
    "split": ("judging", "split", "Decide", "Say that a mention is somebody else."),
    "undo": ("judging", "undo", "Decide", "Take back a judgement."),
    "history": ("judging", "history", "Decide", "The latest judgements."),
    "rebuild": ("keeping", "rebuild", "Keep", "Make everything derived anew, or prove it equal."),
    "verify": ("keeping", "verify", "Keep", "Prove every hash and every citation."),
    "hash": ("keeping", "hash_", "Keep", "The ledger's hash."),
    "export": ("keeping", "export", "Keep", "Write everything out in open formats."),
    "restore": ("keeping", "restore", "Keep", "Make a ledger from an export."),
    "evaluate": ("evaluate", "evaluate", "Keep", "Score what is read against labelled texts."),
}
SECTIONS = ("Start", "Look", "Plan", "Decide", "Keep")


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns errors into exit codes."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the docstring."""
        write_help(self.help or "", formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the commands in the order of their sections."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Load a command."""
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        command: click.Command = getattr(importlib.import_module(f"{_HERE}.{found[0]}"), found[1])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a near miss is named."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands by section."""
        for section in SECTIONS:
            rows = [(name, row[3]) for name, row in COMMANDS.items() if row[2] == section]
            with formatter.section(section):
                formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command; every error becomes a line on stderr and an exit code."""
        if kwargs.get("standalone_mode", True) is False:
            return super().main(*args, **kwargs)
        kwargs["standalone_mode"] = False
        given = kwargs.get("args")
        words = list(args[0] if args and args[0] is not None else given or sys.argv[1:])
        sys.exit(run_guarded(lambda: super(LazyGroup, self).main(*args, **kwargs), words))
