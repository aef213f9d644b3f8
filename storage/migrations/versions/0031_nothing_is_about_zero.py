"""what a form or notice is about is 0 for nothing, so that no code asks twice

Revision ID: 0031
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op


revision = "0031"
down_revision = "0026"
branch_labels = None
depends_on = None

COLUMNS = (
    ("form", "subject_id"),
    ("form", "wanted_subject_id"),
    ("notice", "subject_id"),
    ("sent_text", "subject_id"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"UPDATE {table} SET {column} = 0 WHERE {column} IS NULL")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, existing_type=sa.INTEGER(), nullable=False)
