"""Logs say what failed and where, never what a person wrote."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from aiohttp.http_exceptions import BadHttpMessage
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


@pytest.mark.parametrize(("error", "is_said"), [(BadHttpMessage("x"), False), (RuntimeError("x"), True)])
def test_what_is_no_http_fills_no_log(
    capsys: pytest.CaptureFixture[str], error: Exception, *, is_said: bool
) -> None:
    logs.set_up("console", "INFO")
    logging.getLogger("aiohttp.server").error("Error handling request", exc_info=error)
    assert bool(capsys.readouterr().err) is is_said


def test_error_of_the_database_does_not_quote_what_was_to_be_stored(database: Database) -> None:
    def write(session: Session) -> None:
        session.execute(text("INSERT INTO idea (text) VALUES (:words)"), {"words": "geheim"})

    with pytest.raises(DBAPIError) as caught:
        database.run_now(write)
    assert "geheim" not in str(caught.value).partition("DETAIL")[0]
