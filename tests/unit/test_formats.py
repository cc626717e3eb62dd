"""Every key of every JSON output stands in docs/formats, and every key that stands there comes out."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from legation.report.json import explain_to_json, list_to_json, plain, questions_to_json, to_json

sys.path.insert(0, str(Path(__file__).parent))
from ledger_rows import LedgerRows

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
ROW = re.compile(r"\| `([^`]+)` \| ([^|]+?) \| ([^|]+?) \|")
LINK = re.compile(r"\[\w+\]\((?:objects\.md)?#(\w+)\)")
TYPES = {"text": str, "date": str, "number": (int, float), "list": list, "object": dict, "true": bool}


def tables(page):
    """Return {heading: {key: type}} of a page; rows before any heading of the second level under ""."""
    found = {"": {}}
    heading = ""
    for line in (FORMATS / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            found[heading] = {}
        elif match := ROW.fullmatch(line):
            found[heading][match[1]] = match[2]
    return found


def expanded(rows, objects):
    """Return {path: type} with the shared objects that the types link to written out."""
    found = {}
    for key, kind in rows.items():
        found[key] = kind
        if link := LINK.search(kind):
            inner = key + ("[]" if kind.startswith("list") else "")
            for path, of in expanded(objects[link[1]], objects).items():
                found[f"{inner}.{path}"] = of
    return found


def documented(page, *headings):
    objects = tables("objects.md")
    rows = {}
    for heading in headings or ("",):
        rows |= tables(page)[heading]
    return expanded(rows, objects)


def walk(value, path=""):
    """Yield (path, value) of everything in a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            yield here, inner
            yield from walk(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, f"{path}[]")


def free(path, docs):
    """Say whether a path lies in an object whose keys are not ours to list."""
    return any(docs.get(path[:n]) == "object" and path[:n] in ("subject", "value") for n in range(len(path)))


def compare(value, docs, *, whole=True):
    value = json.loads(json.dumps(value))
    seen = set()
    for path, inner in walk(value):
        if free(path, docs):
            continue
        assert path in docs, f"{path} is not documented"
        kind = docs[path]
        seen.add(path)
        if inner is None:
            assert kind.endswith("or null"), f"{path} may be null"
        else:
            first = "object" if kind.startswith("[") else kind.split()[0]
            assert isinstance(inner, TYPES[first]), f"{path} is no {kind}"
            assert isinstance(inner, bool) == (first == "true"), f"{path} is no {kind}"
    if whole:
        assert set(docs) - seen == set(), "documented, and does not come out"


@pytest.fixture(scope="module")
def rows():
    made = LedgerRows(intervals=(("Jan Masaryk", 30), ("Nobody", 3)))
    made.owner()
    a, b = made.person("Jan Masaryk"), made.person("Rab Butler")
    card = made.item("card", "FN:Jan Masaryk\nTEL:12\n1886-03-14\nMinister", kind="card")
    made.fact(a, "name", "Jan Masaryk", item=card)
    made.fact(a, "tel", "12", item=card)
    made.fact(a, "office", "Minister", "1925", "1938", item=card)
    made.fact(a, "office", "Envoy", "1938")
    made.fact(a, "category", "Diplomats")
    made.put("occasions", occasion="o-1", person=a, kind="birthday", on="1886-03-14", item=card,
             citation=json.dumps(made.cite(card, "1886-03-14")))  # fmt: skip
    made.put("person_ids", old="p-old", person=a)
    entry = made.item("a", "Lunched with Masaryk, Butler and Mr. Strange. To see Masaryk.", on="1939-01-20")
    made.item("before", "Before.", on="1939-01-01")
    made.item("after", "Of Masaryk.", on="1939-01-30", title="After")
    made.mention("i-after", "Masaryk", a)
    made.mention(entry, "Masaryk", a, state="sure")
    strange = made.mention(entry, "Mr. Strange", state="ask")
    made.put(
        "encounters",
        encounter="e-x",
        on="1939-01-20",
        form="lunch",
        place="home",
        status="held",
        state="read",
        accounts=1,
    )
    for person in ("p-me", a, b):
        made.put("encounter_people", encounter="e-x", person=person, accounts=1)
    people = [["", "p-me", "author"], ["", a, "said"], ["", b, "said"], [strange, "", "said"]]
    made.account(
        entry,
        "Lunched with Masaryk, Butler and Mr. Strange",
        people,
        on="1939-01-20",
        encounter="e-x",
        place="home",
    )
    made.met(b, ["1939-03-01", "1940-01-01"])
    made.encounter("soon", ["p-me", a], on="1939-06-01", item=entry, quote="To see Masaryk")
    made.encounter("near", ["p-me", b], on="1939-03-02", item=entry, quote="Lunched")
    made.event("v", "Lunch with Masaryk", "1939-03-09", people=[a], form="lunch")
    made.account(entry, "To see", ["p-me", b, [strange, "", "said"]], on="1939-03-09", status="planned")
    made.question("q", "Who is Strange?", citations=[made.cite(entry, "Mr. Strange")], people=[a],
                  options=[("1", "Jan Masaryk", {})])  # fmt: skip
    speech = [("speaker", b), ("addressee", "p-me", "inferred", "see"), ("addressee", "", "unknown")]
    made.finding(entry, "To see Masaryk", "statement", speech, mode="quoted")
    made.finding(
        entry, "Butler and Mr. Strange", "statement", [("speaker", b), ("addressee", a), *speech[1:]]
    )
    made.finding(entry, "Masaryk, Butler", "statement", [("speaker", a), *speech[1:]])
    for by, to in (("p-me", a), (a, "p-me"), (a, b)):
        parts = [("by", by, "inferred", "see"), ("to", to), ("to", "", "unknown")]
        made.finding(entry, "To see", "promise", parts, on="1939-03-10")
    brought = [("introducer", b, "inferred", "see"), ("introduced", a), ("introduced", "", "unknown")]
    made.finding(entry, "Lunched with Masaryk, Butler", "introduction", brought)
    made.finding(
        entry,
        "Masaryk",
        "occasion",
        [("person", a, "inferred", "see"), ("person", "", "unknown")],
        what="birthday",
        on="1939-03-11",
    )
    made.put(
        "problems",
        item=entry,
        number=0,
        code="date-missing",
        message="m",
        hint="h",
        start=-1,
        end=-1,
        line=0,
        fatal=0,
    )
    return made


def test_today(rows):
    compare(to_json(rows.desk.today()), documented("today.md"))


def test_brief(rows):
    compare(to_json(rows.desk.brief("p-masaryk")), documented("brief.md"))


def test_lists(rows):
    desk = rows.desk
    compare(list_to_json("people", *desk.people()), documented("people.md"))
    compare(list_to_json("encounters", *desk.encounters()), documented("encounters.md"))
    waiting = plain(desk.waiting())
    compare(questions_to_json(*desk.questions(), waiting), documented("questions.md"))
    compare(questions_to_json(*desk.deferred(), waiting), documented("questions.md"), whole=False)
    compare(list_to_json("entries", *desk.entries()), documented("entries.md"))


def test_what_is_told(rows):
    desk = rows.desk
    for kind, found in (
        ("statements", desk.statements()),
        ("promises", desk.promises()),
        ("introductions", desk.introductions()),
    ):
        compare(list_to_json(kind, *found), documented(f"{kind}.md"))


def test_search(rows):
    compare(to_json(rows.desk.search("masaryk", person="p-masaryk")), documented("search.md"))


def test_entry(rows):
    compare(to_json(rows.desk.entry("i-a")), documented("entry.md"))


def test_explain(rows):
    from legation.facts.judgement import Judgement
    from legation.ledger.judge import judgement_row

    anchor = {"item": "i-a", "quote": "Mr. Strange", "before": "", "after": "", "occurrence": 0}
    judgement = Judgement(
        "identify", {"anchor": anchor}, {"new": "Strange"}, "Me", person="p-masaryk", made_at="t"
    )
    rows.put("judgements", seq=1, **judgement_row(judgement))
    with rows.store.looking() as tx:
        mention = tx.load("mentions", quote="Mr. Strange")[0]["mention"]
        named = tx.load("mentions", quote="Masaryk", item="i-a")[0]["mention"]
        account = tx.load("accounts", encounter="e-x")[0]["account"]
        fact = tx.load("person_facts", kind="tel")[0]["fact"]
    everything = ("every fact", "from the document")
    facts = {
        mention: "mention", named: "mention", account: "account", "e-x": "encounter", "p-masaryk": "person",
        "q-q": "question", "i-a": "item", judgement.id: "judgement", "v-v": "event", "o-1": "occasion", fact: "fact",
    }  # fmt: skip
    seen = set()
    for asked, kind in facts.items():
        told = explain_to_json(rows.desk.explain(asked))
        assert (told["version"], told["kind"], told["fact"]["kind"]) == (1, "explain", kind)
        compare(told["fact"], documented("explain.md", *everything, kind), whole=False)
        seen |= {(kind, path) for path, _ in walk(told["fact"])}
        assert set(tables("explain.md")["every fact"]) >= {"id", "says"}
    for kind in set(facts.values()):
        missing = {p for p in documented("explain.md", kind) if (kind, p) not in seen}
        assert missing == set(), f"{kind}: documented, and does not come out"


def test_a_view_that_is_no_output_of_its_own_is_refused(rows):
    with pytest.raises(TypeError):
        to_json(rows.desk.today().due)


@pytest.mark.parametrize(
    "page", ["views.md", *re.findall(r"\((\w+\.md)\)", (FORMATS / "views.md").read_text(encoding="utf-8"))]
)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([\w./-]+\.md)(?:#\w+)?\)", (FORMATS / page).read_text(encoding="utf-8")):
        assert (FORMATS / target).is_file(), target
