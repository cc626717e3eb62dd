"""Where people are believed to be: by the office they hold, the place they were met at, what texts tell."""

from __future__ import annotations

import datetime as dt

import pytest

from legation.report.contacts import load_met
from legation.report.plan_whereabouts import Whereabouts, load_dead, load_household
from legation.store.rows import FactRow

DAY = dt.date(1939, 3, 9)


def office(title, start="", end=""):
    return FactRow("f", "p", "office", title, start, end, "", "")


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("British Ambassador in Moscow", "RU"),
        ("French Ambassador in London", "GB"),
        ("Soviet Envoy to Finland", "FI"),
        ("Head of the British military mission to Moscow", "RU"),
        ("German Foreign Minister", "DE"),
        ("President of Czechoslovakia", "CZ"),
        ("King of the Belgians", "BE"),
        ("People's Commissar for Foreign Affairs", "RU"),
        ("Chairman of the Council of People's Commissars", "RU"),
        ("Foreign Secretary", ""),
        ("Premier of the Polish government in exile", ""),
        ("Former Prime Minister", ""),
        ("Owner of the Daily Express", ""),
    ],
)
def test_an_office_says_where_it_is_held(title, country):
    assert Whereabouts._post(office(title)) == country


@pytest.fixture
def rows():
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent))
    from ledger_rows import LedgerRows

    made = LedgerRows()
    made.owner()
    made.fact("p-me", "office", "Soviet Ambassador in London", "1932")
    return made


def where(made, *people, home=()):
    with made.store.looking() as tx:
        met = load_met(tx, "p-me", DAY)
        found = Whereabouts(tx, "p-me", DAY, home, people)
        return {p: found.never(p, p, met.get(p)) for p in people}, {
            p: found.away(p, met.get(p)) for p in people
        }


def test_a_post_abroad_keeps_from_being_asked_unless_met_of_late(rows):
    seeds, corbin, lately = (rows.person(n) for n in ("William Seeds", "Charles Corbin", "Back Home"))
    rows.fact(seeds, "office", "British Ambassador in Moscow", "1939-01")
    rows.fact(corbin, "office", "French Ambassador in London", "1933")
    rows.fact(lately, "office", "British Ambassador in Berlin", "1937")
    rows.met(seeds, ["1938-12-01"])
    rows.met(lately, ["1939-02-20"])
    never, _ = where(rows, seeds, corbin, lately)
    assert never[seeds] == "believed abroad: British Ambassador in Moscow since 1939"
    assert never[corbin] == ""
    assert never[lately] == "", "whoever was here two weeks ago is on leave, or back"


def test_the_place_of_the_last_encounter_counts_where_no_office_says_more(rows):
    eden = rows.person("Anthony Eden")
    for number, (on, place) in enumerate((("1938-11-01", "London"), ("1939-01-10", "Geneva Road, Paris"))):
        rows.put("encounters", encounter=f"e-{number}", on=on, form="lunch", place=place, status="held",
                 state="read", accounts=1)  # fmt: skip
        for person in ("p-me", eden):
            rows.put("encounter_people", encounter=f"e-{number}", person=person, accounts=1)
    never, _ = where(rows, eden)
    assert never[eden].startswith("believed in Geneva Road, Paris: met there last on 10 January")
    assert where(rows, eden, home=("Paris",))[0][eden] == "", "home is where plan.toml says"


def test_a_departure_holds_until_an_encounter(rows):
    hart, back = rows.person("Liddell Hart"), rows.person("Rab Butler")
    item = rows.item("a", "Hart has left for America. Butler has left too.", on="1939-02-01")
    for person, words in ((hart, "Hart has left for America"), (back, "Butler has left too")):
        rows.finding(item, words, "occasion", [("person", person)], what="departure", on="1939-02-01")
    rows.met(back, ["1939-02-20"])
    _, away = where(rows, hart, back)
    assert [(s.since, s.until) for s in away[hart]] == [(dt.date(1939, 2, 1), None)]
    assert "Hart has left for America" in away[hart][0].why
    assert away[back] == ()


def test_a_told_death_holds_only_where_nobody_was_met_since(rows):
    gone, alive = rows.person("Leonid Krasin"), rows.person("Jan Masaryk")
    item = rows.item("a", "Krasin is dead. Masaryk is dead, they say.", on="1939-02-01")
    for person, words in ((gone, "Krasin is dead"), (alive, "Masaryk is dead, they say")):
        rows.finding(item, words, "occasion", [("person", person)], what="death", on="1939-02-01")
    rows.met(alive, ["1939-03-01"])
    with rows.store.looking() as tx:
        dead = load_dead(tx, DAY, load_met(tx, "p-me", DAY))
        before = load_dead(tx, dt.date(1939, 1, 1), {})
    assert "Krasin is dead" in dead[gone]
    assert alive not in dead
    assert gone not in before


def test_servants_are_of_the_household_and_friends_are_not(rows):
    tom, butler = rows.person("Tom"), rows.person("Rab Butler")
    for number, (words, person) in enumerate(
        (("my boy Tom", tom), ("my boy Tom", tom), ("my friend Butler", butler))
    ):
        item = rows.item(f"t{number}", f"With {words}.", on="1939-02-01")
        rows.mention(item, words, person)
    with rows.store.looking() as tx:
        house = load_household(tx, "p-me", [tom, butler])
    assert set(house) == {tom}
