"""Scores labelled sets as `legation evaluate` does; run as a script it prints the table of some.

`python tests/data/score_gold.py DATA [SET...]`, SET a name such as `gold_open`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from legation.desk.cli.commands.evaluate import show_evaluation
from legation.desk.cli.commands.reading import file_json
from legation.desk.cli.terminal import Page
from legation.workspace.evaluate.run import Evaluation, Options, evaluate

SETS = ("gold_open", "linked_open", "seeds_open")


def score_set(data: Path, name: str, *only: str, **options: Any) -> Evaluation:
    """Score a labelled set of the data folder, each text read alone unless told otherwise."""
    chosen = Options(only=frozenset(only), **options)
    return evaluate(
        [data / "reading" / f"{name}.jsonl"], chosen, lambda found: file_json(found, by_card=False)
    )


def figures(found: Evaluation, task: str) -> dict[str, Any]:
    """Return the figures of a task by name, each its value."""
    return {name: row["value"] for name, row in found.value["tasks"][task]["figures"].items()}


def main(data: Path, names: list[str]) -> None:
    """Print the tables."""
    for name in names or SETS:
        page = Page()
        show_evaluation(page, score_set(data, name).value)
        page.show()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
