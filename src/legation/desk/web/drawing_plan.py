"""Drawings of the plan as plain numbers: shares by week, hours of a week, who is going cold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legation.report.plan_views import ColdView
from legation.report.saying import MONTHS

#: Which curve is drawn how: its line's class, and what it is called at its end.
CURVES: tuple[tuple[str, str, str], ...] = (
    ("overdue", "low", "one to one"),
    ("greedy", "alt", "greedy"),
    ("plan", "line", "this plan"),
)
#: Labels at line ends stand at least this far apart, in pixels of the drawing.
_LABEL_GAP = 18.0
#: A strip of somebody going cold shows at most this long before the plan.
_MOST_BEFORE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: the class of its line, its path, its end, and the label that stands there."""

    line: str
    d: str
    end_x: float
    end_y: float
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class SharePlot:
    """Shares within interval by week in a box of `width` × `height`; `right` ends the grid."""

    width: int
    height: int
    left: int
    right: int
    grid: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, str], ...]
    curves: tuple[Curve, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of who goes cold: from the last encounter to the day it stops covering, and today."""

    met: float | None
    start: float
    end: float
    now: float
    says: str


def short_day(day: dt.date) -> str:
    """Return a day as an axis has room for it: "19 Mar"."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month if len(month) < 5 else month[:3]}"


def hundredths(share: float) -> int:
    """Return a share as so many in every hundred."""
    return round(share * 100)


def draw_shares(
    curves: Mapping[str, Sequence[float]],
    weeks: Sequence[str],
    *,
    width: int,
    height: int,
    room: int,
    means: Mapping[str, float] | None = None,
) -> SharePlot | None:
    """Return the plot of shares at the end of each week (ISO days of its beginning), or None.

    `room` is how many labels the axis has room for. Curves of which nothing is known are left out.
    Lines are labelled with where they end, or with their `means`: the last week of many says little.
    """
    known = [(name, line, said) for name, line, said in CURVES if len(curves.get(name, ())) == len(weeks)]
    if not weeks or not known:
        return None
    left, right, top, base = 36, width - 118, 14, height - 30
    ends = [dt.date.fromisoformat(w) + dt.timedelta(days=6) for w in weeks]

    def x_of(index: int) -> float:
        return round(left + (right - left) * (index / (len(weeks) - 1) if len(weeks) > 1 else 1), 1)

    def y_of(share: float) -> float:
        return round(base - (base - top) * min(max(share, 0.0), 1.0), 1)

    told_of = means or {name: curves[name][-1] for name, _, _ in known}
    heights = _spread([y_of(told_of[name]) for name, _, _ in known], top, base)
    drawn = []
    for (name, line, said), label_y in zip(known, heights, strict=True):
        points = [f"{x_of(n)} {y_of(share)}" for n, share in enumerate(curves[name])]
        label = f"{hundredths(told_of[name])} {said}"
        drawn.append(
            Curve(line, "M" + "L".join(points), x_of(len(weeks) - 1), y_of(curves[name][-1]), label, label_y)
        )
    step = -(-len(weeks) // room)
    marked = [n for n in range(len(weeks)) if (len(weeks) - 1 - n) % step == 0]
    told = ", ".join(f"{said} at {hundredths(told_of[name])}" for name, _, said in reversed(known))
    over = "Over all weeks" if means else "At the end of the last"
    return SharePlot(
        width, height, left, right,
        tuple((y_of(share / 100), share) for share in (0, 25, 50, 75, 100)),
        tuple((x_of(n), short_day(ends[n])) for n in marked),
        tuple(drawn),
        f"Share within interval at the end of each week. {over}: {told} in every hundred.",
    )  # fmt: skip


def _spread(heights: Sequence[float], top: float, base: float) -> list[float]:
    """Return heights of labels near those of their lines, so far apart that none touches another."""
    # Where two ends are one, the later curve is named first: this plan above what it is held against.
    order = sorted(range(len(heights)), key=lambda n: (heights[n], -n))
    placed = [0.0] * len(heights)
    floor = top
    for n in order:
        placed[n] = max(heights[n], floor)
        floor = placed[n] + _LABEL_GAP
    ceiling = base
    for n in reversed(order):
        placed[n] = round(min(placed[n], ceiling), 1)
        ceiling = placed[n] - _LABEL_GAP
    return placed


def meter_width(used: float, hours: float, width: float = 112.0) -> float:
    """Return how much of a meter is filled; it is full where there are no hours and some are used."""
    if hours <= 0:
        return width if used > 0 else 0.0
    return round(width * min(max(used / hours, 0.0), 1.0), 1)


def draw_cold(
    cold: Sequence[ColdView], since: str, until: str, *, width: int = 176
) -> tuple[Strip | None, ...]:
    """Return a strip for each who goes cold, all on one scale; None where nothing has a day."""
    first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    days = [(_day(c.last_on), _day(c.cold_on)) for c in cold]
    seen = [met or gone for met, gone in days if met or gone]
    start = max(min((d for d in seen if d), default=first), first - dt.timedelta(days=_MOST_BEFORE_DAYS))
    start = min(start, first)
    span = max((last - start).days, 1)

    def x_of(day: dt.date) -> float:
        return round(4 + (width - 8) * min(max((day - start).days / span, 0.0), 1.0), 1)

    strips: list[Strip | None] = []
    for one, (met, gone) in zip(cold, days, strict=True):
        if gone is None:
            strips.append(None)
            continue
        begin = met if met is not None and met >= start else start
        shown = x_of(met) if met is not None and met >= start else None
        says = f"{one.person.name}: within the interval until {gone.day} {MONTHS[gone.month - 1]} {gone.year}"
        strips.append(Strip(shown, x_of(min(begin, gone)), x_of(gone), x_of(first), says))
    return tuple(strips)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
