"""calls about mailings and the programme, not only about events

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

OCCASION = sa.Enum("event", "mailing", "programme", name="occasion", native_enum=False, length=32)


def upgrade() -> None:
    with op.batch_alter_table("call_attempt", schema=None) as batch_op:
        batch_op.drop_constraint("fk_call_attempt_event_id", type_="foreignkey")
        batch_op.drop_index("ix_call_attempt_event_id")
        batch_op.alter_column("event_id", new_column_name="subject_id", existing_type=sa.Integer())
        batch_op.add_column(sa.Column("occasion", OCCASION, nullable=False, server_default="event"))
    with op.batch_alter_table("call_attempt", schema=None) as batch_op:
        batch_op.alter_column("occasion", existing_type=OCCASION, server_default=None)
        batch_op.create_index("ix_call_attempt_subject", ["occasion", "subject_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM call_attempt WHERE occasion <> 'event'")
    with op.batch_alter_table("call_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_call_attempt_subject")
        batch_op.drop_column("occasion")
        batch_op.alter_column("subject_id", new_column_name="event_id", existing_type=sa.Integer())
    with op.batch_alter_table("call_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_call_attempt_event_id", ["event_id"], unique=False)
        batch_op.create_foreign_key("fk_call_attempt_event_id", "event", ["event_id"], ["id"])
