"""The one list of derivation stages: each a pure function of people, network, knowledge or plan."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from legation import STAGES_VERSION
from legation.facts.candidates import Context, ItemKind, MentionCandidate, Reading
from legation.facts.ids import derive_id
from legation.facts.judgement import Judgement, canonical
from legation.facts.span import Citation, overlap_enough
from legation.facts.when import When
from legation.knowledge.accounts import Account, Taken, Verdict, derive_accounts, fit_verdicts, join_accounts
from legation.ledger.stages import Answers, Draft, Found, ItemInfo, Joined, KnownOutcome, Outcome, Row, Use
from legation.people.cards import (
    CardPerson,
    derive_card_people,
    list_blocks,
    list_facts,
    list_occasions,
    reading_card,
    sort_name,
)
from legation.people.identity import PROPOSED, use_of_key
from legation.people.offices import OfficeFact, Offices, Paper, office_evidence, resolve_in_paper, view_paper
from legation.people.posts import Post, find_post_holder, post_key
from legation.people.register import (
    Counts,
    Register,
    evidence_of,
    find_asked,
    key_of,
    promote,
    surnames_touched,
    weigh_entry,
)
from legation.people.resolve import form_block
from legation.reading.tokens import fold
from legation.workspace.answers import add_proposals
from legation.workspace.asking import (
    account_question,
    citation_json,
    cite,
    doubt_question,
    elsewhere_question,
    lost_verdict_question,
    same_cards_question,
)
from legation.workspace.findings import changes_of, find_told
from legation.workspace.identity import (
    ask_near_spellings,
    block_of,
    bones_of,
    draft_of_role,
    fits_name,
    name_outright,
    name_use,
    resolve_names,
    resolve_role,
)

#: Kinds whose author keeps a diary of his own.
DIARY = frozenset({"entry", "note"})
#: Register entry of a volume: who held which office, as its papers say.
VOLUME = "office|*"
KIND_OF: dict[str, ItemKind] = {"cards": "card", "calendar": "event", "message": "message", "table": "row"}


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """What promotion looks up: folded names, and posts by office."""

    names: frozenset[str]
    posts: Mapping[str, Sequence[Post]]
    #: Person by e-mail address or card UID, where these lead to one person.
    addresses: Mapping[str, str]
    #: (given names, surname) that a person with an address goes by, folded.
    called: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def _fact_list(fact: OfficeFact) -> list[str]:
    return [fact.day.isoformat(), fact.office, fact.country, fact.exact, fact.name, fact.surname]


@lru_cache(maxsize=64)
def load_offices(row: str) -> Offices:
    """Return the evidence of a volume from its register entry."""
    if not row:
        return Offices()
    facts = (OfficeFact(dt.date.fromisoformat(f[0]), *f[1:]) for f in json.loads(row))
    return Offices(tuple(facts))


class WorkspaceStages:
    """The stages as the ledger runs them."""

    version = STAGES_VERSION

    # ── items ───────────────────────────────────────────────────────────────────────────

    def context_of(self, arrival: Row) -> Context:
        """Return what is known of an item before reading."""
        mapping = json.loads(arrival["mapping"])
        kind: ItemKind | None = mapping.get("kind") or KIND_OF.get(arrival["kind"])
        written = When(mapping["written_on"]) if mapping.get("written_on") else None
        return Context(arrival["path"], arrival["part"], kind, written, arrival["author"])

    def group_of(self, info_kind: str, author: str, source: str) -> str:
        """Return the diary of an author, or the volume of a source."""
        if info_kind in ("entry", "note") and author:
            return "diary:" + fold(author)
        return "volume:" + source

    def author_of(self, arrival: Row, reading: Reading, owner: str) -> str:
        """Return who says "I": as read, as said at import, else the owner for entries and notes."""
        if reading.kind in ("card", "row", "event", "message"):
            return ""
        if reading.author or arrival["author"]:
            return str(reading.author or arrival["author"])
        return owner if reading.kind in ("entry", "note") else ""

    # ── register and mentions ───────────────────────────────────────────────────────────

    def touched(self, reading: Reading, info: ItemInfo) -> Mapping[str, str]:
        """Return the register entries that an item touches, with its own evidence.

        Besides surnames these are offices (`office|prime minister`, for the posts on cards) and,
        in a volume, all evidence of who held which (`office|*`).
        """
        found = dict.fromkeys(surnames_touched(reading), "")
        for name, counts in evidence_of(reading).items():
            found[name] = json.dumps(counts) if any(counts) else ""
        offices = {f"office|{post_key(m.head)}" for m in reading.mentions if m.kind == "office" and m.head}
        found |= dict.fromkeys(offices, "")
        found |= dict.fromkeys((f"address|{a}" for a in addresses_of(reading).values()), "")
        if info.group.startswith("volume:"):
            facts = office_evidence(reading)
            if facts:
                found[VOLUME] = canonical(sorted(_fact_list(f) for f in facts))
            elif offices:
                found[VOLUME] = ""
        return found

    def sum_counts(self, counts: Sequence[str]) -> str:
        """Add up evidence: counts of names, or what papers say of offices."""
        rows = [json.loads(row) for row in counts]
        if rows and rows[0] and isinstance(rows[0][0], list):
            return canonical(sorted({tuple(fact) for row in rows for fact in row}))
        total = Counts()
        for row in rows:
            total = total.plus(Counts(*row))
        return json.dumps(total) if any(total) else ""

    def entry(self, name: str, counts: str) -> str:
        """Return what promotion reads off an entry: a name's weight, or the offices themselves."""
        if name == VOLUME:
            return counts
        return repr(weigh_entry(Counts(*json.loads(counts)) if counts else Counts()))

    def index_known(self, known: Sequence[Row]) -> KnownIndex:
        """Return the names and posts of people known beforehand."""
        names: set[str] = set()
        posts: dict[str, list[Post]] = defaultdict(list)
        holders: dict[str, set[str]] = defaultdict(set)
        for row in known:
            data = json.loads(row["data"])
            names.update(data["known_names"])
            for office, start, end in data["offices"]:
                posts[post_key(office)].append(Post(start, end, row["person"]))
            for address in data["addresses"]:
                holders[address].add(row["person"])
        addresses = {a: min(people) for a, people in holders.items() if len(people) == 1}
        wanted = set(addresses.values())
        called = {
            row["person"]: [(tuple(n[1]), n[2]) for n in json.loads(row["data"])["names"]]
            for row in known
            if row["person"] in wanted
        }
        return KnownIndex(frozenset(names), posts, addresses, called)

    def promote(
        self, reading: Reading, text: str, info: ItemInfo, register: Mapping[str, str], known: object
    ) -> tuple[Draft, ...]:
        """Return the mentions that hold."""
        assert isinstance(known, KnownIndex)  # noqa: S101 - made by index_known
        rows = {n: c for n, c in register.items() if not n.startswith("office|")}
        counts = {name: Counts(*json.loads(row)) for name, row in rows.items()}
        words = frozenset(
            fold(m.surname or (m.given[-1] if m.given else ""))
            for m in reading.mentions
            if key_of(m) in known.names
        )
        entries = Register.from_counts(counts)
        held = promote(reading, entries, words)
        asked = find_asked(reading, held, entries)
        offices = load_offices(register.get(VOLUME, ""))
        paper = view_paper(reading, text) if info.group.startswith("volume:") else None
        called = addresses_of(reading)
        posts = posts_of(reading)
        drafts = []
        for number, (mention, holds) in enumerate(zip(reading.mentions, held, strict=True)):
            if asked[number]:
                drafts.append(self._draft_of_name(number, mention, text, info, extra=(PROPOSED,)))
            if not holds:
                continue
            if mention.kind == "name":
                extra = tuple(f"post:{head}" for head in posts.get(number, ()))
                draft = self._draft_of_name(number, mention, text, info, extra=extra)
                person = known.addresses.get(called.get(mention.span.cut(text), ""), "")
                fits = bool(person) and fits_name(mention, known.called.get(person, ()))
                drafts.append(name_outright(draft, info, person) if fits else draft)
            else:
                holder = self._holder(number, reading, known, offices, paper)
                drafts.append(draft_of_role(number, mention, info, holder))
        return tuple(drafts)

    @staticmethod
    def _holder(
        number: int, reading: Reading, known: KnownIndex, offices: Offices, paper: Paper | None
    ) -> tuple[str, str, str]:
        """Return (person, name, rule) of who held an office at the item's date."""
        mention = reading.mentions[number]
        if mention.kind != "office" or not mention.head or mention.same_as >= 0:
            return "", "", ""
        # "My secretary" is nobody's office of state.
        told = "possessive" in mention.evidence and "style" not in mention.evidence
        if told or (mention.of and "style" not in mention.evidence):
            return "", "", ""
        person = find_post_holder(mention.head, reading.written_on, known.posts)
        if person:
            return person, "", "office on a card at the date"
        # Which country "the President" is of, only a volume of papers tells: by those listed as
        # present, or by what its papers say of offices.
        if paper is None or ("header" not in mention.evidence and not offices.facts):
            return "", "", ""
        found = resolve_in_paper(number, reading, offices, paper)
        if found is None:
            return "", "", ""
        ground = "dated facts" if found.ground == "fact" else "nearby papers"
        rule = f"office at the date, {ground} ({found.source})"
        return "", found.name, rule

    @staticmethod
    def _draft_of_name(
        number: int, mention: MentionCandidate, text: str, info: ItemInfo, *, extra: Sequence[str]
    ) -> Draft:
        parts = {
            "titles": list(mention.titles),
            "given": list(mention.given),
            "surname": mention.surname,
            "evidence": [*mention.evidence, *extra],
            "head": mention.head,
            "of": mention.of,
        }
        use = name_use(
            info.item,
            info.group,
            info.written_on,
            mention.span.start,
            mention.span.cut(text),
            parts,
        )
        rule = (
            "link" if "linked" in mention.evidence else "header" if "header" in mention.evidence else "name"
        )
        return Draft(
            number,
            mention.span.start,
            mention.span.end,
            "name",
            use.name.form,
            block_of(use),
            parts,
            mention.score,
            rule,
        )

    # ── people known beforehand ─────────────────────────────────────────────────────────

    def derive_known(
        self,
        cards: Sequence[tuple[ItemInfo, Reading, str]],
        authors: Sequence[ItemInfo],
        owner: str,
        pairs: Sequence[Judgement],
    ) -> KnownOutcome:
        """Return people known from cards and as authors."""
        made = [reading_card(i.item, i.document, i.rendition, text, reading) for i, reading, text in cards]
        people, doubts = derive_card_people(
            made,
            {i.author for i in authors if i.kind in DIARY},
            owner,
            {i.author for i in authors if i.kind not in DIARY},
        )
        out = KnownOutcome()
        by_id = {p.id: p for p in people}
        for person in people:
            known = person.known()
            data = {
                "refs": sorted(person.refs),
                "ref": person.ref,
                "display": person.name,
                "sex": known.sex,
                "names": [[list(n.titles), list(n.given), n.surname, n.number] for n in known.names],
                "offices": [list(o) for o in known.offices],
                "held": [
                    [[list(n.titles), list(n.given), n.surname, n.number], start, end]
                    for n, start, end in known.held
                ],
                "known_names": sorted(
                    {
                        *person.known_names(),
                        *(f"office|{post_key(o[0])}" for o in known.offices),
                        *(f"address|{a}" for a in person.addresses()),
                    }
                ),
                "addresses": person.addresses(),
                "author_names": sorted(person.author_names + person.signs),
            }
            out.known.append(
                {
                    "person": person.id,
                    "blocks": json.dumps(list_blocks(person)),
                    "data": canonical(data),
                }
            )
            out.people.append(self._person_row(person))
            for fact in list_facts(person):
                out.facts.append({
                    "fact": fact.id, "person": person.id, "kind": fact.kind, "value": fact.value,
                    "start_on": fact.start, "end_on": fact.end,
                    "citation": canonical(citation_json(fact.citation)), "item": fact.citation.item,
                })  # fmt: skip
            for occasion, kind, on, citation in list_occasions(person):
                out.occasions.append({
                    "occasion": occasion, "person": person.id, "kind": kind, "on": on,
                    "item": citation.item, "citation": canonical(citation_json(citation)),
                })  # fmt: skip
        answered = {
            frozenset((canonical(j.subject["a"]), canonical(j.subject["b"])))
            for j in pairs
            if "a" in j.subject
        }
        for a, b in doubts:
            if frozenset((by_id[a].ref, by_id[b].ref)) not in answered:
                out.questions.append(same_cards_question(by_id[a], by_id[b]))
        return out

    @staticmethod
    def _person_row(person: CardPerson) -> Row:
        cited = ""
        if person.cards:
            card = person.cards[0]
            named = next((f for f in card.fields if f.name in ("fn", "n")), None)
            if named is not None or card.text:
                field = named or card.fields[0] if card.fields else None
                cited = canonical(citation_json(card.cite(field))) if field is not None else ""
        return {
            "person": person.id, "name": person.name or "No name", "sort_name": sort_name(person.name or "~"),
            "bones": "", "data": "",
            "origin": person.origin, "block": "", "citation": cited, "state": "read",
        }  # fmt: skip

    # ── who is who ──────────────────────────────────────────────────────────────────────

    def block_of_form(self, group: str, form: str) -> str:
        """Return the block that decides a form."""
        if form.startswith("kin|"):
            return form
        return f"{form}|{group}" if form.startswith("role|") else form_block(form)

    def blocks_of_known(self, block: str) -> tuple[str, ...]:
        """Return the block itself and the skeleton of its name, by which near spellings are found."""
        return () if block.startswith(("kin|", "role|")) else (block, "~" + bones_of(block))

    def bones_of(self, block: str) -> str:
        """Return what near spellings of a block have in common."""
        return bones_of(block)

    def place_of_person(self, row: Row) -> tuple[str, int] | None:
        """Return where a person whom a text made known is named first; None for others."""
        return use_of_key(json.loads(row["data"])["key"]) if row["data"] else None

    def near(self, bones: str, people: Sequence[Row], known: Sequence[Row], answers: Answers) -> list[Row]:
        """Ask about people whose names are spelt alike."""
        return ask_near_spellings(bones, people, known, answers)

    def resolve(
        self, block: str, uses: Sequence[Use], known: Mapping[str, Sequence[Row]], answers: Answers
    ) -> Outcome:
        """Decide who is who in one block."""
        if block.startswith(("kin|", "role|")):
            return resolve_role(block, uses, answers)
        return resolve_names(block, uses, known, answers)

    def roles(
        self, reading: Reading, persons: Mapping[int, tuple[str, str]], drafts: Mapping[int, Row]
    ) -> Mapping[int, tuple[str, str, str]]:
        """Give a description in apposition the person of the name that it stands beside."""
        found = {}
        for number, row in drafts.items():
            same = reading.mentions[number].same_as if number < len(reading.mentions) else -1
            if row["block"] == "" and same in persons:
                person, state = persons[same]
                found[number] = (person, state, "apposition")
            elif row["block"] == "" and same >= 0:
                found[number] = ("", "read", "apposition")
        return found

    # ── accounts, events, encounters ────────────────────────────────────────────────────

    def accounts(
        self,
        reading: Reading,
        text: str,
        info: ItemInfo,
        mentions: Mapping[int, tuple[str, str]],
        verdicts: Sequence[Mapping[str, Any]],
    ) -> tuple[list[Row], list[Row]]:
        """Return the accounts of an item and the questions about them."""
        if not text:
            return [], []
        author = info.author_person or _signer(reading, text, mentions)
        told = {
            (v["start"], v["end"]): Verdict(str(v["verdict"]), changes_of(v, info), str(v["judgement"]))
            for v in verdicts
            if v["fact"] == "account"
        }
        spans = {(a.span.start, a.span.end) for a in reading.accounts}
        said, lost = fit_verdicts(spans, told)
        made = derive_accounts(reading, text, cite(info, text, 0, 1), mentions, author, said)
        there = {(a.citation.start, a.citation.end) for a in made}
        # What was confirmed or corrected and is no account any more is asked about; a rejected
        # account that is gone is what the person wanted.
        lost += [v for span, v in said.items() if span not in there and v.verdict != "reject"]
        questions = [account_question(a, info, text) for a in made if a.state == "ask"]
        questions += [lost_verdict_question(info, text, v.judgement, "a meeting", verdicts) for v in lost]
        header = reading.header
        if header is not None and header.elsewhere is not None:
            span = (header.elsewhere.start, header.elsewhere.end)
            answered = [v for v in verdicts if v["fact"] == "participants"]
            if not any(overlap_enough(span, (v["start"], v["end"])) for v in answered):
                questions.append(elsewhere_question(info, text, *span))
        return [account_row(a) for a in made], questions

    def findings(
        self,
        reading: Reading,
        text: str,
        info: ItemInfo,
        mentions: Mapping[int, Row],
        verdicts: Sequence[Mapping[str, Any]],
    ) -> Found:
        """Return the findings of an item, those who have a part in them, and questions."""
        if not text:
            return Found([], [], [])
        persons = {n: (m["mention"], m["person"]) for n, m in mentions.items()}
        author = info.author_person or _signer(reading, text, persons)
        return find_told(reading, text, info, mentions, author, verdicts)

    def proposed(
        self, reading: Reading, text: str, info: ItemInfo, mentions: Mapping[int, Row], answers: Sequence[str]
    ) -> Reading:
        """Return a reading with what stands of the answers of language models about the item."""
        return add_proposals(reading, text, info.document, mentions, answers)

    def events(self, reading: Reading, text: str, info: ItemInfo, find: Mapping[str, str]) -> list[Row]:
        """Return the planned event of a calendar item."""
        event = reading.event
        if event is None or not text:
            return []
        people = []
        for name, address in event.attendees:
            key = address.casefold().removeprefix("mailto:")
            person = find.get(key) or find.get(name.casefold())
            if person and person not in people:
                people.append(person)
        span = event.span
        start, end = (span.start, span.end) if span else (0, len(text))
        return [{
            "event": derive_id("v", info.item), "item": info.item, "uid": event.uid, "summary": event.summary,
            "on": event.start.value if event.start else "", "until": event.end.value if event.end else "",
            "rrule": event.rrule, "place": event.location, "form": form_of_summary(event.summary),
            "people": canonical(people), "citation": canonical(citation_json(cite(info, text, start, end))),
        }]  # fmt: skip

    def join(self, on: str, accounts: Sequence[Row], judged: Mapping[frozenset[str], bool]) -> Joined:
        """Join the accounts of one day."""
        made = [account_of(row) for row in accounts]
        encounters, doubts = join_accounts(made, judged)
        by_id = {a.id: a for a in made}
        rows: list[Row] = []
        people: list[Row] = []
        of_account: dict[str, str] = {}
        for e in encounters:
            rows.append({
                "encounter": e.id, "on": e.on, "form": e.form, "place": e.place, "status": e.status,
                "state": e.state, "accounts": len(e.accounts),
            })  # fmt: skip
            people += [{"encounter": e.id, "person": p, "accounts": n} for p, n in e.people]
            of_account |= dict.fromkeys(e.accounts, e.id)
        questions = [doubt_question(on, by_id[d.first], by_id[d.second]) for d in doubts]
        return Joined(rows, people, questions, of_account)


def _signer(reading: Reading, text: str, mentions: Mapping[int, tuple[str, str]]) -> str:
    """Return who wrote a paper: the person of the sender whose name is that of the author."""
    if reading.header is None or not reading.author:
        return ""
    wanted = fold(reading.author)
    for printed in reading.header.people:
        if printed.role in ("from", "drafter") and printed.mention in mentions:
            candidate = reading.mentions[printed.mention]
            if candidate.surname and fold(candidate.surname) in wanted:
                return mentions[printed.mention][1]
    return ""


def posts_of(reading: Reading) -> dict[int, list[str]]:
    """Return the offices that stand in apposition to names, by the number of the name."""
    found: dict[int, set[str]] = defaultdict(set)
    for mention in reading.mentions:
        if mention.kind == "office" and mention.same_as >= 0 and mention.head:
            found[mention.same_as].add(fold(mention.head))
    return {number: sorted(heads) for number, heads in found.items()}


def addresses_of(reading: Reading) -> dict[str, str]:
    """Return the addresses of a message or event by the names that stand beside them.

    A name beside two addresses has none.
    """
    pairs: list[tuple[str, str]] = []
    if reading.message is not None:
        pairs += [*reading.message.sender, *reading.message.to, *reading.message.cc]
    if reading.event is not None:
        pairs += reading.event.attendees
    found: dict[str, set[str]] = defaultdict(set)
    for name, address in pairs:
        if name and address:
            found[name].add(address.strip().casefold().removeprefix("mailto:"))
    return {name: addresses.pop() for name, addresses in found.items() if len(addresses) == 1}


def form_of_summary(summary: str) -> str:
    """Return the form of meeting that a calendar summary names."""
    from legation.reading.forms import form_of  # noqa: PLC0415 - heavy lexicon, used by imports only

    return form_of(summary)


def account_row(a: Account) -> Row:
    """Return the row of an account."""
    c = a.citation
    return {
        "account": a.id, "item": c.item, "start": c.start, "end": c.end, "quote": c.quote, "status": a.status,
        "form": a.form, "on": a.on, "place": a.place, "place_start": a.place_start, "rule": a.rule,
        "score": a.score, "state": a.state, "encounter": "",
        "people": canonical([[t.mention, t.person, t.how] for t in a.people]),
    }  # fmt: skip


def account_of(row: Row) -> Account:
    """Return the account of a row."""
    return Account(
        row["account"],
        Citation(
            row["item"], row["document"], row["rendition"], row["start"], row["end"], row["quote"]
        ),
        row["status"], row["form"], row["on"], row["place"], row["place_start"], row["rule"], row["score"],
        row["state"], tuple(Taken(*t) for t in json.loads(row["people"])),
    )  # fmt: skip
