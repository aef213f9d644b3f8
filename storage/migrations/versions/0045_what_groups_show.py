"""what groups show

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

CHATS = sa.table("team_chat", sa.column("shows", sa.JSON()), sa.column("shows_events", sa.Boolean()))


def upgrade() -> None:
    with op.batch_alter_table("team_chat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("case_topics", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(CHATS.update().where(CHATS.c.shows_events).values(shows=["event"]))
    with op.batch_alter_table("team_chat", schema=None) as batch_op:
        batch_op.drop_column("shows_events")
        batch_op.alter_column("shows", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("case_topics", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("team_post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("topic", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("titled", sa.String(length=128), server_default="", nullable=False))
    with op.batch_alter_table("team_post", schema=None) as batch_op:
        batch_op.alter_column("topic", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("titled", existing_type=sa.String(length=128), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team_post", schema=None) as batch_op:
        batch_op.drop_column("titled")
        batch_op.drop_column("topic")
        batch_op.drop_column("settled_at")
    with op.batch_alter_table("team_chat", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("shows_events", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.drop_column("case_topics")
        batch_op.drop_column("shows")
