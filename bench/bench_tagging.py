"""Tags names in diary entries, beside spaCy's tokenizer and blank pipeline on the same texts in one run."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure

ENTRIES = 1500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--entries", type=int, default=ENTRIES)
    given = parser.parse_args()
    if given.json:
        measure.find_checkout()
    else:
        measure.prepare()
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        folder, label = measure.find_diary(Path(name))
        paths = sorted(folder.rglob("*.md"))[: given.entries]
        texts = [path.read_text(encoding="utf-8") for path in paths]
    size = sum(map(len, texts))
    if not given.json:
        print(
            f"{len(texts)} entries of {label}, {size / 1e6:.2f} million characters; processor time",
            flush=True,
        )
    runs = {**legation_runs(), **spacy_runs()}
    figures: dict[str, Any] = {"entries": len(texts), "characters": size, "diary": label, "runs": {}}
    for what, work in runs.items():
        if work is None:
            figures["runs"][what] = None
            continue
        seconds, names = timed(work, texts)
        figures["runs"][what] = {
            "seconds": round(seconds, 3), "entries_per_s": round(len(texts) / seconds, 1),
            "characters_per_s": round(size / seconds), "names": names,
            "names_per_s": round(names / seconds, 1),
        }  # fmt: skip
        if not given.json:
            told = f", {names} names, {names / seconds:.0f} names/s" if names else ""
            print(f"{what:44} {seconds:6.2f} s  {len(texts) / seconds:6.0f} entries/s{told}", flush=True)
    missing = sorted(what for what, row in figures["runs"].items() if row is None)
    if given.json:
        print(json.dumps({"machine": measure.machine(), **figures}, indent=1))
    elif missing:
        print("spaCy is not installed here, so nothing to compare with (pip install --group bench)")


def timed(work: Callable[[str], int], texts: list[str]) -> tuple[float, int]:
    """Return (processor seconds, names found), after a first few texts that warm what is kept."""
    for text in texts[:20]:
        work(text)
    begun = time.process_time()
    names = sum(work(text) for text in texts)
    return time.process_time() - begun, names


def legation_runs() -> dict[str, Callable[[str], int] | None]:
    """Return our own runs: rules, rules and tagger, and with descriptions of people too."""
    from legation.ledger.read import load_tagger  # noqa: PLC0415 - found after `prepare`
    from legation.reading.names import find_names  # noqa: PLC0415
    from legation.reading.roles import find_roles  # noqa: PLC0415

    tagger = load_tagger()

    def whole(text: str) -> int:
        names = find_names(text, tagger=tagger)
        return sum(m.sure for m in (*names, *find_roles(text, names)))

    return {
        "legation, rules": lambda text: sum(m.sure for m in find_names(text)),
        "legation, rules and tagger": lambda text: sum(m.sure for m in find_names(text, tagger=tagger)),
        "legation, rules, tagger, offices and kin": whole,
    }


def spacy_runs() -> dict[str, Callable[[str], int] | None]:
    """Return spaCy's runs, or None for each where it is not installed; neither finds a name."""
    labels = ("spaCy, tokenizer", "spaCy, blank pipeline with sentencizer")
    try:
        import spacy  # noqa: PLC0415 - only some machines have it
    except ImportError:
        return dict.fromkeys(labels)
    tokens, blank = spacy.blank("en").tokenizer, spacy.blank("en")
    blank.add_pipe("sentencizer")
    return {
        labels[0]: lambda text: 0 * len(tokens(text)),
        labels[1]: lambda text: 0 * len(blank(text)),
    }


if __name__ == "__main__":
    main()
