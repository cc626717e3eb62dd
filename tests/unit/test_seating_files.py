"""Seating: files and lists, ranks by office, words, the drawing, and the command."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from legation.desk.cli.commands.seating import seat
from legation.facts.errors import NotFoundError, UsageError
from legation.plan.precedence import rank_of
from legation.plan.seating import Diner, Never, SeatingTask, Table
from legation.plan.seating_file import make_tables, parse_guests, parse_seating
from legation.report.seating import make_seating, seating_to_json
from legation.report.seating_svg import NARROW, draw_seating
from legation.report.seating_toml import write_seating

NAMES = "Halifax Eden Astor Masaryk Butler Hudson Corbin Webb Shaw Cripps Attlee Simon Hoare Cecil".split()


def people(count, **more):
    return tuple(Diner(n, **more) for n in NAMES[:count])


# ── files ───────────────────────────────────────────────────────────────────────────────

DINNER = """\
title = "Dinner"
alternate = true
offices = ["Foreign Secretary", "Ambassador"]

[weights]
talk = 20

[[table]]
name = "High table"
shape = "long"
seats = 6
host = "Maisky"

[[table]]
seats = 8
count = 2
honour = 2

[[guest]]
name = "Maisky"
sex = "m"

[[guest]]
name = "Halifax"
office = "Foreign Secretary"
partner = "Astor"
languages = ["EN", "fr"]

[[guest]]
name = "Astor"
sex = "F"
rank = 1
table = "High table"

[[guest]]
name = "Corbin"
office = "Ambassador of France"

[[apart]]
people = ["Halifax", "Corbin"]
from = "beside"
why = "not now"

[[together]]
one = ["Astor"]
other = ["Corbin", "Maisky"]
weight = 2
"""


def test_a_seating_file_is_read():
    parsed = parse_seating(DINNER)
    assert parsed.complaints == ()
    task = parsed.task
    assert [t.name for t in task.tables] == ["High table", "1", "2"]
    assert [(d.name, d.rank, d.sex) for d in task.diners] == [
        ("Maisky", 0, "m"), ("Halifax", 2, ""), ("Astor", 1, "f"), ("Corbin", 3, ""),
    ]  # fmt: skip
    assert task.diners[1].languages == frozenset({"en", "fr"})
    assert task.never == (Never("Halifax", "Corbin", "beside"),)
    assert [(n.first, n.second, n.weight) for n in task.near] == [
        ("Astor", "Corbin", 2.0),
        ("Astor", "Maisky", 2.0),
    ]
    assert task.weights["talk"] == 20
    assert task.weights["rank"] == 3


def test_a_task_written_reads_as_the_same_task():
    task = parse_seating(DINNER).task
    assert parse_seating(write_seating(task)).task == task
    odd = replace(task, title='A "dinner"\\ é\t', diners=(*task.diners, Diner('He "Hal" said')))
    assert parse_seating(write_seating(odd)).task == odd


def test_two_apart_at_the_only_table_are_named_and_kept_out_of_sight():
    text = """giver = "Maisky"
[[table]]
seats = 8
shape = "long"
host = "Maisky"
[[apart]]
people = ["Halifax", "Masaryk"]
from = "sight"
""" + "".join(f'[[guest]]\nname = "{n}"\n' for n in ("Maisky", *NAMES[:6]))
    task = parse_seating(text).task
    assert task is not None
    assert task.never == (Never("Halifax", "Masaryk", "beside"),)
    view = make_seating(task)
    assert view.says[0] == "Six guests and the host at 1 table."
    assert "Halifax and Masaryk must not be at one table" in view.says[1]
    assert "Every rule is kept." not in view.says
    assert parse_seating(write_seating(task)).task == task
    # Where there are two tables they are parted, and there is nothing to complain of.
    two = parse_seating(text.replace("[[apart]]", "[[table]]\nseats = 4\n[[apart]]")).task
    assert two is not None
    assert two.never == (Never("Halifax", "Masaryk", "table"),)
    assert "Every rule is kept." in make_seating(two).says


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('partner = "Astor"', 'partner = "Aster"'), "there is no guest Aster"),
        (("seats = 6", "seats = 0"), "line 11: table"),
        (('name = "Corbin"', 'name = "Astor"'), "Two guests are called Astor"),
        (('table = "High table"', 'table = "Low"'), "there is none"),
        (('from = "beside"', 'from = "far"'), "far"),
        (("rank = 1", "rang = 1"), "rang"),
        (('sex = "F"', 'sex = "q"'), "has to be f or m"),
        (("talk = 20", "talk = -1"), "weights.talk"),
        (('people = ["Halifax", "Corbin"]', 'people = ["Halifax"]'), "names no two people"),
        (('host = "Maisky"', 'host = "Nobody"'), "there is no guest Nobody"),
        (("seats = 8\n", "seats = 8\nhost = 'Halifax'\n"), "cannot be more than 1"),
        (("[[guest]]", "[[gast]]"), "gast"),
        (("seats = 6", "seats = "), "is no TOML"),
    ],
)
def test_whatever_cannot_be_used_is_said_and_seats_nobody(change, says):
    parsed = parse_seating(DINNER.replace(*change, 1))
    assert parsed.task is None
    assert says in " ".join(parsed.complaints)


def test_a_list_of_guests_is_read_with_any_separator():
    text = "Name;Rank;Sex;Languages;Interprets for\r\nHalifax;1;M;en, fr;\r\n\r\nAstor;;f;en;Halifax/Eden\r\n"
    diners, complaints = parse_guests("\ufeff" + text)
    assert complaints == ()
    assert [(d.name, d.rank, d.sex, sorted(d.languages)) for d in diners] == [
        ("Halifax", 1, "m", ["en", "fr"]), ("Astor", 0, "f", ["en"]),
    ]  # fmt: skip
    assert diners[1].interprets_for == ("Halifax", "Eden")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("office\nx\n", "`name`"),
        ("name,ranks\nx,1\n", "Did you mean “rank”?"),
        ("name,rank\nx,first\n", "line 2: rank"),
        ("name,sex\nx,z\n", "sex has to be"),
        ("name,interpreter\nx,perhaps\n", "yes or no"),
        ("name,rank\n,3\n", "there is no name"),
        ("", "`name`"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(text, says):
    _, complaints = parse_guests(text)
    assert says in " ".join(complaints)


def test_tables_in_short():
    assert make_tables("long", 12) == [Table("1", 12, "long")]
    assert make_tables("round 9", 5, host="A") == [Table("1", 9, host="A")]
    assert [t.seats for t in make_tables("3x10", 25)] == [10, 10, 10]
    assert make_tables("square", 4) is None
    assert make_tables("0x10", 4) is None


@pytest.mark.parametrize(
    ("office", "rank"),
    [
        ("Prime Minister", 20), ("Former Prime Minister", 0), ("Foreign Secretary", 30), ("King of the Belgians", 10),
        ("French Ambassador in London", 50), ("Czechoslovak Minister in London", 60), ("Vice-President", 75),
        ("Parliamentary Under-Secretary for Foreign Affairs", 75), ("President of the Board of Trade", 40),
        ("Chancellor of the Exchequer", 40), ("Member of Parliament for Epping", 90), ("", 0), ("gardener", 0),
    ],
)  # fmt: skip
def test_offices_have_a_plain_order(office, rank):
    assert rank_of(office) == rank


def test_a_title_ranks_where_no_office_does():
    assert rank_of("", "Lord Halifax") == 70
    assert rank_of("Foreign Secretary", "Lord Halifax") == 30
    assert rank_of("", "Lordship Bell") == 0


# ── words, JSON, drawing ────────────────────────────────────────────────────────────────


def two_tables():
    """Return a task whose plan has everything that the JSON can hold."""
    diners = (
        Diner("Maisky", sex="m", person="p-1"), Diner("Halifax", 1, "m", office="Foreign Secretary"),
        *(Diner(n, sex="m", languages=frozenset({n})) for n in NAMES[1:9]),
    )  # fmt: skip
    return SeatingTask(
        diners, (Table("High table", 5, "long", "Maisky"), Table("2", 5)), never=(Never("Eden", "Astor"),),
        alternate=True, title="Dinner",
    )  # fmt: skip


def test_the_json_is_as_its_page_says():
    from test_formats import compare, documented

    view = make_seating(two_tables())
    assert view.found
    compare(seating_to_json(view), documented("seating.md", "the output"), whole=False)
    never = tuple(Never(a, b) for i, a in enumerate(NAMES[:3]) for b in NAMES[:i])
    refused = make_seating(SeatingTask(people(4), (Table("1", 2), Table("2", 2)), never=never))
    assert not refused.found
    compare(seating_to_json(refused), documented("seating.md", "the output"), whole=False)
    both = json.loads(json.dumps([seating_to_json(view), seating_to_json(refused)]))
    keys = {k for one in both for k in one}
    assert keys == {k for k in documented("seating.md", "the output") if "." not in k}


def test_the_drawing_is_xml_with_every_name_and_no_script_or_style_attribute():
    view = make_seating(two_tables())
    for width in (1056, NARROW):
        for alone in (True, False):
            text = draw_seating(view, width=width, alone=alone)
            root = ET.fromstring(text)
            assert "script" not in text
            assert not any("style" in e.attrib for e in root.iter())
            assert not any(k.startswith("on") for e in root.iter() for k in e.attrib)
            assert root.attrib["aria-label"].startswith("Seating plan: 10 guests at 2 tables")
            said = " ".join(root.itertext())
            assert all(d.name in said for d in two_tables().diners)


def boxes_of(text):
    """Return the box of every level name of a drawing, as (left, right, baseline)."""
    found = []
    x0 = y0 = 0.0
    for line in text.splitlines():
        if match := re.match(r'<g transform="translate\((\S+) (\S+)\)">', line):
            x0, y0 = float(match[1]), float(match[2])
        match = re.match(
            r'<text x="(\S+)" y="(\S+)" text-anchor="(\w+)">(?:<title>.*?</title>)?([^<]*)</text>', line
        )
        if match:
            length = len(match[4]) * 7.0
            x = x0 + float(match[1])
            left = {"start": x, "end": x - length, "middle": x - length / 2}[match[3]]
            found.append((left, left + length, y0 + float(match[2])))
    return found


@pytest.mark.parametrize(("count", "seats"), [(200, 10), (48, 8), (36, 12), (60, 20)])
@pytest.mark.parametrize("width", [1056, NARROW])
def test_names_do_not_touch_and_stay_on_the_sheet(count, seats, width):
    diners = tuple(Diner(f"Sir Given{n % 7} Surname{n}") for n in range(count))
    view = make_seating(SeatingTask(diners, tuple(Table(str(n), seats) for n in range(-(-count // seats)))))
    boxes = boxes_of(draw_seating(view, width=width))
    assert len(boxes) >= count
    assert all(left >= -1 and right <= width + 1 for left, right, _ in boxes)
    boxes.sort(key=lambda b: b[2])
    for i, (left, right, y) in enumerate(boxes):
        for other in boxes[i + 1 : i + 40]:
            if other[2] - y < 13 and left < other[1] - 1 and other[0] < right - 1:
                raise AssertionError((left, right, y, other))


def test_hostile_names_are_only_text():
    diners = (Diner('</text><script>alert("1")</script>'), Diner("&amp; \"'"), Diner("名前" * 30))
    text = draw_seating(make_seating(SeatingTask(diners, (Table("<b>", 3),), title="<i>")), alone=True)
    assert "<script" not in text
    ET.fromstring(text)


# ── the command ─────────────────────────────────────────────────────────────────────────


def test_the_command_seats_a_file_and_leaves_it_alone(tmp_path):
    file = tmp_path / "dinner.toml"
    file.write_text(DINNER, encoding="utf-8")
    drawing = tmp_path / "dinner.svg"
    result = CliRunner().invoke(seat, [str(file), "--svg", str(drawing)], catch_exceptions=False)
    assert "Maisky" in result.output
    assert file.read_text(encoding="utf-8") == DINNER
    ET.fromstring(drawing.read_text(encoding="utf-8"))
    told = json.loads(CliRunner().invoke(seat, [str(file), "--json"], catch_exceptions=False).output)
    assert told["kind"] == "seating"
    assert told["guests"] == 4


def test_the_command_seats_a_list_and_writes_a_file_once(tmp_path):
    file = tmp_path / "guests.csv"
    file.write_text("name,rank\n" + "\n".join(f"{n},{i + 1}" for i, n in enumerate(NAMES)), encoding="utf-8")
    target = tmp_path / "new.toml"
    arguments = [str(file), "--tables", "2x7", "--host", "Halifax", "--write", str(target)]
    CliRunner().invoke(seat, arguments, catch_exceptions=False)
    assert parse_seating(target.read_text(encoding="utf-8")).task.tables[0].host == "Halifax"
    with pytest.raises(UsageError, match="is there already"):
        CliRunner().invoke(seat, arguments, catch_exceptions=False)


def test_what_the_command_cannot_do_it_says(tmp_path):
    run = CliRunner().invoke
    with pytest.raises(UsageError, match="Name a seating file"):
        run(seat, [], catch_exceptions=False)
    with pytest.raises(NotFoundError):
        run(seat, [str(tmp_path / "none.toml")], catch_exceptions=False)
    file = tmp_path / "d.toml"
    file.write_text('[[table]]\nseats = 1\n[[guest]]\nname = "A"\n[[guest]]\nname = "B"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="1 place is missing") as error:
        run(seat, [str(file)], catch_exceptions=False)
    assert "Add tables" in error.value.hint
    result = run(seat, [str(file), "--json"], catch_exceptions=False)
    assert (result.exit_code, json.loads(result.output)["places_short"]) == (2, 1)
