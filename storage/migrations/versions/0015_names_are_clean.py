"""names are clean, and so are the keys of organisations

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from domain.basics.typed import clean_line
from domain.partners.organisations import name_key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

organisations = sa.table("organisation", sa.column("id"), sa.column("name"), sa.column("name_key"))
people = sa.table("person", sa.column("id"), sa.column("name"), sa.column("telegram_id"))


def upgrade() -> None:
    """By the rules for names as they are: whoever changes those writes such a migration again.

    Of two organisations that turn out to have one name the later one keeps its key; the office sees both.
    """
    connection = op.get_bind()
    stored = connection.execute(sa.select(organisations).order_by(organisations.c.id)).all()
    keys = {row.name_key for row in stored}
    for row in stored:
        name, key = clean_line(row.name) or row.name, name_key(row.name)
        changes = {} if key in keys or not key else {"name_key": key}
        keys.add(key)
        if changes or name != row.name:
            _change(organisations, row.id, {"name": name, **changes})
    for row in connection.execute(sa.select(people)).all():
        name = clean_line(row.name) or str(row.telegram_id or "–")
        if name != row.name:
            _change(people, row.id, {"name": name})


def _change(table, id_, values) -> None:
    op.execute(table.update().where(table.c.id == id_).values(**values))


def downgrade() -> None:
    """What was cleaned away is gone."""
