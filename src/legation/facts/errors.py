"""One tree of exceptions for what the world did.

LegationError
├── UsageError            the command or request asks for what cannot be
│   ├── NotFoundError     no such person, entry, fact, file
│   └── AmbiguousError    a name fits several people
├── WorkspaceError        no workspace here, or it cannot be used
│   ├── WorkspaceMissingError
│   ├── WorkspaceBusyError   another process holds the lock
│   ├── WorkspaceVersionError  the ledger is of a newer Legation
│   └── EditConflictError    a file is not any more what an edit was based on
├── LedgerError           the ledger is damaged or contradicts itself
│   └── IntegrityError    a hash or a citation does not hold
└── SourceError           a place documents come from could not be read
"""

from __future__ import annotations


class LegationError(Exception):
    """Root of the tree; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(LegationError):
    """The command or request asks for what cannot be."""


class NotFoundError(UsageError):
    """No such person, entry, fact or file."""


class AmbiguousError(UsageError):
    """A name fits several people; `options` lists (id, name)."""

    def __init__(self, message: str, options: tuple[tuple[str, str], ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.options = options


class WorkspaceError(LegationError):
    """The workspace cannot be used."""


class WorkspaceMissingError(WorkspaceError):
    """There is no workspace here."""


class WorkspaceBusyError(WorkspaceError):
    """Another process is writing."""


class WorkspaceVersionError(WorkspaceError):
    """The ledger was written by a newer Legation."""


class EditConflictError(WorkspaceError):
    """A file of the user's is not any more what an edit was based on; nothing was written."""


class LedgerError(LegationError):
    """The ledger is damaged."""


class IntegrityError(LedgerError):
    """A hash or a citation does not hold."""


class SourceError(LegationError):
    """A source could not be read."""
