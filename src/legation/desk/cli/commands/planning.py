"""Commands of the plan: the weeks computed, shown and kept, and changed one by one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_desk, parse_day, workspace_option
from legation.desk.cli.terminal import Page, Piece, print_json
from legation.facts.errors import AmbiguousError, NotFoundError, UsageError
from legation.report.saying import join_names, say_date, say_form_title, say_number, say_weekday, sentence

if TYPE_CHECKING:
    from legation.plan.weeks import PlannedEncounter
    from legation.report.plan_views import EffectView, PlannedView, PlanView, WeekView
    from legation.workspace.api import Desk

#: How many guests stand with their reasons; of a larger encounter the rest is counted.
GUESTS_SHOWN = 12
COLD_SHOWN = 12
LEFT_OUT_SHOWN = 8
#: How many letters of an encounter's id are shown, and are enough to name it.
SHORT = 6
KINDS = ("move", "lock", "unlock", "drop", "swap", "add", "remove", "reply", "hours", "undo")


@click.command(cls=Command)
@click.option("--from", "since", default="", metavar="DATE", help="The first day; else today.")
@click.option(
    "--weeks",
    type=click.IntRange(1, 26),
    default=None,
    help="How many weeks, the one of the first day included; else those kept, or 8.",
)
@click.option(
    "--hours",
    type=click.FloatRange(0, 112),
    default=None,
    help="Hours a week for encounters; else those of plan.toml.",
)
@click.option("--keep", is_flag=True, help="Keep these weeks in weeks.toml; what is locked there stays.")
@workspace_option
@json_option
def plan(
    since: str, weeks: int | None, hours: float | None, workspace: str, *, keep: bool, as_json: bool
) -> None:
    """Show whom to see in the coming weeks: form, day, guests and why, within your hours.

    The weeks that you kept are shown as they stand; others are computed anew. It says how good the
    plan is, what no plan can pass, who goes cold, and what an hour more or less would change.
    Intervals, hours and who must not meet are set in plan.toml.

    Example:
      legation plan
      legation plan --from 1938-09-01 --weeks 8 --hours 18
      legation plan --from 1938-09-01 --keep
    """
    day = parse_day(since, "--from")
    desk = open_desk(workspace)
    if keep:
        view = desk.make_plan(day, weeks, hours, desk.planner.based_on())
    else:
        view = desk.plan(day, weeks, hours)
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    show_plan(page, view)
    page.show()


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("encounter", default="")
@click.option("--to", "on", default="", metavar="DATE", help="The day to move to, or of the week meant.")
@click.option("--guest", default="", metavar="NAME", help="The guest who answered, goes, or is replaced.")
@click.option("--other", default="", metavar="NAME", help="Who comes in.")
@click.option(
    "--answer",
    type=click.Choice(["accepted", "declined", "tentative", "needs-action"]),
    default=None,
    help="What the guest answered.",
)
@click.option("--hours", type=click.FloatRange(0, 112), default=None, help="What the week has.")
@click.option("--try", "only_try", is_flag=True, help="Say what the change would do, and change nothing.")
@click.option("--sure", is_flag=True, help="Make the change though it breaks a rule.")
@workspace_option
@json_option
def change(
    kind: str,
    encounter: str,
    on: str,
    guest: str,
    other: str,
    answer: str | None,
    hours: float | None,
    workspace: str,
    *,
    only_try: bool,
    sure: bool,
    as_json: bool,
) -> None:
    """Change the weeks that you kept: move, lock, unlock or drop an encounter, swap a guest.

    Also: add or remove a guest, note an answer, give a week other hours, or undo the last change.
    ENCOUNTER is its id as `legation plan` shows it; the first letters are enough. What would break a
    rule (two at one table who must not be, somebody away, a day that is closed) is only done with --sure.

    Example:
      legation change move q7kx2m --to 1938-09-08
      legation change swap q7kx2m --guest Eden --other Masaryk
      legation change hours --to 1938-09-12 --hours 10
      legation change drop q7kx2m --try
    """
    from legation.report.plan_views import PlanChange

    desk = open_desk(workspace)
    if kind == "undo":
        if only_try:
            raise UsageError("undo takes no --try.", "`legation change undo` puts the weeks back.")
        _show(desk.undo_plan(desk.planner.based_on()), None, as_json=as_json)
        return
    day = parse_day(on, "--to")
    _check(kind, encounter, day, guest, other, answer, hours)
    before = desk.planner.kept()
    standing = before.kept.encounters if before.kept else ()
    uid = find_uid(standing, encounter) if kind != "hours" else ""
    wanted = PlanChange(
        kind,
        uid,
        day.isoformat() if day else "",
        _guest(desk, standing, uid, guest),
        desk.find_person(other) if other else "",
        answer or "",
        hours or 0.0,
    )
    effect = desk.weigh_change(wanted)
    refused = bool(effect.broken) and not sure
    if only_try or refused:
        _show_effect(effect, as_json=as_json)
        if refused and not only_try:
            raise UsageError(
                f"Nothing was changed: it would break {say_number(len(effect.broken), 'rule')}.",
                "Give --sure as well to do it all the same.",
            )
        return
    view = desk.change_plan(wanted, before.based_on)
    _show(view, effect, as_json=as_json)
    if kind == "move" and not as_json:
        click.echo(f"A new plan leaves it there, until `legation change unlock {encounter}`.")


def _show_effect(effect: EffectView, *, as_json: bool) -> None:
    """Print what a change would do."""
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(effect))
        return
    page = Page()
    set_effect(page, effect)
    page.show()


def _check(
    kind: str,
    encounter: str,
    day: dt.date | None,
    guest: str,
    other: str,
    answer: str | None,
    hours: float | None,
) -> None:
    """Check that a change says all that it needs. Raises UsageError."""
    needs: dict[str, tuple[tuple[object, str], ...]] = {
        "move": ((encounter, "ENCOUNTER"), (day, "--to")),
        "swap": ((encounter, "ENCOUNTER"), (guest, "--guest"), (other, "--other")),
        "add": ((encounter, "ENCOUNTER"), (other, "--other")),
        "remove": ((encounter, "ENCOUNTER"), (guest, "--guest")),
        "reply": ((encounter, "ENCOUNTER"), (guest, "--guest"), (answer, "--answer")),
        "hours": ((day, "--to"), (hours is not None or None, "--hours")),
    }
    missing = [name for given, name in needs.get(kind, ((encounter, "ENCOUNTER"),)) if not given]
    if missing:
        raise UsageError(f"{kind} needs {join_names(missing)}.", "`legation change --help` shows each.")


def _guest(desk: Desk, standing: tuple[PlannedEncounter, ...], uid: str, name: str) -> str:
    """Return the id of a guest named by words that fit one guest of the encounter, else anybody."""
    if not name:
        return ""
    guests = [g for e in standing if e.uid == uid for g in e.guests]
    fits = [g.person for g in guests if name.casefold() in g.name.casefold()]
    return fits[0] if len(fits) == 1 else desk.find_person(name)


def find_uid(standing: tuple[PlannedEncounter, ...], given: str) -> str:
    """Return the uid that some first letters name. Raises NotFoundError, AmbiguousError."""
    fits = [e for e in standing if given == e.uid]
    fits = fits or [e for e in standing if e.uid.startswith(given) or _tail(e.uid).startswith(given)]
    if not fits:
        raise NotFoundError(f"there is no encounter {given}", "`legation plan` shows the ids.")
    if len(fits) > 1:
        options = tuple((e.uid, f"{say_form_title(e.form)}, {say_date(e.on.isoformat())}") for e in fits)
        raise AmbiguousError(f"“{given}” fits {len(fits)} encounters", options, "Give more of the id.")
    return fits[0].uid


def _tail(uid: str) -> str:
    return uid.partition("-")[2] or uid


def short_of(uid: str) -> str:
    """Return the first letters of a uid, without what all of them begin with."""
    return _tail(uid)[:SHORT]


def _show(view: PlanView, effect: EffectView | None, *, as_json: bool) -> None:
    if as_json:
        from legation.report.json import to_json

        print_json(to_json(view))
        return
    page = Page()
    if effect is not None:
        set_effect(page, effect)
    page.flow(
        f"The weeks stand at {hundredths(view.share)} in every hundred, with {hours_of(view.hours_used)} of"
        f" {hours_of(view.hours)} hours used."
    )
    page.show()


def set_effect(page: Page, effect: EffectView) -> None:
    """Set what a change does, and what it breaks."""
    page.flow(effect.says)
    for monday, used in effect.hours_used.items():
        page.flow((f"Week of {say_date(monday)}: {hours_of(used)} hours used.", "quiet"), indent=2)
    for broken in effect.broken:
        page.flow((f"{sentence(broken)}.", "contra"), indent=2, hang=4)


# ── the page of a plan ──────────────────────────────────────────────────────────────────


def hundredths(share: float) -> str:
    """Return a share in hundredths: "77", "76.4" near to what it is compared with."""
    return f"{100 * share:.1f}".removesuffix(".0")


def hours_of(hours: float) -> str:
    """Return hours without needless places: "4.5", "18"."""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def show_plan(page: Page, view: PlanView) -> None:
    """Set the page of a plan: the weeks, how good they are, who goes cold, what is left out."""
    kept = "kept in weeks.toml" if view.kept else "a proposal: --keep keeps it"
    page.title(f"{say_date(view.since)} to {say_date(view.until)}", (f"· {kept}", "quiet"))
    if not view.people:
        page.flow("Nobody is planned for.")
        for note in view.notes:
            page.flow(note)
        _set_left_out(page, view)
        return
    page.flow(
        f"{say_number(len(view.weeks), 'week')} for {say_number(view.people, 'person', 'people')}:"
        f" {hundredths(view.share)} in every hundred within the interval, weighted by what each counts."
    )
    for week in view.weeks:
        _set_week(page, week)
    _set_quality(page, view)
    if view.courtesies:
        page.head("Courtesies")
        for asked in view.courtesies:
            page.flow(
                (asked.person.name, "person"), f"· {sentence(asked.courtesy)}: {asked.why}", indent=2, hang=4
            )
    _set_cold(page, view)
    for unmet in view.unmet:
        page.flow((unmet.says, "contra"))
    if view.notes:
        page.head("Notes")
        for note in view.notes:
            page.flow(note, indent=2, hang=4)
    _set_left_out(page, view)


def _set_week(page: Page, week: WeekView) -> None:
    says = f" · {week.says}" if week.says else ""
    page.head(f"Week of {say_date(week.since)}")
    page.flow(
        (f"{hours_of(week.hours_used)} of {hours_of(week.hours)} hours{says}", "quiet"),
        (f"· {hundredths(week.within)} in a hundred within interval at its end", "quiet"),
        indent=2,
    )
    for encounter in week.encounters:
        _set_encounter(page, encounter)
    if not week.encounters:
        page.flow(("Nothing is planned.", "quiet"), indent=2)


def _set_encounter(page: Page, encounter: PlannedView) -> None:
    day = dt.date.fromisoformat(encounter.on)
    marks: list[Piece] = []
    if encounter.origin == "calendar":
        marks.append(("in the calendar", "quiet"))
    elif encounter.locked:
        marks.append(("locked", "sure"))
    if encounter.why_day:
        marks.append((encounter.why_day, "quiet"))
    where = f", {encounter.place}" if encounter.place else ""
    at = f" {encounter.at}" if encounter.at else ""
    page.flow(
        (f"{say_weekday(day)[:3]} {day.day}{at}".lstrip(), "head"),
        f"{say_form_title(encounter.form)}{where}, {hours_of(encounter.hours)} h",
        *[(f"· {text}", style) for text, style in marks],
        (f"[{short_of(encounter.uid)}]", "quiet"),
        indent=2,
        hang=4,
    )
    for guest in encounter.guests[:GUESTS_SHOWN]:
        reply: list[Piece] = [(f"({guest.reply})", "quiet")] if guest.reply else []
        page.flow(
            (guest.person.name, "person"), *reply, (f"– {guest.why}" if guest.why else ""), indent=6, hang=8
        )
    more = encounter.guests[GUESTS_SHOWN:]
    if more:
        names = [g.person.name for g in more]
        page.flow((f"and {say_number(len(names), 'other')}: {join_names(names)}", "quiet"), indent=6, hang=8)


def _set_quality(page: Page, view: PlanView) -> None:
    page.head("How good it is")
    # Weeks that stand may break rules; then the bound is of plans that keep them.
    passed = view.share > view.bound_share + 0.0005
    rows = (
        ("this plan", view.share),
        ("within the rules" if passed else "no plan can pass", view.bound_share),
        ("greedy", view.greedy_share),
        ("one to one", view.overdue_share),
        ("receptions only", view.receptions_share),
    )
    for label, share in rows:
        page.row(f"  {label}", hundredths(share), at=22)
    lost = f"At most {100 * view.gap:.1f} % of what is possible is lost to the planning."
    if passed:
        lost = "These weeks break rules, and so pass what a plan can come to that keeps them."
    page.flow(
        f"{hours_of(view.hours_used)} of {hours_of(view.hours)} hours are used. {lost} One to one sees"
        " whoever is most overdue: what reminders come to.",
        indent=2,
    )
    page.flow(_say_hour(view), indent=2)


def _say_hour(view: PlanView) -> str:
    """Return what an hour a week more and less would change."""
    if view.hour_more < 0.0005 and view.hour_less > -0.0005:
        return "An hour a week more or less would change nothing."
    return (
        f"An hour a week more would be worth {hundredths(max(0.0, view.hour_more))} in every hundred more,"
        f" an hour less {hundredths(max(0.0, -view.hour_less))} fewer."
    )


def _set_cold(page: Page, view: PlanView) -> None:
    page.head("Who goes cold")
    if not view.cold:
        page.flow(("Nobody.", "quiet"), indent=2)
    for cold in view.cold[:COLD_SHOWN]:
        last = f"last met {say_date(cold.last_on)}; " if cold.last_on else ""
        page.flow((cold.person.name, "person"), f"– {last}{cold.why}", indent=2, hang=4)
    if len(view.cold) > COLD_SHOWN:
        page.flow((f"and {len(view.cold) - COLD_SHOWN} more; --json lists them.", "quiet"), indent=2)


def _set_left_out(page: Page, view: PlanView) -> None:
    if not view.left_out_count:
        return
    page.head("Not planned for")
    for out in view.left_out[:LEFT_OUT_SHOWN]:
        page.flow((out.person.name, "person"), f"– {out.why}", indent=2, hang=4)
    rest = view.left_out_count - min(LEFT_OUT_SHOWN, len(view.left_out))
    if rest > 0:
        page.flow((f"and {say_number(rest, 'other')}.", "quiet"), indent=2)
