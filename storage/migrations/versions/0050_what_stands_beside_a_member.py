"""what stands beside a member

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op


revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("join_wish", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("cannot_be_asked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("join_wish", schema=None) as batch_op:
        batch_op.alter_column("cannot_be_asked", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tagged", sa.String(length=160), nullable=False, server_default=""))
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.alter_column("tagged", existing_type=sa.String(length=160), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.drop_column("tagged")
    with op.batch_alter_table("join_wish", schema=None) as batch_op:
        batch_op.drop_column("cannot_be_asked")
