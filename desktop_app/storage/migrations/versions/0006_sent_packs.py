"""The site packs that leads sent, with the earlier ones: a record names the version it was written by.

Nothing ever wrote a row of the table made anew here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table anew with a row for each time a pack was sent."""
    _make("said_by", "said_at")


def downgrade() -> None:
    """Go back to one row for each lead; it is sent again."""
    _make("said_by")


def _make(*keys: str) -> None:
    op.drop_table("site_packs")
    op.create_table(
        "site_packs",
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_site_packs")),
    )
