"""The stage that makes findings: rows of statements, introductions, promises and occasions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from legation.facts.candidates import Reading
from legation.facts.judgement import FINDING_ROLES
from legation.knowledge.findings import TOLD, Finding, Named, Said, derive_findings
from legation.ledger.judge import CONFIRMED, CORRECTABLE, finding_subject, parties_of
from legation.ledger.stages import Found, ItemInfo, Row
from legation.reading.proposals import PROPOSED
from legation.workspace.asking import cite, finding_question, lost_verdict_question

#: Kinds of which a doubt is a question; others wait on their entry (decision 0011).
ASKED = frozenset({"introduction", "promise"})


def is_asked(finding: Finding) -> bool:
    """Say whether a finding in doubt is a question: also whatever a language model proposed."""
    return finding.status in TOLD and (finding.kind in ASKED or finding.rule.startswith(PROPOSED))


def find_told(
    reading: Reading,
    text: str,
    info: ItemInfo,
    mentions: Mapping[int, Row],
    author: str,
    verdicts: Sequence[Mapping[str, Any]],
) -> Found:
    """Return the findings of one item as rows, and the questions about them.

    `mentions` are rows of those that hold, by the reading's numbers; roles in `verdicts` are lists of
    people's ids.
    """
    said = [_said(v, info) for v in verdicts if v["fact"] in FINDING_ROLES]
    if not reading.findings and not said:
        return Found([], [], [])
    named = {
        number: Named(
            m["mention"], "" if m["state"] == "ask" else m["person"], m["start"], m["end"], m["quote"]
        )
        for number, m in mentions.items()
    }
    made, lost = derive_findings(reading, text, cite(info, text, 0, 1), named, author, said)
    quotes = {m["mention"]: m["quote"] for m in mentions.values()}
    spans = {m["mention"]: (m["start"], m["end"]) for m in mentions.values()}
    found = Found([], [], [])
    for finding in made:
        row = finding_row(finding)
        found.findings.append(row)
        found.people.extend(part_rows(finding))
        if finding.state == "ask" and is_asked(finding):
            first = FINDING_ROLES[finding.kind][0]
            names = [quotes.get(p.mention, "you" if p.how == "author" else "") for p in finding.of(first)]
            subject = finding_subject(row, text)
            parties = parties_of(row, part_rows(finding), spans, text)
            found.questions.append(finding_question(finding, info, subject, parties, [n for n in names if n]))
    for one in lost:
        article = "an" if one.kind[0] in "aeiou" else "a"
        found.questions.append(
            lost_verdict_question(info, text, one.judgement, f"{article} {one.kind}", verdicts)
        )
    return found


def changes_of(value: Mapping[str, Any], info: ItemInfo) -> dict[str, str]:
    """Return the fields that a verdict sets, by the columns that hold them.

    A confirmation sets those that it confirmed; a day only as long as the entry's own date, by which
    it was read, is still the same.
    """
    columns = {"due": "on", **({"kind": "what"} if value["fact"] == "occasion" else {})}
    kept = value.get("as", {})
    dated = kept.get("written_on", "") == info.written_on
    names = [n for n in CONFIRMED.get(value["fact"], ()) if dated or n not in ("on", "due")]
    found = {columns.get(n, n): str(kept[n]) for n in names if n in kept}
    names = [n for n in CORRECTABLE.get(value["fact"], ()) if isinstance(value.get(n), str)]
    return found | {columns.get(n, n): str(value[n]) for n in names}


def _said(value: Mapping[str, Any], info: ItemInfo) -> Said:
    """Return a verdict as knowledge takes it."""
    roles = FINDING_ROLES[value["fact"]]
    return Said(
        value["fact"],
        (value["start"], value["end"]),
        str(value["verdict"]),
        str(value["judgement"]),
        value.get("party"),
        value.get("what_read"),
        changes_of(value, info),
        {role: value[role] for role in roles if isinstance(value.get(role), list)},
        value.get("parties", {}),
    )


def finding_row(f: Finding) -> Row:
    """Return the row of a finding."""
    c = f.citation
    party = f.party if isinstance(f.party, str) else "{}:{}".format(*f.party)
    return {
        "finding": f.id, "item": c.item, "start": c.start, "end": c.end, "quote": c.quote, "kind": f.kind,
        "mode": f.mode, "what": f.what, "status": f.status, "on": f.on, "on_start": f.on_start,
        "on_end": f.on_end, "on_quote": f.on_quote, "quotation_start": f.quotation_start,
        "quotation_end": f.quotation_end, "rule": f.rule, "score": f.score, "state": f.state,
        "inferred": int(f.inferred), "party": party, "as_read": f.as_read,
    }  # fmt: skip


def part_rows(f: Finding) -> list[Row]:
    """Return the rows of those who have a part in a finding."""
    return [
        {
            "finding": f.id, "role": p.role, "position": p.position, "item": f.citation.item,
            "mention": p.mention, "person": p.person, "how": p.how, "rule": p.rule, "start": p.start,
            "end": p.end, "quote": p.quote, "state": p.state,
        }
        for p in f.parts
    ]  # fmt: skip
