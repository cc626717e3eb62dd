"""Reads the values of a settings file: what cannot be used is told, and the default holds instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.facts.problem import Problem
from legation.plan.toml_spans import KeySpan, Path, find_span, scan_toml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def say_key(path: Path) -> str:
    """Return a key as the user writes it: `layers.1.ideal_days`, `absence (2nd).from`."""
    said = ""
    for piece in path:
        if isinstance(piece, int):
            said += f" ({_nth(piece + 1)})"
        else:
            quoted = piece if _BARE.fullmatch(piece) else f'"{piece}"'
            said += f".{quoted}" if said else quoted
    return said


def _nth(number: int) -> str:
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


@dataclass(slots=True)
class Told:
    """What has been told of one file so far; `text` lets lines be found, "" where there is none."""

    file: str
    text: str = ""
    code: str = "setting-value"
    problems: list[Problem] = field(default_factory=list)
    spans: tuple[KeySpan, ...] | None = None

    def tell(self, path: Path, message: str, hint: str, code: str = "") -> None:
        """Note a value that cannot be used."""
        if self.spans is None:
            self.spans = scan_toml(self.text)
        span = find_span(self.spans, path)
        line = 0 if span is None else self.text.count("\n", 0, span.start) + 1
        where = f"{self.file}, line {line}" if line else self.file
        said = f"{where}: {say_key(path)} {message}"
        self.problems.append(Problem(code or self.code, said, hint, line=line))

    def in_order(self) -> tuple[Problem, ...]:
        """Return what was told, by line."""
        return tuple(sorted(self.problems, key=lambda p: p.line))


class Table:
    """One table of a settings file; every key that is asked for counts as known."""

    def __init__(self, data: Mapping[str, Any], told: Told, path: Path = ()) -> None:
        self.data = data
        self.told = told
        self.path = path
        self.known: list[str] = []

    def has(self, key: str) -> bool:
        """Say whether a key is set."""
        self.known.append(key)
        return key in self.data

    def tell(self, key: str, message: str, hint: str) -> None:
        """Note that the value of a key cannot be used."""
        self.told.tell((*self.path, key), message, hint)

    def number(
        self, key: str, default: float | None, least: float, most: float, *, unit: str = ""
    ) -> float | None:
        """Return a number within bounds."""
        if not self.has(key):
            return default
        value = self.data[key]
        if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
            return float(value)
        self.tell(
            key,
            f"has to be a number from {_plain(least)} to {_plain(most)}, not {_short(value)}.",
            _instead(default, unit),
        )
        return default

    def whole(self, key: str, default: int | None, least: int, most: int, *, unit: str = "") -> int | None:
        """Return a whole number within bounds."""
        if not self.has(key):
            return default
        value = self.data[key]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return int(value)
        self.tell(
            key,
            f"has to be a whole number from {least} to {most}, not {_short(value)}.",
            _instead(default, unit),
        )
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        if not self.has(key):
            return default
        value = self.data[key]
        if isinstance(value, bool):
            return value
        self.tell(key, f"has to be true or false, not {_short(value)}.", _instead(default))
        return default

    def text(self, key: str, default: str = "", *, choices: Collection[str] = ()) -> str:
        """Return a text, one of the choices where there are any."""
        if not self.has(key):
            return default
        value = self.data[key]
        if isinstance(value, str) and (not choices or value in choices):
            return str(value)
        if choices and isinstance(value, str):
            self.tell(key, f"cannot be “{value}”.{near_name(value, choices)}", _instead(default))
        else:
            self.tell(key, f"has to be a text, not {_short(value)}.", _instead(default))
        return default

    def texts(self, key: str, *, choices: Collection[str] = ()) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one. Those that cannot be are left out."""
        if not self.has(key):
            return ()
        value = self.data[key]
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list):
            self.tell(key, f"has to be a list of texts, not {_short(value)}.", "It is left out.")
            return ()
        found = []
        for one in listed:
            if not isinstance(one, str) or not one.strip():
                self.tell(key, f"has to hold texts, not {_short(one)}.", "That one is left out.")
            elif choices and one not in choices:
                self.tell(key, f"cannot hold “{one}”.{near_name(one, choices)}", "That one is left out.")
            else:
                found.append(str(one))
        return tuple(dict.fromkeys(found))

    def weekdays(self, key: str) -> frozenset[int] | None:
        """Return weekdays by number, Monday 0; None where none is set."""
        names = self.texts(key, choices=WEEKDAYS)
        return frozenset(WEEKDAYS.index(n) for n in names) or None

    def day(self, key: str) -> dt.date | None:
        """Return a day, written as a date or as a text of that form."""
        if not self.has(key):
            return None
        value = self.data[key]
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.date(value.year, value.month, value.day)
        if isinstance(value, str):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                pass
        self.tell(key, f"has to be a day such as 1938-09-01, not {_short(value)}.", "It is left out.")
        return None

    def time(self, key: str, default: str) -> str:
        """Return a local time as HH:MM."""
        if not self.has(key):
            return default
        value = self.data[key]
        said = f"{value:%H:%M}" if isinstance(value, dt.time) else value
        if isinstance(said, str) and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", said):
            return str(said)
        self.tell(key, f"has to be a time such as 13:00, not {_short(value)}.", _instead(default))
        return default

    def table(self, key: str) -> Table:
        """Return a table below; an empty one where there is none."""
        if self.has(key):
            value = self.data[key]
            if isinstance(value, Mapping):
                return Table(value, self.told, (*self.path, key))
            self.tell(key, f"has to be a table, not {_short(value)}.", "It is left out.")
        return Table({}, self.told, (*self.path, key))

    def tables(self, key: str) -> list[Table]:
        """Return the tables of an array of tables."""
        if not self.has(key):
            return []
        value = self.data[key]
        listed = [value] if isinstance(value, Mapping) else value
        if not isinstance(listed, list):
            self.tell(key, f"has to be written as [[{key}]], not {_short(value)}.", "It is left out.")
            return []
        found = []
        for number, one in enumerate(listed):
            if isinstance(one, Mapping):
                found.append(Table(one, self.told, (*self.path, key, number)))
            else:
                self.tell(key, f"has to hold tables, not {_short(one)}.", "That one is left out.")
        return found

    def tell_unknown(self) -> None:
        """Note every key that nobody asked for, with one that is spelt much alike."""
        for key in self.data:
            if key not in self.known:
                what = "a setting" if self.told.code == "setting-value" else "known"
                self.told.tell(
                    (*self.path, key),
                    f"is not {what}.{near_name(key, self.known)}",
                    "It is left alone and has no effect.",
                    "setting-unknown" if self.told.code == "setting-value" else "",
                )


def near_name(name: str, names: Collection[str]) -> str:
    """Return " Did you mean X?" for a name that is spelt much alike, or a list of few choices, or ""."""
    import difflib  # noqa: PLC0415 - only where something is wrong

    near = difflib.get_close_matches(name.casefold(), names, 1, 0.6)
    if near:
        return f" Did you mean “{near[0]}”?"
    if 0 < len(names) <= 20:
        return f" It can be {', '.join(sorted(names))}."
    return ""


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _short(value: object) -> str:
    said = repr(str(value)) if isinstance(value, str) else str(value)
    return said if len(said) <= 60 else said[:57] + "…"


def _instead(default: object, unit: str = "") -> str:
    if default is None or default == "":
        return "It is left out."
    said = str(default).lower() if isinstance(default, bool) else default
    return f"Instead, {_plain(said) if isinstance(said, float) else said}{unit and ' ' + unit} holds."
