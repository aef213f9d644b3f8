"""acts of a workshop that were rewritten by an erasure

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op


revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rewritten", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.alter_column("rewritten", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("rewritten")
