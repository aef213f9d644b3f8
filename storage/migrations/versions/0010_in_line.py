"""how many parties wait for an event is kept with it

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_line", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE event SET in_line = (SELECT count(*) FROM rsvp "
        "WHERE rsvp.event_id = event.id AND rsvp.status = 'waiting')"
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.alter_column("in_line", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("in_line")
