"""The terminal: width, colour, wrapped and styled text, JSON on stdout, progress on stderr.

Colours mean what they mean on the desk (blue a person, yellow open, red contradicted, green
confirmed, dim the second voice), and a word or sign always says it again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TextIO

import click

Piece = tuple[str, str]
Progress = Callable[[str, int, int], None]
STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True},
    "head": {"bold": True},
    "quiet": {"dim": True},
    "person": {"fg": "blue"},
    "question": {"fg": "yellow"},
    "contra": {"fg": "red"},
    "sure": {"fg": "green"},
    "found": {"bold": True, "underline": True},
    "key": {"bold": True},
}
WIDEST = 92
NARROWEST = 24
#: Control characters and marks of direction would let a text rewrite the terminal around it.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
#: Without a terminal, progress is told at most this often.
SECONDS_BETWEEN_LINES = 5.0


def prepare_streams() -> None:
    """Let no character that the terminal cannot show end a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def clean(text: str) -> str:
    """Return text that a terminal can be given: no escapes, no marks of direction."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return text with every run of white space as one space, safe for a terminal."""
    return _SPACE.sub(" ", clean(text)).strip()


def is_terminal(stream: TextIO) -> bool:
    """Say whether somebody watches a stream."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def has_colour() -> bool:
    """Say whether stdout takes colour: a terminal, and NO_COLOR is not set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(sys.stdout)


def page_width() -> int:
    """Return how wide a page is set."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns - 1))


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


class Page:
    """A page on stdout: pieces of styled text, wrapped; what users wrote is made safe here."""

    def __init__(self, *, colour: bool | None = None, width: int | None = None) -> None:
        self.colour = has_colour() if colour is None else colour
        self.width = page_width() if width is None else width
        self.lines: list[str] = []

    def style(self, text: str, style: str) -> str:
        """Return text in a style, where there is colour."""
        return click.style(text, **STYLES[style]) if self.colour and STYLES[style] else text

    @staticmethod
    def plain(text: str) -> str:
        """Return text on one line, safe for a terminal."""
        return one_line(text)

    def blank(self) -> None:
        """Leave a line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def title(self, text: str, *more: Piece | str) -> None:
        """Set the title of the page."""
        self.blank()
        self.flow((text, "title"), *more)
        self.blank()

    def head(self, text: str) -> None:
        """Set a heading."""
        self.blank()
        self.flow((text, "head"))

    def flow(
        self, *pieces: Piece | str, indent: int = 0, hang: int | None = None, joined: bool = False
    ) -> None:
        """Set pieces as one wrapped paragraph; further lines are indented by `hang`.

        A space parts two pieces, unless they are `joined` (then they bring their own).
        """
        hang = indent if hang is None else hang
        words: list[list[Piece]] = []
        glue = False
        for piece in pieces:
            text, style = (piece, "") if isinstance(piece, str) else piece
            glue = glue and joined
            text = _SPACE.sub(" ", clean(text))
            for number, word in enumerate(text.split(" ")):
                if number:
                    glue = False
                if not word:
                    continue
                if glue and words:
                    words[-1].append((word, style))
                else:
                    words.append([(word, style)])
                glue = True
        line: list[Piece] = []
        used = indent
        for parts in words:
            size = sum(width_of(word) for word, _ in parts)
            if line and used + 1 + size > self.width:
                self.lines.append(self._set(line, indent))
                line, used, indent = [], hang, hang
            if line:
                # The space between two words of one style has it too: an underline runs on.
                line.append((" ", parts[0][1] if parts[0][1] == line[-1][1] else ""))
                used += 1
            line += parts
            used += size
        if line:
            self.lines.append(self._set(line, indent))

    def _set(self, line: list[Piece], indent: int) -> str:
        """Return one line, pieces of one style in one go."""
        runs: list[Piece] = []
        for text, style in line:
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + text, style)
            else:
                runs.append((text, style))
        return " " * indent + "".join(self.style(text, style) for text, style in runs)

    def row(
        self, label: str, *pieces: Piece | str, at: int = 14, style: str = "quiet", joined: bool = False
    ) -> None:
        """Set a label and, beside it, what it says; on a narrow page one below the other."""
        label = one_line(label)
        if self.width < 3 * at or width_of(label) >= at:
            self.flow((label, style))
            self.flow(*pieces, indent=2, joined=joined)
            return
        # The label is set as one piece that cannot be broken.
        before = len(self.lines)
        self.flow(*pieces, indent=at, hang=at, joined=joined)
        if len(self.lines) == before:
            self.lines.append("")
        first = self.lines[before]
        self.lines[before] = self.style(label, style) + " " * (at - width_of(label)) + first[at:]

    def table(
        self,
        heads: tuple[str, ...],
        rows: Iterable[tuple[Piece | str, ...]],
        right: frozenset[int] = frozenset(),
    ) -> None:
        """Set a table; the first column takes the room that is left, and is cut to it."""
        cells = [[self._cell(c) for c in row] for row in rows]
        widths = [max([width_of(h), *(width_of(r[n][0]) for r in cells)]) for n, h in enumerate(heads)]
        room = self.width - sum(widths[1:]) - 2 * (len(widths) - 1)
        widths[0] = max(12, min(widths[0], room))
        for row in [[(h, "quiet") for h in heads], *cells]:
            line = ""
            for n, (whole, style) in enumerate(row):
                text = fit(whole, widths[n]) if n == 0 else whole
                pad = " " * (widths[n] - width_of(text))
                shown = self.style(text, style)
                line += (pad + shown if n in right else shown + pad) + "  "
            self.lines.append(line.rstrip())

    @staticmethod
    def _cell(cell: Piece | str) -> Piece:
        text, style = (cell, "") if isinstance(cell, str) else cell
        return one_line(text), style

    def text(self) -> str:
        """Return the page."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines)

    def show(self) -> None:
        """Print the page."""
        text = self.text()
        if text:
            click.echo(text, color=self.colour)


def fit(text: str, width: int) -> str:
    """Return a text cut to a width, with an ellipsis where it was cut."""
    if width_of(text) <= width:
        return text
    out, used = "", 0
    for c in text:
        size = width_of(c)
        if used + size > width - 1:
            break
        out, used = out + c, used + size
    return out.rstrip() + "…"


def print_json(value: Any) -> None:
    """Print plain values as JSON on stdout."""
    encoding = (getattr(sys.stdout, "encoding", "") or "ascii").lower().replace("-", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    click.echo(text)


# ── progress ────────────────────────────────────────────────────────────────────────────


class Told:
    """Progress on stderr: a bar where somebody watches, else a line now and then.

    Used as `with Told() as progress:`; `progress(label, done, total)`.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.bar: Any = None
        self.tasks: dict[str, Any] = {}
        self.last = time.monotonic()
        self.told: set[str] = set()

    def __enter__(self) -> Progress:
        if self.quiet:
            return lambda _label, _done, _total: None
        if is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb":
            return self._on_bar
        return self._in_lines

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def _on_bar(self, label: str, done: int, total: int) -> None:
        if total <= 0:
            return
        if self.bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("{task.description:<12}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")) or None),
                transient=True,
            )
            self.bar.start()
        if label not in self.tasks:
            self.tasks[label] = self.bar.add_task(label, total=total)
        self.bar.update(self.tasks[label], completed=done, total=total)

    def _in_lines(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if total <= 0 or now - self.last < SECONDS_BETWEEN_LINES:
            return
        self.last = now
        click.echo(f"legation: {label} {done:,} of {total:,}", err=True)
