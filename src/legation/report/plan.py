"""The plan as faces show it, made from what was computed (`plan.propose`)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from legation.plan.changes import counting
from legation.plan.propose import Plan, adds_of, cold_people, compare_plan, effects_of, share_of
from legation.plan.weeks import PlannedEncounter
from legation.report.links import Links
from legation.report.plan_effect import broken_rules
from legation.report.plan_reasons import plan_notes, say_cold, say_unmet, with_reasons
from legation.report.plan_views import (
    ColdView,
    CourtesyView,
    GuestView,
    LayerView,
    LeftOutView,
    PlannedView,
    PlanView,
    WeekView,
)
from legation.report.saying import day_of_year
from legation.report.views import PersonLink

#: How many may come in a guest's place, and how many of those left out are shown by name.
MOST_INSTEAD = 5
MOST_LEFT_OUT = 40
#: Shares below this are told as none.
SLIGHT_SHARE = 0.0005
METHOD = (
    "Linear programme over all weeks, whole encounters by rounding, a small integer programme on who is"
    " split, then improvement by exchange. The bound, and what an hour is worth, are those of a linear"
    " programme of these weeks alone."
)
PRICED = (
    "A plan by prices. There are too many people and weeks for a bound of the weeks alone: the bound and the"
    " worth of an hour are those of the model, which counts what comes after them as well."
)


def plan_view(links: Links, plan: Plan, *, kept: bool, based_on: str) -> PlanView:
    """Return what faces show of a plan; people's offices are those of its first day."""
    given = plan.given
    encounters = with_reasons(given, plan.encounters, effects_of(plan.numbered))
    links.need_people(
        {p.person for p in given.people}
        | {g.person for e in encounters for g in e.guests}
        | {o.person for o in given.left_out[:MOST_LEFT_OUT]}
    )
    adds, other = adds_of(plan), compare_plan(plan)
    instead = _instead(plan)
    weeks = _weeks(links, plan, encounters, adds, instead)
    hour_more, hour_less = max(0.0, other.hour_more), min(0.0, other.hour_less)
    return PlanView(
        since=given.since.isoformat(),
        until=given.until.isoformat(),
        weeks=weeks,
        people=len(given.people),
        share=_rounded(share_of(plan.numbered, plan.score)),
        bound_share=_rounded(other.bound_share),
        gap=_gap(plan, other.bound_share),
        objective=round(plan.score.objective, 4),
        bound=round(other.bound_share * plan.numbered.instance.total_worth * given.weeks, 4),
        greedy_share=_rounded(other.greedy.share),
        overdue_share=_rounded(other.overdue.share),
        receptions_share=_rounded(other.receptions.share),
        hours=round(sum(given.hours), 2),
        hours_used=round(sum(w.hours_used for w in weeks), 2),
        hour_more=_rounded(hour_more),
        hour_less=_rounded(hour_less),
        cold=_cold(links, plan, encounters),
        courtesies=tuple(
            CourtesyView(links.person(c.person), c.on.isoformat(), c.occasion, c.courtesy, c.why)
            for c in plan.courtesies
        ),
        layers=_layers(plan),
        unmet=tuple(say_unmet(need, given.hours_a_week) for need in plan.needs),
        left_out=tuple(LeftOutView(links.person(o.person), o.why) for o in given.left_out[:MOST_LEFT_OUT]),
        left_out_count=len(given.left_out),
        curves={
            "plan": _curve(plan.score.within),
            "greedy": _curve(other.greedy.within),
            "overdue": _curve(other.overdue.within),
        },
        notes=(
            *(f"As it stands: {said}." for said in broken_rules(links, given, plan.numbered, encounters)),
            *_passes_bound(plan, other.bound_share),
            *_floors(plan, other.bound_share),
            *plan_notes(given, encounters),
            *(plan.solution.notes if plan.solution else ()),
            *_unplaced(plan),
        ),
        kept=kept,
        based_on=based_on,
        method=PRICED if other.priced else METHOD,
    )


def _gap(plan: Plan, bound_share: float) -> float:
    """Return what is lost at most; nothing where nothing can be had."""
    if bound_share < SLIGHT_SHARE or not plan.given.people:
        return 0.0
    return round(max(0.0, 1.0 - plan.share / bound_share), 5)


def _rounded(share: float) -> float:
    return round(float(share), 5)


def _curve(within: Iterable[float]) -> tuple[float, ...]:
    return tuple(_rounded(w) for w in within)


def _weeks(
    links: Links,
    plan: Plan,
    encounters: Sequence[PlannedEncounter],
    adds: Mapping[str, float],
    instead: Mapping[str, tuple[str, ...]],
) -> tuple[WeekView, ...]:
    given = plan.given
    by_week: dict[int, list[PlannedEncounter]] = defaultdict(list)
    for encounter in encounters:
        by_week[given.week_of(encounter.on)].append(encounter)
    found = []
    for number in range(given.weeks):
        here = sorted(by_week[number], key=lambda e: (e.on, e.at, e.uid))
        found.append(
            WeekView(
                since=(given.monday + dt.timedelta(weeks=number)).isoformat(),
                hours=round(given.hours[number], 2),
                hours_used=round(sum(e.hours for e in here if counting(e)), 2),
                within=_rounded(plan.score.within[number]),
                encounters=tuple(_planned(links, e, plan, adds, instead) for e in here),
                says=given.says[number],
            )
        )
    return tuple(found)


def _planned(
    links: Links,
    encounter: PlannedEncounter,
    plan: Plan,
    adds: Mapping[str, float],
    instead: Mapping[str, tuple[str, ...]],
) -> PlannedView:
    on = encounter.on.isoformat()
    return PlannedView(
        uid=encounter.uid,
        on=on,
        at=encounter.at,
        form=encounter.form,
        place=encounter.place,
        hours=encounter.hours,
        guests=tuple(
            GuestView(
                person=links.person(g.person, on) if links.name(g.person) else PersonLink(g.person, g.name),
                why=g.why,
                reply=g.reply,
                instead=tuple(links.person(p, on) for p in instead.get(encounter.uid, ())),
            )
            for g in encounter.guests
        ),
        locked=encounter.locked,
        origin=encounter.origin,
        occasion=encounter.occasion,
        why_day=plan.why_day.get(encounter.uid, ""),
        adds=_rounded(adds.get(encounter.uid, 0.0)),
        sequence=encounter.sequence,
    )


def _instead(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return, by uid, who may come in a guest's place: whoever would gain most weeks, is free and suits.

    Nobody who comes that week anyway, is away, or is apart from a guest who stays.
    """
    numbered, given = plan.numbered, plan.given
    instance, weeks, score = numbered.instance, numbered.weeks, plan.score
    seen: dict[int, set[str]] = defaultdict(set)
    for encounter in plan.encounters:
        seen[given.week_of(encounter.on)] |= {g.person for g in encounter.guests}
    apart: dict[str, set[str]] = defaultdict(set)
    for one, other in given.apart:
        apart[one].add(other)
        apart[other].add(one)
    forms = {f.name: n for n, f in reversed(list(enumerate(instance.forms)))}
    found = {}
    for encounter in plan.encounters:
        week, form = given.week_of(encounter.on), forms.get(encounter.form)
        if form is None or encounter.origin == "calendar" or not 0 <= week < given.weeks:
            continue
        enemies = {p for g in counting(encounter) for p in apart[g.person]}
        ranked = []
        for n, person in enumerate(given.people):
            covers = int(instance.covers[n, form])
            if not covers or encounter.form not in person.forms or person.person in seen[week] | enemies:
                continue
            if weeks.may is not None and not weeks.may[n, week]:
                continue
            if any(a.holds(encounter.on) for a in person.away):
                continue
            until = min(given.weeks, week + covers)
            gain = float((~score.covered[n, week:until]).sum()) * person.worth
            due = person.covered_until or dt.date.min
            ranked.append((-gain, due, person.rank, person.person))
        found[encounter.uid] = tuple(r[-1] for r in sorted(ranked)[:MOST_INSTEAD])
    return found


def _cold(links: Links, plan: Plan, encounters: Sequence[PlannedEncounter]) -> tuple[ColdView, ...]:
    """Return who is cold at the end, whoever counts most first."""
    given = plan.given
    cold = cold_people(given, plan.encounters, effects_of(plan.numbered))
    order = sorted(cold, key=lambda n: (-given.people[n].worth, given.people[n].rank))
    return tuple(
        ColdView(
            person=links.person(given.people[n].person),
            interval_days=given.people[n].rule.cold_days,
            last_on=given.people[n].last_when,
            cold_on=day.isoformat() if (day := cold[n]) else "",
            why=say_cold(given.people[n], cold[n], given, encounters),
        )
        for n in order
    )


def _layers(plan: Plan) -> tuple[LayerView, ...]:
    """Return how each layer fares; whoever has an interval set counts in the layer of his rank."""
    given = plan.given
    members: dict[int, list[int]] = defaultdict(list)
    for n, person in enumerate(given.people):
        members[person.layer].append(n)
    found = []
    for layer in given.settings.layers:
        of = members.get(layer.number)
        if of:
            within = float(plan.score.covered[of].mean()) if given.weeks else 0.0
            found.append(LayerView(layer.number, layer.ideal_days, len(of), _rounded(within), layer.floor))
    return tuple(found)


def _floors(plan: Plan, bound_share: float) -> list[str]:
    """Say what the floors cost, where there are any."""
    if not plan.numbered.weeks.floors or plan.solution is None:
        return []
    said = "Floors go before everything else."
    if plan.free_share is None:
        return [f"{said} Without them no plan would pass {_hundredths(bound_share)} in every hundred."]
    lost = plan.free_share - plan.share
    if lost < SLIGHT_SHARE:
        return [f"{said} Here they cost nothing: without them as much would stay within interval."]
    most = _hundredths(plan.free_share)
    return [
        f"{said} They cost {_hundredths(lost)} in every hundred: without them {most} would stay within it."
    ]


def _hundredths(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0")


def _passes_bound(plan: Plan, bound_share: float) -> list[str]:
    """Say why weeks that stand come to more than a plan can that keeps the rules."""
    if plan.share <= bound_share + SLIGHT_SHARE:
        return []
    most = _hundredths(bound_share)
    return [f"These weeks break rules, and so pass what a plan can come to that keeps them: {most} in 100."]


def _unplaced(plan: Plan) -> list[str]:
    """Say which encounters found no day."""
    notes = []
    for one in plan.unplaced:
        names = ", ".join(g.name for g in one.guests)
        monday = plan.given.monday + dt.timedelta(weeks=one.week)
        notes.append(
            f"A {one.form.name} with {names} in the week of {day_of_year(monday)} found no day that suits"
            " everybody, and is left out."
        )
    return notes
