"""Brings an edition of emission factors in from a file, after a look at what it would change."""

import asyncio
from datetime import datetime
from pathlib import Path

from bot.imports import Report
from domain.basics.pact import Pact
from handlers.chat.sheet_process import read_apart
from handlers.measures import editions
from storage.engine.database import Database
from storage.measures import editions as stored
from storage.measures.editions import Preview


def import_factors(
    database: Database, file: Path, pact: Pact, now: datetime, *, is_sure: bool
) -> tuple[Report, Preview]:
    """Raises OSError and FileIsUnusable."""
    records = editions.read(asyncio.run(read_apart(file.read_bytes())))
    given = [row.factor for _, row in records.taken]
    preview = database.run_now(stored.preview, given, pact)
    if is_sure:
        database.run_now(stored.put_all, given, now)
    rejected = [
        (
            one.line,
            "; ".join(f"{problem.title}: {problem.message or problem.kind}" for problem in one.problems),
        )
        for one in records.rejected
    ]
    return Report(len(given), rejected, records.ignored), preview
