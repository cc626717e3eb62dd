"""Reads what has arrived: documents become readings, in parallel, a batch a transaction."""

from __future__ import annotations

import functools
import importlib.resources
import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from legation import READER_VERSION, TAGGER_VERSION
from legation.facts.candidates import Context, ItemKind, Reading
from legation.facts.ids import derive_id
from legation.facts.problem import Problem
from legation.ledger.arrival import SETTINGS
from legation.ledger.codec import dump_reading
from legation.reading.decode import decode_text
from legation.reading.dispatch import read_document
from legation.reading.tagger import Tagger, parse_tagger

if TYPE_CHECKING:
    from legation.ledger.stages import Row, Stages
    from legation.store.store import Store
    from legation.store.tx import Tx

Progress = Callable[[str, int, int], None]
#: Fewer documents than this are read in this process: starting others takes half a second.
PARALLEL_FROM = 150
BATCH = 256
KINDS: dict[str, ItemKind] = {
    "cards": "card",
    "calendar": "event",
    "message": "message",
    "table": "row",
}
Job = tuple[str, bytes, str, Context]


def reading_key(arrival: Row, context: Context) -> str:
    """Return what a reading depends on: bytes, mapping, context, and the versions of reader and tagger."""
    return derive_id(
        "g", str(READER_VERSION), TAGGER_VERSION, arrival["document"], arrival["mapping"], arrival["kind"],
        context.path, context.part, context.kind,
        context.written_on.value if context.written_on else None, context.author,
    )  # fmt: skip


@functools.cache
def load_tagger() -> Tagger:
    """Load the name tagger that comes with this version, once in a process."""
    return parse_tagger((importlib.resources.files("legation.reading") / "tagger.weights").read_bytes())


def read_job(job: Job) -> tuple[str, str, bytes, str]:
    """Read one document; returns (key, rendition, encoded reading, text). Runs in any process."""
    key, data, mapping, context = job
    values: dict[str, Any] = json.loads(mapping)
    try:
        text, rendition, reading = read_document(data, values, context, load_tagger())
    except Exception as error:  # noqa: BLE001 - a fault of ours in one text must not lose the others
        fallback = decode_text(data)
        kind = KINDS.get(str(values.get("reader")), context.kind or "note")
        problem = Problem(
            "reader-failed",
            f"{context.path}: the reader failed ({type(error).__name__}: {error})",
            "The text is kept and can be searched. Please report this.",
            fatal=True,
        )
        text, rendition, reading = fallback.text, fallback.name, Reading(kind, problems=(problem,))
    # Lone surrogates cannot be stored as UTF-8; renditions replace them, faults might not.
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return key, rendition, dump_reading(reading), text


def _init_worker() -> None:
    """Lower a worker's priority, so that a desk in use stays quick; let it end with its parent."""
    if hasattr(os, "nice"):
        os.nice(5)
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A worker holds both ends of its queue: without this it would wait for ever for a parent
        # that was killed.
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def read_pending(
    store: Store, stages: Stages, progress: Progress | None = None, workers: int | None = None
) -> int:
    """Read every pending item that has no reading yet; returns how many were read.

    Batches are committed as they come: an interrupted import keeps what was read.
    """
    with store.looking() as tx:
        jobs = plan_jobs(tx, stages)
    if not jobs:
        return 0
    count = min(workers or os.cpu_count() or 1, 8)
    done = 0
    if len(jobs) < PARALLEL_FROM or count < 2:
        for batch in _batches(jobs):
            done = _store_batch(
                store,
                [read_job(job) for job in _load_jobs(store, batch)],
                done,
                len(jobs),
                progress,
            )
        return done
    # "spawn" and not "fork": the parent may hold a database handle and threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_init_worker) as pool:
        ahead: Iterator[tuple[str, str, bytes, str]] = iter(())
        for batch in _batches(jobs):
            # The next batch is under way while this process stores the one before it.
            started = pool.map(read_job, _load_jobs(store, batch), chunksize=16)
            done = _store_batch(store, list(ahead), done, len(jobs), progress)
            ahead = started
        return _store_batch(store, list(ahead), done, len(jobs), progress)


def plan_jobs(tx: Tx, stages: Stages) -> list[tuple[str, Row, Context]]:
    """Return (reading key, arrival, context) of what has to be read."""
    wanted: dict[str, tuple[str, Row, Context]] = {}
    for arrival in tx.latest_arrivals(tx.load_pending().get("item", set())).values():
        if arrival["document"] is not None and arrival["source"] != SETTINGS:
            context = stages.context_of(arrival)
            key = reading_key(arrival, context)
            wanted[key] = (key, arrival, context)
    have = {row["reading"] for row in tx.load_in("readings", "reading", wanted, ("reading",))}
    return [job for key, job in sorted(wanted.items(), key=lambda kv: kv[1][1]["seq"]) if key not in have]


def _batches(jobs: list[tuple[str, Row, Context]]) -> Iterator[list[tuple[str, Row, Context]]]:
    for start in range(0, len(jobs), BATCH):
        yield jobs[start : start + BATCH]


def _load_jobs(store: Store, batch: list[tuple[str, Row, Context]]) -> Iterator[Job]:
    """Load the bytes of a batch."""
    with store.looking() as tx:
        bodies = dict(tx.documents({arrival["document"] for _, arrival, _ in batch}))
    for key, arrival, context in batch:
        yield key, bodies[arrival["document"]], arrival["mapping"], context


def _store_batch(
    store: Store,
    results: list[tuple[str, str, bytes, str]],
    done: int,
    total: int,
    progress: Progress | None,
) -> int:
    rows = [{"reading": k, "rendition": r, "data": d, "text": t} for k, r, d, t in results]
    if not rows:
        return done
    with store.writing() as tx:
        tx.put("readings", rows)
    done += len(rows)
    if progress is not None:
        progress("Reading", done, total)
    return done
