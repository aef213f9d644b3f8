"""each chat's unfinished updates are found at once

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("state != 'done'")


def upgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "chat_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=False,
                server_default="0",
            )
        )
        batch_op.drop_index(batch_op.f("ix_inbox_unfinished"))
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.alter_column("chat_id", server_default=None)
        batch_op.create_index(
            "ix_inbox_unfinished",
            ["chat_id", "update_id"],
            unique=False,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        )


def downgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_unfinished")
        batch_op.create_index(
            batch_op.f("ix_inbox_unfinished"),
            ["state"],
            unique=False,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        )
        batch_op.drop_column("chat_id")
