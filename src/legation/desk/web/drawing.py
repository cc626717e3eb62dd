"""Drawings as plain numbers; the templates set them as SVG.

Meetings by month: one stem a month, as high as there were meetings. A phone gets a drawing of
its own, never a shrunken one.
"""

from __future__ import annotations

from dataclasses import dataclass

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
