"""rows of a piece that was brought in, instead of those of the whole file

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op


revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rows", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.alter_column("rows", existing_type=sa.Integer(), server_default=None)
    op.execute(
        "UPDATE register_import SET rows = COALESCE((SELECT done FROM register_draft "
        "WHERE register_draft.import_id = register_import.id), 0)"
    )
    with op.batch_alter_table("register_draft", schema=None) as batch_op:
        batch_op.drop_column("done")


def downgrade() -> None:
    with op.batch_alter_table("register_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE register_draft SET done = COALESCE((SELECT SUM(rows) FROM register_import "
        "WHERE register_import.of_id = register_draft.import_id), 0)"
    )
    with op.batch_alter_table("register_draft", schema=None) as batch_op:
        batch_op.alter_column("done", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.drop_column("rows")
