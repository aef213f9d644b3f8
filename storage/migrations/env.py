"""Alembic's entry: runs migrations on the connection that `storage.engine.migrate` hands over."""

from pathlib import Path
from typing import Any

from alembic import context
from sqlmodel import SQLModel

import storage.fields  # noqa: F401 # fills the metadata


def applied(*, step: Any, **_: Any) -> None:
    """Revisions are numbered from 1 on."""
    versions = list((Path(__file__).parent / "versions").glob("*.py"))
    context.config.attributes["tell"](int(step.up_revision_id), len(versions))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    on_version_apply=applied,  # type: ignore[arg-type] # it is called by keyword
)
with context.begin_transaction():
    context.run_migrations()
