"""messages that follow what they show, and what a walk-in has replaced

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHANGED = "version < changes"


def upgrade() -> None:
    with op.batch_alter_table("shown_card", schema=None) as batch_op:
        batch_op.alter_column("event_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("view", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("subject_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("changes", sa.Integer(), nullable=True))
    with op.batch_alter_table("shown_card", schema=None) as batch_op:
        batch_op.alter_column("edition", server_default=None)
        for name, columns, where in (
            ("ix_shown_card_view", ["view", "subject_id"], "view IS NOT NULL"),
            ("ix_shown_card_changed", ["id"], CHANGED),
        ):
            batch_op.create_index(name, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaced", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("same_as_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_join_request_same_as_id", ["same_as_id"])
        batch_op.create_foreign_key("fk_join_request_same_as_id", "join_request", ["same_as_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_constraint("fk_join_request_same_as_id", type_="foreignkey")
        batch_op.drop_index("ix_join_request_same_as_id")
        batch_op.drop_column("same_as_id")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("replaced")
    op.execute("DELETE FROM shown_card WHERE event_id IS NULL")
    with op.batch_alter_table("shown_card", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_card_changed")
        batch_op.drop_index("ix_shown_card_view")
        batch_op.drop_column("changes")
        batch_op.drop_column("edition")
        batch_op.drop_column("subject_id")
        batch_op.drop_column("view")
        batch_op.alter_column("event_id", existing_type=sa.Integer(), nullable=False)
