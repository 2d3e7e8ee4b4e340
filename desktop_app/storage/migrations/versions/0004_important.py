"""Important records that nobody has reported upward yet; filters look into the recording reference too.

The table made anew here is a folded one: ``schema.ensure_schema`` fills it from the subjects afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the records' table anew with the mark."""
    op.drop_table("records")
    op.create_table(
        "records",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("phone_digits", sa.Text(), nullable=False),
        sa.Column("crm_id", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("incomplete", sa.Integer(), nullable=False),
        sa.Column("important", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_records")),
        sa.UniqueConstraint("id", name=op.f("uq_records_id")),
    )
    for columns in (
        ["station", "drill", "sequence"],
        ["handler", "listed", "received_at", "id"],
        ["listed", "received_at", "id"],
        ["phone_digits"],
    ):
        op.create_index(op.f(f"ix_records_{'_'.join(columns)}"), "records", columns)
    op.create_index(
        "ix_records_incomplete",
        "records",
        ["incomplete", "handler", "received_at", "id"],
        sqlite_where=sa.text("incomplete = 1"),
    )
    op.create_index(
        "ix_records_crm_id",
        "records",
        ["listed", "handler", "crm_id"],
        sqlite_where=sa.text("crm_id <> ''"),
    )
    op.create_index(
        "ix_records_important",
        "records",
        ["received_at", "id"],
        sqlite_where=sa.text("important = 1"),
    )


def downgrade() -> None:
    """Go back to rows without it."""
    op.drop_index("ix_records_important", "records")
    op.drop_column("records", "important")
