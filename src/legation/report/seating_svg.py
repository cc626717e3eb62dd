"""A seating plan drawn as SVG: round tables in a grid, a long table across the sheet or down it.

Nothing is styled by attribute: on the desk the classes have their rules in the style sheet, and a
drawing that stands alone brings its own. Lengths are in pixels of a drawing shown at its own size.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

from legation.report.saying import say_number
from legation.report.seating import SeatingView, SeatTableView, SeatView

#: Size of a name, and what a letter of it takes at most on average.
TEXT, LETTER = 14, 7.7
LINE = 19
#: Longer names are cut in the drawing; the list beside it has them whole.
LONGEST = 26
BROAD, NARROW = 1056, 350
#: Two chairs side by side at a round table, and at a long one that is drawn across or down.
CHAIR_ROUND, CHAIR_ROUND_NARROW = 26.0, 21.0
CHAIR_ACROSS_LEAST, CHAIR_ACROSS_MOST, CHAIR_DOWN = 24.0, 92.0, 27.0
SLANT = 50
_MARGIN, _BETWEEN = 10.0, 30.0
#: Words before a name that are not shortened.
_TITLES = frozenset(
    "Sir Lord Lady Dame Count Duke Earl Baron Prince Princess King Queen Miss Madame von van de".split()
)

#: A drawing that stands alone: black on white on paper, quiet on a dark screen.
STYLE = """
svg { background: #fff; }
text { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  font-size: 14px; font-variant-numeric: tabular-nums; fill: #1e1c19; }
.slab { fill: #fff; stroke: #1e1c19; stroke-width: 1.5; }
.chair { fill: #fff; stroke: #1e1c19; stroke-width: 1.5; }
.chair.head { fill: #1e1c19; }
.chair.empty { stroke: #8c8578; stroke-dasharray: 3 2; }
.q { fill: #625c53; font-size: 13px; }
.called { font-family: Palatino, "TeX Gyre Pagella", P052, Georgia, serif; font-size: 17px; }
.over { font-family: Palatino, "TeX Gyre Pagella", P052, Georgia, serif; font-size: 22px; }
@media (prefers-color-scheme: dark) {
  @media screen {
    svg { background: #181714; }
    text { fill: #e6e0d4; } .q { fill: #aaa294; }
    .slab, .chair { fill: #181714; stroke: #e6e0d4; }
    .chair.head { fill: #e6e0d4; } .chair.empty { stroke: #7d7668; }
  }
}
@page { size: A4 landscape; margin: 1.5cm; }
"""


@dataclass(slots=True)
class _Box:
    """The drawing of one table about its middle: marks, and how far they reach."""

    marks: list[str] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    def reach(self, x: float, y: float) -> None:
        self.left, self.right = min(self.left, x), max(self.right, x)
        self.top, self.bottom = min(self.top, y), max(self.bottom, y)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def draw_seating(
    view: SeatingView, *, width: int = BROAD, alone: bool = False, title: str = "", part: bool = False
) -> str:
    """Return a plan as SVG, `width` pixels wide; `alone` for a file of its own, with its style.

    `part` says that `view` has only some of the tables, which then are all called by their names.

    A long table is drawn across where its names have room, else down.
    """
    one = len(view.tables) == 1
    boxes = [_draw_table(table if part else _called(table, view), width, one=one) for table in view.tables]
    head = 44.0 if alone and (title or view.title) else 0.0
    rows = _rows(boxes, width)
    marks: list[str] = []
    y = _MARGIN + head
    for row in rows:
        # Tables of one row stand on one middle line, those below each other on another.
        up, down = max(-b.top for b in row), max(b.bottom for b in row)
        for box, x in zip(row, _middles(row, boxes, width), strict=True):
            marks.append(f'<g transform="translate({_n(x)} {_n(y + up)})">')
            marks += [*box.marks, "</g>"]
        y += up + down + _BETWEEN
    height = math.ceil(y - _BETWEEN + _MARGIN) if rows else 40
    label = escape(say_drawing(view), quote=True)
    out = [f'viewBox="0 0 {width} {height}" role="img" aria-label="{label}"']
    if alone:
        named = escape(title or view.title or "Seating plan")
        out.insert(0, f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"')
        opening = [f"<svg {' '.join(out)}>", f"<title>{named}</title>", f"<style>{STYLE}</style>"]
        if head:
            opening.append(f'<text class="over" x="{width / 2:g}" y="32" text-anchor="middle">{named}</text>')
    else:
        opening = [f'<svg class="tables {"narrow" if width <= NARROW else "broad"}" {" ".join(out)}>']
    return "\n".join([*opening, *marks, "</svg>"]) + "\n"


def say_drawing(view: SeatingView) -> str:
    """Return what the drawing shows, in a sentence; the list beside it has every name."""
    count = say_number(view.guests, "guest")
    if len(view.tables) == 1:
        table = view.tables[0]
        hosts = [p for p in table.places if p.role]
        said = f"{count} at {'a round' if table.shape == 'round' else 'a long'} table"
        beside = [f"{p.name} at the place of the {p.role}" for p in hosts]
        return f"Seating plan: {said}{''.join(', ' + b for b in beside)}. The list below has every place."
    return (
        f"Seating plan: {count} at {say_number(len(view.tables), 'table')}. The list below has every place."
    )


def _rows(boxes: Sequence[_Box], width: int) -> list[list[_Box]]:
    """Return the tables in rows, in their order, with as many columns as the widest tables allow."""
    if not boxes:
        return []
    columns = _columns(boxes, width)
    rows: list[list[_Box]] = []
    for box in boxes:
        # Whatever takes more than half the sheet has a row of its own.
        wide = box.width > width / 2
        if rows and not wide and len(rows[-1]) < columns and rows[-1][0].width <= width / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _columns(boxes: Sequence[_Box], width: float) -> int:
    """Return how many tables stand side by side: rows of even length, four being two and two."""
    small = [b for b in boxes if b.width <= width / 2]
    if not small:
        return 1
    cell = max(-b.left for b in small) + max(b.right for b in small)
    columns = min(max(1, int((width + _BETWEEN) // (cell + _BETWEEN))), len(small))
    return math.ceil(len(small) / math.ceil(len(small) / columns))


def _middles(row: Sequence[_Box], boxes: Sequence[_Box], width: float) -> list[float]:
    """Return where the middles of the tables of one row stand."""
    if len(row) == 1 and row[0].width > width / 2:
        # In the middle of the sheet, unless one side reaches further than there is room.
        return [min(max(width / 2, _MARGIN - row[0].left), width - _MARGIN - row[0].right)]
    small = [b for b in boxes if b.width <= width / 2]
    left, right = max(-b.left for b in small), max(b.right for b in small)
    columns = _columns(boxes, width)
    if columns == 1:
        return [width / 2]
    step = (width - 2 * _MARGIN - left - right) / (columns - 1)
    step = min(step, (left + right) * 1.35)
    start = (width - step * (columns - 1) - left - right) / 2 + left
    return [start + step * i for i in range(len(row))]


def _draw_table(table: SeatTableView, width: int, *, one: bool) -> _Box:
    if table.shape == "round":
        return _draw_round(table, width)
    span = 2 * (max((abs(p.x) for p in table.places if p.y), default=0.5) + 0.5)
    room = (width - 2 * _MARGIN - _ends(table)) / span
    # Names aslant need a line each; where chairs stand closer, the table is turned.
    if room < CHAIR_ACROSS_LEAST or (not one and width <= BROAD // 2):
        return _draw_down(table, width)
    return _draw_across(table, min(CHAIR_ACROSS_MOST, room))


def _ends(table: SeatTableView) -> float:
    """Return the length that is needed beyond the ends of a long table drawn across."""
    slant = math.cos(math.radians(SLANT)) * LETTER
    aslant = max((_width(_shown(p)) for p in table.places if p.y), default=0) * slant
    heads = [30 + _width(_shown(p)) * LETTER for p in table.places if not p.y]
    return max(heads[:1], default=0.0) + max(heads[1:], default=0.0) + (0.0 if len(heads) > 1 else aslant)


def _draw_round(table: SeatTableView, width: int) -> _Box:
    box = _Box()
    count = len(table.places)
    step = CHAIR_ROUND if width > NARROW else CHAIR_ROUND_NARROW
    radius = max(34.0, step * count / (2 * math.pi))
    ring = radius + 15
    longest = _fit(width / 2 - ring - 20)
    box.marks.append(f'<circle class="slab" r="{_n(radius)}"/>')
    box.reach(-ring, -ring)
    box.reach(ring, ring)
    _call(box, table, room=2 * radius - 16)
    heights = _spread([ring * math.sin(_angle(p)) for p in table.places], table.places)
    for place, level in zip(table.places, heights, strict=True):
        angle = _angle(place)
        x, y = ring * math.cos(angle), ring * math.sin(angle)
        _chair(box, place, x, y)
        side = math.cos(angle)
        if abs(side) < 0.05:
            # A line below, or above, the nearest name beside it.
            sides = [
                h for h, p in zip(heights, table.places, strict=True) if abs(math.cos(_angle(p))) >= 0.05
            ]
            if y > 0:
                down = max(y + 22, max(sides, default=0.0) + 5 + LINE)
            else:
                down = min(y - 14, min(sides, default=0.0) + 5 - LINE)
            _name(box, place, 0, down, "middle", longest * 2)
        else:
            # The name stands on its own line beside the chair, further out the further it was moved.
            out = math.sqrt(max(0.0, ring * ring - min(abs(level), ring) ** 2)) + 13
            out = max(out, abs(x) + 13 - 0.35 * abs(level - y))
            _name(box, place, math.copysign(out, side), level + 5, "start" if side > 0 else "end", longest)
    return box


def _angle(place: SeatView) -> float:
    return math.atan2(place.y, place.x)


def _spread(heights: Sequence[float], places: Sequence[SeatView]) -> list[float]:
    """Return heights of names so that those on one side of a round table are a line apart."""
    out = list(heights)
    for sign in (1, -1):
        side = sorted(
            (i for i, p in enumerate(places) if math.cos(_angle(p)) * sign >= 0.05), key=lambda i: heights[i]
        )
        if not side:
            continue
        middle = (len(side) - 1) / 2
        lower = None
        # From the middle line outwards, each at least a line from the one before.
        for i in side[math.ceil(middle) :]:
            out[i] = heights[i] if lower is None else max(heights[i], lower + LINE)
            lower = out[i]
        upper = out[side[math.ceil(middle)]]
        for i in reversed(side[: math.ceil(middle)]):
            out[i] = min(heights[i], upper - LINE)
            upper = out[i]
    return out


def _draw_across(table: SeatTableView, chair: float) -> _Box:
    """Draw a long table across, names aslant above and below it, or level where there is room."""
    box = _Box()
    span = max((abs(p.x) for p in table.places if p.y), default=0.5) + 0.5
    half = max(span * chair, 60.0)
    deep = 34.0
    box.marks.append(
        f'<rect class="slab" x="{_n(-half)}" y="{-deep:g}" '
        f'width="{_n(2 * half)}" height="{2 * deep:g}" rx="10"/>'
    )
    box.reach(-half, -deep)
    box.reach(half, deep)
    _call(box, table, room=2 * half - 2 * chair)
    longest = max((len(_shown(p)) for p in table.places if p.y), default=0)
    level = longest * LETTER + 12 <= chair
    for place in table.places:
        if not place.y:
            side = 1 if place.x > 0 else -1
            _chair(box, place, side * (half + 15), 0)
            _name(box, place, side * (half + 29), 5, "start" if side > 0 else "end", LONGEST)
            continue
        x, y = place.x * chair, place.y * (deep + 15)
        _chair(box, place, x, y)
        if level:
            _name(box, place, x, y + (24 if y > 0 else -14), "middle", LONGEST)
        else:
            _slanted(box, place, x, y)
    return box


def _slanted(box: _Box, place: SeatView, x: float, y: float) -> None:
    """Set a name aslant: rising from its chair above the table, rising to it below."""
    text = _shown(place)
    anchor, dx, dy = ("start", 4.0, -13.0) if y < 0 else ("end", 3.0, 19.0)
    px, py = x + dx, y + dy
    box.marks.append(
        f'<text x="{_n(px)}" y="{_n(py)}" text-anchor="{anchor}" '
        f'transform="rotate(-{SLANT} {_n(px)} {_n(py)})">{_marked(place, text)}</text>'
    )
    length = _width(text) * LETTER
    run, rise = length * math.cos(math.radians(SLANT)), length * math.sin(math.radians(SLANT))
    sign = 1 if y < 0 else -1
    box.reach(px + sign * run + sign * 8, py - sign * rise - sign * 8)


def _draw_down(table: SeatTableView, width: int) -> _Box:
    """Draw a long table down the sheet, names level on its left and right; the host at the top."""
    box = _Box()
    chair = CHAIR_DOWN
    span = (max((abs(p.x) for p in table.places if p.y), default=0.5) + 0.5) * chair
    deep = 26.0
    box.marks.append(
        f'<rect class="slab" x="{-deep:g}" y="{_n(-span)}" '
        f'width="{2 * deep:g}" height="{_n(2 * span)}" rx="10"/>'
    )
    box.reach(-deep, -span)
    box.reach(deep, span)
    longest = _fit(width / 2 - deep - 38)
    _call(box, table, room=2 * deep - 8, down=2 * span - 16)
    for place in table.places:
        if not place.y:
            side = 1 if place.x > 0 else -1
            y = side * (span + 15)
            _chair(box, place, 0, y)
            _name(box, place, 0, y + (24 if side > 0 else -14), "middle", LONGEST)
            continue
        # Turned a quarter with the clock: what was north is on the right.
        x, y = -place.y * (deep + 15), place.x * chair
        _chair(box, place, x, y)
        _name(box, place, x + math.copysign(14, x), y + 5, "start" if x > 0 else "end", longest)
    return box


def _fit(room: float) -> int:
    """Return how many letters of a name fit into a length."""
    return max(6, min(LONGEST, int(room / LETTER)))


def _call(box: _Box, table: SeatTableView, room: float, down: float = 0.0) -> None:
    """Set what a table is called in its middle, turned where it fits only `down` a table."""
    turned = ' transform="rotate(90)"' if _width(table.name) * 9 > room and down else ""
    if not table.name:
        return
    text = _cut(table.name, max(3, int((down if turned else room) / 9)))
    box.marks.append(f'<text class="called" y="6" text-anchor="middle"{turned}>{escape(text)}</text>')


def _chair(box: _Box, place: SeatView, x: float, y: float) -> None:
    kind = " head" if place.role else "" if place.name else " empty"
    # The title is what a pointer at rest is told: the whole name, and what the place costs.
    said = "; ".join([f"{place.number}. {place.name or 'empty'}", *place.reasons])
    box.marks.append(
        f'<circle class="chair{kind}" cx="{_n(x)}" cy="{_n(y)}" r="7"><title>{escape(said)}</title></circle>'
    )
    box.reach(x - 9, y - 9)
    box.reach(x + 9, y + 9)


def _name(box: _Box, place: SeatView, x: float, y: float, anchor: str, longest: int) -> None:
    text = _cut(place.name, longest)
    if not text:
        return
    box.marks.append(f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{_marked(place, text)}</text>')
    length = _width(text) * LETTER
    left = {"start": x, "end": x - length, "middle": x - length / 2}[anchor]
    box.reach(left, y - TEXT)
    box.reach(left + length, y + 5)


def _marked(place: SeatView, text: str) -> str:
    """Return a name with its whole in a title where it was cut."""
    whole = f"<title>{escape(place.name)}</title>" if text != place.name else ""
    return whole + escape(text)


def _shown(place: SeatView) -> str:
    return _cut(place.name, LONGEST)


def _width(text: str) -> int:
    """Return how many letters wide a text is: wide characters count twice, marks nothing."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _cut(text: str, most: int) -> str:
    """Return a name in so many letters: first names become initials, then it ends in an ellipsis."""
    words = text.split()
    for i, word in enumerate(words[:-1]):
        if _width(" ".join(words)) <= most:
            break
        if len(word) > 2 and word.isalpha() and word[0].isupper() and word not in _TITLES:
            words[i] = f"{word[0]}."
    if _width(" ".join(words)) <= most:
        return " ".join(words)
    cut = " ".join(words)
    while cut and _width(cut) > most - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _n(value: float) -> str:
    """Return a coordinate to a tenth."""
    return f"{round(value, 1) + 0.0:g}"


def _called(table: SeatTableView, view: SeatingView) -> SeatTableView:
    """Return a table with what it is called; one that only has the first number is called nothing."""
    only = len(view.tables) == 1 and table.name == "1" and len(table.places) == view.guests
    return replace(table, name="") if only else table
