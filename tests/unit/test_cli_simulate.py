"""`legation simulate` on a small workspace: its page, its JSON, its errors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from test_formats import compare, documented

from legation.desk.cli import main

NAMES = ("Lord Halifax", "Anthony Eden", "Ivan Maisky", "Winston Churchill", "Harold Nicolson")
PLAN = """\
[hours]
a_week = 4

[intervals_days]
"Lord Halifax" = { ideal = 7, floor = 0.99 }
"Anthony Eden" = { ideal = 14, longest = 60 }
"Ivan Maisky" = 30
"Winston Churchill" = 7
"Harold Nicolson" = 90
"""


def run(root, *words):
    return CliRunner().invoke(main, ["simulate", "-w", str(root), *words])


def make(root, plan=""):
    assert CliRunner().invoke(main, ["init", str(root), "--owner", "Duff Cooper"]).exit_code == 0
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{number}\r\nFN:{name}\r\nEND:VCARD\r\n"
        for number, name in enumerate(NAMES)
    )
    (root / "people.vcf").write_bytes(cards.encode())
    (root / "plan.toml").write_text(plan, encoding="utf-8")
    taken = CliRunner().invoke(main, ["import", "-w", str(root), str(root / "people.vcf")])
    assert taken.exit_code == 0, taken.output
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make(tmp_path_factory.mktemp("year") / "w", PLAN)


def test_the_json_is_as_documented_and_the_same_again(root):
    words = ("--from", "1939-03-06", "--weeks", "10", "--seeds", "2", "--json")
    found = run(root, *words)
    assert found.exit_code == 0, found.output
    value = json.loads(found.stdout)
    compare(value, documented("simulate.md"), whole=False)
    assert run(root, *words).stdout == found.stdout
    assert run(root, *words, "--first-seed", "7").stdout != found.stdout
    assert (value["people"], value["seeds"], value["hours"]) == (5, 2, 4.0)
    shares = {way["way"]: way["share"] for way in value["ways"]}
    assert shares["plan"] >= shares["greedy"]
    assert shares["plan"] > shares["overdue"]
    weekly, *others = value["layers"]
    assert (weekly["interval_days"], weekly["people"], weekly["ceiling"]) == (7, 2, 0.7)
    assert [layer["interval_days"] for layer in others] == [14, 30, 90]
    # Nobody who declines three times in ten is seen in 99 weeks of 100, and no hours would do.
    [floor] = value["floors"]
    assert (floor["wanted"], floor["hours_short"]) == (0.99, None)
    assert any("cannot be promised" in says and "70%" in says and "77%" in says for says in value["says"])
    assert any("no hours would do" in says for says in value["says"])


def test_more_hours_keep_more_and_the_page_says_the_same_as_the_json(root):
    words = ("--from", "1939-03-06", "--weeks", "10", "--seeds", "1")
    few, many = (json.loads(run(root, *words, "--hours", h, "--json").stdout) for h in ("2", "9"))
    assert many["ways"][0]["share"] > few["ways"][0]["share"]
    assert few["hour_adds"] > 0.01
    assert {one["person"]["name"] for one in few["cold"]} >= {one["person"]["name"] for one in many["cold"]}
    page = run(root, *words, "--hours", "2")
    assert page.exit_code == 0
    assert f"{few['ways'][0]['share']:.0%}" in page.stdout
    for one in few["cold"]:
        assert one["person"]["name"] in page.stdout
    said = " ".join(page.stdout.split())
    assert "cannot be promised" in said
    # A simulated year may pass what holds in the long run, and the steady rhythm: neither is a limit.
    assert "in the long run, in about 70% of the weeks" in said
    assert "at most" not in said
    assert "bound " not in said
    assert "steady" in page.stdout


def test_nobody_to_plan_for_and_no_hours_are_told(tmp_path, root):
    empty = make(tmp_path / "empty")
    told = run(empty)
    assert told.exit_code == 2
    assert "nobody to plan for" in told.stderr
    assert "intervals_days" in told.stderr
    assert run(root, "--hours", "0").exit_code == 2
    assert run(root, "--from", "soon").exit_code == 2
