"""The rows of running processes: since when each works, was last seen, and what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from digests.storage.database import Connection
from digests.storage.rows import insert
from digests.storage.schema import processes

ALIVE = timedelta(seconds=60)
"""A process that was not seen for so long no longer runs."""

_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Process:
    """One running program. ``stopped_until``: it sends nothing before then, and why."""

    id: str
    started_at: datetime
    stopped_until: datetime | None = None
    stopped_because: str | None = None


async def beat(connection: Connection, process: Process, now: datetime) -> None:
    """Note that a process runs; forget those that ended long ago."""
    values = {
        "seen_at": now,
        "stopped_until": process.stopped_until,
        "stopped_because": process.stopped_because,
    }
    statement = insert(connection, processes).values(
        id=process.id, started_at=process.started_at, **values
    )
    await connection.execute(
        statement.on_conflict_do_update(index_elements=[processes.c.id], set_=values)
    )
    await connection.execute(delete(processes).where(processes.c.seen_at < now - _REMEMBERED))


async def end(connection: Connection, id_: str) -> None:
    """Note that a process has ended."""
    await connection.execute(delete(processes).where(processes.c.id == id_))


async def running(connection: Connection, now: datetime) -> list[Process]:
    """The processes that run, the oldest first."""
    rows = await connection.execute(
        select(processes)
        .where(processes.c.seen_at >= now - ALIVE)
        .order_by(processes.c.started_at, processes.c.id)
    )
    return [Process(row.id, row.started_at, row.stopped_until, row.stopped_because) for row in rows]
