"""Findings from the reading into the ledger: parts, states, judgements, questions, lookups."""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

import pytest

import legation.reading.read
from legation.desk.cli.commands.reading import file_json
from legation.facts.candidates import AUTHOR, UNKNOWN, FindingCandidate, MentionCandidate, Party, Reading
from legation.facts.errors import NotFoundError, UsageError
from legation.facts.span import Citation, Span
from legation.facts.when import When
from legation.knowledge.findings import Named, Said, derive_findings
from legation.ledger.export import export_ledger
from legation.report.explain import explain_fact
from legation.store import findings as lookups
from legation.workspace.reading import read_within

sys.path.insert(0, str(Path(__file__).parent))
from ledger_home import Home

TEXT = "Lord Halifax told Eden that he was ill. Eden promised me a copy by Friday."
HALIFAX, EDEN, HE, EDEN2 = (Span(0, 12), Span(18, 22), Span(28, 30), Span(40, 44))
TALK, VOW = Span(0, 38), Span(40, 73)
CITE = Citation("i-1", "d", "r", 0, 4, "Lord")
WHO = {
    0: Named("m-0", "p-hal", 0, 12, "Lord Halifax"),
    1: Named("m-1", "p-eden", 18, 22, "Eden"),
    2: Named("m-2", "", 40, 44, "Eden"),
}


def told(**changes):
    values = {
        "kind": "statement", "span": TALK, "parties": (Party("speaker", 0), Party("addressee", 1)),
        "mode": "reported", "rule": "told", "score": 0.9,
    } | changes  # fmt: skip
    return FindingCandidate(**values)


VOWED = told(
    kind="promise", span=VOW, parties=(Party("by", 2), Party("to", AUTHOR)), mode="", rule="promised",
    on=When("1939-03-10"), on_span=Span(67, 73),
)  # fmt: skip
ILL = told(
    kind="occasion", span=TALK, parties=(Party("person", 0, "talk of two", HE),), mode="", what="illness"
)
KNEW = told(kind="introduction", parties=(Party("introducer", 0), Party("introduced", 1)), mode="")


def derive(*candidates, who=None, said=(), author="p-me"):
    reading = Reading("entry", findings=candidates)
    return derive_findings(reading, TEXT, CITE, WHO if who is None else who, author, said)


def one(*candidates, **changes):
    (found,), lost = derive(*candidates, **changes)
    assert lost == ()
    return found


# ── what is derived ─────────────────────────────────────────────────────────────────────


def test_everybody_has_a_part_and_its_words():
    found = one(VOWED)
    by, to = found.parts
    assert (by.mention, by.person, by.state, by.quote) == ("m-2", "", "ask", "Eden")
    assert (to.how, to.person, to.start, to.quote) == ("author", "p-me", -1, "")
    assert (found.on, TEXT[found.on_start : found.on_end], found.on_quote) == (
        "1939-03-10",
        "Friday",
        "Friday",
    )
    assert found.citation.quote == "Eden promised me a copy by Friday"
    ill = one(ILL)
    assert ill.inferred
    assert (ill.parts[0].how, ill.parts[0].rule, ill.parts[0].quote) == ("inferred", "talk of two", "he")


def test_a_part_whose_mention_does_not_hold_is_left_out():
    only_eden = {1: WHO[1]}
    assert derive(told(), who=only_eden) == ((), ())
    assert [p.role for p in one(told(), who={0: WHO[0]}).parts] == ["speaker"]
    assert derive(KNEW, who={0: WHO[0]}) == ((), ())
    assert one(told(parties=(Party("speaker", UNKNOWN),))).parts[0].how == "unknown"


def test_below_its_threshold_a_finding_waits():
    assert one(told(score=0.75)).state == "read"
    assert one(told(score=0.74)).state == "ask"


def test_two_speakers_of_one_span_are_two_statements():
    found, _ = derive(told(), told(parties=(Party("speaker", 1),)))
    assert len({f.id for f in found}) == 2


def test_of_several_that_say_the_same_the_surest_stands():
    assert one(told(score=0.6, rule="b"), told(score=0.8, rule="a")).rule == "a"
    assert one(told(score=0.8, rule="a"), told(score=0.6, rule="b")).rule == "a"


# ── what was said of findings ───────────────────────────────────────────────────────────


def said(verdict="confirm", span=(0, 38), party=(0, 12), kind="statement", **more):
    return Said(kind, span, verdict, "j-1", party, **more)


def test_verdicts():
    assert one(told(score=0.1), said=[said()]).state == "sure"
    assert one(told(), said=[said("reject")]).state == "rejected"
    found = one(told(), said=[said("correct", changes={"status": "denied"}, people={"speaker": ["p-x"]})])
    assert (found.state, found.status) == ("sure", "denied")
    assert [(p.role, p.person, p.how) for p in found.parts] == [
        ("addressee", "p-eden", "said"), ("speaker", "p-x", "judged"),
    ]  # fmt: skip
    due = one(VOWED, said=[said("correct", (40, 73), (40, 44), "promise", changes={"on": "1939-03-11"})])
    assert (due.on, due.on_start) == ("1939-03-11", -1)


def test_a_verdict_follows_its_words_and_its_first_party():
    assert one(told(span=Span(0, 30)), said=[said()]).state == "sure"
    other = told(parties=(Party("speaker", 1),))
    found, lost = derive(other, said=[said()])
    assert ([f.state for f in found], len(lost)) == (["read"], 1)
    found, lost = derive(told(), other, said=[said("reject")])
    assert (sorted(f.state for f in found), lost) == (["read", "rejected"], ())
    assert len(derive(told(span=Span(30, 60)), said=[said()])[1]) == 1
    assert derive(said=[said("reject")]) == ((), ())
    assert len(derive(ILL, said=[said(kind="occasion", what="death")])[1]) == 1


def test_who_was_confirmed_beside_the_first_party_stays():
    kept = said(parties={"addressee": [(18, 22)]})
    changed = told(parties=(Party("speaker", 0), Party("addressee", AUTHOR)))
    assert [(p.role, p.person) for p in one(changed, said=[kept]).parts] == [
        ("speaker", "p-hal"),
        ("addressee", "p-eden"),
    ]
    (found,), lost = derive(changed, said=[kept], who={0: WHO[0]})
    assert (found.state, lost) == ("read", (kept,))
    assert one(told(), said=[said(parties={"addressee": ["author"]})]).of("addressee")[0].person == "p-me"
    assert one(told(), said=[said(parties={"addressee": []})]).of("addressee") == ()


# ── in a ledger ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A diary whose reader finds what `found` lists, its parties by the words of their names."""
    made = Home(tmp_path)
    made.found = [told(), VOWED, ILL]

    def find(scene):
        if TEXT not in scene.text:
            return ()
        at = {m.span: n for n, m in enumerate(scene.mentions)}
        number = {0: at.get(HALIFAX), 1: at.get(EDEN), 2: at.get(EDEN2)}
        return tuple(
            FindingCandidate(**{k: getattr(c, k) for k in FIELDS if k != "parties"}, parties=tuple(
                Party(p.role, number.get(p.mention, p.mention), p.inferred, p.words) for p in c.parties
            ))
            for c in made.found
        )  # fmt: skip

    plain = legation.reading.read.find_names

    def names(text, *given, **more):
        if TEXT not in text:
            return plain(text, *given, **more)
        spans = (HALIFAX, EDEN, EDEN2)
        parts = [(("lord",), "Halifax"), ((), "Eden"), ((), "Eden")]
        return tuple(
            MentionCandidate(s, "name", titles, (), surname, evidence=("speech",), sure=True, score=0.99)
            for s, (titles, surname) in zip(spans, parts, strict=True)
        )

    monkeypatch.setattr(legation.reading.read, "find_findings", find)
    monkeypatch.setattr(legation.reading.read, "find_names", names)
    # Two who may be meant by "Eden": it must be asked which.
    for name in ("Anthony", "Guy"):
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name} Eden\r\nN:Eden;{name};;;\r\n"
        made.write(f"{name}.vcf", card + "BDAY:1897-06-12\r\nEND:VCARD\r\n")
    made.write("1939-03-09.md", TEXT + "\n")
    made.take()
    return made


FIELDS = list(FindingCandidate.__slots__)


def finding(home, kind):
    return home.rows("findings", kind=kind)[0]


def parts(home, kind):
    return home.rows("finding_people", "role", "position", finding=finding(home, kind)["finding"])


def sound(home):
    return home.ledger.verify() == [] and home.ledger.check() == []


def test_rows_and_their_citations(home):
    assert [r["kind"] for r in home.rows("findings", "kind")] == ["occasion", "promise", "statement"]
    assert sound(home)
    with home.ledger.store.writing() as tx:
        tx.update(
            "finding_people", "finding", [{"finding": finding(home, "promise")["finding"], "start": 41}]
        )
    assert any("finding_people" in line for line in home.ledger.verify())


def test_a_part_fills_in_once_it_is_known_who(home):
    by, _ = parts(home, "promise")
    assert (by["state"], by["person"], by["quote"]) == ("ask", "", "Eden")
    asked = next(q for q in home.rows("questions", kind="who") if "eden" in q["subject"])
    home.judge.answer(asked["question"], "1")
    by, to = parts(home, "promise")
    assert by["person"]
    assert by["state"] == "read"
    assert to["how"] == "author"
    with home.ledger.store.looking() as tx:
        found, total = lookups.find_findings(tx, kind="promise", person=by["person"], role="by")
        assert (total, found[0].quote) == (1, "Eden promised me a copy by Friday")
        assert lookups.find_findings(tx, person=by["person"], role="speaker") == ([], 0)
        assert [p.on for p in lookups.find_promises(tx, until="1939-03-10", to=to["person"])] == [
            "1939-03-10"
        ]
        assert lookups.find_promises(tx, until="1939-03-09") == []
        assert [p.on for p in lookups.find_promises(tx, since="1939-03-10", undated=True)] == ["1939-03-10"]
    assert sound(home)


def test_occasions_of_cards_and_of_texts_are_looked_up_together(home):
    with home.ledger.store.looking() as tx:
        found = lookups.load_all_occasions(tx)
        assert {(o.kind, o.origin) for o in found} == {("birthday", "card"), ("illness", "text")}
        text = next(o for o in found if o.origin == "text")
        assert json.loads(text.citation)["quote"] == TALK.cut(TEXT)
        assert text.plain[:3] == text[:3]
        assert {o.origin for o in lookups.load_all_occasions(tx, since="1939-03-01")} == {"card"}
        assert [o.kind for o in lookups.load_all_occasions(tx, text.person) if o.origin == "text"] == [
            "illness"
        ]
    assert sound(home)


def test_what_is_denied_is_kept_and_never_counts(home):
    home.found = [told(status="denied"), VOWED]
    home.ledger.rebuild()
    assert finding(home, "statement")["status"] == "denied"
    with home.ledger.store.looking() as tx:
        assert lookups.find_findings(tx, kind="statement") == ([], 0)
        assert len(lookups.load_item_findings(tx, finding(home, "statement")["item"])) == 2


def test_confirm_reject_correct_and_undo(home):
    before = home.ledger.hashes()["derived"]
    statement = finding(home, "statement")["finding"]
    for judge in (
        lambda: home.judge.confirm(statement),
        lambda: home.judge.reject(statement),
        lambda: home.judge.correct(statement, {"mode": "quoted", "addressee": ""}),
    ):
        judge()
        assert sound(home)
        home.judge.undo()
        assert home.ledger.hashes()["derived"] == before
    halifax = parts(home, "statement")[1]["person"]
    home.judge.correct(finding(home, "promise")["finding"], {"by": halifax, "due": "1939-03-12"})
    by = parts(home, "promise")[0]
    assert (by["role"], by["person"], by["how"]) == ("by", halifax, "judged")
    assert finding(home, "promise")["on"] == "1939-03-12"
    home.judge.correct(finding(home, "occasion")["finding"], {"kind": "death", "on": "1939-03"})
    assert finding(home, "occasion")["what"] == "death"
    assert sound(home)
    home.judge.confirm(finding(home, "occasion")["finding"])
    assert finding(home, "occasion")["what"] == "death"


def test_one_correction_does_not_wipe_out_another(home):
    statement = finding(home, "statement")["finding"]
    halifax = parts(home, "statement")[1]["person"]
    home.judge.correct(statement, {"addressee": halifax})
    home.judge.correct(statement, {"mode": "quoted"})
    home.judge.confirm(statement)
    assert finding(home, "statement")["mode"] == "quoted"
    assert [(p["role"], p["how"]) for p in parts(home, "statement")] == [
        ("addressee", "judged"),
        ("speaker", "said"),
    ]
    home.judge.reject(statement)
    home.judge.correct(statement, {"status": "reported"})
    assert (finding(home, "statement")["mode"], finding(home, "statement")["status"]) == (
        "reported",
        "reported",
    )
    assert sound(home)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("statement", {"due": "1939"}),
        ("statement", {"mode": "sung"}),
        ("promise", {"due": "soon"}),
        ("occasion", {"kind": "lunch"}),
        ("occasion", {}),
    ],
)
def test_corrections_that_say_nothing_are_refused(home, kind, changes):
    with pytest.raises(UsageError):
        home.judge.correct(finding(home, kind)["finding"], changes)


def test_facts_and_people_that_are_not_there_are_refused(home):
    with pytest.raises(NotFoundError):
        home.judge.confirm("t-nothing")
    with pytest.raises(NotFoundError):
        home.judge.correct(finding(home, "statement")["finding"], {"speaker": "p-nobody"})


def test_what_waits_is_asked_last_and_statements_are_not_asked(home):
    home.found = [told(score=0.5), told(kind="promise", score=0.5, mode="", parties=(Party("by", 0),)), ILL]
    home.ledger.rebuild()
    asked = [q for q in home.rows("questions", kind="reading") if '"account"' not in q["subject"]]
    assert [(json.loads(q["subject"])["fact"], q["weight"]) for q in asked] == [("promise", 0)]
    assert "Lord Halifax" in asked[0]["prompt"]
    home.judge.answer(asked[0]["question"], "1")
    assert (finding(home, "promise")["state"], finding(home, "statement")["state"]) == ("sure", "ask")
    home.judge.undo()
    home.judge.answer(asked[0]["question"], "2")
    assert finding(home, "promise")["state"] == "rejected"
    assert sound(home)


def test_a_confirmation_outlives_a_reader_that_reads_otherwise(home):
    home.judge.confirm(finding(home, "statement")["finding"])
    home.judge.confirm(finding(home, "promise")["finding"])
    home.found = [told(mode="quoted", status="denied", score=0.1)]
    home.ledger.rebuild()
    row = finding(home, "statement")
    assert (row["state"], row["mode"], row["status"]) == ("sure", "reported", "held")
    (asked,) = home.rows("questions", kind="anchor")
    home.judge.answer(asked["question"], "2")
    assert [q["state"] for q in home.rows("questions", kind="anchor")] == ["never"]
    home.found = [VOWED]
    home.ledger.rebuild()
    assert finding(home, "promise")["state"] == "sure"
    assert sound(home)


def test_explained(home):
    judged = home.judge.confirm(finding(home, "promise")["finding"])
    with home.ledger.store.looking() as tx:
        found = explain_fact(tx, finding(home, "promise")["finding"], "1939-03-09")
        says = [
            explain_fact(tx, finding(home, k)["finding"], "1939-03-09")["says"]
            for k in ("statement", "occasion")
        ]
    assert found["kind"] == "promise"
    assert "10 March 1939" in found["says"]
    assert [w["quote"] for w in found["words"]] == ["Eden promised me a copy by Friday", "Friday", "Eden"]
    assert [j["id"] for j in found["judgements"]] == [judged]
    assert all("Lord Halifax" in s for s in says)


def test_exported_as_tables(home, tmp_path):
    counts = export_ledger(home.ledger, tmp_path / "out")["counts"]
    assert {k: counts[k] for k in ("statements", "introductions", "promises", "occasions")} == {
        "statements": 1, "introductions": 0, "promises": 1, "occasions": 1,
    }  # fmt: skip
    with (tmp_path / "out" / "promises.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["by"], row["by_ids"], row["to"], row["due"]) == ("Eden", "", "Ivan Maisky", "1939-03-10")
    assert (tmp_path / "out" / "derived" / "finding_people.jsonl").read_text(encoding="utf-8")


def test_a_merged_speaker_is_followed(home):
    home.write("1939-03-10.md", "Mr. Samuel Hoare told me so. Edward Wood was late.\n")
    home.take()
    hoare, wood = (
        next(m["person"] for m in home.rows("mentions") if n in m["quote"]) for n in ("Hoare", "Wood")
    )
    home.judge.correct(finding(home, "statement")["finding"], {"speaker": wood})
    home.judge.merge(hoare, wood)
    speaker = [p for p in parts(home, "statement") if p["role"] == "speaker"]
    assert speaker[0]["person"] == min(hoare, wood)
    assert sound(home)


# ── the pages of docs/formats ───────────────────────────────────────────────────────────

FORMATS = Path(__file__).parents[2] / "docs" / "formats"


def keys_of(page, section):
    """Return the keys of the first table after some words."""
    text = (FORMATS / page).read_text(encoding="utf-8")
    table = text[text.index(section) :].split("|---|", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.M)


def test_the_reading_has_the_keys_of_its_page(home):
    home.found = [told(), VOWED, ILL, KNEW, told(status="denied", span=VOW), told(status="planned", span=VOW)]
    files = home.base / "files" / "1939-03-09.md"
    value = file_json(read_within(home.base / "work", files), by_card=False)
    common = keys_of("reading.md", "document's *findings*")
    for kind in ("statements", "introductions", "promises", "occasions"):
        assert len(value[kind]) == 1, kind
        assert list(value[kind][0]) == keys_of("reading.md", f"ach of `{kind}` begins") + common
    statement, promise = value["statements"][0], value["promises"][0]
    assert value["people"][statement["speaker"]] == "Lord Halifax"
    # Who waits for an answer has a stand-in.
    assert statement["addressees"] == [promise["by"]]
    assert promise["by"].startswith("u-")
    assert (promise["to"], promise["due"], promise["precision"]) == (value["author"], "1939-03-10", "day")
    ill = value["occasions"][0]
    assert (ill["kind"], ill["on"], ill["inferred"]) == ("illness", None, ["talk of two"])
    assert value["introductions"][0]["introduced"] == [promise["by"]]


def test_an_explanation_has_the_keys_of_its_page(home):
    with home.ledger.store.looking() as tx:
        found = explain_fact(tx, finding(home, "occasion")["finding"], "1939-03-09")
    every = [*keys_of("explain.md", "## every fact"), *keys_of("explain.md", "## from the document")]
    known = {k for k in [*every, *keys_of("explain.md", "## finding")] if "." not in k and "[" not in k}
    assert set(found) == known
    assert [f"people[].{k}" for k in found["people"][0]] == [
        k for k in keys_of("explain.md", "## finding") if "[]" in k
    ]
