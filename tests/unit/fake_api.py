# ruff: noqa: ARG002 - what the protocol names is taken, whether or not it is of use here
"""A small workspace in memory for tests of the faces: London, March 1939, from the record's facts."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from legation.facts.errors import AmbiguousError, NotFoundError, UsageError
from legation.report.views import (
    BriefView,
    DueView,
    EncounterView,
    EntryRow,
    EntryView,
    FactView,
    FindingView,
    HitView,
    Mark,
    NameView,
    NoteView,
    OccasionView,
    OfficeView,
    OptionView,
    PartView,
    PersonLink,
    PersonRow,
    QuestionView,
    SearchView,
    TodayView,
    WaitingView,
    Words,
)

sys.path.insert(0, str(Path(__file__).parent))
from fake_outgoing import FakeOutgoing
from fake_plan import FakePlanning
from fake_seating import FakeSeating

NINTH = """\
---
place: London
---
# 9 March 1939

## Lunch

Lunched with Beaverbrook, off the record. The Prime Minister, he says, is disillusioned with
Hitler, and no longer sees any hope of a solid friendship with Germany; and so he looks to us as
a counterweight.

It is now the third time that I hear this tune. Butler has said much the same, and so has
Captain Liddell Hart, who writes on defence for The Times.

## Yesterday

In this light yesterday's lunch with Butler and Hudson weighs more. Hudson wants the Empire to
continue, and is open to working with us in Europe and in Asia.

The report to Litvinov must go tonight. I shall leave out the pleasantries.

Churchill, who calls this house a grim Victorian mansion, finds it bearable once the glasses
are filled. I kept to water.
"""
EIGHTH = """\
# 8 March 1939

Lunch with Rab Butler and Robert Hudson. I told them that against Germany the Empire cannot stand,
even with the assistance of France, unless it has our help.
"""
SECOND = """\
# 2 September 1938

With Winston Churchill. He offered me vodka from before the war, and spoke of a bottle of 1793,
kept for a very special occasion: we shall drink it together when our countries beat Hitler.
"""
HUDSON = """\
SUBJECT: Lunch with the Soviet Ambassador
DATE: March 8, 1939
PARTICIPANTS: Mr. Hudson, Mr. Butler, M. Maisky

At the end he said that he was quite convinced that the Empire was unable to stand up against
German aggression, even with the assistance of France, unless it had the help of Russia.
"""

OFFICES = {
    "beaverbrook": ("Lord Beaverbrook", "owner of the Daily Express", "Beaverbrook"),
    "butler": ("Rab Butler", "Under-Secretary for Foreign Affairs", "Butler"),
    "hudson": ("Robert Hudson", "Secretary for Overseas Trade", "Hudson"),
    "churchill": ("Winston Churchill", "", "Churchill, Winston"),
    "randolph": ("Randolph Churchill", "", "Churchill, Randolph"),
    "chamberlain": ("Neville Chamberlain", "Prime Minister", "Chamberlain"),
    "halifax": ("Lord Halifax", "Foreign Secretary", "Halifax"),
    "eden": ("Anthony Eden", "", "Eden"),
    "litvinov": ("Maxim Litvinov", "People's Commissar for Foreign Affairs", "Litvinov"),
    "hart": ("Captain Liddell Hart", "The Times", "Liddell Hart"),
    "masaryk": ("Jan Masaryk", "Czechoslovak minister in London", "Masaryk"),
    "corbin": ("Charles Corbin", "French ambassador in London", "Corbin"),
}


def link(key: str) -> PersonLink:
    name, office, _ = OFFICES[key]
    return PersonLink(f"p-{key}", name, office)


def words(item: str, title: str, on: str, kind: str, text: str, quote: str, around: int = 40) -> Words:
    start = text.index(quote)
    end = start + len(quote)
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return Words(item, title, on, kind, start, end, before, quote, after)


def in_ninth(quote: str) -> Words:
    return words("i-ninth", "9 March 1939", "1939-03-09", "entry", NINTH, quote)


LUNCH_8 = EncounterView(
    "e-eighth", "1939-03-08", "day", "lunch", "", "held", "contra", (link("butler"), link("hudson")),
    (
        words("i-eighth", "8 March 1939", "1939-03-08", "entry", EIGHTH, "Lunch with Rab Butler and Robert Hudson"),
        words("i-hudson", "Lunch with the Soviet Ambassador", "1939-03-08", "paper", HUDSON, "he was quite convinced that the Empire was unable to stand up against\nGerman aggression"),
        in_ninth("yesterday's lunch with Butler and Hudson"),
    ),
)  # fmt: skip
LUNCH_9 = EncounterView(
    "e-ninth", "1939-03-09", "day", "lunch", "", "held", "read", (link("beaverbrook"),),
    (in_ninth("Lunched with Beaverbrook"),),
)  # fmt: skip
SEPTEMBER = EncounterView(
    "e-second", "1938-09-02", "day", "meeting", "", "held", "sure", (link("churchill"),),
    (words("i-second", "2 September 1938", "1938-09-02", "entry", SECOND, "With Winston Churchill"),),
)  # fmt: skip
MARCH = EncounterView(
    "e-month", "1939-03", "month", "reception", "Soviet Embassy", "held", "read",
    (link("chamberlain"),), (),
)  # fmt: skip
ENCOUNTERS = (LUNCH_9, LUNCH_8, MARCH, SEPTEMBER)

WHO = QuestionView(
    "q-churchill", "who", "Who is “Churchill”?", "Two people of this name are in your ledger.", 3,
    (
        OptionView("1", "Randolph Churchill"), OptionView("2", "Winston Churchill"),
        OptionView("n", "somebody else, called “Churchill”"), OptionView("x", "nobody in particular"),
        OptionView("0", "Leave open"),
    ),
    (in_ninth("Churchill"),),
)  # fmt: skip
SAME = QuestionView(
    "q-hart", "same", "Is “Liddel Hart” Captain Liddell Hart?", "One letter apart.", 1,
    (OptionView("y", "The same"), OptionView("n", "Another")), (in_ninth("Captain Liddell Hart"),),
)  # fmt: skip
DAY = QuestionView(
    "q-day", "reading", "Did you meet Butler here?", "“Has said” does not say that you met.", 1,
    (OptionView("y", "Yes"), OptionView("n", "No")), (in_ninth("Butler has said much the same"),),
)  # fmt: skip


def mark(
    quote: str, kind: str, state: Any, fact: str, note: str = "", person: str = "", nth: int = 0
) -> Mark:
    start = -1
    for _ in range(nth + 1):
        start = NINTH.index(quote, start + 1)
    return Mark(start, start + len(quote), kind, state, fact, note, person)


MARKS = (
    mark("Lunched with Beaverbrook", "encounter", "sure", "a-ninth", "a"),
    mark("Beaverbrook", "mention", "read", "m-beaverbrook", person="p-beaverbrook"),
    mark("The Prime Minister", "mention", "read", "m-pm", person="p-chamberlain"),
    mark("Butler has said much the same", "encounter", "ask", "a-butler", "b"),
    mark("Butler", "mention", "read", "m-butler", person="p-butler"),
    mark("Captain Liddell Hart", "mention", "read", "m-hart", person="p-hart"),
    mark("yesterday's lunch with Butler and Hudson", "encounter", "contra", "a-eighth", "c"),
    mark("Butler", "mention", "read", "m-butler2", person="p-butler", nth=1),
    mark("Hudson", "mention", "read", "m-hudson", person="p-hudson"),
    mark("Litvinov", "mention", "read", "m-litvinov", person="p-litvinov"),
    mark("Churchill", "mention", "ask", "m-churchill", "d"),
    mark("The Prime Minister, he says, is disillusioned with\nHitler", "statement", "read", "t-said", "e"),
    mark("no longer sees any hope", "statement", "read", "t-again", "f"),
    mark("The report to Litvinov must go tonight", "promise", "read", "t-report", "g"),
)
NOTES = (
    NoteView("a", "a-ninth", "Encounter", "sure", "Lunch with Lord Beaverbrook, 9 March 1939.", "", MARKS[0].start, (link("beaverbrook"),)),
    NoteView("b", "a-butler", "Encounter", "ask", "Did you meet here, or only hear of it?", "", MARKS[3].start, (link("butler"),), DAY),
    NoteView("c", "a-eighth", "Encounter", "contra", "Lunch, 8 March 1939.", "Three accounts.", MARKS[6].start, (link("butler"), link("hudson"))),
    NoteView("d", "m-churchill", "Who is this?", "ask", "Two people of this name are in your ledger.", "", MARKS[10].start, (), WHO),
    NoteView("e", "t-said", "statement", "read", "Lord Beaverbrook to you, reported.", "“He” is Lord Beaverbrook (last named).", MARKS[11].start, (link("beaverbrook"),), None, "held"),
    NoteView("f", "t-again", "statement", "read", "Lord Beaverbrook to you, reported.", "“He” is Lord Beaverbrook (last named).", MARKS[12].start, (link("beaverbrook"),), None, "held"),
    NoteView("g", "t-report", "promise", "read", "You to Maxim Litvinov, due on 9 March 1939.", "", MARKS[13].start, (link("litvinov"),), None, "held"),
)  # fmt: skip
ME = PersonLink("p-maisky", "Ivan Maisky")


def told(
    fact: str, kind: str, quote: str, parts: tuple[tuple[str, PersonLink | None], ...], **more: Any
) -> FindingView:
    people = tuple(
        PartView(role, person, "he", "inferred" if person else "unknown", "last named")
        for role, person in parts
    )
    fields: dict[str, Any] = {
        "status": "held",
        "state": "read",
        "mode": "",
        "what": "",
        "on": "",
        "precision": "",
        "days_until": None,
        **more,
    }
    return FindingView(
        fact,
        kind,
        says=quote,
        yours=parts[0][1] == ME,
        people=people,
        inferred=("last named",),
        words=in_ninth(quote),
        **fields,
    )


SAID = told(
    "t-said",
    "statement",
    "is disillusioned with",
    (("speaker", link("beaverbrook")), ("addressee", ME)),
    mode="reported",
)
HEARD = told(
    "t-heard",
    "statement",
    "It is now the third time",
    (("speaker", ME), ("addressee", link("butler"))),
    mode="quoted",
    state="sure",
)
REPORT = told(
    "t-report",
    "promise",
    "The report to Litvinov must go tonight",
    (("by", ME), ("to", link("litvinov"))),
    on="1939-03-09",
    precision="day",
    days_until=0,
)
LATE = told(
    "t-late",
    "promise",
    "I shall leave out",
    (("by", None), ("to", ME)),
    on="1939-03-01",
    precision="day",
    days_until=-8,
)
BROUGHT = told(
    "t-brought",
    "introduction",
    "so has\nCaptain Liddell Hart",
    (("introducer", link("butler")), ("introduced", link("hart")), ("introduced", ME)),
    what="letter",
)
ILL = told(
    "t-ill",
    "occasion",
    "finds it bearable",
    (("person", link("churchill")),),
    what="illness",
    on="1939-03-02",
    precision="day",
    days_until=-7,
)
FINDINGS = (SAID, HEARD, REPORT, LATE, BROUGHT, ILL)

ENTRIES = {
    "i-ninth": EntryView("i-ninth", "entry", "9 March 1939", "1939-03-09", "Ivan Maisky", "diary/1939-03-09.md", NINTH, MARKS, NOTES, (), ("i-eighth", "1939-03-08"), None),
    "i-eighth": EntryView("i-eighth", "entry", "8 March 1939", "1939-03-08", "Ivan Maisky", "diary/1939-03-08.md", EIGHTH, (), (), (("date-conflict", "Two dates are given.", "The file name was taken."),), ("i-second", "1938-09-02"), ("i-ninth", "1939-03-09")),
    "i-second": EntryView("i-second", "entry", "2 September 1938", "1938-09-02", "Ivan Maisky", "diary/1938-09-02.md", SECOND, (), (), (), None, ("i-eighth", "1939-03-08")),
    "i-hudson": EntryView("i-hudson", "paper", "Lunch with the Soviet Ambassador", "1939-03-08", "", "papers/hudson.txt", HUDSON, (), (), (), None, None),
}  # fmt: skip


class FakeApi(FakePlanning):
    """Answers as a workspace would, and remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.open: dict[str, QuestionView] = {q.id: q for q in (WHO, DAY, SAME)}
        self.aside: dict[str, tuple[QuestionView, str]] = {}
        self.judged: list[tuple[str, str, QuestionView | None]] = []
        self.entries_by_id = dict(ENTRIES)
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.out = FakeOutgoing()
        self.seats = FakeSeating()

    def today_on(self) -> dt.date:
        return dt.date(1939, 3, 9)

    def outgoing(self) -> FakeOutgoing:
        return self.out

    def seating(self) -> FakeSeating:
        return self.seats

    def today(self, on: dt.date | None = None) -> TodayView:
        day = (on or self.today_on()).isoformat()
        planned = (replace(LUNCH_9, id="v-lunch", status="planned"),) if day == "1939-03-09" else ()
        due = tuple(
            DueView(
                link(k),
                f"Meant every {n} days; the last was {d} days ago.",
                d,
                n,
                c,
                w,
                on_,
                "meeting",
                "plan.toml",
            )
            for k, n, d, c, w, on_ in (
                ("churchill", 14, 188, 0.02, SEPTEMBER.accounts[0], "1938-09-02"),
                ("masaryk", 14, 215, 0.01, None, "1938-08-06"),
                ("corbin", 30, 187, 0.01, None, "1938-09-03"),
            )
        )
        occasions = (
            OccasionView(link("eden"), "a year out of office", "1939-02-20", -17, "A letter.", None),
        )
        questions = tuple(self.open.values())
        return TodayView(
            day,
            "Ivan Maisky",
            planned,
            due,
            occasions,
            questions,
            len(questions),
            ENCOUNTERS,
            12,
            4,
            promises=(REPORT, LATE),
        )

    def owner(self) -> PersonLink | None:
        return ME

    def person(self, person: str) -> PersonLink:
        return self.brief(person).person

    def open_count(self) -> int:
        return len(self.open)

    def waiting(self) -> WaitingView:
        return WaitingView(
            len(self.open), (("names", len(self.open), 3),), len(self.aside), 0, len(self.judged)
        )

    def deferred(self, limit: int = 50, offset: int = 0) -> tuple[tuple[QuestionView, ...], int]:
        found = tuple(replace(q, state=state) for q, state in self.aside.values())
        return found[offset : offset + limit], len(found)

    def ask_again(self, question: str) -> str:
        if question not in self.aside:
            raise NotFoundError("That question was not put off.")
        self.open[question] = self.aside.pop(question)[0]
        return "a question was put off"

    def places(self, question: str, limit: int = 40, offset: int = 0) -> tuple[tuple[Words, ...], int]:
        words = self.question(question).words
        return words[offset : offset + limit], len(words)

    def statements(
        self,
        by: str = "",
        to: str = "",
        about: str = "",
        since: str = "",
        until: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[tuple[FindingView, ...], int]:
        return ((SAID, HEARD) if by != "p-hart" else ()), 2

    def promises(
        self,
        by: str = "",
        to: str = "",
        due: str = "",
        limit: int = 50,
        offset: int = 0,
        *,
        only_open: bool = False,
    ) -> tuple[tuple[FindingView, ...], int]:
        return (REPORT, LATE), 2

    def introductions(
        self, person: str = "", since: str = "", until: str = "", limit: int = 50, offset: int = 0
    ) -> tuple[tuple[FindingView, ...], int]:
        return (BROUGHT,), 1

    def brief(self, person: str) -> BriefView:
        key = person.removeprefix("p-")
        if key not in OFFICES:
            raise NotFoundError("There is no such person on record.")
        met = tuple(e for e in ENCOUNTERS if any(p.id == person for p in e.people))
        name, office, sort_name = OFFICES[key]
        mentioned = tuple(
            replace(in_ninth(NINTH[m.start : m.end]), start=m.start, end=m.end)
            for m in MARKS
            if m.person == person
        )
        months: dict[str, int] = {}
        for e in met:
            months[e.on[:7]] = months.get(e.on[:7], 0) + 1
        return BriefView(
            link(key), sort_name,
            (NameView(name, 4, "read", mentioned[0] if mentioned else None), NameView(sort_name, 1, "read", None)),
            (OfficeView(office, "1938-02", "", None),) if office else (), ("Government",),
            (FactView("Telephone", "Abbey 1234", None),), met[-1:], met, len(met), mentioned, len(mentioned),
            ((link("hudson"), 1),), 0.42, "0.42: one day of contact, fading by half in 30 days.",
            tuple(sorted(months.items())), met[0].on if met else "", 1 if met else None, 30, (),
            tuple(q for q in self.open.values() if key in q.id),
            said=(SAID,), said_count=20, heard=(HEARD,), heard_count=1, promised=(REPORT,),
            promised_to=(LATE,), introductions=(BROUGHT,), told_occasions=(ILL,),
        )  # fmt: skip

    def find_person(self, name: str) -> str:
        fits = [(f"p-{k}", v[0]) for k, v in OFFICES.items() if name.lower() in v[0].lower()]
        if not fits:
            raise NotFoundError(f"Nobody is called “{name}”.")
        if len(fits) > 1:
            raise AmbiguousError(f"“{name}” fits {len(fits)} people.", tuple(fits))
        return fits[0][0]

    def people(
        self, query: str = "", limit: int = 200, offset: int = 0, order: str = "name"
    ) -> tuple[tuple[PersonRow, ...], int]:
        rows = [
            PersonRow(link(k), v[2], sum(any(p.id == f"p-{k}" for p in e.people) for e in ENCOUNTERS), 2, "1939-03-08" if k in ("butler", "hudson") else "", 0.4)
            for k, v in sorted(OFFICES.items(), key=lambda kv: kv[1][2])
            if query.lower() in f"{v[0]} {v[1]}".lower()
        ]  # fmt: skip
        return tuple(rows[offset : offset + limit]), len(rows)

    def encounter(self, fact: str) -> EncounterView:
        for view in ENCOUNTERS:
            if view.id == fact:
                return view
        raise NotFoundError(f"there is no encounter {fact}")

    def encounters(
        self, person: str = "", since: str = "", until: str = "", limit: int = 200, offset: int = 0
    ) -> tuple[tuple[EncounterView, ...], int]:
        found = [
            e for e in ENCOUNTERS
            if (not person or any(p.id == person for p in e.people))
            and (not since or e.on >= since) and (not until or e.on <= until)
        ]  # fmt: skip
        return tuple(found[offset : offset + limit]), len(found)

    def entries(
        self, kind: str = "", year: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[tuple[EntryRow, ...], int]:
        rows = [
            EntryRow(
                e.item,
                e.kind,
                e.title,
                e.written_on,
                e.text[-120:].replace("\n", " "),
                len(e.notes),
                sum(n.state == "ask" for n in e.notes),
            )
            for e in sorted(self.entries_by_id.values(), key=lambda e: e.written_on, reverse=True)
            if (not kind or e.kind == kind) and e.written_on.startswith(year)
        ]
        return tuple(rows[offset : offset + limit]), len(rows)

    def years(self) -> tuple[tuple[str, int], ...]:
        return (("1938", 1), ("1939", 3))

    def entry(self, item: str) -> EntryView:
        if item not in self.entries_by_id:
            raise NotFoundError("There is no such entry on record.")
        return self.entries_by_id[item]

    def questions(
        self, limit: int = 50, offset: int = 0, person: str = "", item: str = "", topic: str = ""
    ) -> tuple[tuple[QuestionView, ...], int]:
        asked = tuple(self.open.values())
        return asked[offset : offset + limit], len(asked)

    def question(self, question: str) -> QuestionView:
        if question not in self.open:
            raise NotFoundError("That question is not open.")
        return self.open[question]

    def _judge(self, says: str, question: QuestionView | None = None, *call: Any) -> str:
        judgement = f"j-{len(self.judged) + 1}"
        self.judged.append((judgement, says, question))
        self.calls.append((says, call))
        return judgement

    def answer(self, question: str, key: str, name: str = "", since: str = "", until: str = "") -> str:
        view = self.question(question)
        if key not in {o.key for o in view.options} | {"0", "later", "never"}:
            raise UsageError(f"“{key}” is no answer to this question.")
        del self.open[question]
        if key in ("0", "later", "never"):
            self.aside[question] = (view, "never" if key == "never" else "later")
        days = (since, until) if since or until else ()
        return self._judge("answer", view, question, key, name, *days)

    def undo(self, judgement: str = "") -> str:
        if not self.judged:
            raise NotFoundError("Nothing was said yet.")
        place = next((n for n, j in enumerate(self.judged) if j[0] == judgement), len(self.judged) - 1)
        _, says, view = self.judged.pop(place)
        if view is not None:
            self.open = {view.id: view, **self.open}
            self.aside.pop(view.id, None)
        return says

    def confirm(self, fact: str) -> str:
        return self._judge("confirm", None, fact)

    def reject(self, fact: str) -> str:
        return self._judge("reject", None, fact)

    def correct(self, fact: str, changes: dict[str, str]) -> str:
        return self._judge("correct", None, fact, changes)

    def merge(self, person: str, other: str, since: str = "") -> str:
        return self._judge("merge", None, person, other, *((since,) if since else ()))

    def name_from(
        self, mention: str, person: str = "", name: str = "", since: str = "", until: str = ""
    ) -> str:
        return self._judge("name from", None, mention, person, name, since, until)

    def split(self, mention: str, name: str = "") -> str:
        return self._judge("split", None, mention, name)

    def search(
        self,
        words: str,
        person: str = "",
        since: str = "",
        until: str = "",
        kind: str = "",
        limit: int = 20,
        offset: int = 0,
    ) -> SearchView:
        hits = []
        for e in self.entries_by_id.values():
            at = e.text.lower().find(words.lower())
            if at >= 0 and (not kind or e.kind == kind):
                pieces = (
                    e.text[max(0, at - 60) : at],
                    e.text[at : at + len(words)],
                    e.text[at + len(words) : at + 120],
                )
                hits.append(HitView(e.item, e.kind, e.title, e.written_on, pieces, 1.0, (link("butler"),)))
        return SearchView(
            words, len(hits), tuple(hits[offset : offset + limit]),
            link(person.removeprefix("p-")) if person else None, since, until, kind,
            (("entry", sum(h.kind == "entry" for h in hits)), ("paper", sum(h.kind == "paper" for h in hits))),
        )  # fmt: skip

    def explain(self, fact: str) -> dict[str, Any]:
        found = next((m for e in self.entries_by_id.values() for m in e.marks if m.fact == fact), None)
        encounter = next((e for e in ENCOUNTERS if e.id == fact), None)
        finding = next((f for f in FINDINGS if f.id == fact), None)
        if finding is not None:
            return {
                "id": fact, "kind": finding.kind, "says": finding.says, "state": finding.state, "rule": "says",
                "score": 0.9, "status": finding.status, "mode": finding.mode, "what": finding.what, "on": finding.on,
                "precision": finding.precision, "inferred": list(finding.inferred), "judgements": [], "words": [],
                "people": [{"id": p.person.id if p.person else "", "name": p.person.name if p.person else "", "role": p.role, "as_written": p.as_written, "how": p.how, "rule": p.rule, "mention": ""} for p in finding.people],
            }  # fmt: skip
        if found is None and encounter is None:
            raise NotFoundError("There is no such fact on record.")
        quotes = encounter.accounts if encounter else (in_ninth(NINTH[found.start : found.end]),)
        return {
            "version": 1, "id": fact, "kind": "encounter", "state": "read", "says": "Lunch, 9 March 1939",
            "rule": "meal-with", "score": 0.93, "judgements": [{"id": "j-1", "says": "confirm “Lunched”", "by": "Ivan Maisky", "made_at": "1939-03-09T10:00:00+00:00", "in_force": True}],
            "person": {"id": "p-butler", "name": "Rab Butler"} if fact.startswith("m-") else None, "document": "0" * 64,
            "accounts": [{"id": "a-ninth", "title": "diary, 9 March 1939", "state": "read"}] if fact.startswith("e-") else [], "rests_on": [{"form": "Butler", "uses": 2}],
            "words": [{"item": w.item, "item_title": w.item_title, "written_on": w.written_on, "kind": w.kind, "start": w.start, "end": w.end, "before": w.before, "quote": w.quote, "after": w.after} for w in quotes],
        }  # fmt: skip

    def history(self, limit: int = 20) -> tuple[tuple[str, str, str], ...]:
        return tuple((j, says, "1939-03-09T10:00:00Z") for j, says, _ in reversed(self.judged))[:limit]
