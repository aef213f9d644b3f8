"""a word to personal links

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op


revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("word_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("wrong_words", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("word_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_invite_word_by_id"), ["word_by_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_invite_word_by_id"), "person", ["word_by_id"], ["id"])
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.alter_column("wrong_words", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invite_word_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_invite_word_by_id"))
        batch_op.drop_column("word_by_id")
        batch_op.drop_column("wrong_words")
        batch_op.drop_column("word_hash")
