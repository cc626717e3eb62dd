"""A small ledger in memory, filled row by row, for tests of what is read from it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import sqlalchemy as sa

from legation.facts.clock import FixedClock
from legation.facts.judgement import canonical
from legation.ledger.codec import dump_reading
from legation.plan.settings import PlanSettings, Wish
from legation.store import schema
from legation.store.store import Store
from legation.workspace.api import Desk
from legation.workspace.settings import Settings

TODAY = dt.date(1939, 3, 9)


class NoJudge:
    """Takes judgements by noting them."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        def take(*arguments):
            self.calls.append((name, *arguments))
            return "j-noted"

        return take


class LedgerRows:
    """Adds rows by short calls; ids are made from names, so that tests can say them."""

    def __init__(self, today=TODAY, intervals=(), default_days=90, plan=None):
        self.store = Store(None)
        self.judge = NoJudge()
        wishes = {name: Wish(ideal_days=days) for name, days in intervals}
        plan = plan or PlanSettings(people=wishes, default_days=default_days)
        settings = Settings(Path("/nowhere"), today=today, plan=plan)
        self.desk = Desk(self.store, settings, FixedClock(today), self.judge)
        self.texts = {}
        self.number = 0

    def put(self, table, **row):
        columns = schema.metadata.tables[table].c
        # Columns that no test here is about are empty, whatever derivation puts there.
        empty = {
            c.name: 0 if isinstance(c.type, sa.Integer | sa.Float) else ""
            for c in columns
            if not (c.nullable or c.primary_key)
        }
        with self.store.writing() as tx:
            tx.insert(table, [{**empty, **row}])

    def cite(self, item, quote, start=None):
        at = self.texts[item].index(quote) if start is None else start
        return {
            "item": item,
            "document": "d" * 64,
            "rendition": "text/1:utf-8",
            "start": at,
            "end": at + len(quote),
            "quote": quote,
        }

    def item(
        self, name, text, *, on="", kind="entry", title="", author="Me", author_person="p-me", event=None
    ):
        item = f"i-{name}"
        self.texts[item] = text
        self.number += 1
        reading = f"g-{name}"
        self.put(
            "arrivals",
            seq=self.number,
            arrival=f"r-{name}",
            item=item,
            source="folder:x",
            path=f"{name}.md",
            part="",
            ordinal=0,
            document=None,
            kind="text",
            author=author,
            mapping="{}",
            previous="",
            arrived_at="2025-01-01T00:00:00+00:00",
        )
        self.put(
            "items",
            item=item,
            source="folder:x",
            path=f"{name}.md",
            part="",
            ordinal=0,
            arrival=f"r-{name}",
            document="d" * 64,
            rendition="text/1:utf-8",
            reading=reading,
            kind=kind,
            author=author,
            group_key=f"diary:{author}",
            title=title,
            written_on=on,
            author_person=author_person,
        )
        self.put("texts", item=item, title=title, body=text)
        if event is not None:
            self.put(
                "readings", reading=reading, rendition="text/1:utf-8", data=dump_reading(event), text=text
            )
        return item

    def person(self, name, *, origin="name", citation="", sort=""):
        person = "p-" + name.split()[-1].lower()
        self.put(
            "people",
            person=person,
            name=name,
            sort_name=sort or " ".join(reversed(name.lower().split(" ", 1))),
            origin=origin,
            block=name.split()[-1].lower(),
            citation=citation,
            state="read",
        )
        return person

    def owner(self, name="Ivan Me"):
        return self.person(name, origin="self")

    def fact(self, person, kind, value, start="", end="", item=""):
        self.number += 1
        self.put(
            "person_facts",
            fact=f"f-{self.number}",
            person=person,
            kind=kind,
            value=value,
            start_on=start,
            end_on=end,
            citation=canonical(self.cite(item, value)) if item else "",
            item=item,
        )
        return f"f-{self.number}"

    def mention(self, item, quote, person="", *, state="read", kind="name", start=None, rule="name"):
        at = self.texts[item].index(quote) if start is None else start
        self.number += 1
        mention = f"m-{self.number}"
        surname = quote.split()[-1].lower()
        self.put(
            "mentions",
            mention=mention,
            item=item,
            number=self.number,
            start=at,
            end=at + len(quote),
            quote=quote,
            kind=kind,
            form=f"||{surname}",
            block=surname,
            parts='{"evidence":["title"]}',
            raw=person,
            person=person,
            state=state,
            rule=rule,
            score=0.9,
        )
        return mention

    def account(
        self,
        item,
        quote,
        people,
        *,
        on="",
        form="lunch",
        place="",
        status="held",
        state="read",
        encounter="",
        how="said",
    ):
        at = self.texts[item].index(quote)
        self.number += 1
        account = f"a-{self.number}"
        rows = [p if isinstance(p, list) else ["", p, how] for p in people]
        self.put(
            "accounts",
            account=account,
            item=item,
            start=at,
            end=at + len(quote),
            quote=quote,
            status=status,
            form=form,
            on=on,
            place=place,
            place_start=-1,
            rule="met-with",
            score=0.8,
            state=state,
            encounter=encounter,
            people=json.dumps(rows),
        )
        return account

    def finding(
        self,
        item,
        quote,
        kind,
        parts,
        *,
        status="held",
        state="read",
        mode="",
        what="",
        on="",
        score=0.9,
        rule="told",
    ):
        """Add a finding; `parts` are (role, person) or (role, person, how, words, mention)."""
        at = self.texts[item].index(quote)
        self.number += 1
        finding = f"t-{self.number}"
        rows = [(*p, *("said", "", "")[len(p) - 2 :]) for p in parts]
        self.put(
            "findings",
            finding=finding,
            item=item,
            start=at,
            end=at + len(quote),
            quote=quote,
            kind=kind,
            mode=mode,
            what=what,
            status=status,
            on=on,
            on_start=-1,
            on_end=-1,
            on_quote="",
            quotation_start=-1,
            quotation_end=-1,
            rule=rule,
            score=score,
            state=state,
            inferred=int(any(r[2] == "inferred" for r in rows)),
            party="author",
        )
        for position, (role, person, how, words, mention) in enumerate(rows):
            start = self.texts[item].index(words) if words else -1
            self.put(
                "finding_people",
                finding=finding,
                role=role,
                position=position,
                item=item,
                mention=mention,
                person=person,
                how=how,
                rule="subject carried on" if how == "inferred" else "",
                start=start,
                end=start + len(words) if words else -1,
                quote=words,
                state="read" if person else "ask",
            )
        return finding

    def encounter(
        self, name, people, *, on="", form="lunch", place="", item="", quote="", state="read", status="held"
    ):
        encounter = f"e-{name}"
        self.put(
            "encounters",
            encounter=encounter,
            on=on,
            form=form,
            place=place,
            status=status,
            state=state,
            accounts=1,
        )
        for person in people:
            self.put("encounter_people", encounter=encounter, person=person, accounts=1)
        if item:
            self.account(
                item,
                quote,
                people,
                on=on,
                form=form,
                place=place,
                encounter=encounter,
                state=state,
                status=status,
            )
        return encounter

    def met(self, person, days, form="lunch", owner="p-me"):
        for day in days:
            self.number += 1
            self.encounter(f"{person[2:]}-{self.number}", [owner, person], on=day, form=form)

    def event(
        self,
        name,
        summary,
        on,
        *,
        people=(),
        rrule="",
        until="",
        form="meeting",
        place="",
        uid="",
        reading=None,
    ):
        text = f"BEGIN:VEVENT\nSUMMARY:{summary}\nEND:VEVENT\n"
        item = self.item(name, text, kind="event", title=summary, event=reading, author="", author_person="")
        self.put(
            "events",
            event=f"v-{name}",
            item=item,
            uid=uid or name,
            summary=summary,
            on=on,
            until=until,
            rrule=rrule,
            place=place,
            form=form,
            people=json.dumps(list(people)),
            citation=canonical(self.cite(item, text)),
        )
        return f"v-{name}"

    def occasion(self, person, on, kind="birthday"):
        self.number += 1
        self.put(
            "occasions", occasion=f"o-{self.number}", person=person, kind=kind, on=on, item="", citation=""
        )
        return f"o-{self.number}"

    def question(
        self,
        name,
        prompt,
        *,
        kind="who",
        citations=(),
        people=(),
        weight=1,
        options=(),
        subject=None,
        state="open",
    ):
        self.put(
            "questions",
            question=f"q-{name}",
            kind=kind,
            maker="x",
            prompt=prompt,
            subject=canonical(subject or {"form": name}),
            options=json.dumps([list(o) for o in options]),
            citations=json.dumps(list(citations)),
            people=json.dumps(list(people)),
            weight=weight,
            state=state,
        )
        return f"q-{name}"
