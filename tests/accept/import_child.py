"""Imports a folder into a workspace and says how far it is: run, and killed, by test_kill.py."""

import sys
from pathlib import Path


def main() -> None:
    root, folder, workers, small = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    from legation.ledger import derive, ingest, read
    from legation.workspace.open import open_workspace

    # Small steps, so that a phase has an inside even in a small diary.
    ingest.BATCH_FILES = small
    read.BATCH = 2 * small
    derive.ITEMS_AT_ONCE = derive.BLOCKS_AT_ONCE = derive.DAYS_AT_ONCE = 2 * small
    read.PARALLEL_FROM = 1 if workers > 1 else 10**9

    def say(label: str, done: int, total: int) -> None:
        print(f"{label}\t{done}\t{total}", flush=True)

    workspace = open_workspace(root, workers=workers, progress=say)
    workspace.ledger.import_paths([folder], progress=say)
    print("Done\t1\t1", flush=True)


if __name__ == "__main__":
    main()
