"""Review: the open questions, one at a time, each answered by one key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, open_judging, page_options, workspace_option
from legation.desk.cli.setting import say_more, set_question, set_words
from legation.desk.cli.terminal import Page, is_terminal, print_json
from legation.facts.errors import UsageError
from legation.report.saying import say_number

if TYPE_CHECKING:
    from legation.report.views import QuestionView, WaitingView
    from legation.workspace.desk_api import DeskApi

#: Keys that are no answer: leave open, later, never, undo (two keys), more places, quit, help.
LEAVE, LATER, NEVER, UNDO, MORE, QUIT, HELP = "0", "l", "v", ("z", "u"), "m", "q", "?"
LEGEND = "l ask me later · v never ask · z undo · m more places · q quit · N name a new person"
MOST_PLACES = 40


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
@click.option("--since", default="", metavar="DATE", help="With --answer: it holds from this day on.")
@click.option("--until", default="", metavar="DATE", help="With --answer: it holds up to this day.")
@click.option("--once", is_flag=True, help="The questions about names used once, which are not open.")
@click.option(
    "--topic", default="", metavar="TOPIC", help="Only names, pairs, encounters, promises, introductions …."
)
@click.option("--later", is_flag=True, help="List the questions put off or never to be asked.")
@click.option("--again", default="", metavar="QUESTION", help="Ask a question again that was put off.")
@page_options(50)
@workspace_option
@json_option
def review(
    listed: bool,
    answer: tuple[str, str] | None,
    name: str,
    since: str,
    until: str,
    once: bool,
    topic: str,
    later: bool,
    again: str,
    limit: int,
    offset: int,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """Answer the open questions, those that unlock most first, by one key each.

    The keys of the answers are shown; beside them 0 leaves a question open, l puts it off, v is never to
    be asked about, z takes the last answer back, m shows all its places, q ends. Without a terminal every
    line of the input is one key.

    Example:
      legation review
      legation review --topic promises
      legation review --once
      legation review --later
      legation review --list --json
      legation review --answer q-oqvsuvnzqzdkypn7bukm 1
      legation review --answer q-oqvsuvnzqzdkypn7bukm 2 --since 1661-05-01
    """
    if answer is not None:
        from legation.desk.cli.commands.judging import say_days, tell

        judgement = open_judging(workspace).answer(answer[0], answer[1], name, since, until)
        tell(judgement, f"Answered{say_days(since, until)}.", as_json=as_json)
        return
    if again:
        from legation.desk.cli.commands.judging import tell_undone

        tell_undone(open_judging(workspace).ask_again(again), as_json=as_json)
        return
    if since or until:
        raise UsageError("Days go with an answer.", "Write --answer QUESTION KEY --since DATE.")
    if once:
        topic = "once"
    check_topic(topic)
    if listed or later or as_json:
        _list(workspace, limit, offset, topic, later=later, as_json=as_json)
        return
    Review(open_judging(workspace), topic).run()


def check_topic(topic: str) -> None:
    """Check the name of a topic. Raises UsageError."""
    from legation.report.questions import ONCE, TOPICS

    if topic and topic not in (*TOPICS, ONCE):
        raise UsageError(f"{topic!r} is no topic of questions.", "Topics: " + ", ".join(TOPICS))


def say_waiting(view: WaitingView) -> str:
    """Return what remains by topic: "212 names · 340 encounters · 12 promises · 60 used once"."""
    from legation.report.questions import TOPICS

    said = [say_number(n, *TOPICS[t]) for t, n, _ in view.topics]
    return " · ".join([*said, f"{view.once:,} used once"] if view.once else said)


def _list(workspace: str, limit: int, offset: int, topic: str, *, later: bool, as_json: bool) -> None:
    desk = open_desk(workspace)
    found, total = desk.deferred(limit, offset) if later else desk.questions(limit, offset, topic=topic)
    if as_json:
        from legation.report.json import plain, questions_to_json

        print_json(questions_to_json(found, total, plain(desk.waiting())))
        return
    page = Page()
    waiting = say_waiting(desk.waiting())
    if waiting:
        page.flow((waiting, "quiet"))
        page.blank()
    for question in found:
        set_question(page, question, words=1)
        state = {"later": "put off", "never": "never to be asked"}.get(question.state, "")
        page.flow((state, "question"), (question.id, "quiet"), indent=2)
        page.blank()
    if not found:
        page.flow("No question was put off." if later else "No question is open.")
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()


class Review:
    """One sitting: asks, takes keys, and remembers what can be taken back."""

    def __init__(self, desk: DeskApi, topic: str = "") -> None:
        self.desk = desk
        self.topic = topic
        #: Questions left open, and (judgement, question) of what was answered.
        self.left: list[str] = []
        self.made: list[tuple[str, str]] = []
        self.by_key = is_terminal(sys.stdin) and is_terminal(sys.stdout)

    def run(self) -> None:
        """Ask until nothing is open, or no more keys come."""
        while True:
            question, total = self._next()
            if question is None and self._undoes_last():
                continue
            if question is None:
                break
            self._show(question, total)
            if not self._take(question):
                break
        self._end()

    def _next(self) -> tuple[QuestionView | None, int]:
        found, total = self.desk.questions(len(self.left) + 1, topic=self.topic)
        return next((q for q in found if q.id not in self.left), None), total - len(self.left)

    def _show(self, question: QuestionView, total: int) -> None:
        page = Page()
        page.lines.append("")
        waiting = self.desk.waiting()
        remains = say_waiting(waiting) or f"{say_number(total, 'question')} open"
        settled = f" · you settled {waiting.settled_today:,} today" if waiting.settled_today else ""
        page.flow((remains + settled, "quiet"))
        if question.settles:
            page.flow((f"This answer settles {question.settles}.", "quiet"))
        page.blank()
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
            if key in keys or key in (LATER, NEVER) or (key == "N" and "n" in keys):
                return self._answer(question, key, name)
            if key == LEAVE:
                self.left.append(question.id)
                return True
            if key in UNDO:
                return self._undo()
            if key == MORE:
                self._show_places(question)
                continue
            click.echo("Keys: " + " ".join([*sorted(keys), LEAVE, LATER, NEVER, UNDO[0], MORE, QUIT]))

    def _undoes_last(self) -> bool:
        """After the last question let the last answer be taken back; returns whether it was."""
        if not self.made:
            return False
        click.echo("Nothing is left. z takes the last answer back; any other key ends.")
        if self._read()[0] not in UNDO:
            return False
        return self._undo()

    def _show_places(self, question: QuestionView) -> None:
        words, total = self.desk.places(question.id, MOST_PLACES)
        page = Page()
        for place in words:
            set_words(page, place, indent=2, length=180)
        if total > len(words):
            page.flow((f"and {total - len(words):,} more", "quiet"), indent=2)
        page.show()

    def _answer(self, question: QuestionView, key: str, name: str) -> bool:
        if key == "N":
            key, name = "n", name or self._ask_name()
        try:
            judgement = self.desk.answer(question.id, {LATER: "later", NEVER: "never"}.get(key, key), name)
        except UsageError as error:
            # The words may have changed under the question: say it, and ask the next one.
            click.echo(str(error))
            self.left.append(question.id)
            return True
        self.made.append((judgement, question.id))
        aside = "Never to be asked" if key == NEVER else "Put off"
        said = next((o.label for o in question.options if o.key == key), aside)
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
        total = self.desk.open_count()
        still = say_number(total, "question") if total else "no question"
        click.echo(f"{say_number(len(self.made), 'answer')}; {still} open.")
        if self.made:
            click.echo("`legation undo` takes the last answer back.")
