"""The command that simulates years under the plan, on the user's own people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, parse_day, workspace_option
from legation.desk.cli.setting import person_pieces
from legation.desk.cli.terminal import Page, Told, print_json

if TYPE_CHECKING:
    from legation.report.simulated import SimulatedView

#: How many who mostly go cold the page names; --json has all.
COLD_SHOWN = 12
#: What each way is, for whoever has not read the guide.
WAYS = {
    "plan": "by prices, floors kept",
    "greedy": "what covers most for its hours, again and again",
    "overdue": "the longest overdue first, one to one",
}


@click.command(cls=Command)
@click.option("--from", "since", default="", metavar="DATE", help="The first day; else today.")
@click.option("--weeks", type=click.IntRange(1, 104), default=52, show_default=True, help="Weeks in a year.")
@click.option(
    "--hours",
    type=click.FloatRange(0, 112, min_open=True),
    default=None,
    metavar="HOURS",
    help="Hours a week; else those of plan.toml.",
)
@click.option("--seeds", type=click.IntRange(1, 100), default=10, show_default=True, help="How many years.")
@click.option("--first-seed", type=click.IntRange(0), default=0, help="Begin with this one: other years.")
@workspace_option
@json_option
def simulate(
    since: str, weeks: int, hours: float | None, seeds: int, first_seed: int, workspace: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Simulate years under the plan: what it keeps, beside simpler ways to plan, and a steady rhythm.

    Invitations are declined and weeks lose hours by chance, the same for the same seeds. Nothing is
    written, and no plan that stands is changed.

    Example:
      legation simulate
      legation simulate --hours 12 --seeds 20 --json
    """
    from legation.workspace.simulating import simulate as run

    desk = open_desk(workspace)
    day = parse_day(since, "--from") or desk.today_on()
    with Told(quiet=as_json) as progress:
        view = run(
            desk.store, desk.settings, day, weeks=weeks, hours=hours, seeds=seeds, first_seed=first_seed,
            progress=progress,
        )  # fmt: skip
    if as_json:
        from legation.report.simulated import simulated_to_json

        print_json(simulated_to_json(view))
        return
    page = Page()
    show(page, view)
    page.show()


def show(page: Page, view: SimulatedView) -> None:
    """Set the page of some simulated years."""
    from legation.report.saying import say_date, say_number

    years = say_number(view.seeds, "year")
    page.title(f"{years} of {view.weeks} weeks from {say_date(view.since)}")
    page.flow(
        f"{say_number(view.people, 'person', 'people')} planned for; {view.hours:.1f} hours a week, of which"
        f" {view.hours_left:.1f} remained and {view.hours_used:.1f} were used."
    )
    page.head("Share kept within interval, by worth")
    for way in view.ways:
        spread = f"({way.least:.0%} to {way.most:.0%})" if view.seeds > 1 else ""
        page.row(way.way, f"{way.share:.0%}", (f"{spread} {WAYS[way.way]}", "quiet"))
    page.row("steady", f"{view.bound:.0%}", ("the best steady rhythm; no proof of the most", "quiet"))
    page.flow(f"With one hour a week more the plan changes by {100 * view.hour_adds:+.1f} points.")
    page.head("Share of weeks, by interval")
    page.table(
        ("interval", "people", "plan", "greedy", "overdue", "steady"),
        [
            (
                f"{layer.interval_days} days",
                str(layer.people),
                *(f"{share:.0%}" for share in (layer.plan, layer.greedy, layer.overdue, layer.bound)),
            )
            for layer in view.layers
        ],
        frozenset({1, 2, 3, 4, 5}),
    )
    page.head("Mostly cold under the plan")
    for one in view.cold[:COLD_SHOWN]:
        page.flow(
            *person_pieces(one.person),
            f"· every {say_number(one.interval_days, 'day')}, kept {one.kept:.0%} of the weeks",
            indent=2, hang=4,
        )  # fmt: skip
    if len(view.cold) > COLD_SHOWN:
        page.flow((f"and {len(view.cold) - COLD_SHOWN} more; --json names all.", "quiet"), indent=2)
    if not view.cold:
        page.flow(("Nobody.", "quiet"), indent=2)
    page.head("What these figures are")
    for sentence in view.says:
        page.flow(sentence, indent=2, hang=2)
