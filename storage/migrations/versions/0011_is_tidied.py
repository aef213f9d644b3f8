"""a night looks only at events that are newly over

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_tidied", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.alter_column("is_tidied", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("is_tidied")
