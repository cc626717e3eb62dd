"""The true tables: documents, arrivals, judgements, settings; append-only by trigger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the true tables and their guards."""
    op.create_table(
        "documents",
        sa.Column("document", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "arrivals",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("arrival", sa.Text, nullable=False, unique=True),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.document"), nullable=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.Text, nullable=False),
    )
    op.create_index("ix_arrivals_item", "arrivals", ["item"])
    op.create_index("ix_arrivals_path", "arrivals", ["path"])
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("judgement", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
    )
    op.create_index("ix_judgements_subject", "judgements", ["subject"])
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    for table in ("documents", "arrivals", "judgements"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{verb.lower()}_refused BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )


def downgrade() -> None:
    """Refuse: the true tables are never dropped; a copy was kept before migrating."""
    message = "there is nothing before the first revision; use the copy beside the ledger"
    raise NotImplementedError(message)
