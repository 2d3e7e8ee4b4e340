"""The journal, what is folded from it, and this store's own tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("length(id) = 36", name=op.f("ck_drafts_id_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("number", name=op.f("uq_drafts_number")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "subjects",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_subjects")),
    )
    op.create_table(
        "writers",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("drill IN (0, 1)", name=op.f("ck_writers_drill_flag")),
        sa.CheckConstraint("length(link) = 32", name=op.f("ck_writers_link_length")),
        sa.CheckConstraint("length(writer) = 32", name=op.f("ck_writers_writer_length")),
        sa.PrimaryKeyConstraint("writer", name=op.f("pk_writers")),
    )
    op.create_table(
        "entries",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lamport", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("lamport > 0", name=op.f("ck_entries_lamport_positive")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_entries_hash_length")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_entries_seq_positive")),
        sa.ForeignKeyConstraint(["writer"], ["writers.writer"], name=op.f("fk_entries_writers")),
        sa.PrimaryKeyConstraint("writer", "seq", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_lamport"), "entries", ["lamport"], unique=False)
    op.create_index(
        op.f("ix_entries_subject_lamport_writer_seq"),
        "entries",
        ["subject", "lamport", "writer", "seq"],
        unique=False,
    )
    op.create_table(
        "number_blocks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.CheckConstraint("\"use\" IN ('reserved', 'skipped')", name=op.f("ck_number_blocks_use")),
        sa.CheckConstraint("0 < first AND first <= last", name=op.f("ck_number_blocks_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_blocks")),
    )
    op.create_index(
        op.f("ix_number_blocks_station_drill_last"),
        "number_blocks",
        ["station", "drill", "last"],
        unique=False,
    )
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
    op.create_index(op.f("ix_records_crm_id"), "records", ["crm_id"], unique=False)
    op.create_index(op.f("ix_records_number"), "records", ["number"], unique=False)
    op.create_index(op.f("ix_records_phone_digits"), "records", ["phone_digits"], unique=False)
    op.create_index(op.f("ix_records_received_at"), "records", ["received_at"], unique=False)
    op.create_index(
        op.f("ix_records_station_drill_sequence"), "records", ["station", "drill", "sequence"], unique=False
    )
    op.create_table(
        "payloads",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("stored", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(status = 'held') = (salt IS NOT NULL) AND (status = 'held') = (stored IS NOT NULL)",
            name=op.f("ck_payloads_held_has_bytes"),
        ),
        sa.CheckConstraint("status IN ('held', 'erased', 'withheld')", name=op.f("ck_payloads_status")),
        sa.ForeignKeyConstraint(
            ["writer", "seq"], ["entries.writer", "entries.seq"], name=op.f("fk_payloads_entries")
        ),
        sa.PrimaryKeyConstraint("writer", "seq", name=op.f("pk_payloads")),
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("payloads")
    op.drop_index(op.f("ix_records_station_drill_sequence"), table_name="records")
    op.drop_index(op.f("ix_records_received_at"), table_name="records")
    op.drop_index(op.f("ix_records_phone_digits"), table_name="records")
    op.drop_index(op.f("ix_records_number"), table_name="records")
    op.drop_index(op.f("ix_records_crm_id"), table_name="records")
    op.drop_table("records")
    op.drop_index(op.f("ix_number_blocks_station_drill_last"), table_name="number_blocks")
    op.drop_table("number_blocks")
    op.drop_index(op.f("ix_entries_subject_lamport_writer_seq"), table_name="entries")
    op.drop_index(op.f("ix_entries_lamport"), table_name="entries")
    op.drop_table("entries")
    op.drop_table("writers")
    op.drop_table("subjects")
    op.drop_table("settings")
    op.drop_table("drafts")
