"""Commands that keep the ledger: rebuild, verify, hash, export, restore."""

from __future__ import annotations

from pathlib import Path

import click

from legation.desk.cli.help import Command
from legation.desk.cli.options import json_option, open_whole, workspace_option
from legation.desk.cli.terminal import Page, Told, print_json
from legation.facts.errors import IntegrityError

#: How many faults are printed; the exit code says that there are some.
LISTED = 40


@click.command(cls=Command)
@click.option("--check", is_flag=True, help="Change nothing: rebuild a copy and prove that it is equal.")
@workspace_option
@json_option
def rebuild(workspace: str, *, check: bool, as_json: bool) -> None:
    """Make everything derived anew from documents, arrivals and judgements.

    Example:
      legation rebuild
      legation rebuild --check
    """
    with Told() as progress:
        opened = open_whole(workspace)
        if check:
            found = opened.ledger.check(progress)
        else:
            opened.ledger.rebuild(progress)
            found = []
        hashes = opened.ledger.hashes()
        opened.close()
    if as_json:
        print_json({"version": 1, "checked": check, "equal": not found, "differences": found, **hashes})
    if found:
        _list(found, as_json=as_json)
        raise IntegrityError(
            f"the ledger differs from one rebuilt: {found[0]}",
            "Run `legation rebuild`, and please report this.",
        )
    if not as_json:
        page = Page()
        page.flow(
            "Equal: what was derived step by step is what a rebuild gives."
            if check
            else "Everything derived was made anew."
        )
        page.flow((f"derived {hashes['derived']}", "quiet"))
        page.show()


@click.command(cls=Command)
@workspace_option
@json_option
def verify(workspace: str, *, as_json: bool) -> None:
    """Prove the ledger: every document has its hash, every citation stands on its words.

    Example:
      legation verify
    """
    with Told() as progress:
        opened = open_whole(workspace)
        found = opened.ledger.verify(progress)
        hashes = opened.ledger.hashes()
        opened.close()
    if as_json:
        print_json({"version": 1, "holds": not found, "faults": found, **hashes})
    if found:
        _list(found, as_json=as_json)
        number = "one thing does" if len(found) == 1 else f"{len(found):,} things do"
        raise IntegrityError(f"{number} not hold", "Restore the ledger from an export or a backup.")
    if not as_json:
        page = Page()
        page.flow("Every hash holds, and every citation stands on its words.")
        page.flow((f"ledger {hashes['ledger']}", "quiet"))
        page.show()


def _list(found: list[str], *, as_json: bool) -> None:
    if as_json:
        return
    for line in found[:LISTED]:
        click.echo(line)
    if len(found) > LISTED:
        click.echo(f"… and {len(found) - LISTED:,} more")


@click.command("hash", cls=Command)
@workspace_option
@json_option
def hash_(workspace: str, *, as_json: bool) -> None:
    """Print the ledger's hash: equal documents, arrivals and judgements give equal hashes.

    Example:
      legation hash
    """
    opened = open_whole(workspace)
    hashes = opened.ledger.hashes()
    opened.close()
    if as_json:
        print_json({"version": 1, **hashes})
    else:
        click.echo(hashes["ledger"])


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@workspace_option
@json_option
def export(folder: Path, workspace: str, *, as_json: bool) -> None:
    """Write everything to a new folder: documents byte for byte, the rest in open formats.

    Example:
      legation export ~/legation-2026-11
    """
    import shlex

    from legation.ledger.export import export_ledger

    with Told() as progress:
        opened = open_whole(workspace)
        manifest = export_ledger(opened.ledger, folder, progress)
        opened.close()
    if as_json:
        print_json(manifest)
        return
    page = Page()
    page.flow(f"Exported to {folder}.")
    page.flow((f"legation restore {shlex.quote(str(folder))} gives it back.", "quiet"))
    page.show()


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@workspace_option
@json_option
def restore(folder: Path, workspace: str, *, as_json: bool) -> None:
    """Take an export into the workspace; what is there stays.

    Where -w names a folder that is no workspace yet, it is made with the settings of the export.

    Example:
      legation restore -w ~/Again ~/legation-2026-11
    """
    from legation.ledger.export import load_manifest, restore_ledger

    load_manifest(folder)
    if workspace:
        make_from_export(Path(workspace).expanduser(), folder)
    with Told() as progress:
        opened = open_whole(workspace)
        hashes = restore_ledger(opened.ledger, folder, progress)
        opened.close()
    if as_json:
        print_json({"version": 1, **hashes})
        return
    page = Page()
    page.flow(f"Restored from {folder}.")
    page.flow((f"ledger {hashes['ledger']}", "quiet"))
    page.show()


def make_from_export(root: Path, folder: Path) -> None:
    """Make a workspace of an export's settings, where there is none."""
    from legation.ledger.export import SETTINGS
    from legation.workspace.settings import MARKER

    kept = folder / "workspace"
    if (root / MARKER).exists():
        return
    if not (kept / MARKER).is_file():
        from legation.workspace.open import init_workspace

        init_workspace(root)
        return
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The marker comes last: with it the folder is a workspace.
    # Nothing else is taken over: an export may come from somebody else.
    for name in sorted(SETTINGS, key=lambda n: n == MARKER):
        if (kept / name).is_file() and not (root / name).exists():
            beside = root / f"{name}.new"
            beside.write_bytes((kept / name).read_bytes())
            beside.replace(root / name)
