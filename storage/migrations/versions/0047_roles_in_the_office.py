"""roles in the office

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op


revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

ROLE = sa.Enum("reader", "staff", "administrator", name="officerole", native_enum=False, length=32)
ADDED = "SELECT person_id FROM staff_member WHERE added_by_id IS NOT NULL"
FOUNDED = f"SELECT 1 FROM person WHERE is_staff AND id NOT IN ({ADDED})"


def upgrade() -> None:
    """Who was of the office from the beginning administers it; if all were added, all do."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("office_role", ROLE, nullable=True))
    op.execute(f"UPDATE person SET office_role = 'staff' WHERE is_staff AND EXISTS ({FOUNDED})")
    op.execute(
        "UPDATE person SET office_role = 'administrator' "
        f"WHERE is_staff AND (office_role IS NULL OR id NOT IN ({ADDED}))"
    )
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.drop_column("role")
    with op.batch_alter_table("staff_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", ROLE, nullable=False, server_default="staff"))
    with op.batch_alter_table("staff_link", schema=None) as batch_op:
        batch_op.alter_column("role", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("staff_link", schema=None) as batch_op:
        batch_op.drop_column("role")
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=16), nullable=False, server_default="staff"))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("office_role")
