"""A database URL in, an open and migrated database out: one engine, two kinds of transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, event, make_url
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from digests.errors import SchemaMismatch

Connection = AsyncConnection

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x64696765
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class Database:
    """An open database; ``write()`` and ``read()`` give connections inside a transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.embedded = engine.dialect.name == "sqlite"
        # SQLite has one writer: waiting here is fair, waiting in the file lock is a race.
        self._writer = asyncio.Lock() if self.embedded else None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """A transaction that may change things; commits at the end, rolls back on an error."""
        if self._writer is None:
            async with self._engine.begin() as connection:
                yield connection
            return
        async with self._writer, self._engine.connect() as connection:
            await connection.execution_options(write=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A transaction that sees one state of the database, and changes nothing."""
        async with self._engine.connect() as connection:
            yield connection

    async def migrate(self) -> tuple[str | None, str | None]:
        """Bring the tables to the newest shape; the revisions before and after."""
        async with self._engine.connect() as connection:
            await connection.execution_options(write=True)
            async with connection.begin():
                return await connection.run_sync(_migrate)

    async def check(self) -> None:
        """Raise SchemaMismatch unless the tables have the shape that this version needs."""
        async with self.read() as connection:
            before, after = await connection.run_sync(_revisions)
        if before is None:
            raise SchemaMismatch("The database is empty: `digest-bot run` makes what it needs.")
        if before != after:
            raise SchemaMismatch(
                f"The database has schema {before}, and this version needs {after}: "
                "`digest-bot migrate` brings it there, and so does `digest-bot run`."
            )

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def open_database(url: str) -> Database:
    """Open ``sqlite:///file`` (or ``sqlite://`` in memory) or ``postgresql://…``.

    Raises ValueError for any other kind of database.
    """
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind not in _DRIVERS:
        raise ValueError(f"{kind} is not supported; use sqlite:///file or postgresql://…")
    parsed = parsed.set(drivername=_DRIVERS[kind])
    return Database(_sqlite(parsed) if kind == "sqlite" else create_async_engine(parsed))


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver's own idea of when to begin is switched off: ours follows below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "cache_size = -16000",
            "synchronous = NORMAL",
            "busy_timeout = 10000",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "invalidate")
    def _on_invalidate(
        connection: DBAPIConnection, _: ConnectionPoolEntry, __: BaseException | None
    ) -> None:
        # Whoever is cancelled leaves a statement open, and so the closed connection would keep
        # its lock until that is collected.
        connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: SyncConnection) -> None:
        # A writer takes its lock at once: upgrading a read lock later may fail half-way.
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _migrate(connection: SyncConnection) -> tuple[str | None, str | None]:
    if connection.dialect.name == "postgresql":
        # Two processes may start at once on an empty database.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    before, after = _revisions(connection)
    command.upgrade(_alembic(connection), "head")
    return before, after


def _alembic(connection: SyncConnection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _revisions(connection: SyncConnection) -> tuple[str | None, str | None]:
    """The database's revision and this version's; SchemaMismatch for one that is not known."""
    scripts = ScriptDirectory.from_config(_alembic(connection))
    before = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if before is not None and before not in known:
        raise SchemaMismatch(
            f"The database has schema {before}, which this version does not know. "
            "It was written by a newer one: use that, or restore a backup."
        )
    return before, scripts.get_current_head()
