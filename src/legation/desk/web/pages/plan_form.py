"""What the forms of the plan's page say: which weeks, which change, which settings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legation.desk.web.plan_board import say_hours
from legation.facts.errors import UsageError
from legation.plan.changes import MOST_HOURS
from legation.report.plan_views import PlanChange, PlanSettingsView, PlanView
from legation.report.saying import sentence
from legation.workspace.desk_api import DeskApi

MOST_WEEKS = 26
#: Fields that are said again when a form has to be sent a second time.
_TOLD = (
    "do", "uid", "on", "day", "person", "other", "hours_of_week", "from", "weeks", "hours", "based_on",
    "kept", "hours_a_week", "name", "ideal",
)  # fmt: skip
REPLIES = frozenset({"", "needs-action", "accepted", "declined", "tentative"})
_PLAIN = frozenset({"lock", "unlock", "drop"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which weeks a page is about; what is None was not asked for."""

    since: dt.date | None = None
    weeks: int | None = None
    hours: float | None = None

    def of(self, api: DeskApi) -> PlanView:
        """Return the plan of these weeks."""
        return api.plan(**self._given())

    def make(self, api: DeskApi, based_on: str) -> PlanView:
        """Compute these weeks anew and keep them."""
        return api.make_plan(based_on=based_on, **self._given())

    def _given(self) -> dict[str, Any]:
        given = {"since": self.since, "weeks": self.weeks, "hours": self.hours}
        return {k: v for k, v in given.items() if v is not None}


def read_asked(fields: Mapping[str, str]) -> Asked:
    """Read which weeks are meant (fields from, weeks, hours). Raises UsageError."""
    weeks = _number(fields.get("weeks", ""), "weeks", 1, MOST_WEEKS)
    return Asked(
        _day(fields["from"]) if fields.get("from", "").strip() else None,
        int(weeks) if weeks is not None else None,
        _number(fields.get("hours", ""), "hours a week", 0, MOST_HOURS),
    )


def read_change(fields: Mapping[str, str]) -> PlanChange:
    """Read a change: `do` is its kind, with what belongs to it after colons. Raises UsageError."""
    kind, _, rest = fields.get("do", "").partition(":")
    uid = fields.get("uid", "")
    if kind == "hours":
        hours = _number(fields.get("hours_of_week", ""), "hours", 0, MOST_HOURS)
        if hours is None:
            raise UsageError("No hours were given.", "Say how many hours that week has.")
        return PlanChange("hours", on=_day(fields.get("on", "")).isoformat(), hours=hours)
    if not uid:
        raise UsageError("No encounter was named.")
    if kind in _PLAIN:
        return PlanChange(kind, uid)
    if kind in {"earlier", "later"}:
        try:
            day = _day(fields.get("day", "")) + dt.timedelta(weeks=1 if kind == "later" else -1)
        except OverflowError:
            raise UsageError("There is no such day.") from None
        return PlanChange("move", uid, on=day.isoformat())
    if kind == "move":
        return PlanChange("move", uid, on=_day(fields.get("on", "")).isoformat())
    if kind in {"swap", "add"}:
        other = fields.get("other", "")
        if not other:
            raise UsageError("Nobody was chosen to be asked.", "Choose a name from the list.")
        return PlanChange(kind, uid, person=fields.get("person", "") if kind == "swap" else "", other=other)
    if kind == "remove":
        return PlanChange("remove", uid, person=rest or fields.get("person", ""))
    reply, _, person = rest.partition(":")
    # Of a large party the guest is chosen from a list.
    person = person or fields.get("person", "")
    if kind == "reply" and reply in REPLIES:
        return PlanChange("reply", uid, person=person, reply=reply)
    raise UsageError("The plan is not changed in this way.", "Go back and use the buttons of the page.")


def retell(form: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a form that say what was wanted, to be sent once more."""
    floors = tuple(k for k in form if k.startswith("floor-"))
    return tuple((k, form[k]) for k in (*_TOLD, *floors) if form.get(k))


def read_settings(form: Mapping[str, str], known: PlanSettingsView) -> tuple[dict[str, Any], str]:
    """Return what a form sets otherwise than plan.toml, by its keys there, and a sentence on it.

    Raises UsageError: a figure is none, or out of bounds.
    """
    changes: dict[str, Any] = {}
    said: list[str] = []
    hours = _number(form.get("hours_a_week", ""), "hours a week", 0, MOST_HOURS)
    if hours is not None and hours != known.hours:
        changes["hours.a_week"] = hours
        said.append(f"{say_hours(hours)} hours a week")
    for layer, floor in known.floors:
        text = form.get(f"floor-{layer}")
        if text is None:
            continue
        share = _number(text, f"floor of layer {layer}", 0, 100)
        if (None if not share else share / 100) != (floor or None):
            changes[f"layers.{layer}.floor"] = share / 100 if share else None
            wanted = f"layer {layer} at least {say_hours(share)} in a hundred" if share else ""
            said.append(wanted or f"no floor for layer {layer}")
    name = " ".join(form.get("name", "").split())[:200]
    days = _number(form.get("ideal", ""), "days", 1, 3660)
    if name and days is not None:
        # Names stand in quotes there, as TOML has them.
        changes[f"intervals_days.{json.dumps(name, ensure_ascii=False)}"] = int(days)
        said.append(f"{name} every {int(days)} days")
    elif name or days is not None:
        raise UsageError(
            "An interval needs a name and a number of days.", "Fill in both, or leave both empty."
        )
    return changes, sentence("; ".join(said)) + "." if said else ""


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"“{text[:40]}” is no day.", "Write it as 1939-03-22.") from None


def _number(text: str, what: str, least: float, most: float) -> float | None:
    """Read a number with a point or a comma; None for an empty field."""
    plain = text.strip().replace(",", ".").replace("½", ".5")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise UsageError(f"“{text[:40]}” cannot be the {what}.", f"Give a number from {least:g} to {most:g}.")
    return round(value, 2)
