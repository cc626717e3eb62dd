"""Letters of invitation, guest lists and the week's sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest

from legation.facts.errors import UsageError
from legation.plan.weeks import Courtesy, Guest, KeptWeeks, PlannedEncounter
from legation.report.guests import COLUMNS, guard_cell, guest_rows, write_csv
from legation.report.letters import (
    ASKS,
    FIELDS,
    TEMPLATE,
    LetterTexts,
    distinct_names,
    fill,
    needs_letter,
    reply_day,
    salutation,
    say_day,
    write_letter,
)
from legation.report.views import PersonLink
from legation.report.week import week_sheet
from legation.workspace.letters_file import load_letter_texts, make_letters_text

TODAY = dt.date(1938, 8, 29)
HALIFAX = Guest("p-halifax", "Lord Halifax", "due since 2 August: cold in three weeks")
LUNCH = PlannedEncounter(
    "w-lunch", dt.date(1938, 9, 6), "lunch", (HALIFAX, Guest("p-butler", "Rab Butler", reply="declined")),
    2.0, at="13:00", place="the Embassy",
)  # fmt: skip


def letter(encounter: PlannedEncounter = LUNCH, guest: Guest = HALIFAX, *, office: str = "", **texts: object):
    return write_letter(
        encounter, guest, today=TODAY, owner="Ivan Maisky", office=office, texts=LetterTexts(**texts)
    )


def link(person: str, on: str) -> PersonLink:
    return PersonLink(
        person, "On Record", "Foreign Secretary" if person == "p-halifax" and on < "1940-12" else ""
    )


# ── letters ─────────────────────────────────────────────────────────────────────────────


def test_a_letter_says_what_when_where_and_by_when() -> None:
    made = letter(office="Foreign Secretary")
    assert made.text == (
        "29 August 1938\n\nDear Foreign Secretary,\n\n"
        "I should be very glad if you would come to lunch on Tuesday 6 September 1938.\n\n"
        "Time: 13:00\nPlace: the Embassy\n\n"
        "May I hope for a word from you by Tuesday 30 August 1938?\n\nYours sincerely,\n\nIvan Maisky\n"
    )
    assert (made.reply_by, made.name_of_file) == ("1938-08-30", "1938-09-06 lunch lord-halifax")


def test_what_is_not_known_leaves_no_hole() -> None:
    made = letter(replace(LUNCH, place="", at="at one", on=TODAY))
    assert "Place:" not in made.text
    assert "Time:" not in made.text
    assert "word from you" not in made.text
    assert "\n\n\n" not in made.text
    assert made.reply_by == ""


def test_a_letter_never_says_why() -> None:
    everything = "\n".join(f"{name}: {{{name}}}" for name in FIELDS)
    assert "cold" not in letter(letter=everything).text
    with pytest.raises(UsageError, match="line 2") as raised:
        letter(letter="Dear you,\nbecause {why}")
    assert "never says why" in raised.value.hint


@pytest.mark.parametrize("form", sorted(ASKS))
def test_every_form_that_is_asked_by_letter_makes_a_sentence(form: str) -> None:
    assert f"if you would {ASKS[form]} on Tuesday" in letter(replace(LUNCH, form=form)).text


def test_one_does_not_write_to_telephone() -> None:
    assert [needs_letter(replace(LUNCH, form=f)) for f in ("telephone", "letter", "corridor", "dinner")] == [
        False, False, False, True,
    ]  # fmt: skip
    assert not needs_letter(replace(LUNCH, origin="calendar"))


def test_the_user_s_words_go_before_ours() -> None:
    assert letter(letter="{name} {{x}}").text == "Lord Halifax {x}\n"
    assert letter(by_form={"lunch": "Lunch, {name}?"}).text == "Lunch, Lord Halifax?\n"
    assert letter(by_form={"dinner": "Dinner?"}).text.startswith("29 August")
    assert (
        letter(salutations={"Lord Halifax": "My dear Edward,"}, office="Foreign Secretary").salutation
        == "My dear Edward"
    )
    assert letter(salutations={"p-halifax": "Edward"}).salutation == "Edward"
    assert letter(reply_days=3).reply_by == "1938-09-03"


@pytest.mark.parametrize(
    ("text", "line"), [("a\n{nom}", 2), ("{name", 1), ("a}\n", 1), ("{}", 1), ("{0}", 1)]
)
def test_a_wrong_text_says_where(text: str, line: int) -> None:
    with pytest.raises(UsageError, match=f"line {line}"):
        letter(letter=text)


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert fill("{name}", {"name": "{owner} {{"}) == "{owner} {{\n"


@pytest.mark.parametrize(
    ("on", "days", "by"),
    [("1938-09-06", 7, "1938-08-30"), ("1938-09-05", 7, "1938-09-04"), ("1938-08-30", 7, "1938-08-29"),
     ("1938-08-29", 7, None), ("1938-08-01", 7, None)],
)  # fmt: skip
def test_by_when_an_answer_is_hoped_for(on: str, days: int, by: str | None) -> None:
    found = reply_day(dt.date.fromisoformat(on), TODAY, days)
    assert (found.isoformat() if found else None) == by


def test_before_the_new_calendar_no_weekday_is_said() -> None:
    assert say_day(dt.date(1666, 9, 2)) == "2 September 1666"


@pytest.mark.parametrize(
    ("name", "office", "said"),
    [
        ("Lord Halifax", "Foreign Secretary", "Dear Foreign Secretary"),
        ("Lord Halifax", "former Foreign Secretary", "Dear Lord Halifax"),
        ("Rab Butler", "Under-Secretary for Foreign Affairs", "Dear Rab Butler"),
        ("Charles Corbin", "French ambassador in London", "Your Excellency"),
        ("John Colville", "secretary to the ambassador", "Dear John Colville"),
        ("Sir Horace Wilson", "", "Dear Sir Horace"),
        ("Sir R. Vansittart", "", "Dear Sir R. Vansittart"),
        ("Captain Liddell Hart", "", "Dear Captain Liddell Hart"),
        ("Dr Chaim Weizmann", "", "Dear Dr Weizmann"),
        ("General Charles de Gaulle", "", "Dear General de Gaulle"),
        ("Mr. W. Creed", "", "Dear Mr. Creed"),
        ("Earl of Sandwich", "", "Dear Lord Sandwich"),
        ("Viscountess Astor", "", "Dear Lady Astor"),
        ("Duke of York", "", "Dear Duke"),
        ("Queen Mary", "", "Your Majesty"),
        ("The Rt Hon. Winston Churchill, C.H., M.P.", "", "Dear Winston Churchill"),
        ("Эдуард Вуд", "", "Dear Эдуард Вуд"),
        ("Masaryk", "", "Dear Masaryk"),
        ("", "", "Dear Sir or Madam"),
    ],
)
def test_how_somebody_is_addressed(name: str, office: str, said: str) -> None:
    assert salutation(name, office) == said


def test_who_shares_a_name_has_a_file_of_his_own() -> None:
    one, two, other = (
        letter(guest=Guest(p, n))
        for p, n in (("p-aaaaaa", "John Smith"), ("p-bbbbbb", "John  smith"), ("p-c", "Eden"))
    )
    names = distinct_names((one, two, other))
    assert len(set(names)) == 3
    assert names[2] == "1938-09-06 lunch eden"
    assert distinct_names((two, one)) == (names[1], names[0])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c", "CON", "\x00\n", "名前", "x" * 300, ".", "", "🙂"]
)
def test_a_file_s_name_is_harmless(name: str) -> None:
    made = letter(guest=Guest("p-1", name)).name_of_file
    assert made.startswith("1938-09-06 lunch ")
    assert set(made[17:]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 17 < len(made) < 90


def test_the_new_file_of_texts_says_what_is_shipped(tmp_path) -> None:
    assert load_letter_texts(tmp_path) == LetterTexts()
    path = tmp_path / "letters" / "letters.toml"
    assert path.read_text(encoding="utf-8") == make_letters_text()
    again = load_letter_texts(tmp_path)
    assert (again.letter, again.reply_days) == (TEMPLATE, 7)
    assert all(f"{{{name}}}" in make_letters_text() for name in FIELDS)


# ── guest lists ─────────────────────────────────────────────────────────────────────────


def test_a_guest_list_goes_by_surname_and_gives_no_reasons() -> None:
    kept = KeptWeeks(TODAY, 2, (LUNCH,))
    rows = guest_rows(kept, link, {"p-halifax": "mailto:h@fo.example"})
    assert [(r.name, r.office, r.address, r.reply) for r in rows] == [
        ("Rab Butler", "", "", "declined"),
        ("Lord Halifax", "Foreign Secretary", "h@fo.example", "invite"),
    ]
    text = write_csv(rows)
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert "cold" not in text
    assert text.count("\r\n") == 3
    assert [r.name for r in guest_rows(kept, link, {}, coming=True)] == ["Lord Halifax"]
    assert guest_rows(kept, link, {}, uid="w-other") == ()


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@SUM(A1)", "  =1", "＝1"])
def test_no_cell_is_a_formula(name: str) -> None:
    kept = KeptWeeks(TODAY, 2, (replace(LUNCH, guests=(Guest("p", name),)),))
    (row,) = csv.DictReader(io.StringIO(write_csv(guest_rows(kept, link, {})), newline=""))
    assert row["name"] == "'" + name.strip()
    assert guard_cell("a=1") == "a=1"


def test_commas_quotes_and_lines_survive() -> None:
    name = 'Lord "H", of\r\nGarrowby; Earl'
    kept = KeptWeeks(TODAY, 2, (replace(LUNCH, guests=(Guest("p", name),)),))
    (row,) = csv.DictReader(io.StringIO(write_csv(guest_rows(kept, link, {})), newline=""))
    assert row["name"] == 'Lord "H", of Garrowby; Earl'


# ── the week's sheet ────────────────────────────────────────────────────────────────────


def test_a_week_has_seven_days_and_counts_what_stands() -> None:
    off = replace(LUNCH, uid="w-off", on=dt.date(1938, 9, 7), guests=(Guest("p", "Eden", reply="declined"),))
    kept = KeptWeeks(
        TODAY, 2, (LUNCH, off), (Courtesy("p-c", "Churchill", dt.date(1938, 9, 7), "birthday", "letter"),)
    )
    sheet = week_sheet(kept, dt.date(1938, 9, 8), link)
    assert (sheet.since, sheet.until, len(sheet.days), sheet.planned) == ("1938-09-05", "1938-09-11", 7, True)
    assert (sheet.encounters, sheet.guests, sheet.hours) == (1, 1, 2.0)
    lunch = sheet.days[1].encounters[0]
    assert (lunch.at, lunch.until, lunch.status) == ("13:00", "15:00", "TENTATIVE")
    assert [g.person.office for g in lunch.guests] == ["Foreign Secretary", ""]
    assert sheet.days[2].encounters[0].status == "CANCELLED"
    assert sheet.days[2].courtesies[0].person.name == "Churchill"


@pytest.mark.parametrize(
    ("day", "planned"),
    [("1938-08-28", False), ("1938-08-29", True), ("1938-09-11", True), ("1938-09-12", False)],
)
def test_which_weeks_are_planned(day: str, planned: bool) -> None:
    kept = KeptWeeks(dt.date(1938, 8, 31), 2, (LUNCH,))
    assert week_sheet(kept, dt.date.fromisoformat(day), link).planned is planned
    assert not week_sheet(None, dt.date.fromisoformat(day), link).planned


def test_reasons_are_on_the_sheet_only_where_asked_for() -> None:
    kept = KeptWeeks(TODAY, 2, (LUNCH,))
    days = [week_sheet(kept, LUNCH.on, link, why=why).days[1].encounters[0] for why in (False, True)]
    assert [d.guests[0].why[:3] for d in days] == ["", "due"]


@pytest.mark.parametrize(
    ("at", "hours", "until"),
    [("13:00", 2.25, "15:15"), ("19:30", 4.5, ""), ("19:30", 4.4, "23:54"), ("13:00", 0, "")],
)
def test_when_it_ends(at: str, hours: float, until: str) -> None:
    kept = KeptWeeks(TODAY, 2, (replace(LUNCH, at=at, hours=hours),))
    assert week_sheet(kept, LUNCH.on, link).days[1].encounters[0].until == until
