# ruff: noqa: ARG002 - what the protocol names is taken, whether or not it is of use here
"""A plan in memory for tests of the faces: three weeks of March 1939, with changes that are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from legation.facts.errors import NotFoundError, UsageError
from legation.report.plan_views import (
    ColdView,
    CourtesyView,
    EffectView,
    GuestView,
    LayerView,
    LeftOutView,
    PlanChange,
    PlannedView,
    PlanSettingsView,
    PlanView,
    UnmetView,
    WeekView,
)
from legation.report.simulated import ColdYearView, LayerYearView, SimulatedView, WayView
from legation.report.views import PersonLink

PEOPLE = {
    "churchill": ("Winston Churchill", ""),
    "butler": ("Rab Butler", "Under-Secretary for Foreign Affairs"),
    "hudson": ("Robert Hudson", "Secretary for Overseas Trade"),
    "eden": ("Anthony Eden", ""),
    "masaryk": ("Jan Masaryk", "Czechoslovak minister in London"),
    "beaverbrook": ("Lord Beaverbrook", "owner of the Daily Express"),
    "hart": ("Captain Liddell Hart", "The Times"),
    "halifax": ("Lord Halifax", "Foreign Secretary"),
    "chamberlain": ("Neville Chamberlain", "Prime Minister"),
    "litvinov": ("Maxim Litvinov", "People's Commissar for Foreign Affairs"),
}


def who(key: str) -> PersonLink:
    name, office = PEOPLE[key]
    return PersonLink(f"p-{key}", name, office)


def guest(key: str, why: str, reply: str = "", instead: tuple[str, ...] = ()) -> GuestView:
    return GuestView(who(key), why, reply, tuple(who(k) for k in instead))


FIRST = (
    PlannedView(
        "plan-dinner@legation", "1939-03-14", "19:30", "dinner", "the Embassy", 4.5,
        (
            guest("churchill", "last a meeting on 2 September; you mean every 14 days: due on 16 September", "accepted"),
            guest("eden", "birthday on 12 June; seat free, due in three weeks", "needs-action", ("masaryk", "hart")),
            guest("masaryk", "the only one who connects you with Prague", "", ("hart",)),
        ),
        locked=True, origin="plan", why_day="Tuesdays are free in the evening", adds=0.12,
    ),
    PlannedView(
        "plan-call@legation", "1939-03-16", "11:00", "telephone", "", 0.3,
        (guest("hart", "last a meeting on 3 January; you mean every 90 days: due on 3 April", "", ("hudson",)),),
        locked=False, origin="plan", adds=0.01,
    ),
)  # fmt: skip
SECOND = (
    PlannedView(
        "plan-lunch@legation", "1939-03-22", "13:00", "lunch", "the Embassy", 2.0,
        (
            guest("beaverbrook", "last a lunch on 9 March; you mean every 14 days: due on 23 March", "", ("hudson", "hart")),
            guest("butler", "last a lunch on 8 March; you mean every 30 days: due on 7 April", "declined", ("hudson",)),
        ),
        locked=False, origin="plan", adds=0.08,
    ),
    PlannedView(
        "v-halifax", "1939-03-24", "10:00", "call", "Foreign Office", 1.0,
        (guest("halifax", "in the calendar"),), locked=True, origin="calendar", adds=0.04,
    ),
)  # fmt: skip
WEEKS = (
    WeekView("1939-03-13", 6.0, 4.8, 0.71, FIRST),
    WeekView("1939-03-20", 6.0, 3.0, 0.78, SECOND, "sitting days: Tuesday, Wednesday"),
    WeekView("1939-03-27", 0.0, 0.0, 0.74, (), "away in Paris"),
)
PLAN = PlanView(
    since="1939-03-13", until="1939-04-02", weeks=WEEKS, people=9, share=0.743, bound_share=0.751,
    gap=0.011, objective=52.0, bound=52.6, greedy_share=0.705, overdue_share=0.31, receptions_share=0.22,
    hours=12.0, hours_used=7.8, hour_more=0.021, hour_less=-0.034,
    cold=(
        ColdView(who("hudson"), 30, "1939-03-08", "1939-04-01", "every encounter with him costs more hours than are left"),
    ),
    courtesies=(
        CourtesyView(who("chamberlain"), "1939-03-18", "birthday", "letter", "birthday on 18 March: 70 years old"),
    ),
    layers=(LayerView(1, 7, 5, 0.66, 0.8), LayerView(2, 14, 4, 0.81)),
    unmet=(
        UnmetView("layer 1", 0.8, 0.66, 2.5, "The inner five cannot all stay within 7 days at these hours: 66 in 100, not 80; that takes 2.5 hours a week more."),
    ),
    left_out=(LeftOutView(who("litvinov"), "believed in Moscow: met there last on 4 August 1938"),),
    left_out_count=1,
    curves={"plan": (0.71, 0.78, 0.74), "greedy": (0.72, 0.72, 0.67), "overdue": (0.35, 0.31, 0.27)},
    notes=("A weekly tie cannot be kept above about 77 in 100, because three invitations in ten are declined.",),
    kept=True, based_on="0" * 64, method="linear programme, rounding, small integer programme",
)  # fmt: skip
SETTINGS = PlanSettingsView(
    6.0, 2, ((1, 0.8), (2, None)), ((1, 7, 14), (2, 14, None)), (("Winston Churchill", 14),), (), "1" * 64
)


class FakePlanning:
    """The plan's part of a fake API: changes are made to the weeks, figures move a little and agree."""

    def __init__(self) -> None:
        self.planned = PLAN
        self.earlier: list[PlanView] = []
        self.settings_of_plan = SETTINGS
        self.changes: list[PlanChange] = []

    def plan(
        self, since: dt.date | None = None, weeks: int | None = None, hours: float | None = None
    ) -> PlanView:
        return self.planned

    def make_plan(
        self,
        since: dt.date | None = None,
        weeks: int | None = None,
        hours: float | None = None,
        based_on: str = "",
    ) -> PlanView:
        return self._kept(self._checked(based_on))

    def change_plan(self, change: PlanChange, based_on: str = "") -> PlanView:
        plan = self._checked(based_on)
        self.changes.append(change)
        return self._kept(_changed(plan, change))

    def weigh_change(self, change: PlanChange) -> EffectView:
        after = _changed(self.planned, change)
        return EffectView(
            self.planned.share, after.share, {w.since: w.hours_used for w in after.weeks}, (), (), (),
            f"{round(after.share * 100)} in every hundred within interval, {round(self.planned.share * 100)} before.",
        )  # fmt: skip

    def undo_plan(self, based_on: str = "") -> PlanView:
        self._checked(based_on)
        if not self.earlier:
            raise NotFoundError("There is no earlier plan.")
        self.planned = self.earlier.pop()
        return self.planned

    def year(self, since: dt.date | None = None, weeks: int = 52, seeds: int = 3) -> SimulatedView:
        curves = {"plan": 0.8, "greedy": 0.7, "overdue": 0.3}
        return SimulatedView(
            since=(since or dt.date(1939, 3, 9)).isoformat(), weeks=weeks, seeds=seeds, first_seed=0, people=8,
            hours=6.0, hours_left=5.6, hours_used=5.1,
            ways=tuple(WayView(way, share, share - 0.02, share + 0.02) for way, share in curves.items()),
            bound=0.82, hour_adds=0.03,
            layers=(LayerYearView(7, 2, 0.6, 0.4, 0.5, 0.7, 0.91),), floors=(),
            cold=(ColdYearView(who("halifax"), 14, 0.4),),
            curves={way: (share,) * weeks for way, share in curves.items()},
            says=("Every 7 days cannot be promised.",),
        )  # fmt: skip

    def plan_settings(self) -> PlanSettingsView:
        return self.settings_of_plan

    def edit_settings(self, changes: Mapping[str, Any], based_on: str = "") -> PlanSettingsView:
        if "hours.a_week" in changes:
            self.settings_of_plan = replace(self.settings_of_plan, hours=float(changes["hours.a_week"]))
        return self.settings_of_plan

    def _checked(self, based_on: str) -> PlanView:
        if based_on and based_on != self.planned.based_on:
            from legation.facts import errors

            conflict = getattr(errors, "EditConflictError", UsageError)
            raise conflict("weeks.toml has changed since you looked.", "Look at it again.")
        return self.planned

    def _kept(self, plan: PlanView) -> PlanView:
        self.earlier.append(self.planned)
        number = len(self.earlier)
        self.planned = replace(plan, kept=True, based_on=f"{number:064x}")
        return self.planned


def _changed(plan: PlanView, change: PlanChange) -> PlanView:
    found = [e for w in plan.weeks for e in w.encounters if e.uid == change.uid]
    if change.kind == "hours":
        day = dt.date.fromisoformat(change.on)
        monday = (day - dt.timedelta(days=day.weekday())).isoformat()
        weeks = tuple(replace(w, hours=change.hours) if w.since == monday else w for w in plan.weeks)
        return replace(plan, weeks=weeks)
    if not found:
        raise NotFoundError(f"there is no planned encounter {change.uid}")
    old = found[0]
    new: PlannedView | None = old
    loss = 0.0
    if change.kind == "move":
        new = replace(old, on=change.on, sequence=old.sequence + 1)
    elif change.kind in ("lock", "unlock"):
        new = replace(old, locked=change.kind == "lock")
    elif change.kind == "drop":
        new, loss = None, old.adds
    elif change.kind == "reply":
        guests = tuple(
            replace(g, reply=change.reply) if g.person.id == change.person else g for g in old.guests
        )
        new, loss = replace(old, guests=guests), 0.01 if change.reply == "declined" else 0.0
    else:
        guests = tuple(g for g in old.guests if g.person.id != change.person)
        if change.kind in ("swap", "add"):
            guests += (GuestView(who(change.other.removeprefix("p-")), "you chose it"),)
        new, loss = replace(old, guests=guests, sequence=old.sequence + 1), 0.01
    kept = [e for w in plan.weeks for e in w.encounters if e.uid != old.uid] + ([new] if new else [])
    return replace(plan, weeks=tuple(_week(w, kept) for w in plan.weeks), share=round(plan.share - loss, 4))


def _week(week: WeekView, encounters: list[PlannedView]) -> WeekView:
    first = dt.date.fromisoformat(week.since)
    last = (first + dt.timedelta(days=6)).isoformat()
    here = tuple(sorted((e for e in encounters if week.since <= e.on <= last), key=lambda e: (e.on, e.at)))
    return replace(week, encounters=here, hours_used=round(sum(e.hours for e in here), 2))
