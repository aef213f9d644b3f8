"""Fixtures that every folder shares."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engine.database import Database
from tests.support.databases import empty, fresh_database, opened, postgresql_server
from tests.support.town import Town

pytest.register_assert_rewrite("tests.support.screens")  # or its assertions would not say what they compared
settings.register_profile("patient", deadline=None)  # of a busy machine a slow example says nothing
settings.load_profile("patient")


@pytest.fixture
async def town(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """A sandbox with the bot running against it; its database has the tables already, which saves time."""
    shutil.copy(migrated_file, tmp_path / "pact.db")
    async with Town(tmp_path) as town:
        await town.start_bot()
        yield town


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Not in pytest's own folder: a second run beside this one would close that to the server's user."""
    with (
        tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder,
        postgresql_server(Path(folder) / "data") as server,
    ):
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/pact.db"
    else:
        with fresh_database(request.getfixturevalue("postgresql")) as url:
            yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    with opened(f"sqlite:///{file}"):
        return file


@pytest.fixture(scope="session")
def migrated_url(postgresql: str) -> Iterator[str]:
    with fresh_database(postgresql) as url:
        with opened(url):
            pass
        yield url


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """For tests of what stands above the memory, to which all databases are alike."""
    file = shutil.copy(migrated_file, tmp_path / "pact.db")
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """One of each kind with its tables, which are empty."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    database = Database(request.getfixturevalue("migrated_url"))
    empty(database)
    yield database
    database.close()
