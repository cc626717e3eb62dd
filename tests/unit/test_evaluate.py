"""`legation evaluate`: the files that it takes, what it says of bad lines, and its documented JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.unit.test_formats import documented, walk

from legation.desk.cli import main
from legation.facts.errors import NotFoundError
from legation.workspace.evaluate.gold import iterate_docs, load_gold, parse_gold
from legation.workspace.evaluate.measures import MEASURES, list_definitions
from legation.workspace.evaluate.quotations import Excerpt, lay_together
from legation.workspace.evaluate.texts import file_name, find_same, index_runs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "evaluate.md"
DAYS = {
    "1939-03-08": "Lunch with Lord Halifax. Halifax was tired and said little of the treaty that all wait for.",
    "1939-03-09": "Called on Mr. Rab Butler at ten. Butler promised to write by Friday, as he has done before.",
    "1939-03-10": "A quiet day. In the evening came Lord Halifax, and we spoke of his journey to the north.",
}


def gold(day: str, *names: str) -> dict[str, Any]:
    text = DAYS[day]
    people = {name.split()[-1].lower(): name for name in reversed(names)}
    mentions = []
    at = 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        mentions.append({"start": start, "end": at, "kind": "name", "person": name.split()[-1].lower()})
    return {
        "doc": f"diary/{day}", "text": text, "written_on": day, "author": "me",
        "people": {"me": "Ivan Maisky", **people}, "mentions": mentions, "tasks": ["mentions"],
    }  # fmt: skip


ROWS = [
    gold("1939-03-08", "Lord Halifax", "Halifax"),
    gold("1939-03-09", "Mr. Rab Butler", "Butler"),
    gold("1939-03-10", "Lord Halifax"),
]


def write(path: Path, *rows: Any) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", *ROWS)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    folder = tmp_path / "diary"
    folder.mkdir()
    for day, text in DAYS.items():
        (folder / f"{day}.md").write_text(text + "\n", encoding="utf-8")
    (folder / "1939-03-11.md").write_text("Mr. Butler came again, and Mr. Butler stayed.\n", encoding="utf-8")
    return folder


def run(*words: object) -> Any:
    found = CliRunner().invoke(main, ["evaluate", *map(str, words), "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


# ── the command ─────────────────────────────────────────────────────────────────────────


def test_names_are_found_and_nothing_is_stored(labelled: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    value = run(labelled)
    figures = value["tasks"]["names"]["figures"]
    assert figures["overlap_recall"]["hits"] == figures["overlap_recall"]["of"] == 5
    assert value["tasks"]["left_out"]["figures"]["wrong_in_silence"]["hits"] == 0
    assert value["documents"] == value["files"][0]["documents"] == 3
    assert sorted(tmp_path.rglob("*")) == before


def test_every_run_gives_the_same(labelled: Path) -> None:
    assert run(labelled) == run(labelled)


def test_halves_are_the_even_and_the_odd_documents(labelled: Path) -> None:
    even, odd = (
        run(labelled, "--half", "a", "--only", "names"),
        run(labelled, "--half", "b", "--only", "names"),
    )
    assert (even["documents"], odd["documents"]) == (2, 1)
    of = [v["tasks"]["names"]["figures"]["overlap_recall"]["of"] for v in (even, odd)]
    assert of == [3, 2]


def test_a_folder_gives_each_file_and_all_together(labelled: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    write(other / "b.jsonl", ROWS[0])
    value = run(tmp_path, "--only", "names")
    assert [f["documents"] for f in value["files"]] == [3, 1]
    total = value["tasks"]["names"]["figures"]["overlap_f1"]["of"]
    assert total == sum(f["tasks"]["names"]["figures"]["overlap_f1"]["of"] for f in value["files"])
    # One document in two files is two cases.
    assert value["tasks"]["names"]["documents"] == 4


def test_bad_lines_are_named_and_the_others_count(tmp_path: Path) -> None:
    bad = ROWS[0] | {"mentions": [{"start": 0, "end": 9999, "kind": "name", "person": None}]}
    odd = ROWS[0] | {"mentions": [{"start": 0, "end": 5, "kind": "ship", "person": None}]}
    path = write(
        tmp_path / "g.jsonl", "{", "[1]", '{"a": 1}', bad, odd, ROWS[0] | {"text": 5}, "",
        ROWS[1] | {"tasks": ["mentions", "haruspicy"]}, ROWS[2] | {"written_on": "1939-13-01"},
    )  # fmt: skip
    value = run(path, "--only", "names")
    assert [p["line"] for p in value["problems"]] == [1, 2, 3, 4, 5, 6, 8, 9]
    assert all(p["file"] == str(path) for p in value["problems"])
    assert "outside the text" in value["problems"][3]["message"]
    assert "haruspicy" in value["problems"][6]["message"]
    # A label that is wrong costs itself only.
    assert value["documents"] == 3
    assert value["tasks"]["names"]["figures"]["overlap_recall"]["of"] == 2


def test_bad_lines_leave_the_others_in_their_halves() -> None:
    def half_b(*lines: str) -> list[str]:
        return [d.doc for _, docs in iterate_docs([parse_gold("g", "\n".join(lines))], "b") for d in docs]

    good = [json.dumps(row) for row in ROWS]
    assert half_b(*good) == ["diary/1939-03-09"]
    for bad in ("{", json.dumps(ROWS[0] | {"text": 5})):
        assert half_b(bad, *good[1:]) == ["diary/1939-03-09"]
    sentences = [json.dumps({"doc": d, "text": "Ann came.", "spans": []}) for d in ("k", "m", "m", "n")]
    assert half_b(*sentences) == ["m"]
    wrong = json.dumps({"doc": "m", "text": "Ann came.", "spans": [{"start": 5, "end": 99}]})
    assert half_b(sentences[0], wrong, *sentences[2:]) == half_b("{", *sentences) == ["m"]


def test_byte_order_marks_are_no_part_of_a_text(labelled: Path) -> None:
    rows = [json.loads(json.dumps(row)) for row in ROWS]
    for row in rows:
        row["text"] = "\ufeff" + row["text"]
        for label in row["mentions"]:
            label["start"], label["end"] = label["start"] + 1, label["end"] + 1
    figures = run(write(labelled, *rows), "--only", "names")["tasks"]["names"]["figures"]
    assert figures["exact_recall"]["hits"] == figures["exact_recall"]["of"] == 5
    quotation = {"doc": "n", "quote": "“Yes,”", "context_before": "\ufeffHe rose.", "speaker": "Tom-1"}
    (made,) = parse_gold("q", json.dumps(quotation)).docs
    assert made.text[made.extra["quotations"][0].start :] == "“Yes,”"
    only_mark = {"text": "\ufeffAnn", "mentions": [{"start": 0, "end": 1, "kind": "name", "person": "a"}]}
    assert parse_gold("q", json.dumps(only_mark)).docs[0].labels["mentions"] == []


def test_where_nothing_is_labelled_the_command_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", "no JSON")
    found = CliRunner().invoke(main, ["evaluate", str(path)])
    assert found.exit_code == 2
    assert "line 1" in found.output


@pytest.mark.parametrize(
    ("words", "code"),
    [(["nowhere.jsonl"], 3), (["{gold}", "--only", "haruspicy"], 2), (["{gold}", "--questions"], 2),
     (["{gold}", "--book", "nowhere.json"], 3), (["{gold}", "--book", "{gold}"], 2),
     (["{gold}", "--register", "nowhere"], 3)],
)  # fmt: skip
def test_what_cannot_be_is_an_error(labelled: Path, words: list[str], code: int) -> None:
    given = [w.replace("{gold}", str(labelled)) for w in words]
    assert CliRunner().invoke(main, ["evaluate", *given]).exit_code == code


def test_errors_go_to_their_file_only(tmp_path: Path) -> None:
    row = json.loads(json.dumps(ROWS[0]))
    row["mentions"].append({"start": 13, "end": 17, "kind": "office", "person": "x"})
    path, errors = write(tmp_path / "g.jsonl", row), tmp_path / "errors.jsonl"
    value = run(path, "--errors", errors, "--only", "roles")
    assert "words" not in json.dumps(value)
    rows = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["error"] == "missed"
    assert rows[0]["doc"] == "diary/1939-03-08"


def test_the_table_for_a_person_has_every_figure(labelled: Path) -> None:
    found = CliRunner().invoke(main, ["evaluate", str(labelled), "--only", "names"])
    assert found.exit_code == 0
    for name in list_definitions()["names"]:
        assert f"names · {name.replace('_', ' ')}" in found.stdout


# ── the diary around the texts ──────────────────────────────────────────────────────────


def test_the_register_leaves_out_the_labelled_texts(labelled: Path, diary: Path) -> None:
    value = run(labelled, "--register", diary, "--only", "names")
    assert (value["register"]["entries"], value["register"]["left_out"]) == (1, 3)


def test_names_of_several_texts_are_held_together_with_the_register(labelled: Path, diary: Path) -> None:
    value = run(labelled, "--register", diary, "--only", "across")
    figures = value["tasks"]["across"]["figures"]
    # Halifax is named twice in the first text and once in the last.
    assert figures["recall"]["of"] == 2
    assert figures["precision"]["hits"] == figures["precision"]["of"] == figures["recall"]["hits"] > 0
    assert figures["unclear"]["hits"] == 0
    assert run(labelled, "--register", diary, "--only", "across") == value
    assert "across" not in run(labelled)["tasks"]


def test_a_book_is_used_for_the_file_whose_people_it_knows(labelled: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", gold("1939-03-09", "Mr. Rab Butler"))
    book = tmp_path / "book.json"
    people = [{"id": "halifax", "name": "Lord Halifax"}, {"id": "butler", "name": "Rab Butler"}]
    book.write_text(json.dumps(people[:1]), encoding="utf-8")
    value = run(labelled, other, "--only", "left_out", "--book", book)
    assert [f["book"] for f in value["files"]] == [False, False]
    book.write_text(json.dumps(people), encoding="utf-8")
    strange = json.loads(other.read_text(encoding="utf-8").replace('"butler"', '"rab"'))
    value = run(labelled, write(other, strange), "--only", "left_out", "--book", book)
    assert [f["book"] for f in value["files"]] == [True, False]
    of = [v["tasks"]["left_out"]["figures"]["wrong_of_left_out"]["of"] for v in (*value["files"], value)]
    assert of[0] > 0 < of[1]
    assert of[2] == of[0] + of[1]


def test_questions_are_counted_along_the_diary(labelled: Path, diary: Path) -> None:
    value = run(labelled, "--register", diary, "--questions")
    assert value["walk"] == {"entries": 4, "labelled": 3, "counted": 0, "from_entry": 50}
    figures = value["tasks"]["questions"]["figures"]
    assert figures["asked_before"]["of"] == 5
    assert figures["asked"]["value"] is None
    assert figures["all"]["value"] is figures["left_waiting"]["value"] is None
    assert run(labelled, "--register", diary, "--questions") == value


def test_the_same_text_is_known_again_under_another_head() -> None:
    docs = parse_gold("g", "\n".join(map(json.dumps, ROWS))).docs
    index = index_runs(docs)
    assert find_same("9th March.\n\n" + DAYS["1939-03-09"].upper(), index, docs) == 1
    assert (
        find_same("Something else was written on this day, of which nobody knows anything.", index, docs)
        is None
    )
    assert find_same("", index, docs) is None


def test_a_name_becomes_a_plain_file() -> None:
    assert file_name("pepys/1660-09-06") == "pepys-1660-09-06.txt"
    assert file_name("../../etc/passwd") == "etc-passwd.txt"
    assert file_name("seeds/a.txt") == "seeds-a.txt"
    assert file_name("///") == "text.txt"


# ── formats ─────────────────────────────────────────────────────────────────────────────


def test_sentences_of_a_document_are_one_text() -> None:
    rows = [
        {"source": "web", "doc": "d", "sent": n, "text": text, "spans": spans}
        for n, (text, spans) in enumerate([
            ("Mary came.", [{"start": 0, "end": 4, "label": "PER"}]),
            ("The maid saw Ann.", [{"start": 0, "end": 8, "label": "ROLE"}, {"start": 13, "end": 16, "label": "PER"}]),
        ])
    ]  # fmt: skip
    (made,) = parse_gold("s", "\n".join(map(json.dumps, rows))).docs
    assert [made.text[m["start"] : m["end"]] for m in made.labels["mentions"]] == ["Mary", "Ann"]
    assert made.origin == "web"


def test_a_quotation_lies_in_its_context() -> None:
    row = {
        "doc": "n",
        "quote": "“Yes,”",
        "context_before": "He rose.",
        "context_after": "said Tom.",
        "speaker": "Tom-1",
    }
    (made,) = parse_gold("q", json.dumps(row)).docs
    (quotation,) = made.extra["quotations"]
    assert made.text[quotation.start : quotation.end] == "“Yes,”"
    assert made.unit == "n"


def test_contexts_that_overlap_are_laid_over_each_other() -> None:
    rows = [
        ("The clerk looked up .", "“ Good day , ”", "said Ann . “ Is it late ? ”", "Ann-1"),
        ("“ Good day , ” said Ann .", "“ Is it late ? ”", "The clock struck .", "clerk-2"),
        ("Far away a door shut .", "“ Come ! ”", "", "Tom-3"),
    ]
    text, placed = lay_together(Excerpt(*row, line) for line, row in enumerate(rows, 1))
    assert text.count("Good day") == text.count("Is it late") == 1
    assert [text[p.start : p.end] for p in placed] == [row[1] for row in rows]
    assert [(p.speaker, p.line) for p in placed] == [("Ann-1", 1), ("clerk-2", 2), ("Tom-3", 3)]
    assert text.index("\n\n") == text.index("struck .") + len("struck .")


def test_quotations_of_one_novel_stand_in_one_half() -> None:
    rows = [{"doc": d, "quote": "“Yes,”", "speaker": "Tom-1"} for d in ("m", "n", "m", "o")]
    file = parse_gold("q", "\n".join(map(json.dumps, rows)))
    halves = [[d.unit for d in docs] for half in "ab" for _, docs in iterate_docs([file], half)]
    assert halves == [["m", "o"], ["n"]]


def test_an_empty_folder_holds_no_labels(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        load_gold([tmp_path])


def test_line_separators_inside_a_text_part_no_line() -> None:
    row = ROWS[0] | {"text": DAYS["1939-03-08"] + " \u2028 end"}
    file = parse_gold("g", json.dumps(row, ensure_ascii=False))
    assert file.problems == ()


# ── the page ────────────────────────────────────────────────────────────────────────────


def test_the_keys_are_those_of_the_page(labelled: Path, diary: Path) -> None:
    write(labelled, *ROWS, ROWS[1] | {"doc": "diary/x"}, ROWS[0] | {"doc": "other"}, "{")
    docs = documented("evaluate.md", "Keys")
    # One table names the keys of a task, the next those of a figure.
    of_task, of_figure = {"documents", "figures"}, {"value", "low", "high", "interval", "hits", "of"}
    seen = set()
    values = [run(labelled, "--register", diary, "--half", "a", "--only", "names")]
    values += [run(labelled, "--register", diary, "--questions")]
    for value in values:
        for path, inner in walk(value):
            if path.startswith("definitions."):
                continue
            match = re.fullmatch(r"((?:files\[\](?:\.groups\[\])?\.)?tasks)\.\w+(\..*)?", path)
            if match is None:
                assert path in docs, path
                assert inner is not None or docs[path].endswith("or null"), path
                seen.add(path)
            elif path.count(".") > match[1].count(".") + 1:
                assert isinstance(inner, dict) or path.rsplit(".", 1)[-1] in of_task | of_figure, path
                seen.add(path.rsplit(".", 1)[-1])
    assert (of_task | of_figure) <= seen
    assert set(docs) - seen == set()


def test_every_figure_stands_on_the_page_with_its_definition() -> None:
    text = PAGE.read_text(encoding="utf-8").split("## Figures", 1)[1]
    assert re.findall(r"^### (\w+)$", text, re.M) == list(MEASURES)
    for task, names in list_definitions().items():
        part = text.split(f"### {task}\n", 1)[1].split("\n### ", 1)[0]
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", part, re.M))
        assert rows == names, task


def test_null_names_and_null_people_cost_no_document(labelled: Path) -> None:
    row = dict(ROWS[0]) | {
        "tasks": ["mentions", "encounters", "statements"],
        "encounters": [{"participants": ["halifax", None], "span": [0, 10]}],
        "statements": [{"speaker": None, "addressees": None, "span": [25, 50]}],
    }
    row["people"] = {**row["people"], "x": None}
    row["mentions"] = [{k: v for k, v in m.items() if k != "person"} for m in row["mentions"]]
    value = run(write(labelled, row))
    assert not value["problems"]
    assert value["tasks"]["names"]["figures"]["overlap_recall"]["hits"] == 2
    assert "left_out" not in value["tasks"]


def test_mentions_that_are_no_task_tell_who_is_who(labelled: Path) -> None:
    text = "Lunch with Lord Halifax at his club."
    row = {
        "doc": "d", "text": text, "written_on": "1939-03-08", "author": "me", "tasks": ["encounters"],
        "people": {"me": "Ivan Maisky", "h": "Lord Halifax"},
        "mentions": [{"start": 11, "end": 23, "kind": "name", "person": "h"}],
        "encounters": [{"participants": ["h", "me"], "span": [0, 23]}],
    }  # fmt: skip
    value = run(write(labelled, row))
    assert set(value["tasks"]) == {"encounters"}
    assert value["tasks"]["encounters"]["figures"]["exact_set"]["hits"] == 1
