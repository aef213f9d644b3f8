"""filed papers

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filed_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("place", "photo", "document", name="paperkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("file_id", sa.String(length=256), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_filed_paper_filed_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_filed_paper_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed_paper")),
    )
    with op.batch_alter_table("filed_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filed_paper_organisation_id"), ["organisation_id"], unique=False)
    op.execute(
        "INSERT INTO filed_paper (organisation_id, kind, name, file_id, filed_by_id, filed_at) "
        "SELECT organisation_id, 'place', filed_under, '', decided_by_id, decided_at FROM join_request "
        "WHERE filed_under <> '' AND organisation_id IS NOT NULL "
        "AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL"
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_column("filed_under")


def downgrade() -> None:
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("filed_under", sa.String(length=160), nullable=False, server_default="")
        )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.alter_column("filed_under", existing_type=sa.String(length=160), server_default=None)
    op.execute(
        "UPDATE join_request SET filed_under = COALESCE((SELECT MAX(name) FROM filed_paper "
        "WHERE filed_paper.organisation_id = join_request.organisation_id AND kind = 'place'), '')"
    )
    with op.batch_alter_table("filed_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filed_paper_organisation_id"))

    op.drop_table("filed_paper")
