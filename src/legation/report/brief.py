"""The brief on one person: offices, how met, encounters in their own words, what is open."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from legation.facts.errors import NotFoundError
from legation.network.closeness import HALF_LIFE_DAYS, derive_course
from legation.plan.settings import PlanSettings
from legation.report.contacts import Met, gather, say_met
from legation.report.encounters import encounter_views
from legation.report.links import Links, holds_at, office_at
from legation.report.occasions import known_occasions, occasion_views, standard_day
from legation.report.questions import load_question_views
from legation.report.saying import say_date
from legation.report.standing import Standings, say_outlook
from legation.report.today import say_interval
from legation.report.told import told_of
from legation.report.views import BriefView, EncounterView, FactView, NameView, OfficeView
from legation.store import lookups
from legation.store.rows import PAST, FactRow
from legation.store.tx import Tx

MOST_ENCOUNTERS = 12
MOST_LATER = 12
MOST_FIRST = 3
#: How many early encounters are looked through for words of a first meeting, and how far beside.
MOST_LIKELY = 12
BESIDE = 40
MOST_NAMES = 24
MOST_MENTIONED = 6
MOST_COMPANY = 8
MOST_QUESTIONS = 10
YEAR_DAYS = 366
#: Kinds of facts that a brief shows elsewhere, or that are not for reading.
_ELSEWHERE = frozenset({
    "name", "nickname", "alias", "office", "category", "categories", "photo", "logo",
    "sound", "key", "uid", "rev",
    "sort", "gender",
})  # fmt: skip
_FIRST = re.compile(
    r"introduc|first (?:met|meeting|saw)|ma[dk]e (?:the|his|her|their) acquaintance|for the first time",
    re.IGNORECASE,
)
_RELATED = re.compile(r"RELATED[^:]*?;TYPE=\"?([\w-]+)", re.IGNORECASE)
_CIRCLES = ("category", "categories")
_NAMES = ("name", "nickname", "alias")


def brief_view(tx: Tx, person: str, today: dt.date, settings: PlanSettings) -> BriefView:
    """Return all that is on record of one person, as of a day; old ids lead to the person of now.

    Raises:
        NotFoundError: there is no such person.
    """
    person = lookups.load_current_person(tx, person) or person
    row = lookups.load_person(tx, person)
    if row is None:
        raise NotFoundError(f"there is no person {person}", "Look the name up in `legation people`.")
    owner = lookups.load_owner(tx)[0]
    day = today.isoformat()
    links = Links(tx, day)
    facts = lookups.load_facts(tx, (person,))
    met = gather(lookups.load_meetings(tx, owner, person, day))
    total = lookups.load_encounter_counts(tx, day, (person,)).get(person, (0, ""))[0]
    recent, first, later = _encounters(tx, links, person, owner, day)
    standings = Standings(tx, owner, today, settings)
    rule = None if person == owner else standings.rule(person)
    outlook = None if person == owner else standings.outlook(person)
    half_life = standings.half_life_days(person)
    layer = standings.layer(person)
    last = met.last_on(today)
    called = lookups.load_called_of(tx, person, MOST_NAMES)
    named = lookups.load_named_in(tx, person, day, MOST_MENTIONED)
    links.need_items([*(c[3] for c in called), *(m.item for m in named)])
    links.need_citations(f.citation for f in facts)
    company = lookups.load_company(tx, person, owner, MOST_COMPANY)
    links.need_people(p for p, _ in company)
    told = told_of(tx, links, person, owner, today)
    return BriefView(
        person=links.person(person),
        sort_name=row[2],
        names=_names(links, facts, called),
        offices=_offices(links, facts, day),
        circles=tuple(dict.fromkeys(f.value for f in facts if f.kind in _CIRCLES)),
        facts=_facts(tx, links, facts, has_office=bool(office_at(facts, day))),
        how_met=first,
        encounters=recent,
        encounter_count=total,
        mentioned=tuple(links.words(m.item, m.start, m.end, m.quote) for m in named),
        mention_count=lookups.load_mention_counts(tx, (person,)).get(person, 0),
        with_people=tuple((links.person(p), n) for p, n in company),
        closeness=0.0 if person == owner else met.closeness(today, half_life),
        closeness_says=say_closeness(
            met,
            today,
            person == owner,
            bool(owner),
            say_interval(rule) if rule else "",
            half_life,
            kin=person in standings.kin,
        ),
        months=_months(met),
        last_on=met.on,
        days_since=None if last is None else (today - last).days,
        interval_days=rule.ideal_days if rule else None,
        occasions=occasion_views(links, known_occasions(tx, today, person), today, within_days=YEAR_DAYS),
        questions=load_question_views(tx, links, limit=MOST_QUESTIONS, person=person)[0],
        met_count=met.count,
        later=later,
        said=told.said,
        said_count=told.said_count,
        heard=told.heard,
        heard_count=told.heard_count,
        promised=told.promised,
        promised_to=told.promised_to,
        introductions=told.introductions,
        told_occasions=told.told_occasions,
        chance=round(outlook.chance, 3) if outlook else None,
        chance_says=f"{say_outlook(outlook)}." if outlook else "",
        half_life_days=half_life,
        layer=layer.number if layer else 0,
        course=() if person == owner else _course(met, today, half_life),
    )


def _encounters(
    tx: Tx, links: Links, person: str, owner: str, day: str
) -> tuple[tuple[EncounterView, ...], tuple[EncounterView, ...], tuple[EncounterView, ...]]:
    """Return the latest encounters, those that tell how they met, and those after the day."""
    every = lookups.load_meetings(tx, "", person, PAST)
    past = [m for m in every if m[0] <= day + PAST]
    newest = sorted(past, key=lambda m: (m[0], m[2]), reverse=True)[:MOST_ENCOUNTERS]
    coming = sorted((m for m in every if m[0] > day + PAST), key=lambda m: (m[0], m[2]))[:MOST_LATER]
    ours = lookups.load_meetings(tx, owner, person, day)
    earliest = sorted((m for m in ours if m[0]), key=lambda m: (m[0], m[2]))[:MOST_FIRST]
    told = sorted(set(lookups.load_first_met(tx, person)) & {m[2] for m in past})[:MOST_FIRST]
    # What an account says of a first meeting may stand just beside its own words.
    likely = [m for m in past if not m[0]][:MOST_LIKELY]
    likely += sorted((m for m in past if m[0]), key=lambda m: (m[0], m[2]))[:MOST_LIKELY]
    wanted = {m[2] for m in (*newest, *coming, *earliest, *likely)} | set(told)
    found = lookups.load_encounters(tx, wanted)
    views = {v.id: v for v in encounter_views(tx, links, found, owner)}
    beside = [m[2] for m in likely if m[2] in views and _tells_first(views[m[2]])]
    first = dict.fromkeys([m[2] for m in earliest] + told + beside[:MOST_FIRST])
    by_day = sorted((views[e] for e in first if e in views), key=lambda v: (v.on == "", v.on, v.id))
    return (
        tuple(views[m[2]] for m in newest if m[2] in views),
        tuple(by_day),
        tuple(views[m[2]] for m in coming if m[2] in views),
    )


def _tells_first(view: EncounterView) -> bool:
    """Say whether the words of an encounter, or those just beside, speak of a first meeting."""
    return any(_FIRST.search(w.before[-BESIDE:] + w.quote + w.after[:BESIDE]) for w in view.accounts)


def _names(
    links: Links, facts: Sequence[FactRow], called: list[tuple[str, int, int, str, int, int]]
) -> tuple[NameView, ...]:
    """Return the names of cards and the ways in which texts name the person, each once."""
    uses = {quote: n for quote, n, *_ in called}
    found: dict[str, NameView] = {}
    for fact in facts:
        if fact.kind in _NAMES and fact.value not in found:
            found[fact.value] = NameView(
                fact.value, uses.get(fact.value, 0), "read", links.cited(fact.citation)
            )
    for quote, n, sure, item, start, end in called:
        if quote not in found:
            found[quote] = NameView(
                quote, n, "sure" if sure else "read", links.words(item, start, end, quote)
            )
    return tuple(found.values())[:MOST_NAMES]


def _offices(links: Links, facts: Sequence[FactRow], day: str) -> tuple[OfficeView, ...]:
    """Return offices: those held on the day first, then the others, the latest first."""
    offices = [f for f in facts if f.kind == "office"]
    offices.sort(key=lambda f: (f.start_on or f.end_on, f.end_on, f.value), reverse=True)
    offices.sort(key=lambda f: not holds_at(f.start_on, f.end_on, day))
    return tuple(OfficeView(f.value, f.start_on, f.end_on, links.cited(f.citation)) for f in offices)


def _facts(tx: Tx, links: Links, facts: Sequence[FactRow], *, has_office: bool) -> tuple[FactView, ...]:
    """Return the other lines of the cards; a title that an office says already is left out."""
    offices = {f.value.casefold() for f in facts if f.kind == "office"}
    related = lookups.load_people_of_uids(tx, [f.value for f in facts if f.kind == "relation"])
    links.need_people(related.values())
    found: dict[tuple[str, str], FactView] = {}
    for fact in facts:
        if fact.kind in _ELSEWHERE or (
            fact.kind == "title" and has_office and fact.value.casefold() in offices
        ):
            continue
        words = links.cited(fact.citation)
        name, value = fact.kind, fact.value
        if name in ("birthday", "anniversary", "death"):
            value = say_date(standard_day(value))
        elif name == "relation":
            kind = _RELATED.search(words.quote) if words else None
            name = kind.group(1).lower() if kind else name
            value = links.name(related[value]) if value in related else value
        found.setdefault((name, value), FactView(name, value, words))
    return tuple(found.values())


def _months(met: Met) -> tuple[tuple[str, int], ...]:
    """Return meetings by month, of those whose month is known."""
    return tuple(sorted(Counter(on[:7] for on in met.dates if len(on) in (7, 10)).items()))


def _course(met: Met, today: dt.date, half_life_days: float) -> tuple[tuple[str, float], ...]:
    """Return closeness over time, as far back as it still says something."""
    course = derive_course(met.met_days(), today, half_life_days)
    return tuple((on.isoformat(), round(value, 3)) for on, value in course)


def say_closeness(
    met: Met,
    today: dt.date,
    is_owner: bool,
    has_owner: bool,
    interval: str = "",
    half_life_days: float = HALF_LIFE_DAYS,
    *,
    kin: bool = False,
) -> str:
    """Return closeness with its rule, or why there is none."""
    if is_owner:
        return "The owner of this record."
    if not has_owner:
        return "Nobody is named as the owner of this record: closeness to whom is not known."
    said = say_met(met, today) + (f"; {interval}" if interval and met.count else "") + "."
    if not met.days:
        return said if not met.count else f"{said} Without a day, closeness cannot be told."
    value = met.closeness(today, half_life_days)
    return (
        f"{said} Closeness {value:.2f}: days of contact, weighted by form, each fading by half in"
        f" {half_life_days:g} days{', for kin fade slowly' if kin else ''}."
    )
