"""Drawings as plain numbers; the templates set them as SVG.

Meetings by month: one stem a month, as high as there were meetings. Closeness: one line over time,
with a dot where a contact day counts. A phone gets a drawing of its own, never a shrunken one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from legation.desk.web.wording import count, say_date
from legation.report.saying import MONTHS


@dataclass(frozen=True, slots=True)
class Stem:
    """One month with meetings: its place, the top of its stem, and its label ("" for none)."""

    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis with its label ("" for none)."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Meetings over time in a box of `width` × `height`, baseline at `base`."""

    width: int
    height: int
    base: int
    stems: tuple[Stem, ...]
    ticks: tuple[Tick, ...]
    #: Where the last day stands, with what it is called.
    now: float
    says: str


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(index: int) -> str:
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _label(index: int, *, year: bool) -> str:
    month = MONTHS[index % 12][:3] if MONTHS[index % 12] not in ("June", "July") else MONTHS[index % 12]
    return f"{month} {index // 12}" if year else month


def _tick_step(months: int, room: int) -> int:
    """Return every how many months a label fits."""
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240):
        if months / step <= room:
            return step
    return 600


def draw_months(
    months: tuple[tuple[str, int], ...],
    name: str,
    today: str,
    *,
    width: int,
    height: int,
    room: int,
) -> Plot | None:
    """Return the drawing of (month, meetings), or None where no meeting has a month.

    `room` is how many labels the axis has room for. The axis ends with the last meeting or with
    today, whichever is later, unless today is more than twice as far as the meetings are long.
    """
    held = sorted((_index(m), n) for m, n in months if len(m) >= 7 and n > 0)
    if not held:
        return None
    first, last = held[0][0], held[-1][0]
    now = _index(today)
    end = max(last, now) if now - last <= 2 * (last - first) + 12 else last
    # A single month is shown with some before it, so that it stands somewhere in time.
    first = min(first, end - 5)
    span = end - first + 1
    most = max(n for _, n in held)
    height = min(height, 64 + 34 * most)
    left, right, base = 8, width - 24, height - 30
    step = (right - left) / max(span - 1, 1)
    rise = min(34.0, (base - 30) / most)

    def x_of(index: int) -> float:
        return round(left + (index - first) * step, 1)

    peaks = {i for i, n in held if n == most}
    labelled = _labelled(held, peaks, step)
    stems = []
    for index, number in held:
        x = x_of(index)
        label = ""
        if index in labelled:
            label = _label(index, year=False) + (f", {number}" if number > 1 else "")
        anchor = "start" if x < 40 else "end" if x > width - 60 else "middle"
        stems.append(Stem(x, round(base - number * rise, 1), label, anchor))
    every = _tick_step(span, room)
    whole = every % 12 == 0
    places = [i for i in range(first, end + 1) if (i if whole else i - first) % every == 0]
    places = [i for i in places if x_of(i) <= width - 40] or [first]
    ticks = [
        Tick(x_of(i), str(i // 12) if whole else _label(i, year=n == 0 or i // 12 != places[n - 1] // 12))
        for n, i in enumerate(places)
    ]
    total = sum(n for _, n in held)
    when = say_date(_name(held[0][0]))
    says = f"Meetings with {name} by month: {count(total, 'meeting')}"
    says += f" in {when}" if held[0][0] == last else f" from {when} to {say_date(_name(last))}"
    if most > 1:
        says += f"; most in {say_date(_name(min(peaks)))}, {most}"
    return Plot(width, height, base, tuple(stems), tuple(ticks), x_of(end), says + ".")


def _labelled(held: list[tuple[int, int]], peaks: set[int], step: float) -> set[int]:
    """Choose the months to label: first, last and highest, as far as labels do not touch."""
    chosen: list[int] = []
    for index in [held[-1][0], *sorted(peaks), held[0][0], *(i for i, _ in held)]:
        if all(abs(index - other) * step >= 64 for other in chosen):
            chosen.append(index)
        if len(chosen) >= 8:
            break
    return set(chosen)


# ── closeness ───────────────────────────────────────────────────────────────────────────

#: With more contact days than this, dots would touch: the line alone is drawn.
_MOST_DOTS = 24
_LABEL_ROOM = 62


@dataclass(frozen=True, slots=True)
class Dot:
    """A contact day on the line, with its label ("" for none)."""

    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Course:
    """Closeness over time in a box of `width` × `height`, baseline at `base`; `end` is where it is now."""

    width: int
    height: int
    base: int
    path: str
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    end: tuple[float, float]
    now: str
    says: str


def draw_course(
    course: Sequence[tuple[str, float]],
    name: str,
    *,
    width: int,
    height: int,
    room: int,
) -> Course | None:
    """Return the drawing of (day, closeness), or None where it would be a single point.

    A day that stands twice is a contact day: before and after it counts. `room` is how many labels
    the axis has room for.
    """
    points = [(dt.date.fromisoformat(on), value) for on, value in course]
    if not points or points[0][0] == points[-1][0]:
        return None
    first, last = points[0][0], points[-1][0]
    most = max(value for _, value in points)
    left, right, base, top = 4, width - 56, height - 30, 34

    def place(on: dt.date, value: float) -> tuple[float, float]:
        share = (on - first).days / (last - first).days
        x = left + share * (right - left)
        return round(x, 1), round(base - (value / most if most else 0.0) * (base - top), 1)

    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in (place(on, value) for on, value in points))
    steps = [(on, value) for (before, _), (on, value) in pairwise(points) if before == on]
    if points[0][1] > 0:
        steps.insert(0, points[0])
    value = points[-1][1]
    highest = max(steps or points, key=lambda p: p[1])
    dots = _dots(steps, place, width) if len(steps) <= _MOST_DOTS else ()
    when = f"from {say_date(first.isoformat())} to {say_date(last.isoformat())}"
    says = f"Closeness with {name} {when}: {value:.1f} now"
    says += f"; highest on {say_date(highest[0].isoformat())}, {highest[1]:.1f}" if highest[1] > value else ""
    return Course(
        width, height, base, path, dots, _course_ticks(first, last, room, place), place(*points[-1]),
        f"{value:.1f}", says + ".",
    )  # fmt: skip


def _dots(
    steps: Sequence[tuple[dt.date, float]], place: Callable[[dt.date, float], tuple[float, float]], width: int
) -> tuple[Dot, ...]:
    """Return the contact days; the last is labelled, then the highest, as far as labels do not touch."""
    spots = [place(*step) for step in steps]
    wanted = [len(steps) - 1, *sorted(range(len(steps)), key=lambda n: -steps[n][1])]
    labelled: set[int] = set()
    for n in wanted:
        if all(abs(spots[n][0] - spots[m][0]) >= _LABEL_ROOM for m in labelled):
            labelled.add(n)
    dots = []
    for n, ((on, _), (x, y)) in enumerate(zip(steps, spots, strict=True)):
        label = f"{on.day} {_label(on.year * 12 + on.month - 1, year=False)}" if n in labelled else ""
        dots.append(Dot(x, y, label, "start" if x < 30 else "end" if x > width - 90 else "middle"))
    return tuple(dots)


def _course_ticks(
    first: dt.date, last: dt.date, room: int, place: Callable[[dt.date, float], tuple[float, float]]
) -> tuple[Tick, ...]:
    """Return marks at the beginnings of months or years, as many as have room."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    every = _tick_step(end - begin + 1, room)
    whole = every % 12 == 0
    ticks: list[Tick] = []
    year = 0
    for index in range(begin, end + 1):
        day = dt.date(index // 12, index % 12 + 1, 1)
        if day < first or (index if whole else index - begin) % every:
            continue
        label = str(day.year) if whole else _label(index, year=day.year != year)
        year = day.year
        ticks.append(Tick(place(day, 0.0)[0], label))
    if not ticks:
        ticks.append(Tick(place(first, 0.0)[0], f"{first.day} {_label(begin, year=True)}"))
    return tuple(ticks)
