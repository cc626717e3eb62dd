"""The one table from what went wrong to what a page answers."""

from __future__ import annotations

from legation.facts.errors import (
    AmbiguousError,
    EditConflictError,
    IntegrityError,
    LedgerError,
    LegationError,
    NotFoundError,
    SourceError,
    UsageError,
    WorkspaceBusyError,
    WorkspaceError,
    WorkspaceMissingError,
    WorkspaceVersionError,
)

#: Status and heading for every class of the tree; a test holds it complete.
STATUS: dict[type[LegationError], tuple[int, str]] = {
    LegationError: (500, "This could not be done"),
    UsageError: (400, "This cannot be done"),
    NotFoundError: (404, "Not on record"),
    AmbiguousError: (409, "The name fits several people"),
    WorkspaceError: (503, "The workspace cannot be used"),
    WorkspaceMissingError: (503, "There is no workspace here"),
    WorkspaceBusyError: (503, "The workspace is being written to"),
    WorkspaceVersionError: (503, "The ledger is of a newer Legation"),
    EditConflictError: (409, "The file was changed in between"),
    LedgerError: (500, "The ledger is damaged"),
    IntegrityError: (500, "The ledger contradicts its documents"),
    SourceError: (502, "A source could not be read"),
}

#: Headings of what the desk itself turns away.
HEADINGS: dict[int, str] = {
    400: "This cannot be done",
    401: "The desk is closed",
    403: "Not from here",
    404: "Not on record",
    405: "This cannot be done",
    413: "That is too much at once",
    421: "Not this address",
    500: "Something went wrong",
}


def status_of(error: LegationError) -> tuple[int, str]:
    """Return status and heading for an error, by the nearest class that the table holds."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return STATUS[LegationError]
