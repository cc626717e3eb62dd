"""Runs an evaluation: reads every labelled text, scores each task, and says how sure the figures are."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.facts.errors import UsageError
from legation.ledger.ledger import Progress
from legation.workspace.evaluate.across import score_across
from legation.workspace.evaluate.book import BookEntry, is_book_of, load_book, make_book
from legation.workspace.evaluate.figures import Tally, task_json
from legation.workspace.evaluate.gold import GoldDoc, GoldFile, GoldProblem, iterate_docs, load_gold
from legation.workspace.evaluate.intervals import RESAMPLES, SEED
from legation.workspace.evaluate.linking import score_left_out
from legation.workspace.evaluate.measures import MEASURES, OF_LABELS, list_definitions
from legation.workspace.evaluate.questions import score_questions
from legation.workspace.evaluate.scores_encounters import score_encounters
from legation.workspace.evaluate.scores_findings import (
    score_dates,
    score_introductions,
    score_occasions,
    score_promises,
    score_statements,
)
from legation.workspace.evaluate.scores_mentions import score_linking, score_names, score_roles
from legation.workspace.evaluate.scores_papers import score_companions, score_participants
from legation.workspace.evaluate.scores_speakers import score_speakers
from legation.workspace.evaluate.texts import Register, Shown, TextReader, Value, load_register

VERSION = 1
Scorer = Callable[[GoldDoc, Value, Tally], None]
SCORERS: dict[str, Scorer] = {
    "names": score_names,
    "roles": score_roles,
    "linking": score_linking,
    "encounters": score_encounters,
    "statements": score_statements,
    "introductions": score_introductions,
    "promises": score_promises,
    "occasions": score_occasions,
    "dates": score_dates,
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for: `only` names tasks (none: all), `half` is "", "a" or "b"."""

    register: tuple[Path, ...] = ()
    author: str = ""
    book: Path | None = None
    only: frozenset[str] = frozenset()
    half: str = ""
    questions: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The JSON of a run, and what went wrong, one object an error."""

    value: Value
    errors: tuple[dict[str, Any], ...]


def tasks_of(doc: GoldDoc, only: frozenset[str], *, roles: bool = True, register: bool = False) -> list[str]:
    """Return the tasks to be scored of a document, in the order of the page.

    `roles` says whether the labels of its file hold descriptions at all, `register` whether there is
    a diary or volume around the texts, in which they can be read together.
    """
    wanted = {task for label in doc.tasks for task in OF_LABELS[label]} - (set() if roles else {"roles"})
    wanted -= set() if register else {"across"}
    if doc.extra.get("only"):
        wanted &= {doc.extra["only"]}
    if not any(m.get("person") for m in doc.labels.get("mentions", ())):
        wanted -= {"linking", "across", "left_out"}
    return [task for task in MEASURES if task in wanted and (not only or task in only)]


def evaluate(
    paths: Iterable[Path], options: Options, shown: Shown, progress: Progress | None = None
) -> Evaluation:
    """Read and score files and folders of labelled texts; `shown` makes the JSON of a file as read.

    Raises:
        NotFoundError: there is no such file, or nothing in it is labelled.
        UsageError: an option asks for what cannot be.
    """
    unknown = sorted(options.only - MEASURES.keys())
    if unknown:
        raise UsageError(f"there is no task {unknown[0]!r}", "Tasks: " + ", ".join(MEASURES))
    files = load_gold(paths)
    chosen = [(file, docs) for file, docs in iterate_docs(files, options.half)]
    problems = [p for file in files for p in file.problems]
    every = [doc for _, docs in chosen for doc in docs]
    if not any(file.docs for file in files):
        first = problems[0] if problems else None
        said = f"{first.file}, line {first.line}: {first.message}" if first else "The files are empty."
        raise UsageError("nothing that is labelled was found", said)
    book = load_book(options.book) if options.book else ()
    if options.questions:
        return _ask(files, every, options, progress)
    register = None
    if options.register:
        register = load_register(options.register, every, options.author, progress)
    scored = []
    with TextReader(shown, register, options.author) as reader:
        run = _Run(reader, options, book, progress or (lambda _label, _done, _total: None), len(every))
        for file, docs in chosen:
            scored.append((file, docs, run.score_file(docs), bool(run.book)))
    if register is not None:
        register.ledger.store.close()
    whole = Tally()
    for number, (_, _, groups, _) in enumerate(scored):
        for tally in groups.values():
            whole.merge(tally, f"{number}:")
    shown_files = [_file_json(*row) for row in scored]
    return _evaluation(files, options, whole, shown_files, len(every), register, failed=run.failed)


def _ask(
    files: Sequence[GoldFile], docs: Sequence[GoldDoc], options: Options, progress: Progress | None
) -> Evaluation:
    """Walk the diaries of the register, and only that."""
    if not options.register:
        raise UsageError("--questions needs a diary", "Name its folder with --register DIR.")
    register = load_register(options.register, docs, options.author, progress, whole=True)
    tally = Tally()
    try:
        walk = score_questions(register, docs, tally, progress)
    finally:
        register.ledger.store.close()
    return _evaluation(files, options, tally, [], len(docs), register, walk)


def _evaluation(
    files: Sequence[GoldFile],
    options: Options,
    tally: Tally,
    shown: list[Value],
    documents: int,
    register: Register | None,
    walk: dict[str, int] | None = None,
    failed: Sequence[GoldProblem] = (),
) -> Evaluation:
    """Put the whole answer together."""
    value = {
        "version": VERSION,
        "half": options.half or None,
        "register": register.to_json() if register else None,
        "book": str(options.book) if options.book else None,
        "walk": walk,
        "documents": documents,
        "tasks": tasks_json(tally),
        "files": shown,
        "problems": [p.to_json() for p in (*(p for file in files for p in file.problems), *failed)],
        "definitions": _definitions(tally),
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
    }
    return Evaluation(value, tuple(tally.errors))


def tasks_json(tally: Tally) -> dict[str, Any]:
    """Return every task of a tally with its figures and the number of its documents."""
    return {
        task: {"documents": len(tally.units[task]), "figures": task_json(task, measures, tally)}
        for task, measures in MEASURES.items()
        if task in tally.units
    }


def _file_json(
    file: GoldFile, docs: Sequence[GoldDoc], groups: dict[str, Tally], booked: bool
) -> dict[str, Any]:
    whole = Tally()
    for tally in groups.values():
        whole.merge(tally)
    parts = sorted(groups) if len(groups) > 1 else []
    return {
        "path": file.path,
        "documents": len(docs),
        "book": booked,
        "tasks": tasks_json(whole),
        "groups": [{"name": name, "tasks": tasks_json(groups[name])} for name in parts],
    }


def _definitions(tally: Tally) -> dict[str, dict[str, str]]:
    return {task: names for task, names in list_definitions().items() if task in tally.units}


class _Run:
    """Scores documents one after the other."""

    def __init__(
        self,
        reader: TextReader,
        options: Options,
        book: Sequence[BookEntry],
        progress: Progress,
        total: int,
    ) -> None:
        self.reader = reader
        self.options = options
        self.whole_book = book
        #: The address book for the file at hand: none where it does not know the people labelled there.
        self.book: Sequence[BookEntry] = ()
        self.progress = progress
        self.done, self.total = 0, total
        #: Texts that the reader failed on: they count with nothing found.
        self.failed: list[GoldProblem] = []

    def score_file(self, docs: Sequence[GoldDoc]) -> dict[str, Tally]:
        """Score the documents of a file; returns the counts by origin."""
        groups: dict[str, Tally] = {}
        self.book = self.whole_book if is_book_of(self.whole_book, docs) else ()
        together = []
        # A file without a single description has only names labelled.
        roles = any(m["kind"] != "name" for doc in docs for m in doc.labels.get("mentions", ()))
        for doc in docs:
            tally = groups.setdefault(doc.origin, Tally())
            tasks = tasks_of(doc, self.options.only, roles=roles, register=self.reader.register is not None)
            for task in tasks:
                tally.units[task].add(doc.unit)
            if "across" in tasks:
                together.append(doc)
            if tasks:
                self._score(doc, tasks, tally)
            self.done += 1
            self.progress("Texts", self.done, self.total)
        if together and self.reader.ledger is not None:
            tallies = [groups[doc.origin] for doc in together]
            score_across(self.reader.ledger, together, self.reader.folder, self.reader.author_of, tallies)
        return groups

    def _score(self, doc: GoldDoc, tasks: Sequence[str], tally: Tally) -> None:
        alone = set(tasks) - {"left_out", "across"}
        read = self._read(doc, doc.text, doc.doc, doc.written_on) if alone else {}
        for task in tasks:
            if task in SCORERS:
                SCORERS[task](doc, read, tally)
            elif task == "left_out":
                self._leave_out(doc, tally)
            elif task == "participants":
                day = doc.extra["date"] or ""
                body = self._read(doc, doc.extra["unlisted"], f"{doc.doc} body", day)
                score_participants(doc, read, body, tally)
            elif task == "speakers":
                score_speakers(doc, read, tally)
            elif task == "companions":
                score_companions(doc, read, self.reader.author_of(doc), tally)

    def _read(self, doc: GoldDoc, text: str, name: str, written_on: str) -> Value:
        """Read a text and note where that failed."""
        read = self.reader.read_text(text, name, written_on, self.reader.author_of(doc))
        self.failed += [GoldProblem(doc.file, doc.line, message) for message in self.reader.failures]
        return read

    def _leave_out(self, doc: GoldDoc, tally: Tally) -> None:
        folder = Path(tempfile.mkdtemp(prefix="legation-trial-"))
        try:
            score_left_out(doc, self.book or make_book(doc), folder, tally, self.reader.author)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
