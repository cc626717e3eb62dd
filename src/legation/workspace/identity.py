"""Between the ledger's rows and `people`: uses in, assignments and questions out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from legation.facts.candidates import MentionCandidate
from legation.facts.ids import derive_id
from legation.facts.judgement import canonical
from legation.ledger.stages import Answers, Draft, ItemInfo, Outcome, Row, Use
from legation.people.block import resolve_block
from legation.people.cards import sort_name
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
    UseAnswer,
    Who,
    key_of_use,
    use_of_key,
)
from legation.people.naming import Name
from legation.people.resolve import block_key

#: Kin of whom one has one: "my wife" is one person throughout a diary.
ONLY_KIN = frozenset({"wife", "husband", "father", "mother"})
Place = tuple[str, int]


def name_use(
    item: str, group: str, written_on: str, start: int, shown: str, parts: Mapping[str, Any]
) -> NameUse:
    """Return a stored or drafted mention as identity sees it."""
    evidence = tuple(parts["evidence"])
    linked = (
        " ".join((*parts["titles"], *parts["given"], parts["surname"])).strip()
        if "linked" in evidence
        else ""
    )
    return NameUse(
        item, group, start, tuple(parts["titles"]), tuple(parts["given"]), parts["surname"], shown, evidence,
        written_on, linked,
    )  # fmt: skip


def block_of(use: NameUse) -> str:
    """Return the block that decides a use."""
    return block_key(use)


def draft_of_role(number: int, mention: MentionCandidate, info: ItemInfo) -> Draft:
    """Return a description as a mention; each is decided by itself but the author's only kin."""
    head = mention.head
    parts = {
        "head": head,
        "of": mention.of,
        "evidence": list(mention.evidence),
        "author": info.author,
    }
    if mention.kind == "kin" and mention.of == "author" and head in ONLY_KIN and info.author:
        form = f"kin|{info.group}|{head}"
        block, rule = form, "kin of the author"
    elif mention.same_as >= 0:
        form, block, rule = f"role|{head}", "", "apposition"
    else:
        form, rule = f"role|{head}", "description"
        block = f"role|{info.item}|{mention.span.start}"
    return Draft(
        number,
        mention.span.start,
        mention.span.end,
        mention.kind,
        form,
        block,
        parts,
        mention.score,
        rule,
    )


# ── descriptions ────────────────────────────────────────────────────────────────────────


def resolve_role(block: str, uses: Sequence[Use], answers: Answers) -> Outcome:
    """Decide descriptions: by an answer, else the author's only kin are one person, others open."""
    out = Outcome()
    kin = block.startswith("kin|")
    rest = []
    for use in uses:
        value = answers.uses.get(use.mention)
        if value is None:
            rest.append(use)
        else:
            out.assigned[use.mention] = (*_answered(value, use, answers, out), "answer")
    if not kin:
        for use in rest:
            out.assigned[use.mention] = ("", "read", use.rule)
        return out
    if rest:
        first = min(rest, key=lambda u: (u.written_on or "~", u.item, u.start))
        person = _durable(answers, rest) or derive_id("p", block)
        name = f"{str(first.parts['head']).capitalize()} of {first.parts['author']}"
        out.people.append(_person_row(person, name, block, _cited(first), "read"))
        for use in rest:
            out.assigned[use.mention] = (person, "read", "kin of the author")
    return out


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
    return derive_id("p", canonical(dict(ref)))


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
        tuple(name_use(u.item, u.group, u.written_on, u.start, u.quote, u.parts) for u in uses),
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
    )


def _answers(by_place: Mapping[Place, Use], answers: Answers) -> list[Answer]:
    """Return the judgements that bear on a block as `people` takes them."""
    found: list[Answer] = [
        FormAnswer(group, form, _who(value)) for (group, form), value in sorted(answers.forms.items())
    ]
    for (item, start), use in sorted(by_place.items()):
        if use.mention in answers.uses:
            found.append(UseAnswer(item, start, _who(answers.uses[use.mention])))
    found += [SameAnswer(_key(a), _key(b), same) for a, b, same in answers.pairs]
    return found


def _key(ref: Mapping[str, Any]) -> str:
    if "at" in ref:
        item, start = ref["at"]
        return key_of_use(item, start)
    return canonical(dict(ref))


def _who(value: Mapping[str, Any]) -> Who:
    if value.get("nobody"):
        return Who(nobody=True)
    if "new" in value:
        return Who(new=str(value["new"]))
    return Who(person=_key(value["person"]))


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
                    out.people.append(
                        _person_row(
                            self.ids[person.key],
                            person.display,
                            self.block,
                            _cited(first),
                            person.state,
                        )
                    )
        for a in self.result.assignments:
            use = self.by_place[a.item, a.start]
            if not a.person:
                out.assigned[use.mention] = ("", "rejected", a.rule)
            elif a.state == "ask":
                # A stand-in is nobody until a person has answered.
                out.assigned[use.mention] = ("", "ask", a.rule)
            else:
                out.assigned[use.mention] = (self._person(a.person), a.state, a.rule)
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
        subject = (
            {"group": q.subject[1], "form": q.subject[2]}
            if q.kind == "who"
            else {"a": self._ref(q.subject[1]), "b": self._ref(q.subject[2])}
        )
        options: list[list[Any]] = []
        people: list[str] = []
        for number, (label, value) in enumerate(q.options, 1):
            key = str(number)
            answer: dict[str, Any] = {}
            if value == "new":
                answer = {"new": label if q.kind != "who" else self._new_name(q)}
                key = "n"
            elif value == "nobody":
                answer, key = {"nobody": True}, "x"
            elif value in ("same", "apart"):
                answer = {"same": value == "same"}
            else:
                person = self._person(value)
                people.append(person)
                answer = {"person": self._ref(value), "id": person, "name": label}
            options.append([key, label, answer])
        if q.kind == "same":
            people = [self._person(q.subject[1]), self._person(q.subject[2])]
        cites = [_cited(self.by_place[p]) for p in q.evidence if p in self.by_place]
        return {
            "question": derive_id("q", self.block, canonical(subject)), "kind": q.kind, "maker": self.block,
            "prompt": q.prompt, "subject": canonical(subject), "options": canonical(options),
            "citations": canonical(cites), "people": canonical(people), "weight": q.weight, "state": "open",
        }  # fmt: skip

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
        "citation": canonical(dict(cited)), "state": state,
    }  # fmt: skip
