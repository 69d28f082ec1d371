"""Who may do what only one process may: a file lock beside SQLite's file, a lock in PostgreSQL.

Both are given up by the operating system or the server when the process dies, however it dies.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError as StorageError

from digests.errors import StorageBusy
from digests.storage.database import Connection, Database

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

RETRY = 2.0
"""Seconds between two tries to become the one."""

CHECK = 5.0
"""Seconds between two looks whether the lock is still there."""


@contextmanager
def sole_process(url: str) -> Iterator[None]:
    """Inside, no other process works on this SQLite file; StorageBusy if one does.

    PostgreSQL takes any number of processes, and a database in memory has only this one.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        yield
        return
    path = Path(parsed.database)
    with path.with_name(path.name + ".lock").open("ab") as file:
        if not _lock(file):
            raise StorageBusy(
                f"Another digest-bot is running on {path}: SQLite takes only one. "
                "Stop that one first, or let several share a PostgreSQL database."
            )
        yield


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Lead:
    """The place of the one process that does something for all."""

    def __init__(
        self,
        database: Database,
        key: int,
        connection: Connection | None,
        check: float,
        retry: float,
    ) -> None:
        self._check = check
        self._retry = retry
        self._database = database
        self._key = key
        self._connection = connection

    async def lost(self) -> None:
        """Return when another process has taken the place; never on SQLite.

        When the database itself was away, the place is taken again if it is still free.
        """
        if self._connection is None:
            await asyncio.Event().wait()
            return
        await _until_broken(self._connection, self._check)
        while True:
            await asyncio.sleep(self._retry)
            with suppress(StorageError, OSError):
                async with self._database.read() as connection:
                    if not await _take(connection, self._key):
                        return
                    log.info("the database is back, and so is this process's place")
                    await _until_broken(connection, self._check)


@asynccontextmanager
async def leading(
    database: Database, name: str, *, check: float = CHECK, retry: float = RETRY
) -> AsyncIterator[Lead]:
    """Wait until this process is the one for ``name``; inside, it is. Times in seconds."""
    key = zlib.crc32(name.encode())
    if database.embedded:
        yield Lead(database, key, None, check, retry)
        return
    async with AsyncExitStack() as held:
        connection = await _taken(held, database, key)
        if connection is None:
            log.info("another process is the %s; this one stands by", name)
        while connection is None:
            await asyncio.sleep(retry)
            connection = await _taken(held, database, key)
        try:
            yield Lead(database, key, connection, check, retry)
        finally:
            with suppress(StorageError, OSError):
                await connection.execute(select(func.pg_advisory_unlock(key)))


async def _taken(held: AsyncExitStack, database: Database, key: int) -> Connection | None:
    """A connection that has the lock, to be closed with ``held``; None if it cannot be had."""
    with suppress(StorageError, OSError):
        async with AsyncExitStack() as attempt:
            connection = await attempt.enter_async_context(database.read())
            if await _take(connection, key):
                held.push_async_exit(attempt.pop_all())
                return connection
    return None


async def _take(connection: Connection, key: int) -> bool:
    taken = await connection.scalar(select(func.pg_try_advisory_lock(key)))
    await connection.commit()  # the lock is the session's; an open transaction would only cost
    return bool(taken)


async def _until_broken(connection: Connection, check: float) -> None:
    """Return when the session, and with it the lock, is gone."""
    with suppress(StorageError, OSError):
        while True:
            await asyncio.sleep(check)
            await connection.execute(text("SELECT 1"))
            await connection.commit()
