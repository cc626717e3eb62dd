"""Finds statements in prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.facts.candidates import (
        AccountCandidate,
        Context,
        DateMention,
        FindingCandidate,
        MentionCandidate,
    )


def find_statements(
    text: str,  # noqa: ARG001
    mentions: tuple[MentionCandidate, ...],  # noqa: ARG001
    dates: tuple[DateMention, ...],  # noqa: ARG001
    accounts: tuple[AccountCandidate, ...],  # noqa: ARG001
    context: Context,  # noqa: ARG001
) -> tuple[FindingCandidate, ...]:
    """Find the statements that a text tells of."""
    return ()
