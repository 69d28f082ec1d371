"""The rows of held destinations: why, since when, who was told, and when to try again.

While a destination is held, everything that waits for it is held too, so that the queue of one
dead channel costs the others nothing. A probe lets the first of it go; if that arrives, the rest
follows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, exists, func, literal_column, select, update

from digests.model import Address, Hold, Kind, State
from digests.storage.database import Connection
from digests.storage.schema import deliveries, destinations, subscriptions

PROBE_EVERY = timedelta(hours=6)
"""How long after a refusal a held destination is tried again unasked."""

FORGET_AFTER = timedelta(days=30)
"""How long a deleted channel, or one of a server that removed the bot, keeps what it follows."""

PATIENCE = timedelta(minutes=2)
"""How long after a try the next may be asked for by using the bot."""

_HELD = State.HELD.value
_UNDER_WAY = (State.WAITING.value, State.SENDING.value)


@dataclass(frozen=True, slots=True)
class Held:
    """A held destination, and who set it up."""

    id: int
    address: Address
    cause: Hold
    reason: str
    since: datetime
    told: bool
    set_up_by: int
    language: str | None = None


def _to_held(row: Row[Any]) -> Held:
    return Held(
        id=row.id,
        address=Address(Kind(row.kind), row.address, row.guild_id),
        cause=Hold(row.held_cause),
        reason=row.held,
        since=row.held_since,
        told=row.held_told_at is not None,
        set_up_by=row.set_up_by,
        language=row.language,
    )


async def hold(connection: Connection, id_: int, cause: Hold, reason: str, now: datetime) -> None:
    """Hold a destination with everything that waits for it.

    If it is held already, it stays known since when, and whether somebody was told.
    """
    probe_at = None if cause is Hold.GONE else now + PROBE_EVERY
    await connection.execute(
        update(destinations)
        .where(destinations.c.id == id_)
        .values(
            held=reason,
            held_cause=cause.value,
            held_since=func.coalesce(destinations.c.held_since, now),
            probe_at=probe_at,
        )
    )
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.destination_id == id_, deliveries.c.state == State.WAITING.value)
        .values(state=_HELD, reason=reason)
    )


async def release(
    connection: Connection, ids: Collection[int], now: datetime, *, certain: bool = False
) -> int:
    """Hold these destinations no longer; how many deliveries wait again.

    ``certain``: somebody decided that what may have been posted is to be posted (again).
    """
    if not ids:
        return 0
    await connection.execute(
        update(destinations)
        .where(destinations.c.id.in_(ids))
        .values(held=None, held_cause=None, held_since=None, held_told_at=None, probe_at=None)
    )
    values: dict[str, object] = {"state": State.WAITING.value, "reason": None, "not_before": now}
    if certain:
        values["in_doubt_since"] = None
    result = await connection.execute(
        update(deliveries)
        .where(deliveries.c.destination_id.in_(ids), deliveries.c.state == _HELD)
        .values(**values)
    )
    return result.rowcount


async def rearm(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """Something changed there: try these held destinations again now; how many."""
    result = await connection.execute(
        update(destinations)
        .where(
            destinations.c.id.in_(ids),
            destinations.c.held_cause.in_([Hold.REFUSED.value, Hold.DOUBTFUL.value]),
        )
        .values(probe_at=now)
    )
    return result.rowcount


async def rearm_person(connection: Connection, person: int, now: datetime) -> int:
    """Try a person's direct messages again, unless that was done a moment ago; how many."""
    result = await connection.execute(
        update(destinations)
        .where(
            destinations.c.address == person,
            destinations.c.kind == Kind.DM.value,
            destinations.c.held_cause == Hold.REFUSED.value,
            destinations.c.probe_at <= now + PROBE_EVERY - PATIENCE,
        )
        .values(probe_at=now)
    )
    return result.rowcount


async def probe(connection: Connection, now: datetime, most: int) -> int:
    """Let the first delivery of held destinations go whose time to be tried has come; how many.

    A destination with nothing to send is simply no longer held: the next digest will find out.
    """
    ids = list(
        await connection.scalars(
            select(destinations.c.id)
            .where(destinations.c.probe_at <= now)
            .order_by(destinations.c.probe_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )
    if not ids:
        return 0
    of_these = deliveries.c.destination_id.in_(ids)
    first = (
        select(func.min(deliveries.c.id))
        .where(of_these, deliveries.c.state == _HELD)
        .group_by(deliveries.c.destination_id)
    )
    await connection.execute(
        update(destinations).where(destinations.c.id.in_(ids)).values(probe_at=now + PROBE_EVERY)
    )
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(first.scalar_subquery()))
        .values(state=State.WAITING.value, not_before=now)
    )
    busy = set(
        await connection.scalars(
            select(deliveries.c.destination_id).where(of_these, deliveries.c.state.in_(_UNDER_WAY))
        )
    )
    await release(connection, set(ids) - busy, now)
    return len(ids)


async def places_gone(
    connection: Connection, addresses: Collection[int], reason: str, now: datetime
) -> list[int]:
    """Channels or threads were deleted; the destinations that were there, held from now on."""
    return await _gone(connection, destinations.c.address.in_(addresses), reason, now)


async def guild_gone(
    connection: Connection, guild_id: int, reason: str, now: datetime
) -> list[int]:
    """The bot is in a server no longer; the destinations there, held from now on."""
    return await _gone(connection, destinations.c.guild_id == guild_id, reason, now)


async def _gone(connection: Connection, where: Any, reason: str, now: datetime) -> list[int]:
    ids = list(await connection.scalars(select(destinations.c.id).where(where)))
    for id_ in ids:
        await hold(connection, id_, Hold.GONE, reason, now)
    return ids


async def guild_back(connection: Connection, guild_ids: Collection[int], now: datetime) -> int:
    """The bot is in these servers (again): what was given up there is tried again; how many."""
    result = await connection.execute(
        update(destinations)
        .where(destinations.c.guild_id.in_(guild_ids), destinations.c.held_cause == Hold.GONE.value)
        .values(held_cause=Hold.REFUSED.value, probe_at=now)
    )
    return result.rowcount


async def forget(connection: Connection, now: datetime) -> int:
    """Delete what places follow that have been gone for too long; how many places.

    What still waited for them is dead; the row itself stays, for its history.
    """
    old = select(destinations.c.id).where(
        destinations.c.held_cause == Hold.GONE.value,
        destinations.c.held_since < now - FORGET_AFTER,
        exists().where(subscriptions.c.destination_id == destinations.c.id),
    )
    ids = list(await connection.scalars(old))
    if not ids:
        return 0
    await connection.execute(delete(subscriptions).where(subscriptions.c.destination_id.in_(ids)))
    await connection.execute(
        update(destinations).where(destinations.c.id.in_(ids)).values(next_due=None)
    )
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.destination_id.in_(ids), deliveries.c.state == _HELD)
        .values(state=State.DEAD.value, settled_at=now)
    )
    return len(ids)


async def guilds(connection: Connection) -> set[int]:
    """The ids of the servers with destinations that are not given up."""
    rows = await connection.scalars(
        select(destinations.c.guild_id)
        .distinct()
        .where(
            destinations.c.guild_id.is_not(None),
            func.coalesce(destinations.c.held_cause, "") != Hold.GONE.value,
        )
    )
    return set(rows)


async def held_in(connection: Connection, guild_ids: Collection[int] | None) -> list[Held]:
    """The held destinations of these servers, or (None) of all."""
    if guild_ids is None:
        return await _held(connection, destinations.c.guild_id.is_not(None))
    return await _held(connection, destinations.c.guild_id.in_(guild_ids))


async def held_of(connection: Connection, address: Address) -> Held | None:
    """Why a destination is held; None if it is not."""
    found = await _held(connection, destinations.c.address == address.id)
    return found[0] if found else None


async def untold(connection: Connection) -> list[Held]:
    """The held destinations in servers of which nobody was told yet."""
    return await _held(
        connection,
        destinations.c.guild_id.is_not(None)
        & destinations.c.held_told_at.is_(None)
        & (destinations.c.held_cause != Hold.GONE.value),
    )


async def _held(connection: Connection, where: Any) -> list[Held]:
    rows = await connection.execute(
        select(destinations)
        .where(where, destinations.c.held_since.is_not(None))
        .order_by(destinations.c.id)
    )
    return [_to_held(row) for row in rows]


async def told(connection: Connection, id_: int, now: datetime, reason: str | None = None) -> bool:
    """Note that somebody was told; False if it was noted before. ``reason`` may be the clearer."""
    values: dict[str, object] = {"held_told_at": now}
    if reason is not None:
        values["held"] = reason
    result = await connection.execute(
        update(destinations)
        .where(
            destinations.c.id == id_,
            destinations.c.held.is_not(None),
            destinations.c.held_told_at.is_(None),
        )
        .values(**values)
    )
    return result.rowcount > 0


async def unknown_kinds(connection: Connection, most: int) -> list[Address]:
    """Channels of which is not known whether they are announcement channels."""
    rows = await connection.execute(
        select(destinations.c.kind, destinations.c.address, destinations.c.guild_id)
        # As the index says it: with a parameter SQLite would not know that it fits.
        .where(destinations.c.news.is_(None), destinations.c.kind == literal_column("'channel'"))
        .order_by(destinations.c.id.desc())
        .limit(most)
    )
    return [Address(Kind(row.kind), row.address, row.guild_id) for row in rows]


async def note_kind(connection: Connection, addresses: Collection[int], *, news: bool) -> None:
    """Whether these channels are announcement channels."""
    await connection.execute(
        update(destinations).where(destinations.c.address.in_(addresses)).values(news=news)
    )


async def count(connection: Connection) -> int:
    """How many destinations are held."""
    return (
        await connection.scalar(select(func.count()).where(destinations.c.held_since.is_not(None)))
        or 0
    )
