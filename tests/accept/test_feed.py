"""The feed as it is used: served by a desk, read by khal and icalendar, changed, and read again."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from served import Desk, serving

from legation.desk.cli import main
from legation.facts.clock import SystemClock
from legation.plan.changes import WeekChange, apply_change
from legation.plan.weeks import Courtesy, Guest, KeptWeeks, PlannedEncounter
from legation.store.store import Store
from legation.workspace.look import open_judging_desk
from legation.workspace.own_files import OwnFiles
from legation.workspace.settings import LEDGER
from legation.workspace.weeks_file import edit_weeks

HOSTILE = 'Lord "H", of\nGarrowby; Earl\\, 🎩 \u05e9\u05b8\u05dc\u05d5\u05b9\u05dd'
#: How khal sets a line of its list.
FORMAT = "{start-date}|{start-time}|{end-time}|{title}|{location}|{status}|{uid}"


def weeks_of(year: int) -> KeptWeeks:
    since = dt.date(year, 9, 1)
    return KeptWeeks(
        since,
        4,
        (
            PlannedEncounter(
                "w-lunch", dt.date(year, 9, 8), "lunch",
                (Guest("p-h", HOSTILE, "due"), Guest("p-b", "Rab Butler", "due")), 2.0, at="13:00", place="Club; first floor",
            ),
            PlannedEncounter("w-dinner", dt.date(year, 9, 10), "dinner", (Guest("p-e", "Anthony Eden", "due"),), 4.5, at="19:30"),
        ),
        (Courtesy("p-c", "Winston Churchill", dt.date(year, 9, 12), "wedding", "flowers"),),
    )  # fmt: skip


class Khal:
    """khal with a calendar, a configuration and a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "calendar").mkdir(parents=True)
        (folder / "conf").write_text(
            f"[calendars]\n[[plan]]\npath = {folder / 'calendar'}\n[default]\ndefault_calendar = plan\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            "local_timezone = Europe/London\ndefault_timezone = Europe/London\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n",
            encoding="utf-8",
        )

    def __call__(self, *words: str) -> str:
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "PYTHON", "COVERAGE", "KHAL"))
        } | {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
        done = subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(self.folder / "conf"), *words],
            env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "error" not in done.stderr.lower(), done.stderr
        return done.stdout

    def take(self, data: bytes) -> None:
        path = self.folder / "plan.ics"
        path.write_bytes(data)
        self("import", "--batch", "-a", "plan", str(path))

    def events(self, since: str) -> dict[str, list[str]]:
        """Return what khal shows of thirty days, by UID: each event's fields."""
        lines = self("list", "--day-format", "", "--format", FORMAT, since, "30d").splitlines()
        rows = [line.split("|") for line in lines if line.strip()]
        assert len({row[-1] for row in rows}) == len(rows), "an event stands there twice"
        return {row[-1]: [cell.strip() for cell in row[:-1]] for row in rows}


def fetch(desk: Desk, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any, bytes]:
    """Ask a desk as a calendar program does: no cookie."""
    where = urlsplit(desk.address)
    asked = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=30)
    asked.request("GET", path, headers=headers or {})
    answer = asked.getresponse()
    found = (answer.status, answer.headers, answer.read())
    asked.close()
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work space"
    done = CliRunner().invoke(main, ["init", str(folder), "--owner", "Ivan Maisky"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def keep(root: Path) -> Iterator[Callable[..., None]]:
    """Return what keeps weeks, or a change of those that stand, beside the desk."""
    store = Store(root / LEDGER)

    def change(*made: WeekChange | KeptWeeks) -> None:
        def edit(kept: KeptWeeks | None) -> KeptWeeks:
            for one in made:
                kept = one if isinstance(one, KeptWeeks) else apply_change(kept or weeks_of(1938), one)
            assert kept is not None
            return kept

        edit_weeks(OwnFiles(root, store, SystemClock()), None, edit)

    yield change
    store.close()


@pytest.mark.parametrize("year", [1666, 1938])
def test_khal_follows_the_feed(root: Path, keep: Callable[..., None], tmp_path: Path, year: int) -> None:
    keep(weeks_of(year))
    khal = Khal(tmp_path / "khal")
    with serving(lambda: open_judging_desk(root)) as desk:
        made = CliRunner().invoke(main, ["calendar", "-w", str(root), "--feed"])
        path = urlsplit(made.output.split()[0]).path
        status, headers, first = fetch(desk, path)
        assert status == 200
        khal.take(first)
        clean = HOSTILE.replace("\n", " ")
        shown = khal.events(f"{year}-09-01")
        assert shown.pop("w-lunch") == [
            f"{year}-09-08", "13:00", "15:00", f"Lunch: {clean}, Rab Butler", "Club; first floor", "TENTATIVE",
        ]  # fmt: skip
        assert shown.pop("w-dinner") == [
            f"{year}-09-10",
            "19:30",
            "00:00",
            "Dinner: Anthony Eden",
            "",
            "TENTATIVE",
        ]
        (courtesy,) = shown.values()
        assert courtesy == [f"{year}-09-12", "", "", "Flowers: Winston Churchill (wedding)", "", "TENTATIVE"]
        assert fetch(desk, path, {"If-None-Match": headers["ETag"]})[0] == 304

        keep(
            WeekChange("move", "w-lunch", dt.date(year, 9, 9), "12:30"),
            WeekChange("reply", "w-lunch", person="p-b", reply="accepted"),
            WeekChange("drop", "w-dinner"),
        )
        status, _, second = fetch(desk, path, {"If-None-Match": headers["ETag"]})
        assert status == 200
        khal.take(second)
        after = khal.events(f"{year}-09-01")
        assert len(after) == 3
        assert after["w-lunch"][:3] == [f"{year}-09-09", "12:30", "14:30"]
        assert after["w-lunch"][5] == "CONFIRMED"
        assert after["w-dinner"][3:6] == ["Called off: Dinner", "", "CANCELLED"]

        (before, event) = (
            next(e for e in icalendar.Calendar.from_ical(data).walk("VEVENT") if e["UID"] == "w-lunch")
            for data in (first, second)
        )
        assert event["SEQUENCE"] > before["SEQUENCE"]
        assert event["DTSTART"].dt == dt.datetime(year, 9, 9, 12, 30)

    # The address is the same after the desk was started anew, until it is renewed.
    with serving(lambda: open_judging_desk(root)) as desk:
        assert fetch(desk, path)[0] == 200
        CliRunner().invoke(main, ["calendar", "-w", str(root), "--renew"])
        assert fetch(desk, path)[0] == 401


def test_khal_prints_a_calendar_that_was_exported(
    root: Path, keep: Callable[..., None], tmp_path: Path
) -> None:
    keep(weeks_of(1938))
    target = tmp_path / "plan.ics"
    assert CliRunner().invoke(main, ["calendar", "-w", str(root), "-o", str(target)]).exit_code == 0
    said = Khal(tmp_path / "khal")("printics", str(target))
    assert "Rab Butler" in said
    assert "Dinner: Anthony Eden" in said
