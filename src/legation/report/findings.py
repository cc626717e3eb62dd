"""Findings in words: who said, promised, introduced, and whose occasion it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from legation.facts.judgement import FINDING_ROLES
from legation.report.encounters import first_of, last_of, precision_of
from legation.report.saying import join_names, say_on, sentence
from legation.report.views import FindingView, PartView
from legation.store.findings import load_parts
from legation.store.lookups import load_mentions, load_owner

if TYPE_CHECKING:
    from legation.report.links import Links
    from legation.store.findings import FindingRow, PartRow
    from legation.store.tx import Tx

#: How somebody is called of whom the text does not say who it is, and who says "I" where that is not known.
SOMEBODY = "somebody"
AUTHOR = "the author"
YOU = "you"
EMPTY: Mapping[str, str] = {}
#: Words that stand for a person who was named elsewhere.
_PRONOUNS = frozenset({
    "he", "him", "himself", "his", "she", "her", "herself", "they", "them", "themselves", "their", "who",
    "whom", "whose", "i", "me", "myself", "we", "us", "my", "our",
})  # fmt: skip
_MODES = {"quoted": "in direct speech", "reported": "reported"}


def name_part(links: Links, part: PartRow, owner: str = "", quotes: Mapping[str, str] = EMPTY) -> str:
    """Return who has a part: by name, "you" for the owner, as written where nobody is known.

    `quotes` are the words of mentions by their ids.
    """
    if part.person:
        return YOU if part.person == owner else links.name(part.person)
    if part.how == "author":
        return AUTHOR
    quote = " ".join(quotes.get(part.mention, part.quote).split())
    return f"“{quote}”" if quote and quote.casefold() not in _PRONOUNS else SOMEBODY


def name_parts(
    links: Links, parts: Iterable[PartRow], owner: str = "", quotes: Mapping[str, str] = EMPTY
) -> dict[str, list[str]]:
    """Return who has each part, by name; as written where nobody is known, else "somebody"."""
    found: dict[str, list[str]] = {}
    for part in parts:
        name = name_part(links, part, owner, quotes)
        if name not in found.setdefault(part.role, []):
            found[part.role].append(name)
    return found


def say_finding(row: FindingRow, names: Mapping[str, Sequence[str]]) -> str:
    """Return a finding as a sentence, such as "Butler said something to Maisky."."""
    first, *others = (join_names(list(names.get(r, ()))) for r in FINDING_ROLES[row.kind])
    first, other = first or SOMEBODY, next(iter(others), "")
    not_so = row.status == "denied"
    if row.kind == "statement":
        verb = "did not speak" if not_so else "said something"
        said = f"{first} {verb}" + (f" to {other}" if other else "")
    elif row.kind == "introduction":
        how = " by letter" if row.what == "letter" else ""
        said = f"{first} {'did not introduce' if not_so else 'introduced'} {other or SOMEBODY}{how}"
    elif row.kind == "promise":
        said = f"{first} {'made no promise' if not_so else 'promised something'}"
        said += f" to {other}" if other else ""
        said += f", due {say_on(row.on)}" if row.on else ""
    else:
        said = f"your {row.what}" if first == YOU else f"{row.what} of {first}"
        said += f", {say_on(row.on)}" if row.on else ""
        said = f"no {said}" if not_so else said
    told = {"reported": ", as told by somebody else", "planned": ", intended"}.get(row.status, "")
    return sentence(f"{said}{told}.")


def say_told(row: FindingRow, names: Mapping[str, Sequence[str]]) -> str:
    """Return a finding as a note beside its words: "Butler to you, reported."."""
    first, *others = (join_names(list(names.get(r, ()))) for r in FINDING_ROLES[row.kind])
    first, other = first or SOMEBODY, next(iter(others), "")
    if row.kind in ("introduction", "occasion"):
        return say_finding(row, names)
    if row.status == "denied":
        return say_finding(row, names)
    said = first + (f" to {other}" if other else "")
    if row.kind == "statement":
        said += f", {_MODES[row.mode]}" if row.mode in _MODES else ""
    else:
        # "You, due on 7 March" would be read as if you were due.
        due = f"{', ' if other else '; '}due {say_on(row.on)}"
        said += due if row.on else "; no day is named"
    return sentence(f"{said}.")


def say_inferred(
    links: Links, parts: Iterable[PartRow], owner: str = "", quotes: Mapping[str, str] = EMPTY
) -> str:
    """Return who was inferred, with the rule: "“He” is Butler (company told)."; "" where nobody was."""
    said = []
    for part in parts:
        if part.how != "inferred":
            continue
        name = name_part(links, part, owner, quotes)
        quote = " ".join(part.quote.split())
        rule = f" ({part.rule})" if part.rule else ""
        if quote.casefold() in _PRONOUNS:
            said.append(f"“{sentence(quote)}” is {name}{rule}.")
        else:
            said.append(f"Taken from the context: {name}{rule}.")
    return " ".join(dict.fromkeys(said))


def finding_views(
    tx: Tx, links: Links, found: Sequence[FindingRow], owner: str, today: dt.date
) -> tuple[FindingView, ...]:
    """Return findings as views, in the order given."""
    parts = load_parts(tx, (f.finding for f in found)) if found else {}
    links.need_people(p.person for of in parts.values() for p in of if p.person)
    links.need_items(f.item for f in found)
    unknown = {p.mention for of in parts.values() for p in of if p.mention and not p.person}
    quotes = {m: r.quote for m, r in load_mentions(tx, unknown).items()} if unknown else {}
    return tuple(finding_view(links, f, parts.get(f.finding, ()), owner, today, quotes) for f in found)


def finding_view(
    links: Links,
    row: FindingRow,
    parts: Sequence[PartRow],
    owner: str,
    today: dt.date,
    quotes: Mapping[str, str] = EMPTY,
) -> FindingView:
    """Return one finding as a view."""
    first = FINDING_ROLES[row.kind][0]
    return FindingView(
        id=row.finding,
        kind=row.kind,
        status=row.status,
        state=row.state,  # type: ignore[arg-type]
        mode=row.mode,
        what=row.what,
        on=row.on,
        precision=precision_of(row.on),
        days_until=days_until(row.on, today),
        says=say_told(row, name_parts(links, parts, owner, quotes)),
        yours=bool(owner) and any(p.role == first and p.person == owner for p in parts),
        people=tuple(
            PartView(
                p.role,
                links.person(p.person, row.written_on) if p.person else None,
                " ".join((p.quote if p.person else quotes.get(p.mention, p.quote)).split()),
                p.how,
                p.rule,
            )
            for p in parts
        ),
        inferred=inferred_rules(parts),
        words=links.words(row.item, row.start, row.end, row.quote),
    )


def inferred_rules(parts: Iterable[PartRow]) -> tuple[str, ...]:
    """Return the rules by which parts were inferred, each once."""
    return tuple(dict.fromkeys(p.rule for p in parts if p.how == "inferred" and p.rule))


def days_until(on: str, today: dt.date) -> int | None:
    """Return the days until the last day that a date allows; None where there is no date."""
    last = last_of(on) if first_of(on) else ""
    return (dt.date.fromisoformat(last) - today).days if last else None


def tell_finding(links: Links, row: FindingRow, parts: Sequence[PartRow]) -> dict[str, Any]:
    """Return what an explanation says of a finding itself (docs/formats/explain.md)."""
    links.need_people(p.person for p in parts if p.person)
    unknown = {p.mention for p in parts if p.mention and not p.person}
    quotes = {m: r.quote for m, r in load_mentions(links.tx, unknown).items()} if unknown else {}
    return {
        "kind": row.kind,
        "says": say_finding(row, name_parts(links, parts, load_owner(links.tx)[0], quotes)),
        "state": row.state,
        "rule": row.rule,
        "score": row.score,
        "status": row.status,
        "mode": row.mode,
        "what": row.what,
        "on": row.on,
        "precision": precision_of(row.on),
        "inferred": list(inferred_rules(parts)),
        "people": [
            {
                "id": p.person,
                "name": links.name(p.person) if p.person else "",
                "role": p.role,
                "as_written": p.quote,
                "how": p.how,
                "rule": p.rule,
                "mention": p.mention,
            }
            for p in parts
        ],
    }
