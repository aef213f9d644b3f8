"""more time asked for

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

WORDS = ("asked_because", "declined_because")


def upgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_until", sa.Date(), nullable=True))
        for name in WORDS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("report", schema=None) as batch_op:
        for name in WORDS:
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        for name in (*WORDS, "asked_until"):
            batch_op.drop_column(name)
