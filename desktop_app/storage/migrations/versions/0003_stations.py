"""Other stations: who they are, what they said last, what they hold, what waits, all numbers there are.

The tables are local, all of them: no entries, not in bundles, not hashed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables, an index of what was withheld, and each subject's part of the state hash."""
    op.create_table(
        "stations",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("receive", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("vouched_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(store) = 32", name=op.f("ck_stations_store_length")),
        sa.CheckConstraint(
            "standing IN ('accepted', 'known', 'forgotten')", name=op.f("ck_stations_standing")
        ),
        sa.PrimaryKeyConstraint("store", name=op.f("pk_stations")),
    )
    op.create_table(
        "claims",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("store", "fingerprint", name=op.f("pk_claims")),
    )
    op.create_table(
        "breaks",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["writer", "seq"], ["entries.writer", "entries.seq"], name=op.f("fk_breaks_entries")
        ),
        sa.PrimaryKeyConstraint("writer", "seq", name=op.f("pk_breaks")),
    )
    op.create_table(
        "signed_heads",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("writer", name=op.f("pk_signed_heads")),
    )
    op.create_table(
        "manifests",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.Text(), nullable=False),
        sa.Column("heard_by", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("writer", name=op.f("pk_manifests")),
    )
    op.create_index(op.f("ix_manifests_store"), "manifests", ["store"])
    op.create_table(
        "taken",
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle", name=op.f("pk_taken")),
    )
    op.create_table(
        "quarantine",
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle", name=op.f("pk_quarantine")),
    )
    op.create_index(op.f("ix_quarantine_store"), "quarantine", ["store"])
    op.create_table(
        "put_files",
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("carrier", "file", name=op.f("pk_put_files")),
    )
    op.create_table(
        "put_there",
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("withheld", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier", "file"],
            ["put_files.carrier", "put_files.file"],
            name=op.f("fk_put_there_put_files"),
        ),
        sa.PrimaryKeyConstraint("carrier", "file", "writer", name=op.f("pk_put_there")),
    )
    op.create_table(
        "site_packs",
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("said_by", name=op.f("pk_site_packs")),
    )
    op.create_table(
        "numbers",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("listed_by", sa.Text(), nullable=False),
        sa.Column("listed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_numbers")),
    )
    op.create_index(
        "ix_payloads_withheld",
        "payloads",
        ["writer", "seq"],
        sqlite_where=sa.text("status = 'withheld'"),
    )

    # Filled by ``schema.ensure_schema`` afterwards, like all that is folded.
    op.add_column("subjects", sa.Column("digest", sa.LargeBinary()))
    op.create_index("ix_subjects_digest", "subjects", ["id", "kind", "digest"])


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index("ix_subjects_digest", "subjects")
    op.drop_column("subjects", "digest")
    op.drop_index("ix_payloads_withheld", "payloads")
    for table in (
        "numbers",
        "site_packs",
        "put_there",
        "put_files",
        "quarantine",
        "taken",
        "manifests",
        "signed_heads",
        "breaks",
        "claims",
        "stations",
    ):
        op.drop_table(table)
