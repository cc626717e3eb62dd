"""Between the ledger's rows and `people`: uses in, assignments and questions out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.facts.candidates import MentionCandidate
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.ledger.stages import Answers, Draft, ItemInfo, Outcome, Row, Use
from legation.people.block import resolve_block
from legation.people.cards import sort_name
from legation.people.compat import relate_given
from legation.people.identity import (
    Answer,
    Block,
    BlockResult,
    DerivedPerson,
    FormAnswer,
    KnownPerson,
    NameUse,
    OpenQuestion,
    SameAnswer,
    Spell,
    UseAnswer,
    Who,
    join_kin,
    key_of_use,
    use_of_key,
)
from legation.people.naming import Name, make_name, skeleton
from legation.people.near import ask_near
from legation.people.resolve import block_key
from legation.reading.names import parse_name as parse_parts
from legation.reading.tokens import fold

#: Kin of whom one has one: "my wife" is one person throughout a diary.
ONLY_KIN = frozenset({"wife", "husband", "father", "mother"})
Place = tuple[str, int]


def name_use(
    item: str, group: str, written_on: str, start: int, shown: str, parts: Mapping[str, Any]
) -> NameUse:
    """Return a stored or drafted mention as identity sees it."""
    evidence = tuple(parts["evidence"])
    # A link is shown as the user wrote it; only a link under other words is put together anew.
    words = " ".join((*(t.title() for t in parts["titles"]), *parts["given"], parts["surname"])).strip()
    linked = " ".join(shown.split()) if fold(shown) == fold(words) else words
    return NameUse(
        item,
        group,
        start,
        join_kin(tuple(parts["titles"]), parts.get("head", ""), parts.get("of", "")),
        tuple(parts["given"]),
        parts["surname"],
        " ".join(shown.split()),
        evidence,
        written_on,
        linked if "linked" in evidence else "",
    )


def block_of(use: NameUse) -> str:
    """Return the block that decides a use."""
    return block_key(use)


def draft_of_role(
    number: int, mention: MentionCandidate, info: ItemInfo, holder: tuple[str, str, str]
) -> Draft:
    """Return a description as a mention.

    `holder` is (person id, name, rule) of who held the office at the item's date: a person known
    from a card is named outright; a name is decided in its block like any other; ("", "", "")
    where nobody can be named. The author's only kin are one person; all others are decided one by
    one.
    """
    head = mention.head
    parts: dict[str, Any] = {
        "head": head,
        "of": mention.of,
        "evidence": list(mention.evidence),
        "author": info.author,
    }
    person, name, rule = holder
    block = f"role|{info.item}|{mention.span.start}"
    form = f"role|{head}"
    if mention.kind == "kin" and mention.of == "author" and head in ONLY_KIN and info.author:
        form = block = f"kin|{fold(info.author)}|{head}"
        rule = "kin of the author"
    elif mention.same_as >= 0:
        block, rule = "", "apposition"
    elif person:
        parts["holder"] = person
    elif name:
        titles, given, surname = parse_parts(name)
        # Shown by name: a list of people in which several are "the President" tells nobody apart.
        parts |= {"titles": list(titles), "given": list(given), "surname": surname, "head": "", "of": ""}
        parts["called"] = name
        use = name_use(info.item, info.group, info.written_on, mention.span.start, name, parts)
        form, block = use.name.form, block_of(use)
    else:
        rule = "description"
    span = mention.span
    return Draft(number, span.start, span.end, mention.kind, form, block, parts, mention.score, rule)


def fits_name(mention: MentionCandidate, known: Sequence[tuple[tuple[str, ...], str]]) -> bool:
    """Say whether a name beside an address may be that of the address's holder.

    Couples and offices share an address: another surname or given name is another person.
    """
    mine = make_name(mention.titles, mention.given, mention.surname)
    return any(
        (not mine.surname or not surname or mine.surname == surname)
        and relate_given(mine.given, given) != "differ"
        and bool(mine.surname or mine.given)
        for given, surname in known
    )


def name_outright(draft: Draft, info: ItemInfo, person: str) -> Draft:
    """Return a name that an address beside it settles: that person, whatever the name says."""
    block = f"role|{info.item}|{draft.start}"
    parts = {**draft.parts, "holder": person}
    return replace(draft, block=block, parts=parts, rule="address beside the name")


# ── descriptions ────────────────────────────────────────────────────────────────────────


def resolve_role(block: str, uses: Sequence[Use], answers: Answers) -> Outcome:
    """Decide descriptions: by an answer, else the author's only kin are one person, others open."""
    out = Outcome()
    kin = block.startswith("kin|")
    rest = []
    for use in uses:
        value = answers.uses.get(use.mention) or _said_of_role(use, answers)
        if value is None:
            rest.append(use)
        else:
            out.assigned[use.mention] = (*_answered(value, use, answers, out), "answer")
    if not kin:
        for use in rest:
            out.assigned[use.mention] = (use.parts.get("holder", ""), "read", use.rule)
        return out
    if rest:
        first = min(rest, key=lambda u: (u.written_on or "~", u.item, u.start))
        person = _durable(answers, rest) or derive_id("p", block)
        name = f"{str(first.parts['head']).capitalize()} of {first.parts['author']}"
        out.people.append(_person_row(person, name, block, _cited(first), "read"))
        for use in rest:
            out.assigned[use.mention] = (person, "read", "kin of the author")
    return out


def _said_of_role(use: Use, answers: Answers) -> Mapping[str, Any] | None:
    """Return what was said of a description on the day of a use: who "the Ambassador" was then.

    Of his or her people ("his secretary") nothing is said by it.
    """
    if use.parts.get("of") or "possessive" in use.parts["evidence"]:
        return None
    said = [v for v in answers.forms.get((use.group, use.form), ()) if "new" not in v]
    return next((v for v in reversed(said) if _spell(v).covers(use.written_on)), None)


def _answered(value: Mapping[str, Any], use: Use, answers: Answers, out: Outcome) -> tuple[str, str]:
    """Return (person, state) of an answer about one description."""
    if value.get("nobody"):
        return "", "rejected"
    if "new" in value:
        person = answers.durable.get((use.item, use.start)) or derive_id("p", use.item, use.quote, use.start)
        out.people.append(
            _person_row(
                person,
                str(value["new"]),
                use.form if use.form.startswith("kin|") else f"role|{use.item}|{use.start}",
                _cited(use),
                "sure",
            )
        )
        return person, "sure"
    return person_of_ref(value["person"], answers), "sure"


def person_of_ref(ref: Mapping[str, Any], answers: Answers) -> str:
    """Return the person id of a reference: that of a card, the owner, or an anchored person."""
    if "at" in ref:
        item, start = ref["at"]
        return answers.durable.get((item, start), derive_id("p", f"at:{start}:{item}"))
    key = canonical(dict(ref))
    return answers.refs[key][0] if key in answers.refs else derive_id("p", key)


def _durable(answers: Answers, uses: Sequence[Use]) -> str:
    for use in sorted(uses, key=lambda u: (u.item, u.start)):
        if (use.item, use.start) in answers.durable:
            return answers.durable[use.item, use.start]
    return ""


# ── names ───────────────────────────────────────────────────────────────────────────────


def resolve_names(
    block: str, uses: Sequence[Use], known: Mapping[str, Sequence[Row]], answers: Answers
) -> Outcome:
    """Decide the uses of one block by the policy of `people`."""
    by_place = {(u.item, u.start): u for u in uses}
    people = [_known(row) for row in known.get(block, ())]
    ids = {p.ref: row["person"] for p, row in zip(people, known.get(block, ()), strict=True)}
    near_rows = [r for key, rows in known.items() if key != block for r in rows]
    near = [_known(row) for row in near_rows]
    ids |= {p.ref: row["person"] for p, row in zip(near, near_rows, strict=True)}
    have = {p.ref for p in people}
    result = resolve_block(Block(
        block,
        tuple(name_use(
                u.item, u.group, u.written_on, u.start, u.parts.get("called", u.quote), u.parts
            ) for u in uses),
        tuple(people),
        tuple(_answers(by_place, answers)),
        tuple(p for p in near if p.ref not in have),
    ))  # fmt: skip
    return _Outcome(block, by_place, result, ids, answers).make()


def _known(row: Row) -> KnownPerson:
    data = json.loads(row["data"])
    names = tuple(Name(tuple(t), tuple(g), s, n) for t, g, s, n in data["names"])
    return KnownPerson(
        data["ref"],
        data["display"],
        names,
        data["sex"],
        tuple((o[0], o[1], o[2]) for o in data["offices"]),
        tuple((Name(tuple(n[0]), tuple(n[1]), n[2], n[3]), a, b) for n, a, b in data.get("held", ())),
    )


def _answers(by_place: Mapping[Place, Use], answers: Answers) -> list[Answer]:
    """Return the judgements that bear on a block as `people` takes them."""
    found: list[Answer] = [
        FormAnswer(group, form, _who(value, answers), _spell(value), number)
        for (group, form), values in sorted(answers.forms.items())
        for number, value in enumerate(values)
    ]
    for (item, start), use in sorted(by_place.items()):
        if use.mention in answers.uses:
            found.append(UseAnswer(item, start, _who(answers.uses[use.mention], answers)))
    return [*found, *_same_answers(answers)]


def _same_answers(answers: Answers) -> list[SameAnswer]:
    found = []
    for a, b, value in answers.pairs:
        keys = {"a": _key(a, answers), "b": _key(b, answers)}
        renamed = keys.get(str(value.get("renamed", "")), "")
        since = str(value.get("from", "")) if renamed else ""
        found.append(SameAnswer(keys["a"], keys["b"], bool(value["same"]), renamed, since))
    return found


def _spell(value: Mapping[str, Any]) -> Spell:
    """Return the days for which an answer holds."""
    return Spell(*(str(value.get(bound, "")) for bound in ("from", "until", "after", "before")))


def _key(ref: Mapping[str, Any], answers: Answers) -> str:
    """Return the key of a reference: that of the place, or the first reference of a known person."""
    if "at" in ref:
        item, start = ref["at"]
        return key_of_use(item, start)
    key = canonical(dict(ref))
    return answers.refs[key][1] if key in answers.refs else key


def _who(value: Mapping[str, Any], answers: Answers) -> Who:
    if value.get("nobody"):
        return Who(nobody=True)
    if "new" in value:
        return Who(new=str(value["new"]))
    return Who(person=_key(value["person"], answers), everyone=bool(value.get("all")))


class _Outcome:
    """Turns one block's result into rows."""

    def __init__(
        self,
        block: str,
        by_place: Mapping[Place, Use],
        result: BlockResult,
        ids: Mapping[str, str],
        answers: Answers,
    ) -> None:
        self.block = block
        self.by_place = by_place
        self.result = result
        self.ids = dict(ids)
        self.answers = answers
        self.uses_of: dict[str, list[Use]] = defaultdict(list)
        for a in result.assignments:
            self.uses_of[a.person].append(by_place[a.item, a.start])

    def make(self) -> Outcome:
        out = Outcome()
        for person in self.result.people:
            if not person.known:
                self.ids[person.key] = self._id_of(person)
                if person.state != "ask":
                    first = self._first(person)
                    row = _person_row(
                        self.ids[person.key], person.display, self.block, _cited(first), person.state
                    )
                    out.people.append(row | {"bones": bones_of(self.block), "data": _person_data(person)})
        for a in self.result.assignments:
            use = self.by_place[a.item, a.start]
            if not a.person:
                out.assigned[use.mention] = ("", "rejected", a.rule)
            elif a.state == "ask":
                # A stand-in is nobody until a person has answered.
                out.assigned[use.mention] = ("", "ask", a.rule)
            else:
                # Of an office both count: who held it, and whom that name means here.
                rule = f"{use.rule}; {a.rule}" if "called" in use.parts else a.rule
                out.assigned[use.mention] = (self._person(a.person), a.state, rule)
        out.questions = [self._question(q) for q in self.result.questions]
        return out

    def _person(self, key: str) -> str:
        """Return the id of a key, also of somebody outside this block."""
        if key in self.ids:
            return self.ids[key]
        place = use_of_key(key)
        ref = {"at": list(place)} if place else json.loads(key)
        return person_of_ref(ref, self.answers)

    def _first(self, person: DerivedPerson) -> Use:
        """Return the use that a person is first named by."""
        place = use_of_key(person.key)
        if place in self.by_place:
            return self.by_place[place]  # type: ignore[index]
        return min(self.uses_of[person.key], key=lambda u: (u.written_on or "~", u.item, u.start))

    def _id_of(self, person: DerivedPerson) -> str:
        """Return a derived person's id: durable where a judgement made it so, else of the first anchor."""
        durable = _durable(self.answers, self.uses_of[person.key])
        if durable:
            return durable
        first = self._first(person)
        before = sum(
            1
            for u in self.by_place.values()
            if u.item == first.item and u.quote == first.quote and u.start < first.start
        )
        return derive_id("p", first.item, first.quote, before)

    def _question(self, q: OpenQuestion) -> Row:
        """Return a question's row; places become anchors when it is answered."""
        subject = self._subject(q)
        options: list[list[Any]] = []
        people: list[str] = []
        for number, (label, value) in enumerate(q.options, 1):
            key, answer = self._option(q, label, value, number)
            if "id" in answer:
                people.append(answer["id"])
                answer["why"] = q.reasons[number - 1] if number <= len(q.reasons) else ""
            options.append([key, label, answer])
        if q.kind == "same":
            people = [self._person(q.subject[1]), self._person(q.subject[2])]
        people = list(dict.fromkeys(people))
        cites = [_cited(self.by_place[p]) for p in q.evidence if p in self.by_place]
        return {
            "question": derive_id("q", self.block, canonical(subject)), "kind": q.kind, "maker": self.block,
            "prompt": q.prompt, "subject": canonical(subject), "options": canonical(options),
            "citations": canonical(cites), "people": canonical(people), "weight": q.weight, "state": "open",
            "why": q.why,
        }  # fmt: skip

    def _option(self, q: OpenQuestion, label: str, value: str, number: int) -> tuple[str, dict[str, Any]]:
        """Return the key of an answer, and the value of the judgement that it makes."""
        if value == "new":
            return "n", {"new": label if q.kind == "same" else self._new_name(q)}
        if value == "nobody":
            return "x", {"nobody": True}
        if value in ("same", "apart"):
            return str(number), {"same": value == "same"}
        key = value.removeprefix("all:")
        answer: dict[str, Any] = {"person": self._ref(key), "id": self._person(key), "name": label}
        if key != value:
            shown = next((p.display for p in self.result.people if p.key == key), label)
            ids = sorted({self._person(k) for k in q.joins} | {answer["id"]})
            return "a", {**answer, "all": True, "name": shown, "ids": ids}
        first = q.options[0][1].startswith("all:")
        return str(number - 1 if first else number), answer

    def _subject(self, q: OpenQuestion) -> dict[str, Any]:
        """Return the subject of the judgement that answers a question."""
        if q.subject[0] == "use":
            return {"anchor": {"at": [q.subject[1], int(q.subject[2])]}}
        if q.kind != "same":
            bounds = dict(zip(("from", "until", "after", "before"), q.spell, strict=True))
            return {"group": q.subject[1], "form": q.subject[2], **{k: v for k, v in bounds.items() if v}}
        return {"a": self._ref(q.subject[1]), "b": self._ref(q.subject[2])}

    def _new_name(self, q: OpenQuestion) -> str:
        """Return how a new person would be called: as the text does."""
        for place in q.evidence:
            if place in self.by_place:
                return self.by_place[place].quote
        return q.subject[2].replace("|", " ").strip()

    @staticmethod
    def _ref(key: str) -> dict[str, Any]:
        place = use_of_key(key)
        return {"at": list(place)} if place else dict(json.loads(key))


def _cited(use: Use) -> dict[str, Any]:
    """Return the citation of a use as plain values."""
    return {
        "item": use.item,
        "document": use.document,
        "rendition": use.rendition,
        "start": use.start,
        "end": use.end,
        "quote": use.quote,
    }


def _person_row(person: str, name: str, block: str, cited: Mapping[str, Any], state: str) -> Row:
    return {
        "person": person, "name": name, "sort_name": sort_name(name), "origin": "name", "block": block,
        "bones": "", "data": "", "citation": canonical(dict(cited)), "state": state,
    }  # fmt: skip


def _person_data(person: DerivedPerson) -> str:
    """Return of a derived person what near spellings are compared by."""
    return canonical(
        {
            "key": person.key,
            "names": [[list(n.titles), list(n.given), n.surname, n.number] for n in person.names],
            "groups": list(person.groups),
            "forms": list(person.forms),
            "first": list(person.first) if person.first else None,
            "uses": person.uses,
        }
    )


# ── near spellings ──────────────────────────────────────────────────────────────────────


def bones_of(block: str) -> str:
    """Return what near spellings of a block's name have in common; "" for descriptions."""
    return "" if "|" in block or block.startswith(("=", "~")) else skeleton(block)


def ask_near_spellings(
    bones: str, people: Sequence[Row], known: Sequence[Row], answers: Answers
) -> list[Row]:
    """Return questions about people whose names are spelt alike."""
    made = []
    cites: dict[str, str] = {}
    ids: dict[str, str] = {}
    for row in sorted(people, key=lambda r: str(r["person"])):
        if not row["data"]:
            continue
        data = json.loads(row["data"])
        names = tuple(Name(tuple(t), tuple(g), s, n) for t, g, s, n in data["names"])
        first = tuple(data["first"]) if data["first"] else None
        made.append(
            DerivedPerson(
                data["key"],
                row["name"],
                names,
                tuple(data["groups"]),
                tuple(data["forms"]),
                first,
                data["uses"],
                row["state"],
            )
        )
        ids[data["key"]], cites[data["key"]] = row["person"], row["citation"]
    for row in known:
        ids[json.loads(row["data"])["ref"]] = row["person"]
    asked = ask_near(
        (BlockResult(bones, (), tuple(made), ()),),
        [_known(row) for row in known],
        _same_answers(answers),
        {},
    )
    found = []
    for q in asked:
        keys = q.subject[1:]
        refs = [{"at": list(p)} if (p := use_of_key(k)) else dict(json.loads(k)) for k in keys]
        subject = {"a": refs[0], "b": refs[1]}
        options = [
            [str(n), label, {"same": value == "same"}] for n, (label, value) in enumerate(q.options, 1)
        ]
        maker = f"near:{bones}"
        found.append({
            "question": derive_id("q", maker, canonical(subject)), "kind": "same", "maker": maker,
            "prompt": q.prompt, "subject": canonical(subject), "options": canonical(options),
            "citations": canonical([json.loads(cites[k]) for k in keys if cites.get(k)]),
            "people": canonical([ids[k] for k in keys if k in ids]), "weight": q.weight, "state": "open",
            "why": q.why,
        })  # fmt: skip
    return found
