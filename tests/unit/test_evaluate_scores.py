"""Scores on answers made by hand: a perfect one gives 1.0, and each kind of error counts once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from legation.workspace.evaluate.align import Alignment
from legation.workspace.evaluate.figures import Tally, f_json, share_json
from legation.workspace.evaluate.gold import GoldDoc, parse_gold
from legation.workspace.evaluate.intervals import bootstrap, wilson
from legation.workspace.evaluate.measures import MEASURES, list_definitions
from legation.workspace.evaluate.run import SCORERS
from legation.workspace.evaluate.scores_papers import (
    count_talkers,
    list_printed,
    score_companions,
    score_participants,
    surname_of,
)
from legation.workspace.evaluate.scores_speakers import fits_best, fits_id, score_speakers
from legation.workspace.evaluate.spans import match_spans

TEXT = (
    "Lunch with Lord Halifax and Rab Butler. Halifax said that Butler would write by Friday. I saw my wife."
)


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def mention(words: str, person: str | None, kind: str = "name", nth: int = 0, **more: Any) -> dict[str, Any]:
    start, end = at(words, nth)
    return {"start": start, "end": end, "kind": kind, "person": person, **more}


GOLD: dict[str, Any] = {
    "doc": "diary/1939-03-08", "text": TEXT, "written_on": "1939-03-08", "author": "me",
    "people": {"me": "Ivan Maisky", "h": "Lord Halifax", "b": "Rab Butler", "w": "my wife"},
    "mentions": [
        mention("Lord Halifax", "h"), mention("Rab Butler", "b"), mention("Halifax", "h", nth=1),
        mention("Butler", "b", nth=1), mention("my wife", "w", "kin"),
    ],
    "encounters": [
        {"participants": ["me", "h", "b"], "form": "lunch", "on": "1939-03-08", "status": "held",
         "span": at("Lunch with Lord Halifax and Rab Butler")},
    ],
    "statements": [
        {"speaker": "h", "addressees": ["me"], "mode": "reported",
         "span": at("Halifax said that Butler would write by Friday")},
    ],
    "introductions": [{"introducer": "h", "introduced": ["me", "b"], "span": at("with Lord Halifax")}],
    "promises": [{"by": "b", "to": None, "due": "1939-03-10", "span": at("Butler would write by Friday")}],
    "occasions": [{"person": "w", "kind": "arrival", "on": None, "span": at("I saw my wife")}],
    "dates": [{"value": "1939-03-10", "start": at("Friday")[0], "end": at("Friday")[1]}],
}  # fmt: skip
OURS = {"me": "p-1", "h": "p-2", "b": "p-3", "w": "p-4"}


def ours(value: Any) -> Any:
    """The labels under ids of our own."""
    if isinstance(value, dict):
        return {k: ours(v) for k, v in value.items()}
    if isinstance(value, list):
        return [ours(v) for v in value]
    return OURS.get(value, value) if isinstance(value, str) else value


def perfect() -> dict[str, Any]:
    made = {key: ours(GOLD[key]) for key in GOLD if key not in ("doc", "people", "text")}
    made["people"] = {OURS[k]: v for k, v in GOLD["people"].items()}
    for key in ("mentions", "encounters", "statements", "introductions", "promises", "occasions"):
        made[key] = [{"state": "read", "rule": "r", **row} for row in made[key]]
    return json.loads(json.dumps(made))


def doc(**changes: Any) -> GoldDoc:
    file = parse_gold("g.jsonl", json.dumps(GOLD | changes))
    assert file.problems == ()
    return file.docs[0]


def score(read: dict[str, Any], **changes: Any) -> dict[str, tuple[int, int, int]]:
    tally, gold = Tally(), doc(**changes)
    for task in SCORERS:
        SCORERS[task](gold, read, tally)
    return {f"{task}.{name}": rows[gold.unit] for (task, name), rows in tally.counts.items()}


# ── the perfect answer, and one error at a time ─────────────────────────────────────────


def test_a_perfect_answer_is_right_in_every_figure() -> None:
    found = score(perfect())
    assert set(found) == {f"{t}.{m.name}" for t in SCORERS for m in MEASURES[t]}
    kinds = {f"{t}.{m.name}": m.kind for t in SCORERS for m in MEASURES[t]}
    for name, (hits, of, wanted) in found.items():
        assert hits == of, name
        assert kinds[name] == "share" or of == wanted, name
    assert found["names.overlap"] == (4, 4, 4)
    assert found["names.bare_recall"] == (2, 2, 0)
    assert found["names.unknown_recall"] == (0, 0, 0)
    assert found["linking.pairs"] == (2, 2, 2)


def test_an_empty_answer_has_no_precision_and_no_recall() -> None:
    read = perfect() | {key: [] for key in GOLD if isinstance(GOLD[key], list)}
    found = score(read)
    assert found["names.overlap"] == (0, 0, 4)
    assert found["encounters.found"] == (0, 0, 1)
    assert found["statements.coverage"] == (0, 1, 0)
    assert "statements.speaker" not in found or found["statements.speaker"] == (0, 0, 0)
    assert found["dates.right"] == (0, 0, 1)


def test_a_document_without_labels_counts_what_was_found_as_wrong() -> None:
    found = score(perfect(), **{key: [] for key in GOLD if isinstance(GOLD[key], list)})
    assert found["names.overlap"] == (0, 4, 0)
    assert found["encounters.found"] == (0, 1, 0)
    assert found["linking.pairs"] == (0, 0, 0)


def test_a_shorter_span_is_an_overlap_and_not_exact() -> None:
    read = perfect()
    read["mentions"][0]["start"] += len("Lord ")
    found = score(read)
    assert found["names.exact"] == (3, 4, 4)
    assert found["names.overlap"] == (4, 4, 4)


def test_two_names_over_one_label_count_once_as_wrong() -> None:
    read = perfect()
    start, end = at("Lord Halifax")
    read["mentions"][0]["end"] = start + 4
    read["mentions"].append({**read["mentions"][0], "start": start + 5, "end": end})
    assert score(read)["names.overlap"] == (4, 5, 4)


def test_a_name_taken_for_an_office_is_missed_once_and_wrong_once() -> None:
    read = perfect()
    read["mentions"][0]["kind"] = "office"
    found = score(read)
    assert found["names.overlap"] == (3, 3, 4)
    assert found["roles.overlap"] == (1, 2, 1)


def test_two_people_in_one_cost_precision_of_pairs() -> None:
    read = perfect()
    for row in read["mentions"]:
        row["person"] = "p-2"
    # 4 names: 6 pairs said, 2 of them true.
    assert score(read)["linking.pairs"] == (2, 6, 2)


def test_what_is_asked_is_not_said() -> None:
    read = perfect()
    read["mentions"][2]["state"] = "ask"
    assert score(read)["linking.pairs"] == (1, 1, 2)


def test_a_missing_participant_is_not_the_exact_set() -> None:
    read = perfect()
    read["encounters"][0]["participants"].remove("p-3")
    found = score(read)
    assert found["encounters.found"] == (1, 1, 1)
    assert found["encounters.exact_set"] == (0, 1, 0)
    assert found["encounters.form"] == (1, 1, 0)


def test_a_stranger_among_the_participants_is_not_the_exact_set() -> None:
    read = perfect()
    read["encounters"][0]["participants"].append("p-9")
    assert score(read)["encounters.exact_set"] == (0, 1, 0)


@pytest.mark.parametrize(
    ("field", "value", "figure"),
    [
        ("form", "dinner", "form"),
        ("on", "1939-03-07", "date"),
        ("on", None, "date"),
        ("status", "planned", "status"),
    ],
)
def test_a_wrong_field_counts_in_its_own_figure_only(field: str, value: str | None, figure: str) -> None:
    read = perfect()
    read["encounters"][0][field] = value
    found = score(read)
    assert found[f"encounters.{figure}"] == (0, 1, 0)
    assert found[f"encounters.unasked_{figure}"] == (0, 1, 0)
    others = {"exact_set", "form", "date", "status"} - {figure}
    assert all(found[f"encounters.{name}"] == (1, 1, 0) for name in others)


def test_an_encounter_without_a_participant_in_common_is_another() -> None:
    read = perfect()
    read["encounters"][0]["participants"] = ["p-4", "p-9"]
    assert score(read)["encounters.found"] == (0, 1, 1)


def test_what_is_asked_is_missed_unasked() -> None:
    read = perfect()
    for key in ("encounters", "statements", "promises", "introductions", "occasions"):
        read[key][0]["state"] = "ask"
    found = score(read)
    for key in ("encounters", "statements", "promises", "introductions", "occasions"):
        assert found[f"{key}.found"] == (1, 1, 1)
        assert found[f"{key}.unasked"] == (0, 0, 1)


def test_who_waits_for_an_answer_is_not_settled() -> None:
    read = perfect()
    for row in read["mentions"]:
        row["state"] = "ask" if row["person"] == "p-2" else "read"
    found = score(read)
    assert found["encounters.unasked"] == found["statements.unasked"] == (1, 1, 1)
    assert found["encounters.settled"] == found["statements.settled"] == (0, 0, 1)
    assert found["statements.speaker"] == (1, 1, 0)
    assert found["statements.unasked_speaker"] == found["statements.settled_speaker"] == (0, 0, 0)
    assert found["statements.unasked_coverage"] == (0, 1, 0)
    # One certain mention is enough.
    read["mentions"][0]["state"] = "read"
    assert score(read)["encounters.settled"] == (1, 1, 1)
    assert score(read)["statements.unasked_speaker"] == (1, 1, 0)


def test_an_encounter_beside_the_author() -> None:
    read = perfect()
    read["encounters"][0]["participants"] = ["p-1", "p-4"]
    found = score(read)
    assert found["encounters.found"] == (1, 1, 1)
    assert found["encounters.beside_author"] == (0, 1, 1)


def test_somebody_labelled_as_nobody_in_particular_is_not_no_one() -> None:
    labels = [m | ({"person": None} if m["person"] == "w" else {}) for m in GOLD["mentions"]]
    read = perfect()
    read["promises"][0]["to"] = read["statements"][0]["speaker"] = "p-4"
    statement = GOLD["statements"][0] | {"speaker": None}
    found = score(read, mentions=labels, statements=[statement])
    assert found["promises.to"] == (0, 1, 0)
    assert found["statements.speaker"] == (0, 1, 0)


def test_a_date_that_is_not_labelled_is_not_scored() -> None:
    encounter = {k: v for k, v in GOLD["encounters"][0].items() if k != "on"}
    assert "encounters.date" not in score(perfect(), encounters=[encounter])


def test_a_wrong_speaker_and_none_at_all() -> None:
    read = perfect()
    read["statements"][0]["speaker"] = "p-3"
    found = score(read)
    assert found["statements.speaker"] == (0, 1, 0)
    assert found["statements.coverage"] == (1, 1, 0)
    read["statements"][0]["speaker"] = None
    found = score(read)
    assert found["statements.found"] == (1, 1, 1)
    assert found["statements.speaker"] == (0, 0, 0)
    assert found["statements.coverage"] == (0, 1, 0)


def test_two_statements_over_one_span_are_matched_by_their_speakers() -> None:
    both = [GOLD["statements"][0], GOLD["statements"][0] | {"speaker": "b"}]
    read = perfect()
    read["statements"] = [{**read["statements"][0], "speaker": "p-3"}, read["statements"][0]]
    assert score(read, statements=both)["statements.speaker"] == (2, 2, 0)


def test_addressees_one_by_one_and_as_a_set() -> None:
    read = perfect()
    read["statements"][0]["addressees"] = ["p-1", "p-3"]
    found = score(read)
    assert found["statements.addressees"] == (0, 1, 0)
    assert found["statements.addressed"] == (1, 2, 1)


def test_fields_of_promises_introductions_and_occasions() -> None:
    read = perfect()
    read["promises"][0] |= {"by": "p-2", "to": "p-1", "due": None}
    read["introductions"][0] |= {"introduced": ["p-1"]}
    read["occasions"][0] |= {"kind": "departure"}
    found = score(read)
    assert [found[f"promises.{n}"] for n in ("found", "by", "to", "due")] == [(1, 1, 1)] + 3 * [(0, 1, 0)]
    assert (found["introductions.introducer"], found["introductions.introduced"]) == ((1, 1, 0), (0, 1, 0))
    assert (found["occasions.kind"], found["occasions.person"]) == ((0, 1, 0), (1, 1, 0))


def test_a_date_found_with_another_value() -> None:
    read = perfect()
    read["dates"][0]["value"] = "1939-03-17"
    found = score(read)
    assert (found["dates.found"], found["dates.value"], found["dates.right"]) == (
        (1, 1, 1),
        (0, 1, 0),
        (0, 1, 1),
    )


# ── alignment ───────────────────────────────────────────────────────────────────────────


def test_a_person_stands_for_the_one_labelled_in_the_span() -> None:
    read = perfect()
    # One of ours for two people: in each sentence it stands for the one who is named there.
    for row in read["mentions"]:
        row["person"] = "p-2"
    aligned = Alignment(read, GOLD["mentions"], "me")
    first, second = at("Lord Halifax"), at("Rab Butler")
    assert aligned.person("p-2", (first[0], first[1])) == "h"
    assert aligned.person("p-2", (second[0], second[1])) == "b"
    assert aligned.person("p-1") == "me"
    assert aligned.person("p-9") == "?p-9"
    assert aligned.person(None) is None
    assert not aligned.waits("p-1")
    assert not aligned.waits(None)


def test_a_mention_labelled_without_a_person_is_left_out() -> None:
    labels = [{**m, "person": None} if m["kind"] == "kin" else m for m in GOLD["mentions"]]
    assert Alignment(perfect(), labels, "me").persons(["p-1", "p-2", "p-4"]) == {"me", "h"}


# ── spans and intervals ─────────────────────────────────────────────────────────────────


def test_as_many_spans_as_possible_are_matched() -> None:
    # The best partner of the first is the only one of the second.
    assert match_spans([(0, 10), (8, 20)], [(0, 3), (5, 12)]) == {0: 0, 1: 1}
    assert match_spans([(0, 5)], [(5, 9)]) == {}
    assert match_spans([], [(0, 1)]) == {}
    assert match_spans([(0, 4), (0, 4)], [(0, 4)]) == {0: 0}


def test_the_same_span_comes_before_a_better_rating() -> None:
    assert match_spans([(0, 9)], [(0, 9), (1, 9)], lambda _i, k: float(k))[0] == 0


def test_wilson_as_tabulated() -> None:
    low, high = wilson(8, 10) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0) is None
    assert wilson(10, 10)[1] == 1.0  # type: ignore[index]
    assert wilson(0, 10)[0] == 0.0  # type: ignore[index]
    assert share_json(0, 0)["value"] is None


def test_bootstrap_is_the_same_each_time_and_holds_the_value() -> None:
    rows = {str(n): (n % 3 + 1, 4, 3) for n in range(12)}
    one, two = f_json(rows), f_json(dict(reversed(rows.items())))
    assert one == two
    assert one["low"] <= one["value"] <= one["high"]
    assert bootstrap([(1, 1, 1)]) is None
    assert bootstrap([(1, 1, 1), (0, 0, 0)]) is None
    assert bootstrap([(1, 1, 1)] * 5) == (1.0, 1.0)


def test_every_figure_has_a_definition_of_its_own() -> None:
    for task, names in list_definitions().items():
        assert names, task
        assert len(set(names.values())) == len(names), task


# ── the other formats ───────────────────────────────────────────────────────────────────


def test_names_of_speakers_by_telling_words() -> None:
    assert fits_id("Mrs. Bennet", "Mrs_Bennet-7")
    assert not fits_id("Mr. Bennet", "Mrs_Bennet-7")
    assert not fits_id("Mr. Bingley", "Mr_Bennet-6")
    assert fits_id("the parson", "Parson_Tringham-4")
    assert not fits_id("the man", "the_boy-1")
    assert not fits_id("", "Tommy-2")


def test_a_name_is_that_of_the_label_that_it_fits_best() -> None:
    labels = ["Emma-0", "Mr_Knightley-1", "Isabella_Knightley-2", "Jane_Fairfax-3", "Mrs_Fairfax-4"]
    assert fits_best("Mr. Knightley", "Mr_Knightley-1", labels)
    assert not fits_best("Mr. Knightley", "Isabella_Knightley-2", labels)
    assert not fits_best("Miss Jane Fairfax", "Mrs_Fairfax-4", labels)
    assert fits_best("Jane", "Jane_Fairfax-3", labels)
    assert not fits_best("Harriet", "Emma-0", labels)


NOVEL = [
    ("“ Go , ”", "Alice-1"),
    ("“ Stay , ”", "Alice-1"),
    ("“ Off ! ”", "Queen-2"),
    ("“ Oh , ”", "Alice-1"),
]


def novel() -> GoldDoc:
    rows = [
        {"doc": "novel", "quote": quote, "context_before": "", "context_after": "", "speaker": speaker}
        for quote, speaker in NOVEL
    ]
    return parse_gold("q.jsonl", "\n".join(map(json.dumps, rows))).docs[0]


def said_by(*people: str | None, asked: int = -1) -> dict[str, Any]:
    """A reading of the novel in which these people say its quotations; "s" is a sister, "a" Alice."""
    spans = [[q.start, q.end] for q in novel().extra["quotations"]]
    statements = [
        {"speaker": p, "span": span, "mode": "quoted", "rule": "", "state": "ask" if n == asked else "read"}
        for n, (p, span) in enumerate(zip(people, spans, strict=True))
    ]
    return {
        "author": "me", "people": {"a": "Alice", "s": "her sister", "me": "the author"},
        "mentions": [{"person": "a", "kind": "name"}], "statements": statements,
    }  # fmt: skip


def speakers(read: dict[str, Any]) -> dict[str, tuple[int, int]]:
    tally = Tally()
    score_speakers(novel(), read, tally)
    return {name: rows["novel"][:2] for (_, name), rows in tally.counts.items()}


def test_speakers_by_name_and_by_majority() -> None:
    got = speakers(said_by("s", "s", "s", "a"))
    assert got["coverage"] == (4, 4)
    assert got["by_name"] == (1, 4)
    # The others say who the sister is: Alice or the Queen to the first two, Alice to the third.
    assert got["by_majority"] == (3, 4)
    assert got["unverifiable"] == (0, 4)


def test_a_name_that_labels_know_goes_by_its_words_alone() -> None:
    got = speakers(said_by(None, None, "a", None))
    assert got["by_majority"] == got["by_name"] == (0, 1)


def test_who_is_described_once_cannot_be_told() -> None:
    got = speakers(said_by("s", "a", "a", None, asked=1))
    assert got["coverage"] == (3, 4)
    assert got["unverifiable"] == (1, 3)
    assert got["by_majority"] == (1, 2)
    assert got["unasked_coverage"] == (2, 4)
    assert got["unasked_by_majority"] == (0, 1)


PAPER: dict[str, Any] = {
    "doc": 7, "title": "Memorandum of Conversation", "dateline": "Washington, March 18, 1961, 1 p.m.",
    "subject": "Laos", "participants": ["The President", "Ambassador Menshikov", "Mr. Bohlen"],
    "surnames": ["Kennedy", "Menshikov", "Bohlen"], "date": "1961-03-18", "place": "Washington",
    "body": "The President spoke first. Menshikov replied.",
}  # fmt: skip


def paper_read(people: dict[str, str], **more: Any) -> dict[str, Any]:
    names = [
        {"person": p, "kind": "name", "state": "read", "start": n, "end": n + 1} for n, p in enumerate(people)
    ]
    return {
        "author": None, "written_on": "1961-03-18", "people": people, "mentions": names, "encounters": [],
        "statements": [],
        "header": {"people": [{"role": "participant", "person": p} for p in people], "place": "Washington",
                   "subject": "Laos"},
    } | more  # fmt: skip


def test_participants_by_surname_and_from_the_body() -> None:
    file = parse_gold("p.jsonl", json.dumps(PAPER))
    gold = file.docs[0]
    assert gold.text.splitlines()[0] == "Memorandum of Conversation"
    assert "PARTICIPANTS\n\nThe President\n\n" in gold.text
    read = paper_read({"a": "John F. Kennedy", "b": "Menshikov", "c": "Mr. Kohler"})
    said = [{"speaker": p, "state": "read"} for p in "bbd"]
    body = paper_read({"b": "Mikhail Menshikov", "d": "Rusk"}, statements=said)
    tally = Tally()
    score_participants(gold, read, body, tally)
    got = {name: rows["7"] for (_, name), rows in tally.counts.items()}
    assert got["surnames"] == (2, 3, 3)
    assert (got["date"], got["place"], got["subject"]) == ((1, 1, 0), (1, 1, 0), (1, 1, 0))
    # Bohlen does not appear in the body; Kennedy does, by his office.
    assert got["body"] == (1, 1, 2)
    assert got["body_names"] == (1, 1, 1)
    assert "PARTICIPANTS" not in gold.extra["unlisted"]


def test_the_talk_that_a_paper_tells_of_goes_before_who_speaks() -> None:
    met = {"status": "held", "on": None, "participants": ["b", "o", "d"], "rule": "speakers", "state": "ask"}
    people = {"b": "Menshikov", "d": "Rusk", "o": "the President"}
    body = paper_read(people, encounters=[met], statements=[{"speaker": "d", "state": "read"}] * 2)
    body["mentions"] = [
        m | ({"kind": "office", "state": "ask"} if m["person"] == "o" else {}) for m in body["mentions"]
    ]
    tally = Tally()
    score_participants(parse_gold("p.jsonl", json.dumps(PAPER)).docs[0], paper_read({}), body, tally)
    got = {name: rows["7"] for (_, name), rows in tally.counts.items()}
    assert got["body"] == (2, 3, 2)
    assert got["body_unasked"] == (0, 0, 2)
    assert got["body_names"] == (1, 2, 1)


def test_who_appears_in_a_body() -> None:
    found = list_printed(PAPER["surnames"], PAPER["participants"], PAPER["body"])
    assert (found.surnames, found.unprinted, found.unnamed) == ({"menshikov"}, {"kennedy"}, 1)
    assert count_talkers({"k": "John F. Kennedy"}, {"k": "kennedy"}, found) == (1, 1, 2)
    assert count_talkers({"b": "Mr. Bohlen", "x": "Rusk"}, {"b": "bohlen", "x": "rusk"}, found) == (0, 1, 2)
    assert surname_of("George F. Kennan, Princeton") == "kennan"
    assert surname_of("Robert Fox Jr.") == "fox"


def test_companions_by_words_consonants_and_kin() -> None:
    text = "I dined with Mr. Hawley, Mr. Lee and my wife."
    row = {"date": "1660-01-07", "text": text, "companions": ["Mr Hawly", "Elizabeth Pepys", "Jane Birch"]}
    gold = parse_gold("c.jsonl", json.dumps(row)).docs[0]
    names = {"me": "Samuel Pepys", "h": "Mr. Hawley", "l": "Mr. Lee", "w": "Wife of Samuel Pepys"}
    start = text.index("my wife")
    read = {
        "author": "me", "people": names,
        "mentions": [{"person": "w", "kind": "kin", "start": start, "end": start + 7}],
        "encounters": [{"status": "held", "participants": ["me", "h", "l", "w"]},
                       {"status": "planned", "participants": ["me", "x"]}],
    }  # fmt: skip
    tally = Tally()
    score_companions(gold, read, "Samuel Pepys", tally)
    assert tally.counts["companions", "people"]["1660-01-07"] == (2, 3, 3)


# ── across documents ────────────────────────────────────────────────────────────────────
