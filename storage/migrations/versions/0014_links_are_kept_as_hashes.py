"""links are kept as hashes

Revision ID: 0014
Revises: 0013
"""

from hashlib import sha256

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENTS = ("created_at", "expires_at", "used_at", "revoked_at")
KEPT = ("person_id", "replaces_id", "made_by_id", "used_by", *MOMENTS)


def upgrade() -> None:
    """Links that are still out go on working; of used ones the code goes, also from what staff were told."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")  # or the codes would stay in the file's free pages
    moments = (sa.column(name, sqlmodel.sql.sqltypes.UTCDateTime()) for name in MOMENTS)
    others = (sa.column(name) for name in ("code", "person_id", "replaces_id", "made_by_id", "used_by"))
    old = sa.table("invite", *others, *moments)
    rows = connection.execute(old.select().order_by(old.c.created_at, old.c.code)).mappings().all()
    op.drop_table("invite")
    new = _create()
    notice = sa.table("notice", sa.column("key", sa.String))
    for number, row in enumerate(rows, 1):
        code_hash = None if row["used_at"] else sha256(row["code"].encode()).hexdigest()
        kept = {name: row[name] for name in KEPT}
        connection.execute(new.insert().values(code_hash=code_hash, **kept))
        told = notice.c.key == f"taken_up:{row['code']}"
        connection.execute(notice.update().where(told).values(key=f"taken_up:{number}"))

    op.create_table(
        "wrong_guess",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("guessed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wrong_guess_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_guess")),
    )
    op.create_index(op.f("ix_wrong_guess_person_id"), "wrong_guess", ["person_id"])


def _create() -> sa.Table:
    moment, person = sqlmodel.sql.sqltypes.UTCDateTime, "person.id"
    table = op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("used_at", moment(), nullable=True),
        sa.Column("used_by", sa.String(length=128), nullable=False),
        sa.Column("revoked_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], [person], name=op.f("fk_invite_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], [person], name=op.f("fk_invite_replaces_id")),
        sa.ForeignKeyConstraint(["made_by_id"], [person], name=op.f("fk_invite_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_code_hash")),
    )
    for column in ("person_id", "replaces_id", "made_by_id"):
        op.create_index(op.f(f"ix_invite_{column}"), "invite", [column])
    return table


def downgrade() -> None:
    raise NotImplementedError("codes cannot be had back from their hashes")
