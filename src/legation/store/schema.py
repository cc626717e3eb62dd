"""The schema: three tables that are true, and the derived ones (docs/formats/ledger.md).

Truth is append-only: triggers (first revision) refuse UPDATE and DELETE. Everything under `DERIVED` may be
dropped and made again. Text columns that hold plain values are canonical JSON.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("arrival", sa.Text, nullable=False, unique=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False, index=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    #: None: the item is gone.
    sa.Column("document", sa.Text, sa.ForeignKey("documents.document"), nullable=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("mapping", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("arrived_at", sa.Text, nullable=False),
)
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("judgement", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
)
#: Settings that belong to the ledger: owner, name, format.
settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

#: Work that is not done yet: items (`item`), blocks (`block`) or judgements whose consequences
#: have not been derived; written in the same transaction as what caused it.
pending = sa.Table(
    "pending",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
)
#: What reading made of a document in its context; thrown away when the reader changes.
readings = sa.Table(
    "readings",
    metadata,
    sa.Column("reading", sa.Text, primary_key=True),
    sa.Column("rendition", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    #: The text, until it is moved to `texts`.
    sa.Column("text", sa.Text, nullable=False),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("arrival", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("rendition", sa.Text, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("group_key", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("written_on", sa.Text, nullable=False, index=True),
    sa.Column("author_person", sa.Text, nullable=False, server_default=""),
)
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("rowid", sa.Integer, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
register = sa.Table(
    "register",
    metadata,
    sa.Column("group_key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("counts", sa.Text, nullable=False),
)
#: Names that an item's candidates touch, with the item's own evidence ("" where it has none).
evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("group_key", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
    sa.Index("evidence_name", "group_key", "name"),
)
mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("mention", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("block", sa.Text, nullable=False, index=True),
    #: Titles, given names, surname, evidence and link target, as plain values.
    sa.Column("parts", sa.Text, nullable=False),
    #: The person before and after judgements that two people are one; "" where nobody is known.
    sa.Column("raw", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
)
#: People known before any text is read: from cards, and authors of documents.
known = sa.Table(
    "known",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("blocks", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)
people = sa.Table(
    "people",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("sort_name", sa.Text, nullable=False, index=True),
    #: self, card, or name (made known by a text).
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("block", sa.Text, nullable=False, index=True),
    #: What near spellings of the block's name have in common ("" where there are none).
    sa.Column("bones", sa.Text, nullable=False, index=True),
    #: Key, names, groups, forms, first use and number of uses, as identity made them (JSON).
    sa.Column("data", sa.Text, nullable=False),
    #: Citation (JSON) of the words that the person was first named by.
    sa.Column("citation", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)
#: Cards, offices, names, addresses: what an address book or a text says of a person.
person_facts = sa.Table(
    "person_facts",
    metadata,
    sa.Column("fact", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("start_on", sa.Text, nullable=False),
    sa.Column("end_on", sa.Text, nullable=False),
    sa.Column("citation", sa.Text, nullable=False),
    sa.Column("item", sa.Text, nullable=False, index=True),
)
#: Earlier ids lead to the person that they are now.
person_ids = sa.Table(
    "person_ids",
    metadata,
    sa.Column("old", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
)
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("on", sa.Text, nullable=False, index=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("place_start", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("encounter", sa.Text, nullable=False, index=True),
    sa.Column("people", sa.Text, nullable=False),
)
encounters = sa.Table(
    "encounters",
    metadata,
    sa.Column("encounter", sa.Text, primary_key=True),
    sa.Column("on", sa.Text, nullable=False, index=True),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("accounts", sa.Integer, nullable=False),
)
encounter_people = sa.Table(
    "encounter_people",
    metadata,
    sa.Column("encounter", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("accounts", sa.Integer, nullable=False),
    sa.Index("encounter_people_person", "person"),
)
#: What one item tells beside encounters: statements, introductions, promises, occasions.
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    #: quoted or reported, of a statement.
    sa.Column("mode", sa.Text, nullable=False),
    #: The kind of an occasion; "letter" of an introduction by letter.
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    #: The day of an occasion, or that a promise is due, with its words; -1 where there are none.
    sa.Column("on", sa.Text, nullable=False),
    sa.Column("on_start", sa.Integer, nullable=False),
    sa.Column("on_end", sa.Integer, nullable=False),
    sa.Column("on_quote", sa.Text, nullable=False),
    #: Words in quotation marks; -1 where there are none.
    sa.Column("quotation_start", sa.Integer, nullable=False),
    sa.Column("quotation_end", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    #: 1 where somebody's part was inferred.
    sa.Column("inferred", sa.Integer, nullable=False),
    #: By which judgements tell it from others over the same words: where its first party's name stands
    #: ("12:20", "author" or "unknown"), and what an occasion was read as.
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("as_read", sa.Text, nullable=False),
    sa.Index("findings_on", "kind", "on"),
)
finding_people = sa.Table(
    "finding_people",
    metadata,
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    #: "" for the author, for somebody not named, and where a person said who it was.
    sa.Column("mention", sa.Text, nullable=False),
    #: "" where nobody is known (yet).
    sa.Column("person", sa.Text, nullable=False),
    #: said, author, inferred, unknown or judged.
    sa.Column("how", sa.Text, nullable=False),
    #: The rule that inferred it.
    sa.Column("rule", sa.Text, nullable=False),
    #: The words that stand for the person here; -1 and "" where there are none.
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("finding_people_person", "person", "role"),
)
events = sa.Table(
    "events",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("uid", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("on", sa.Text, nullable=False, index=True),
    sa.Column("until", sa.Text, nullable=False),
    sa.Column("rrule", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
    sa.Column("citation", sa.Text, nullable=False),
)
occasions = sa.Table(
    "occasions",
    metadata,
    sa.Column("occasion", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("on", sa.Text, nullable=False),
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("citation", sa.Text, nullable=False),
)
questions = sa.Table(
    "questions",
    metadata,
    sa.Column("question", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    #: What makes it: a block, an item or a day; a stage replaces all questions of its makers.
    sa.Column("maker", sa.Text, nullable=False, index=True),
    sa.Column("prompt", sa.Text, nullable=False),
    #: Why it is asked, where a rule says so; else faces say it by kind.
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("options", sa.Text, nullable=False),
    sa.Column("citations", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    #: open, later, never; once: about a single use, open as soon as the name comes up again
    sa.Column("state", sa.Text, nullable=False),
)
sa.Index("questions_open", questions.c.state, questions.c.weight.desc(), questions.c.question)
problems = sa.Table(
    "problems",
    metadata,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("fatal", sa.Integer, nullable=False),
)

TRUTH = (documents, arrivals, judgements, settings)
#: In the order in which they are written; `readings` and `pending` are work, not facts.
DERIVED = (
    items, texts, register, evidence, mentions, known, people, person_facts, person_ids, accounts,
    encounters, encounter_people, findings, finding_people, events, occasions, questions, problems,
)  # fmt: skip

#: Full text: the words of `texts`, accents folded; kept by triggers so that it cannot drift.
FTS = (
    """CREATE VIRTUAL TABLE search USING fts5(title, body, content='texts', content_rowid='rowid',
       tokenize="unicode61 remove_diacritics 2")""",
    """CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN
       INSERT INTO search(rowid, title, body) VALUES (new.rowid, new.title, new.body); END""",
    """CREATE TRIGGER texts_delete AFTER DELETE ON texts BEGIN
       INSERT INTO search(search, rowid, title, body)
       VALUES ('delete', old.rowid, old.title, old.body); END""",
    """CREATE TRIGGER texts_update AFTER UPDATE ON texts BEGIN
       INSERT INTO search(search, rowid, title, body)
       VALUES ('delete', old.rowid, old.title, old.body);
       INSERT INTO search(rowid, title, body) VALUES (new.rowid, new.title, new.body); END""",
)
