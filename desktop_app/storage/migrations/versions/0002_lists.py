"""What lists of records show, filter and count by; promises as rows; the search index.

The tables made anew here are folded ones: ``schema.ensure_schema`` fills them from the subjects afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the records' table anew with what lists need."""
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
    op.create_table(
        "promises",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_record"), "promises", ["record"])
    op.create_index("ix_promises_open", "promises", ["record"], sqlite_where=sa.text("open = 1"))
    # Terms only: the text they come from is in the records' table. What is purged leaves the index at once.
    op.execute("CREATE VIRTUAL TABLE search USING fts5(terms, content='', detail=none)")
    op.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")


def downgrade() -> None:
    """Go back to the narrower rows."""
    op.execute("DROP TABLE search")
    op.drop_table("promises")
    columns = "id, number, station, drill, sequence, kind, state, received_at, phone_digits, crm_id"
    op.rename_table("records", "wide_records")
    op.create_table(
        "records",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("phone_digits", sa.Text(), nullable=False),
        sa.Column("crm_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    op.execute(f"INSERT INTO records ({columns}) SELECT {columns} FROM wide_records")  # noqa: S608 - our own names
    op.drop_table("wide_records")
    for indexed in (
        ["crm_id"],
        ["number"],
        ["phone_digits"],
        ["received_at"],
        ["station", "drill", "sequence"],
    ):
        op.create_index(op.f(f"ix_records_{'_'.join(indexed)}"), "records", indexed)
