"""Logs say what failed and where, never what a person wrote."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, text

from bot import logs
from storage.engine.database import Database


async def fail(_words: str) -> None:
    raise RuntimeError("a defect of ours")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_failure_that_nobody_caught_shows_no_variables(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    words = "ge" + "heim"
    logs.set_up(log_format, "INFO")
    try:
        await fail(words)
    except RuntimeError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    said = capsys.readouterr().err
    assert "a defect of ours" in said
    assert "test_logs.py" in said
    assert "geheim" not in said
    assert log_format == "console" or said.count("\n") == 1


def test_error_of_the_database_does_not_quote_what_was_to_be_stored(database: Database) -> None:
    def write(session: Session) -> None:
        session.execute(text("INSERT INTO idea (text) VALUES (:words)"), {"words": "geheim"})

    with pytest.raises(DBAPIError) as caught:
        database.run_now(write)
    assert "geheim" not in str(caught.value).partition("DETAIL")[0]
