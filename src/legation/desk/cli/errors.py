"""The one table of this face: error → exit code (docs/formats/cli.md)."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from legation.facts import errors

OK = 0
FAULT = 70
INTERRUPTED = 130
#: The nearest class of an error in this table gives the exit code.
EXIT_CODES: dict[type[BaseException], int] = {
    errors.LegationError: 1,
    errors.UsageError: 2,
    errors.NotFoundError: 3,
    errors.AmbiguousError: 4,
    errors.WorkspaceError: 10,
    errors.WorkspaceMissingError: 11,
    errors.WorkspaceBusyError: 12,
    errors.WorkspaceVersionError: 13,
    errors.EditConflictError: 14,
    errors.LedgerError: 20,
    errors.IntegrityError: 21,
    errors.SourceError: 30,
    OSError: 31,
    KeyboardInterrupt: INTERRUPTED,
}
#: What an interrupted command leaves behind; the others leave nothing.
KEPT = {
    "import": "what was read so far is kept; run it again to go on",
    "demo": "what was read so far is kept; run it again to go on",
    "rebuild": "what was read so far is kept; the next command goes on",
    "restore": "what was read so far is kept; run it again to go on",
    "review": "what was answered is kept",
}


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error; what is not in the table is a fault of ours."""
    for kind in type(error).__mro__:
        if kind in EXIT_CODES:
            return EXIT_CODES[kind]
    return FAULT


def say(text: str, *, hint: str = "") -> None:
    """Write a line for the person at the terminal on stderr; never fail for want of one."""
    from legation.desk.cli.terminal import clean

    with contextlib.suppress(OSError, ValueError):
        click.echo(f"legation: {clean(text)}", err=True)
        if hint:
            click.echo(f"  {clean(hint)}", err=True)


def run_guarded(run: Callable[[], Any], words: Sequence[str] = ()) -> int:
    """Run a command; return its exit code. Nothing it raises passes, and no traceback is shown."""
    from legation.desk.cli.terminal import prepare_streams

    prepare_streams()
    try:
        code = run()
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except (KeyboardInterrupt, click.Abort):
        say(f"interrupted: {KEPT.get(_command(words), 'nothing was changed')}")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not complain about it at exit.
        _silence_stdout()
        return OK
    except click.ClickException as error:
        return _tell_click(error)
    except errors.LegationError as error:
        _tell(error)
        return exit_code(error)
    except OSError as error:
        where = f"{os.fspath(error.filename)!s}: " if isinstance(error.filename, (str, bytes)) else ""
        say(f"{where}{error.strerror or error}")
        return exit_code(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, not a traceback
        return _tell_fault(error, words)
    return int(code) if isinstance(code, int) else OK


def _command(words: Sequence[str]) -> str:
    return next((w for w in words if not w.startswith("-")), "")


def _silence_stdout() -> None:
    """Send what is still unwritten nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _tell_click(error: click.ClickException) -> int:
    usage = ""
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        usage = f"See `{ctx.command_path} --help`."
    message = error.format_message().rstrip(".")
    say(message[:1].lower() + message[1:] if not message[:2].isupper() else message, hint=usage)
    return int(error.exit_code)


def _tell(error: errors.LegationError) -> None:
    options = error.options if isinstance(error, errors.AmbiguousError) else ()
    say(str(error), hint=error.hint)
    for number, (key, name) in enumerate(options):
        if number == 20:
            say(f"… and {len(options) - 20} more")
            break
        click.echo(f"  {key}  {name}", err=True)


def _tell_fault(error: Exception, words: Sequence[str]) -> int:
    """Say in one line that the fault is ours, and where the details are."""
    import traceback

    details = "".join(traceback.format_exception(error))
    debug = "--debug" in words or bool(os.environ.get("LEGATION_DEBUG"))
    first = (str(error).splitlines() or [""])[0][:200]
    say(f"an unexpected fault: {type(error).__name__}: {first}")
    if debug:
        click.echo(details, err=True)
        return FAULT
    import tempfile

    try:
        handle, path = tempfile.mkstemp(prefix="legation-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(details)
    except OSError:
        say("run it again with --debug for the details")
        return FAULT
    say(f"the details are in {path}; please report this (--debug shows them here)")
    return FAULT
