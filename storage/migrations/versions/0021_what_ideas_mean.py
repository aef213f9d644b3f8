"""what a language model makes of ideas, of how many a project group is a share, pictures above loose texts

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea_vector",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_vector_idea_id_idea")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_vector")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needed_of", sa.Integer(), nullable=True))
    with op.batch_alter_table("loose_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("media", sa.String(length=170), nullable=False, server_default=""))
    with op.batch_alter_table("loose_text", schema=None) as batch_op:
        batch_op.alter_column("media", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_column("needed_of")
    with op.batch_alter_table("loose_text", schema=None) as batch_op:
        batch_op.drop_column("media")
    op.drop_table("idea_vector")
