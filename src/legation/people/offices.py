"""Who "the President" or "the Under Secretary" was at a date: from the papers, or from dated facts.

The papers of a volume are evidence ("President Kennedy", "the Under Secretary (Ball)"), each with
its date. Whose president a paper means by "the President", its own list, place and titled names say,
then those of the volume. Where these do not agree, or the dated facts of `heads` leave it open, the
answer is None: a question.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from legation.people.heads import SOURCES, find_holders, list_terms
from legation.people.seats import country_of_place
from legation.reading.header_words import ADJECTIVES, SIDE_CODES
from legation.reading.participants import country_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from legation.facts.candidates import MentionCandidate, Reading
    from legation.facts.when import When

#: Other words for an office: by what it is called in `heads`, and the country where that is plain.
_CALLED: dict[str, tuple[str, str]] = {
    "secretary": ("secretary of state", "US"),
    "secretary of state": ("secretary of state", ""),
    "under secretary": ("under secretary of state", "US"),
    "undersecretary": ("under secretary of state", "US"),
    "under secretary of state": ("under secretary of state", "US"),
    "undersecretary of state": ("under secretary of state", "US"),
    "deputy secretary": ("deputy secretary of state", "US"),
    "deputy secretary of state": ("deputy secretary of state", "US"),
    "secretary of defense": ("secretary of defense", "US"),
    "secretary of the treasury": ("secretary of the treasury", "US"),
    "attorney general": ("attorney general", "US"),
    "director of central intelligence": ("director of central intelligence", "US"),
    "dci": ("director of central intelligence", "US"),
    "president": ("president", ""),
    "mr president": ("president", ""),
    "president-elect": ("president-elect", "US"),
    "vice president": ("vice president", "US"),
    "vice-president": ("vice president", "US"),
    "speaker": ("speaker", "US"),
    "speaker of the house": ("speaker", "US"),
    "prime minister": ("prime minister", ""),
    "premier": ("premier", ""),
    "chairman": ("chairman of the council of ministers", "RU"),
    "chairman of the council of ministers": ("chairman of the council of ministers", "RU"),
    "general secretary": ("party leader", "RU"),
    "first secretary of the central committee": ("party leader", "RU"),
    "foreign minister": ("foreign minister", ""),
    "minister for foreign affairs": ("foreign minister", ""),
    "minister of foreign affairs": ("foreign minister", ""),
    "commissar for foreign affairs": ("foreign minister", "RU"),
    "foreign secretary": ("foreign secretary", "GB"),
    "secretary of state for foreign affairs": ("foreign secretary", "GB"),
    "chancellor": ("chancellor", ""),
    "federal chancellor": ("chancellor", "DE"),
    "reich chancellor": ("chancellor", "DE"),
    "king": ("monarch", "GB"),
    "queen": ("monarch", "GB"),
    "pope": ("pope", "VA"),
    "secretary-general": ("secretary-general", "UN"),
    "secretary general": ("secretary-general", "UN"),
    "special assistant to the president for national security affairs": (
        "president's special assistant for national security affairs", "US"),
    "assistant to the president for national security affairs": (
        "president's special assistant for national security affairs", "US"),
    "president's special assistant for national security affairs": (
        "president's special assistant for national security affairs", "US"),
}  # fmt: skip
#: Offices that many people hold at once: never resolved from one paper to another.
_SHARED = frozenset(
    """ambassador minister counselor counsellor director chief deputy assistant adviser advisor
    interpreter secretary-interpreter general admiral senator congressman representative professor
    first secretary second third attache attaché member officer editor correspondent
    consul""".split()
)
#: Months apart at which one paper's word on a lasting office still holds for another.
_REACH_DAYS = 183
_VOTE_DAYS = 730
#: Days of a volume that must call a country's holder by an office; two in three must agree.
_VOTES = 3


@dataclass(frozen=True, slots=True, order=True)
class OfficeFact:
    """That a paper of this date gave this person this office; `exact` is the head as written."""

    day: dt.date
    office: str
    country: str
    exact: str
    name: str
    surname: str


@dataclass(frozen=True, slots=True)
class Offices:
    """All evidence of a volume, in order; the same set whatever the order of import."""

    facts: tuple[OfficeFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """The answer: who held the office, and on what ground (`fact` with its source, or `papers`)."""

    name: str
    ground: str
    source: str
    country: str = ""


def office_evidence(reading: Reading) -> tuple[OfficeFact, ...]:
    """Return what a paper says of offices: titled names and offices set beside names."""
    day = reading.written_on.first if reading.written_on else None
    if day is None or reading.written_on is None or reading.written_on.precision == "year":
        return ()
    sides = {row.mention: row.side for row in reading.header.people} if reading.header else {}
    out: set[OfficeFact] = set()
    for index, mention in enumerate(reading.mentions):
        if mention.kind == "name" and mention.titles and mention.surname and mention.sure:
            out.update(_fact(day, " ".join(mention.titles), mention, sides.get(index, "")))
        elif mention.kind == "office" and mention.same_as >= 0:
            named = reading.mentions[mention.same_as]
            if named.kind == "name" and named.surname:
                out.update(_fact(day, mention.head, named, sides.get(mention.same_as, "")))
    return tuple(sorted(out))


@dataclass(frozen=True, slots=True)
class Paper:
    """What one paper's own words say of offices: its evidence, its place, and whom it lists.

    `sides` are the headings by mention, `listed` those by office as printed among those present
    ("" where it stands under none, or under several).
    """

    here: tuple[OfficeFact, ...] = ()
    place: str = ""
    sides: Mapping[int, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)


def view_paper(reading: Reading, text: str) -> Paper:
    """Return what a paper's own words say of offices."""
    header = reading.header
    if header is None:
        return Paper(office_evidence(reading))
    listed: dict[str, set[str]] = {}
    for row in header.people:
        mention = reading.mentions[row.mention]
        if mention.kind == "office" and row.role in ("participant", "attendee"):
            listed.setdefault(_plain(mention.head), set()).add(row.side)
    return Paper(
        office_evidence(reading),
        header.place.cut(text) if header.place else "",
        {row.mention: row.side for row in header.people},
        {head: min(sides) if len(sides) == 1 else "" for head, sides in listed.items()},
    )


def resolve_in_paper(number: int, reading: Reading, offices: Offices, paper: Paper) -> Holder | None:
    """Say who the office of a mention was, whose prose means by it whom its own list does."""
    head = reading.mentions[number].head
    listed = _plain(head) in paper.listed
    side = paper.sides.get(number, "") or paper.listed.get(_plain(head), "")
    return resolve_office(
        head, reading.written_on, offices, side=side, here=paper.here, place=paper.place, listed=listed
    )


def derive_offices(evidence: Iterable[tuple[OfficeFact, ...]]) -> Offices:
    """Merge the evidence of the papers of a volume."""
    return Offices(tuple(sorted({fact for facts in evidence for fact in facts})))


def resolve_office(
    head: str,
    on: When | None,
    offices: Offices | None = None,
    *,
    side: str = "",
    here: tuple[OfficeFact, ...] = (),
    place: str = "",
    listed: bool = False,
) -> Holder | None:
    """Say who held an office on a date, or None where that is not certain.

    `head` is the description in lower case, `side` the heading that the office stands under in a
    list ("US", "Soviet side"). The country comes from the words, the side, the paper itself or the
    volume: `here` is the paper's own evidence, `place` where it says that it was written or held,
    and `listed` says that the office is printed among those present.
    """
    if on is None:
        return None
    exact = _plain(head)
    office, country = _canonical(exact)
    facts = offices.facts if offices else ()
    sided = country_of(side)
    if exact in _CALLED:
        # "The Chairman" under another country's heading is another chairman.
        country = sided or country
        if not sided and office == "monarch" and country_of_place(place) not in ("", country):
            return None
    country = country or sided
    if office and not country:
        country = _country_meant(office, on, facts, here, country_of_place(place), listed=listed)
        if not country:
            # Whose president it is, neither the paper nor the volume says: ask.
            return None
    if office == "premier":
        office = "chairman of the council of ministers" if country == "RU" else "prime minister"
        office = "premier" if country == "CN" else office
    if office == "secretary of state" and country == "GB":
        office = "foreign secretary"
    if office and country:
        found = _from_heads(office, country, on)
        if found is not None:
            return found
        if any(t.country == country and t.office == office for t in list_terms()):
            # The list has the office, but two held it in that time, or none: ask.
            return None
    return _from_papers(office or exact, exact, country, on, facts)


def _plain(head: str) -> str:
    words = re.sub(r"\s+", " ", head.lower().replace("’", "'").replace(".", "")).strip(" ,:;")
    return re.sub(r"^(?:the|mr|his excellency)\s+", "", words)


def _canonical(exact: str) -> tuple[str, str]:
    """Return the office as `heads` calls it ("" if it does not) and the country in its words."""
    if exact in _CALLED:
        return _CALLED[exact]
    words = exact.split()
    for count in (3, 2, 1):
        lead = " ".join(words[:count])
        code = ADJECTIVES.get(lead) or SIDE_CODES.get(lead)
        rest = " ".join(words[count:])
        if code and rest in _CALLED:
            return _CALLED[rest][0], code
    match = re.fullmatch(r"(.+?) of (?:the )?(.+)", exact)
    if match and match[1] in _CALLED and match[2] in SIDE_CODES:
        return _CALLED[match[1]][0], SIDE_CODES[match[2]]
    return "", ""


def _fact(day: dt.date, head: str, mention: MentionCandidate, side: str) -> tuple[OfficeFact, ...]:
    exact = _plain(head)
    if not exact or exact in _SHARED or exact.startswith("acting "):
        return ()
    office, country = _canonical(exact)
    long = len(exact.split()) >= 3
    if not office and not long:
        return ()
    name = " ".join((*mention.given, mention.surname))
    country = country or country_of(side)
    return (OfficeFact(day, office or exact, country, exact, name, mention.surname.casefold()),)


def _surname(name: str) -> str:
    return re.sub(r"\s+jr\.?$", "", name.casefold()).split()[-1]


def _country_meant(
    office: str,
    on: When,
    facts: tuple[OfficeFact, ...],
    here: tuple[OfficeFact, ...],
    seat: str,
    *,
    listed: bool,
) -> str:
    """Say whose president "the President" of a paper is, or "" where its signs do not agree.

    `seat` is the country of the paper's place. The paper's own signs come first; the volume's word
    counts where nothing in the paper speaks against it.
    """
    terms = (t for t in list_terms() if t.country == seat and t.office in _alike(office))
    seat = seat if any(t.covers(on.first) for t in terms) else ""
    named = {c for f in here if f.office == office for c in _countries_of(f) or ("?",)}
    # A list of those present that bears the date line of Washington means its own President.
    if seat == "US" and listed:
        return seat
    volume = _vote(office, on, facts)
    meant = seat or volume
    if not meant or volume not in ("", meant):
        return ""
    others = named - {meant}
    # Others are talked of in Washington too; that the volume is American, and the paper names its
    # own president or nobody known, outweighs them.
    if others and not (seat == volume and (meant in named or others == {"?"})):
        return ""
    # Visitors bring their own president to Paris, and may be listed beside the host's.
    backed = volume == meant or seat == "US" or (bool(named) and not listed)
    return meant if backed else ""


def _alike(office: str) -> tuple[str, ...]:
    """Return what `heads` calls an office that goes by one word in several countries."""
    if office == "premier":
        return ("premier", "prime minister", "chairman of the council of ministers")
    return (office,)


def _countries_of(fact: OfficeFact) -> tuple[str, ...]:
    return _find_countries(fact.day, fact.office, fact.surname.split()[-1])


@lru_cache(maxsize=1 << 14)
def _find_countries(day: dt.date, office: str, surname: str) -> tuple[str, ...]:
    """Return the countries in which a person of this surname had the office by that day.

    Those who have left it keep the title, and show the country just as well.
    """
    terms = (t for t in list_terms() if t.office in _alike(office) and t.start <= day)
    return tuple(sorted({t.country for t in terms if surname in (_surname(t.name), _joined(t.name))}))


def _joined(name: str) -> str:
    """Return a surname with its particle, in one word: "degaulle"."""
    return "".join(name.casefold().split()[-2:])


def _vote(office: str, on: When, facts: tuple[OfficeFact, ...]) -> str:
    """Say which country's office a volume means: that whose holder most of its days call by it."""
    days: set[tuple[dt.date, str]] = set()
    for fact in facts:
        if fact.office == office and abs((fact.day - on.first).days) <= _VOTE_DAYS:
            days.update((fact.day, country) for country in _countries_of(fact) or ("?",))
    best = Counter(country for _, country in sorted(days)).most_common(1)
    if not best or best[0][1] < _VOTES or best[0][1] * 3 < len(days) * 2 or best[0][0] == "?":
        return ""
    return best[0][0]


def _from_heads(office: str, country: str, on: When) -> Holder | None:
    terms = find_holders(country, office, on.first, on.last)
    # On the very day of a change either may be meant.
    changed = any(
        t.end is not None and on.first <= t.end <= on.last
        for t in list_terms()
        if t.country == country and t.office == office
    )
    if len(terms) != 1 or changed:
        return None
    return Holder(terms[0].name, "fact", SOURCES[country], country)


def _from_papers(
    office: str, exact: str, country: str, on: When, facts: tuple[OfficeFact, ...]
) -> Holder | None:
    """The person whom the nearest papers before and after give the office; both must agree."""
    if exact in _SHARED:
        return None
    fitting = [
        f
        for f in facts
        if (f.office == office or f.exact == exact) and (not country or f.country in ("", country))
    ]
    before = [f for f in fitting if f.day <= on.first and (on.first - f.day).days <= _REACH_DAYS]
    after = [f for f in fitting if f.day >= on.first and (f.day - on.first).days <= _REACH_DAYS]
    near = [
        *([max(f.day for f in before)] if before else []),
        *([min(f.day for f in after)] if after else []),
    ]
    named = [f for f in fitting if f.day in near]
    if not named or len({f.surname.split()[-1] for f in named}) != 1:
        return None
    best = max(named, key=lambda f: (len(f.name), f.name))
    return Holder(best.name, "papers", best.day.isoformat(), country or best.country)
