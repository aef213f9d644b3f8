"""several forms of a person, one of them open; what of an organisation is to change

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("form", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rested_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.drop_constraint("pk_form", type_="primary")
        batch_op.create_primary_key("pk_form", ["person_id", "name"])
    with op.batch_alter_table("organisation_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wanted", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organisation_change", schema=None) as batch_op:
        batch_op.drop_column("wanted")
    op.execute("DELETE FROM form WHERE rested_at IS NOT NULL")
    with op.batch_alter_table("form", schema=None) as batch_op:
        batch_op.drop_constraint("pk_form", type_="primary")
        batch_op.create_primary_key("pk_form", ["person_id"])
        batch_op.drop_column("rested_at")
