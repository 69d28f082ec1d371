"""The rows of paces: how far the turns of all processes together are taken.

One row, changed in one statement: what a process takes begins where the last one ended. Only the
database's clock counts, so that processes whose clocks differ keep one pace.
"""

from __future__ import annotations

from sqlalchemy import Double, bindparam, cast, extract, func

from digests.storage.database import Connection
from digests.storage.rows import insert
from digests.storage.schema import paces


async def take(connection: Connection, name: str, count: int, gap: float) -> float:
    """Take ``count`` turns that are ``gap`` seconds apart; seconds until the first. PostgreSQL."""
    now = cast(extract("epoch", func.clock_timestamp()), Double)
    length = bindparam("length", count * gap, type_=Double)
    statement = insert(connection, paces).values(name=name, taken_until=now + length)
    taken = await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[paces.c.name],
            set_={"taken_until": func.greatest(paces.c.taken_until, now) + length},
        ).returning(paces.c.taken_until - now)
    )
    return float(taken.scalar_one()) - count * gap


async def push(connection: Connection, name: str, seconds: float) -> None:
    """Let nobody have a turn for so long. PostgreSQL."""
    now = cast(extract("epoch", func.clock_timestamp()), Double)
    length = bindparam("length", seconds, type_=Double)
    statement = insert(connection, paces).values(name=name, taken_until=now + length)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[paces.c.name],
            set_={"taken_until": func.greatest(paces.c.taken_until, now + length)},
        )
    )
