"""Commands about people: brief, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, page_options, workspace_option
from legation.desk.cli.setting import say_more, set_encounter, set_finding, set_words
from legation.desk.cli.terminal import Page, print_json
from legation.report.saying import say_date, say_number

if TYPE_CHECKING:
    from legation.report.views import BriefView, OfficeView

ORDERS = ("name", "closeness", "last")
MEETINGS = 6
TOLD = 5


@click.command(cls=Command)
@click.argument("name", metavar="NAME", nargs=-1, required=True)
@workspace_option
@json_option
def brief(name: tuple[str, ...], workspace: str, *, as_json: bool) -> None:
    """Show all that is on record of one person, by name or id.

    Example:
      legation brief Lord Halifax
    """
    desk = open_desk(workspace)
    view = desk.brief(desk.find_person(" ".join(name)))
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    show_brief(page, view)
    page.show()


def show_brief(page: Page, view: BriefView) -> None:
    """Set the brief on one person."""
    page.title(view.person.name, *(((f"· {view.person.office}", "quiet"),) if view.person.office else ()))
    _set_facts(page, view)
    page.blank()
    page.row("Met", view.closeness_says if view.met_count else ("Not on record.", "quiet"))
    if view.chance_says:
        page.row("Soon", view.chance_says)
    if view.with_people:
        page.row("Company", ", ".join(f"{p.name} ({n})" for p, n in view.with_people[:6]))
    if view.how_met:
        page.head("How you met")
        for met in view.how_met[:3]:
            set_encounter(page, met, words=2)
    for head, meetings, number in (
        ("Encounters", view.encounters, view.encounter_count),
        ("Later", view.later, len(view.later)),
    ):
        if meetings:
            page.head(head)
            for meeting in meetings[:MEETINGS]:
                set_encounter(page, meeting, words=1)
            if number > MEETINGS:
                page.flow(
                    (f"and {number - MEETINGS:,} more: legation encounters --with {view.person.id}", "quiet"),
                    indent=2,
                )
    _set_told(page, view)
    if view.mentioned:
        page.head("Spoken of")
        for words in view.mentioned[:3]:
            set_words(page, words, indent=2)
        page.flow((f"{say_number(view.mention_count, 'mention')} in all", "quiet"), indent=2)
    if view.occasions:
        page.head("Occasions")
        for occasion in view.occasions[:4]:
            page.flow(occasion.says, indent=2, hang=4)
    if view.questions:
        page.head("Open")
        for question in view.questions[:4]:
            page.flow((question.prompt, "question"), (question.id, "quiet"), indent=2, hang=4)
    page.blank()
    page.flow((view.person.id, "quiet"))


def _set_told(page: Page, view: BriefView) -> None:
    """Set what the person said, was told, promised and was promised, and who brought whom together."""
    for head, findings, number, how in (
        ("Said lately", view.said, view.said_count, "statements --by"),
        ("Was told", view.heard, view.heard_count, "statements --to"),
        ("Promised", view.promised, len(view.promised), "promises --by"),
        ("Was promised", view.promised_to, len(view.promised_to), "promises --to"),
        ("Brought together", view.introductions, len(view.introductions), "introductions --of"),
        ("Occasions told", view.told_occasions, len(view.told_occasions), ""),
    ):
        if findings:
            page.head(head)
            for finding in findings[:TOLD]:
                set_finding(page, finding, quoted=180)
            if number > TOLD:
                rest = f": legation {how} {view.person.id}" if how else ""
                page.flow((f"and {number - min(TOLD, len(findings)):,} more{rest}", "quiet"), indent=2)


def _set_facts(page: Page, view: BriefView) -> None:
    others = [n for n in view.names if n.name != view.person.name]
    if others:
        page.row("Also", ", ".join(f"{n.name}" + (f" ({n.uses})" if n.uses else "") for n in others[:8]))
    for office in view.offices[:8]:
        page.row("Office" if office is view.offices[0] else "", office.name, (say_term(office), "quiet"))
    if not view.offices:
        page.row("Office", ("Not on record.", "quiet"))
    if view.circles:
        page.row("Circles", ", ".join(view.circles))
    for fact in view.facts[:12]:
        page.row(fact.name.capitalize(), fact.value)


def say_term(office: OfficeView) -> str:
    """Return the dates of an office in words; an open end is said as such."""
    if office.start and office.end:
        return f"{say_date(office.start)} to {say_date(office.end)}"
    if office.start:
        return f"from {say_date(office.start)}; end not on record"
    return f"to {say_date(office.end)}; beginning not on record" if office.end else "dates not on record"


@click.command(cls=Command)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@click.option(
    "--order", type=click.Choice(ORDERS), default="name", show_default=True, help="What comes first."
)
@page_options(50)
@workspace_option
@json_option
def people(
    query: tuple[str, ...], order: str, limit: int, offset: int, workspace: str, *, as_json: bool
) -> None:
    """List the people on record, all or those whose name or office fits.

    Example:
      legation people --order closeness
      legation people ambassador
    """
    found, total = open_desk(workspace).people(" ".join(query), limit, offset, order)
    if as_json:
        from legation.report.json import list_to_json

        print_json(list_to_json("people", found, total))
        return
    page = Page()
    if found:
        wide = page.width >= 60
        heads = ("name", "met", "last", "named") + (("id",) if page.width >= 88 else ())
        rows = []
        for row in found:
            name = row.person.name + (f", {row.person.office}" if row.person.office and wide else "")
            cells = (
                (name, "person"),
                f"{row.encounters:,}" if row.encounters else "–",
                row.last_on or "–",
                f"{row.mentions:,}",
            )
            rows.append(cells + (((row.person.id, "quiet"),) if len(heads) == 5 else ()))
        page.table(heads, rows, frozenset({1, 3}))
    else:
        page.flow("Nobody of that name is on record." if query else "Nobody is on record yet.")
    say_more(page, offset + len(found), total, "--limit and --offset show others.")
    page.show()
