"""Review: the open questions, one at a time, each answered by one key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, open_judging, page_options, workspace_option
from legation.desk.cli.setting import say_more, set_question
from legation.desk.cli.terminal import Page, is_terminal, print_json
from legation.facts.errors import UsageError
from legation.report.saying import say_number

if TYPE_CHECKING:
    from legation.report.views import QuestionView
    from legation.workspace.desk_api import DeskApi

#: Keys that are no answer: leave open, later, undo, quit, help.
LEAVE, LATER, UNDO, QUIT, HELP = "0", "l", "u", "q", "?"
LEGEND = "l later · u undo · q quit · N name a new person"


@click.command(cls=Command)
@click.option("--list", "listed", is_flag=True, help="Only list the open questions.")
@click.option(
    "--answer",
    nargs=2,
    default=None,
    metavar="QUESTION KEY",
    help="Answer one question by its key; also later, never.",
)
@click.option("--name", default="", metavar="NAME", help="With --answer: the name of a new person.")
@page_options(50)
@workspace_option
@json_option
def review(
    listed: bool,
    answer: tuple[str, str] | None,
    name: str,
    limit: int,
    offset: int,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """Answer the open questions, those that unlock most first, by one key each.

    The keys of the answers are shown; beside them 0 leaves a question open, l puts it off, u takes
    the last answer back, q ends. Without a terminal every line of the input is one key.

    Example:
      legation review
      legation review --list --json
      legation review --answer q-oqvsuvnzqzdkypn7bukm 1
    """
    if answer is not None:
        judgement = open_judging(workspace).answer(answer[0], answer[1], name)
        from legation.desk.cli.commands.judging import tell

        tell(judgement, "Answered.", as_json=as_json)
        return
    if listed or as_json:
        _list(workspace, limit, offset, as_json=as_json)
        return
    Review(open_judging(workspace)).run()


def _list(workspace: str, limit: int, offset: int, *, as_json: bool) -> None:
    found, total = open_desk(workspace).questions(limit, offset)
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json("questions", found, total))
        return
    page = Page()
    for question in found:
        set_question(page, question, words=1)
        page.flow((question.id, "quiet"), indent=2)
        page.blank()
    if not found:
        page.flow("No question is open.")
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()


class Review:
    """One sitting: asks, takes keys, and remembers what can be taken back."""

    def __init__(self, desk: DeskApi) -> None:
        self.desk = desk
        #: Questions left open, and (judgement, question) of what was answered.
        self.left: list[str] = []
        self.made: list[tuple[str, str]] = []
        self.by_key = is_terminal(sys.stdin) and is_terminal(sys.stdout)

    def run(self) -> None:
        """Ask until nothing is open, or no more keys come."""
        while True:
            question, total = self._next()
            if question is None:
                break
            self._show(question, total)
            if not self._take(question):
                break
        self._end()

    def _next(self) -> tuple[QuestionView | None, int]:
        found, total = self.desk.questions(len(self.left) + 1)
        return next((q for q in found if q.id not in self.left), None), total - len(self.left)

    def _show(self, question: QuestionView, total: int) -> None:
        page = Page()
        page.lines.append("")
        page.flow(
            (
                f"{say_number(total, 'question')} open"
                + (f" · this one unlocks {question.weight:,}" if question.weight > 1 else ""),
                "quiet",
            )
        )
        set_question(page, question)
        page.flow((LEGEND, "quiet"))
        page.show()

    def _take(self, question: QuestionView) -> bool:
        """Take keys until one says something of this question; returns whether to go on."""
        keys = {o.key for o in question.options} - {LEAVE}
        while True:
            key, name = self._read()
            if key in ("", QUIT) and key not in keys:
                return False
            if key in keys or key == LATER or (key == "N" and "n" in keys):
                return self._answer(question, key, name)
            if key == LEAVE:
                self.left.append(question.id)
                return True
            if key == UNDO:
                return self._undo()
            click.echo("Keys: " + " ".join([*sorted(keys), LEAVE, LATER, UNDO, QUIT]))

    def _answer(self, question: QuestionView, key: str, name: str) -> bool:
        if key == "N":
            key, name = "n", name or self._ask_name()
        try:
            judgement = self.desk.answer(question.id, "later" if key == LATER else key, name)
        except UsageError as error:
            # The words may have changed under the question: say it, and ask the next one.
            click.echo(str(error))
            self.left.append(question.id)
            return True
        self.made.append((judgement, question.id))
        said = next((o.label for o in question.options if o.key == key), "Put off")
        click.echo(
            click.style(f"→ {Page.plain(name or said)}", fg="green")
            if Page().colour
            else f"→ {Page.plain(name or said)}"
        )
        return True

    def _undo(self) -> bool:
        if self.left and not self.made:
            self.left.pop()
        elif self.made:
            judgement, question = self.made.pop()
            said = self.desk.undo(judgement)
            self.left = [q for q in self.left if q != question]
            click.echo(f"Taken back: {Page.plain(said)}.")
        else:
            click.echo("Nothing was answered in this sitting; `legation undo` takes back older answers.")
        return True

    def _read(self) -> tuple[str, str]:
        """Return the next key and what was typed after it; ("", "") at the end of the input."""
        if not self.by_key:
            line = sys.stdin.readline()
            if not line:
                return "", ""
            key, _, rest = line.strip().partition(" ")
            return key or HELP, rest.strip()
        try:
            return click.getchar(), ""
        except EOFError:
            return "", ""

    def _ask_name(self) -> str:
        if not self.by_key:
            return ""
        return str(click.prompt("Name", default="", show_default=False))

    def _end(self) -> None:
        _, total = self.desk.questions(1)
        still = say_number(total, "question") if total else "no question"
        click.echo(f"{say_number(len(self.made), 'answer')}; {still} open.")
        if self.made:
            click.echo("`legation undo` takes the last answer back.")
