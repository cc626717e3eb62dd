"""Commands that look at a day, at encounters and at texts: today, encounters, search, entries, entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import (
    check_when,
    json_option,
    open_desk,
    page_options,
    parse_day,
    workspace_option,
)
from legation.desk.cli.setting import (
    KINDS,
    STATES,
    person_pieces,
    say_more,
    set_encounter,
    set_finding,
    set_words,
)
from legation.desk.cli.terminal import Page, print_json
from legation.facts.judgement import FINDING_ROLES
from legation.report.saying import join_names, say_date, say_number

if TYPE_CHECKING:
    from legation.report.views import DueView, EntryView, TodayView

#: How many of each the page of today shows; --json has all that the view holds.
DUE_SHOWN = 10
OTHERS_SHOWN = 6


@click.command(cls=Command)
@click.option(
    "--on", default="", metavar="DATE", help="The day; else today, or the day that legation.toml fixes."
)
@workspace_option
@json_option
def today(on: str, workspace: str, *, as_json: bool) -> None:
    """Show who is due, what is planned, which occasions come and which questions wait.

    Example:
      legation today
      legation today --on 1939-03-09 --json
    """
    day = parse_day(on, "--on")
    view = open_desk(workspace).today(day)
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    show_today(page, view)
    page.show()


def show_today(page: Page, view: TodayView) -> None:
    """Set the page of one day."""
    page.title(say_date(view.on), *(((f"· {view.owner}", "quiet"),) if view.owner else ()))
    if not (view.people or view.entries):
        page.flow("Nothing is on record yet.", ("legation import PATH", "key"), "reads what you write.")
        return
    page.head("Planned")
    for event in view.planned[:OTHERS_SHOWN]:
        set_encounter(page, event, dated=False, words=0)
    if not view.planned:
        page.flow(("Nothing planned is on record.", "quiet"), indent=2)
    _say_rest(page, len(view.planned), OTHERS_SHOWN)
    page.head("Due")
    for due in view.due[:DUE_SHOWN]:
        _set_due(page, due)
    if not view.due:
        page.flow(("Nobody is due.", "quiet"), indent=2)
    _say_rest(page, view.due_count or len(view.due), DUE_SHOWN)
    if view.promises:
        page.head("Promises")
        for promise in view.promises[:OTHERS_SHOWN]:
            set_finding(page, promise, quoted=110)
        _say_rest(page, len(view.promises), OTHERS_SHOWN)
    if view.occasions:
        page.head("Occasions")
        for occasion in view.occasions[:OTHERS_SHOWN]:
            page.flow(*person_pieces(occasion.person), f"· {occasion.says}", indent=2, hang=4)
        _say_rest(page, len(view.occasions), OTHERS_SHOWN)
    if view.recent:
        page.head("Lately")
        for met in view.recent[:OTHERS_SHOWN]:
            set_encounter(page, met, words=1)
        _say_rest(page, len(view.recent), OTHERS_SHOWN)
    page.head("Questions")
    if view.open_questions:
        for question in view.questions[:3]:
            page.flow((question.prompt, "question"), indent=2, hang=4)
        _say_rest(page, view.open_questions, 3)
        page.flow(("legation review", "key"), ("answers them, one key each.", "quiet"), indent=2)
    else:
        page.flow(("None is open.", "quiet"), indent=2)
    page.blank()
    _set_notes(page, view)
    people = say_number(view.people, "person", "people")
    texts = say_number(view.entries, "entry or paper", "entries and papers")
    page.flow((f"{people} and {texts} on record", "quiet"))


def _set_notes(page: Page, view: TodayView) -> None:
    """Set what plan.toml names in vain, and what else one should know."""
    for reason in dict.fromkeys(r for _, r in view.unused):
        names = join_names([n for n, r in view.unused if r == reason])
        page.flow((f"Set in plan.toml without effect: {names} ({reason}).", "quiet"))
    for note in view.notes:
        page.flow((note, "quiet"))


def _set_due(page: Page, due: DueView) -> None:
    page.flow(*person_pieces(due.person), indent=2, hang=4)
    page.flow(due.why, indent=4)
    if due.last is not None:
        set_words(page, due.last, indent=4, length=110)


def _say_rest(page: Page, total: int, shown: int) -> None:
    if total > shown:
        page.flow((f"and {total - shown:,} more", "quiet"), indent=2)


@click.command(cls=Command)
@click.option("--with", "name", default="", metavar="NAME", help="Only those with this person.")
@click.option("--since", default="", metavar="DATE", help="From this day, month or year.")
@click.option("--until", default="", metavar="DATE", help="Up to this day, month or year.")
@page_options(30)
@workspace_option
@json_option
def encounters(
    name: str, since: str, until: str, limit: int, offset: int, workspace: str, *, as_json: bool
) -> None:
    """List encounters, newest first, each with its own words.

    Example:
      legation encounters --with "Lord Halifax" --since 1938-03
    """
    since, until = check_when(since, "--since"), check_when(until, "--until")
    desk = open_desk(workspace)
    person = desk.find_person(name) if name else ""
    found, total = desk.encounters(person, since, until, limit, offset)
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json("encounters", found, total))
        return
    page = Page()
    for view in found:
        set_encounter(page, view, words=3, indent=0)
        page.blank()
    if not found:
        page.flow("No encounter is on record" + (f" with {name}" if name else "") + ".")
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()


@click.command(cls=Command)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--person", default="", metavar="NAME", help="Only texts that name this person.")
@click.option("--since", default="", metavar="DATE", help="From this day, month or year.")
@click.option("--until", default="", metavar="DATE", help="Up to this day, month or year.")
@click.option(
    "--kind", default="", type=click.Choice(["", *KINDS]), metavar="KIND", help=f"One of {', '.join(KINDS)}."
)
@page_options(10)
@workspace_option
@json_option
def search(
    words: tuple[str, ...],
    person: str,
    since: str,
    until: str,
    kind: str,
    limit: int,
    offset: int,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """Search the text of every document; the best come first.

    Example:
      legation search alliance --person Halifax --since 1939
      legation search '"the lunch of"'
    """
    since, until = check_when(since, "--since"), check_when(until, "--until")
    desk = open_desk(workspace)
    who = desk.find_person(person) if person else ""
    view = desk.search(" ".join(words), who, since, until, kind, limit, offset)
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    for hit in view.hits:
        title = (
            (KINDS.get(hit.kind, hit.kind) + ", " + say_date(hit.written_on))
            if hit.written_on
            else KINDS.get(hit.kind, hit.kind)
        )
        page.flow(
            (hit.title if hit.kind != "entry" else "", "title"),
            (title, "quiet" if hit.title and hit.kind != "entry" else "title"),
            (hit.item, "quiet"),
        )
        page.flow(
            *((piece, "found" if n % 2 else "") for n, piece in enumerate(hit.pieces)), indent=2, joined=True
        )
        page.blank()
    if not view.hits:
        page.flow("Not in any text on record.")
    say_more(page, offset + len(view.hits), view.total, "--limit and --offset show others.")
    page.show()


@click.command(cls=Command)
@click.option(
    "--kind",
    default="",
    type=click.Choice(["", *KINDS]),
    metavar="KIND",
    help=f"One of {', '.join(KINDS)}; else diary, papers and notes.",
)
@click.option("--year", default="", metavar="YEAR", help="Only those of a year or month.")
@page_options(30)
@workspace_option
@json_option
def entries(kind: str, year: str, limit: int, offset: int, workspace: str, *, as_json: bool) -> None:
    """List the diary and the papers, newest first.

    Example:
      legation entries --year 1939
    """
    year = check_when(year, "--year")
    found, total = open_desk(workspace).entries(kind, year, limit, offset)
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json("entries", found, total))
        return
    page = Page()
    for row in found:
        title = row.title if row.kind != "entry" and row.title else say_date(row.written_on)
        page.flow((title, "title"), (f"{KINDS.get(row.kind, row.kind)}  {row.item}", "quiet"))
        page.flow((row.opening, ""), indent=2)
        facts = [say_number(row.encounters, "encounter")] if row.encounters else []
        facts += [say_number(row.questions, "open question")] if row.questions else []
        page.flow((" · ".join(facts), "quiet"), indent=2)
    if not found:
        page.flow("No such entry is on record.")
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()


@click.command(cls=Command)
@click.argument("item", metavar="ID")
@workspace_option
@json_option
def entry(item: str, workspace: str, *, as_json: bool) -> None:
    """Show one entry or paper with what was read from it.

    The id is that of `legation entries`, `search` or a receipt.

    Example:
      legation entry i-egbipf4f3rx5an7n65dc
    """
    view = open_desk(workspace).entry(item)
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    show_entry(page, view)
    page.show()


def show_entry(page: Page, view: EntryView) -> None:
    """Set an entry: its text, then its notes in the order of the text."""
    page.title(view.title or say_date(view.written_on), (f"· {KINDS.get(view.kind, view.kind)}", "quiet"))
    if view.author:
        page.flow((f"by {view.author}", "quiet"))
    page.flow((view.path, "quiet"))
    page.blank()
    for paragraph in view.text.replace("\r\n", "\n").split("\n"):
        if paragraph.strip():
            page.flow(paragraph)
        else:
            page.blank()
    if view.notes:
        page.head("What was read from it")
        for note in view.notes:
            state = STATES[note.state]
            page.row(
                f"  {note.key}",
                *(((note.kind, "quiet"),) if note.kind in FINDING_ROLES else ()),
                note.says,
                (note.detail, "quiet"),
                *(((f"[{state[0]}]", state[1]),) if state[0] else ()),
                (note.fact, "quiet"),
                at=6,
                style="key",
            )
    for code, message, hint in view.problems:
        page.blank()
        page.flow((code, "contra"), message, (hint, "quiet"))
