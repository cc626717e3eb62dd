"""Labelled texts as files hold them: every format becomes a `GoldDoc`, every bad line a problem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from legation.facts.errors import NotFoundError
from legation.facts.when import When
from legation.workspace.evaluate.quotations import Excerpt, lay_together

#: Tasks as the files name them; each is scored where its key holds labels.
TASKS = (
    "mentions", "encounters", "statements", "introductions", "promises", "occasions", "dates",
    "participants", "speakers", "companions",
)  # fmt: skip
#: What a gold object may label, and what each of its labels must hold.
LABELS: dict[str, tuple[str, ...]] = {
    "mentions": ("start", "end", "kind"),
    "encounters": ("participants", "span"),
    "statements": ("speaker", "span"),
    "introductions": ("introducer", "introduced", "span"),
    "promises": ("by", "span"),
    "occasions": ("person", "kind", "span"),
    "dates": ("start", "end", "value"),
}
KINDS = frozenset({"name", "office", "kin"})
#: Between the sentences of one document, and between the parts of one text, put together here.
BREAK = "\n"


class GoldLineError(Exception):
    """A line is no labelled document; the message says why."""


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """A line that could not be used, or a part of it that was left out."""

    file: str
    line: int
    message: str

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"file": self.file, "line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """One labelled text.

    `unit` is the document that it belongs to (a bootstrap draws units; `--half` tells them
    apart); `tasks` are those of `TASKS` that are labelled; `labels` holds the objects of each, as
    in the file; `extra` what only one format has. `origin` says what kind of text it is.
    """

    file: str
    line: int
    doc: str
    unit: str
    origin: str
    text: str
    tasks: frozenset[str]
    written_on: str = ""
    author: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text_of_line(self) -> bool:
        """Whether it is the text of one line, and not put together from the lines of a document."""
        return "quotations" not in self.extra and self.extra.get("only") != "names"

    @property
    def author_name(self) -> str:
        """The author's name, or ""."""
        return self.people.get(self.author, "") if self.author else ""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of labelled texts, in the order of their lines."""

    path: str
    docs: tuple[GoldDoc, ...]
    problems: tuple[GoldProblem, ...] = ()
    #: Lines of which no document could be made, each with the unit that it would have been (of).
    bad: tuple[tuple[int, str], ...] = ()


def load_gold(paths: Iterable[Path]) -> list[GoldFile]:
    """Load files, and the `.jsonl` files of folders; lines that cannot be used become problems.

    Raises:
        NotFoundError: there is no such file, or a folder holds none.
    """
    found: list[GoldFile] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*.jsonl") if p.is_file())
            if not inside:
                raise NotFoundError(f"{path} holds no labelled texts", "They are files named *.jsonl.")
            found += [load_file(p) for p in inside]
        elif path.is_file():
            found.append(load_file(path))
        else:
            raise NotFoundError(f"there is no file or folder {path}", "Name a file of labelled texts.")
    return found


def load_file(path: Path) -> GoldFile:
    """Load one file of labelled texts, a JSON object a line.

    Raises:
        NotFoundError: it cannot be read.
    """
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(f"{path} cannot be read: {error.strerror or error}") from error
    return parse_gold(name, data.decode("utf-8-sig", "replace"))


def parse_gold(name: str, text: str) -> GoldFile:
    """Return the labelled texts of a file; sentences and quotations of one document are put together."""
    docs: list[GoldDoc] = []
    problems: list[GoldProblem] = []
    bad: list[tuple[int, str]] = []
    sentences: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    novels: dict[tuple[str, str], list[Excerpt]] = {}
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row: dict[str, Any] = {}
        try:
            row = _parse_line(line)
            if is_quotation(row):
                novel = (_name(row, number), _origin(_name(row, number), row))
                novels.setdefault(novel, []).append(_excerpt(number, row))
            elif is_sentence(row):
                _check_sentence(row)
                sentences.setdefault(str(row["doc"]), []).append((number, row))
            else:
                doc, left_out = _make_doc(name, number, row)
                docs.append(doc)
                problems += [GoldProblem(name, number, message) for message in left_out]
        except GoldLineError as error:
            problems.append(GoldProblem(name, number, str(error)))
            bad.append((number, _name(row, number)))
    docs += [_join_sentences(name, rows) for rows in sentences.values()]
    docs += [_join_quotations(name, doc, origin, found) for (doc, origin), found in novels.items()]
    return GoldFile(name, tuple(_unmarked(doc) for doc in docs), tuple(problems), tuple(bad))


def _unmarked(doc: GoldDoc) -> GoldDoc:
    """Return a document without byte order marks at its head: in a file they would be no part of the text."""
    marks = len(doc.text) - len(doc.text.lstrip("\ufeff"))
    if not marks:
        return doc
    labels = {task: [_moved(row, marks) for row in rows] for task, rows in doc.labels.items()}
    extra = dict(doc.extra)
    if "quotations" in extra:
        extra["quotations"] = tuple(
            replace(q, start=max(0, q.start - marks), end=q.end - marks) for q in extra["quotations"]
        )
    # A label of nothing but marks is a label of nothing.
    labels = {task: [row for row in rows if row["end"] > row["start"]] for task, rows in labels.items()}
    return replace(doc, text=doc.text[marks:], labels=labels, extra=extra)


def _moved(row: dict[str, Any], marks: int) -> dict[str, Any]:
    """Return a label as many code points further left."""
    start, end = (max(0, row[key] - marks) for key in ("start", "end"))
    return {**row, "start": start, "end": end} | ({"span": [start, end]} if "span" in row else {})


def _parse_line(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldLineError(f"this is no JSON: {error}") from error
    except RecursionError as error:
        raise GoldLineError("this is nested too deeply") from error
    if not isinstance(row, dict):
        raise GoldLineError("a line holds one JSON object")
    return row


def _make_doc(name: str, number: int, row: dict[str, Any]) -> tuple[GoldDoc, list[str]]:
    """Return the document of a line, and what of it was left out."""
    if "body" in row and "surnames" in row:
        return _of_paper(name, number, row), []
    if "companions" in row and "text" in row:
        return _of_company(name, number, row), []
    if "text" in row and ("tasks" in row or any(key in row for key in LABELS)):
        return _of_gold(name, number, row)
    keys = ", ".join(sorted(map(str, row))[:8]) or "none"
    raise GoldLineError(f"no known format of labelled texts has these keys: {keys}")


# ── helpers ─────────────────────────────────────────────────────────────────────────────


def _text(row: Mapping[str, Any], key: str, *, wanted: bool = True) -> str:
    """Return a text of a row; null counts as "" where it may be left out."""
    value = row.get(key)
    if value is None and not wanted:
        return ""
    if not isinstance(value, str):
        raise GoldLineError(f"`{key}` must be a text")
    return value


def _texts(row: Mapping[str, Any], key: str) -> list[str]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise GoldLineError(f"`{key}` must be a list of texts")
    return value


def _day(row: Mapping[str, Any], key: str) -> str:
    """Return an ISO date of any precision, or "" for null."""
    value = _text(row, key, wanted=False)
    try:
        return When(value).value if value else ""
    except ValueError as error:
        raise GoldLineError(f"`{key}` is no date: {value!r}") from error


def _name(row: Mapping[str, Any], number: int) -> str:
    """Return a document's name: texts and numbers are both in use."""
    value = row.get("doc")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else f"line {number}"


def _origin(doc: str, row: Mapping[str, Any]) -> str:
    """Return what a document's name or source says of where it comes from."""
    if isinstance(row.get("source"), str):
        return str(row["source"])
    head, slash, _ = doc.partition("/")
    return head if slash else ""


# ── the gold format ─────────────────────────────────────────────────────────────────────


def _of_gold(name: str, number: int, row: dict[str, Any]) -> tuple[GoldDoc, list[str]]:
    text = _text(row, "text")
    left_out: list[str] = []
    tasks = frozenset(key for key in LABELS if isinstance(row.get(key), list))
    if row.get("tasks") is not None:
        named = _texts(row, "tasks")
        left_out += [f"the task {t!r} is not known" for t in named if t not in TASKS]
        left_out += [f"the task {t!r} has no labels" for t in named if t in TASKS and t not in tasks]
        tasks &= frozenset(named)
    people = row.get("people") or {}
    if not isinstance(people, dict) or not all(v is None or isinstance(v, str) for v in people.values()):
        raise GoldLineError("`people` must map ids to names")
    people = {person: name or "" for person, name in people.items()}
    # Mentions that are no task still tell who is who, for the tasks that name people.
    kept = sorted(tasks | ({"mentions"} if isinstance(row.get("mentions"), list) else set()))
    labels: dict[str, list[dict[str, Any]]] = {}
    for task in kept:
        labels[task] = []
        for number_of_label in range(len(row[task])):
            try:
                labels[task].append(_label(task, number_of_label, row, text))
            except GoldLineError as error:
                left_out.append(f"{error}; that label is left out")
    doc = _name(row, number)
    if not tasks:
        left_out.append("nothing is labelled in it")
    made = GoldDoc(
        name, number, doc, doc, _origin(doc, row), text, tasks, _day(row, "written_on"),
        _text(row, "author", wanted=False), people, labels,
    )  # fmt: skip
    return made, left_out


def _label(task: str, number: int, row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return one label with its span checked: `start` and `end` are there in any case."""
    value = row[task][number]
    where = f"{task}[{number}]"
    if not isinstance(value, dict):
        raise GoldLineError(f"{where} must be an object")
    if "span" not in value and {"start", "end"} <= value.keys():
        value = value | {"span": [value["start"], value["end"]]}
    missing = [key for key in LABELS[task] if key not in value]
    if missing:
        raise GoldLineError(f"{where} has no `{missing[0]}`")
    span = value["span"] if "span" in value else [value["start"], value["end"]]
    if (
        not isinstance(span, list)
        or len(span) != 2
        or not all(isinstance(n, int) and not isinstance(n, bool) for n in span)
    ):
        raise GoldLineError(f"{where} has no span of two numbers")
    start, end = span
    if not 0 <= start < end <= len(text):
        raise GoldLineError(f"{where} lies outside the text: {start} to {end} of {len(text)}")
    for key in ("participants", "addressees", "introduced"):
        if key not in value:
            continue
        ids = value[key] or []
        if not isinstance(ids, list) or not all(p is None or isinstance(p, str) for p in ids):
            raise GoldLineError(f"{where}: `{key}` must be a list of ids")
        value = value | {key: [p for p in ids if p is not None]}
    for key in (
        "person",
        "speaker",
        "introducer",
        "by",
        "to",
        "kind",
        "form",
        "status",
        "on",
        "due",
        "value",
    ):
        if value.get(key) is not None and not isinstance(value[key], str):
            raise GoldLineError(f"{where}: `{key}` must be a text")
    if task == "mentions" and value["kind"] not in KINDS:
        raise GoldLineError(f"{where} is of no known kind: {value['kind']!r}")
    return {**value, "start": start, "end": end}


# ── the other formats ───────────────────────────────────────────────────────────────────


def is_sentence(row: Mapping[str, Any]) -> bool:
    """Say whether a line is one sentence of a document with its names as `spans`."""
    return "spans" in row and "text" in row


def _check_sentence(row: dict[str, Any]) -> None:
    text = _text(row, "text")
    if not isinstance(row.get("doc"), str | int):
        raise GoldLineError("a sentence must name its `doc`")
    spans = row["spans"]
    if not isinstance(spans, list):
        raise GoldLineError("`spans` must be a list")
    for n, span in enumerate(spans):
        ends = (span.get("start"), span.get("end")) if isinstance(span, dict) else (None, None)
        if not all(isinstance(e, int) and not isinstance(e, bool) for e in ends):
            raise GoldLineError(f"spans[{n}] has no `start` and `end`")
        if not 0 <= span["start"] < span["end"] <= len(text):
            raise GoldLineError(f"spans[{n}] lies outside the text")


def _join_sentences(name: str, rows: list[tuple[int, dict[str, Any]]]) -> GoldDoc:
    """Put the sentences of a document together, each on a line of its own, as a reader would see them."""
    mentions: list[dict[str, Any]] = []
    at = 0
    for _, row in rows:
        for span in row["spans"]:
            if span.get("label") == "PER":
                start, end = at + span["start"], at + span["end"]
                mentions.append({"start": start, "end": end, "kind": "name", "person": None})
        at += len(row["text"]) + len(BREAK)
    line, first = rows[0]
    text = BREAK.join(row["text"] for _, row in rows)
    doc = str(first["doc"])
    # Of descriptions ("ROLE") these files label other ones than GUIDELINES.md: only names count.
    return GoldDoc(
        name, line, doc, doc, _origin(doc, first), text, frozenset({"mentions"}),
        labels={"mentions": mentions}, extra={"only": "names"},
    )  # fmt: skip


def _of_paper(name: str, number: int, row: dict[str, Any]) -> GoldDoc:
    """Return a memorandum put together from its printed parts, as its file would hold them."""
    body = _text(row, "body")
    doc = _name(row, number)
    subject = _text(row, "subject", wanted=False)
    listed = _texts(row, "participants")
    parts = [_text(row, "title", wanted=False), _text(row, "dateline", wanted=False)]
    parts += ["SUBJECT", subject] if subject else []
    parts += ["PARTICIPANTS", *listed] if listed else []
    text = "\n\n".join(p for p in (*parts, body) if p)
    extra = {
        "surnames": _texts(row, "surnames"), "participants": listed, "body": body,
        "unlisted": "\n\n".join(p for p in (*parts[:2], body) if p),
        "date": _day(row, "date") if "date" in row else None, "place": _text(row, "place", wanted=False),
        "subject": subject,
    }  # fmt: skip
    return GoldDoc(name, number, doc, doc, _origin(doc, row), text, frozenset({"participants"}), extra=extra)


def is_quotation(row: Mapping[str, Any]) -> bool:
    """Say whether a line is a quotation with the words around it."""
    return "quote" in row and "speaker" in row


def _excerpt(number: int, row: dict[str, Any]) -> Excerpt:
    quote = _text(row, "quote")
    if not quote.strip():
        raise GoldLineError("`quote` is empty")
    before, after = (_text(row, key, wanted=False) for key in ("context_before", "context_after"))
    return Excerpt(before, quote, after, _text(row, "speaker"), number)


def _join_quotations(name: str, doc: str, origin: str, excerpts: list[Excerpt]) -> GoldDoc:
    """Return the quotations of one novel as one text."""
    text, placed = lay_together(excerpts)
    return GoldDoc(
        name, excerpts[0].line, doc, doc, origin, text, frozenset({"speakers"}), extra={"quotations": placed}
    )


def _of_company(name: str, number: int, row: dict[str, Any]) -> GoldDoc:
    """Return a day of a diary with those who were with the diarist."""
    day = _day(row, "date")
    doc = _name(row, number) if "doc" in row else day or f"line {number}"
    extra = {"companions": _texts(row, "companions")}
    return GoldDoc(
        name,
        number,
        doc,
        doc,
        _origin(doc, row),
        _text(row, "text"),
        frozenset({"companions"}),
        day,
        extra=extra,
    )


def iterate_docs(files: Iterable[GoldFile], half: str = "") -> Iterator[tuple[GoldFile, list[GoldDoc]]]:
    """Yield each file with its documents; `half` a keeps the even ones (from 0), b the odd ones.

    Documents are counted as units: all quotations of one novel stand in one half. A line that could
    not be used keeps its place, so that the others stay in their halves; among sentences and
    quotations, of which many make a document, it has one only where it names a document.
    """
    for file in files:
        alone = all(doc.text_of_line for doc in file.docs)
        lines = [(doc.line, doc.unit) for doc in file.docs]
        lines += [(n, unit) for n, unit in file.bad if alone or unit != f"line {n}"]
        units: dict[str, int] = {}
        for _, unit in sorted(lines):
            units.setdefault(unit, len(units))
        kept = [d for d in file.docs if not half or units[d.unit] % 2 == ("a", "b").index(half)]
        yield file, kept
