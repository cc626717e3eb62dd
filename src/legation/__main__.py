"""`python -m legation`: the command line."""

from __future__ import annotations

from legation.desk.cli import main

if __name__ == "__main__":
    main(prog_name="legation")
