"""The rows of reviews: which channels' editions are shown to editors first, and when to look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select, update

from digests.editing import Review
from digests.model import Address, Destination, Kind
from digests.storage.database import Connection
from digests.storage.destinations import to_destination
from digests.storage.review_tables import AT_ONCE, reviews
from digests.storage.rows import insert
from digests.storage.schema import destinations


@dataclass(frozen=True, slots=True)
class Trouble:
    """A staff channel where the last draft could not be posted, and the digest it is for."""

    destination_id: int
    address: Address
    channel_id: int
    reason: str
    since: datetime
    set_by: int
    language: str | None


def _to_review(row: Row[Any]) -> Review:
    return Review(
        destination_id=row.destination_id,
        channel_id=row.channel_id,
        minutes=row.minutes,
        set_by=row.set_by,
        ends=row.ends,
        trouble=row.trouble,
    )


async def find(connection: Connection, destination_id: int) -> Review | None:
    """The review of a destination, if there is one."""
    row = (
        await connection.execute(select(reviews).where(reviews.c.destination_id == destination_id))
    ).first()
    return _to_review(row) if row else None


async def save(
    connection: Connection, destination_id: int, channel_id: int, minutes: int, set_by: int
) -> None:
    """Show a destination's editions in this channel from now on; what was said before is over."""
    values: dict[str, object] = {
        "channel_id": channel_id,
        "minutes": minutes,
        "set_by": set_by,
        "ends": False,
        "look_at": AT_ONCE,
        "trouble": None,
        "trouble_since": None,
        "trouble_told_at": None,
    }
    statement = insert(connection, reviews).values(destination_id=destination_id, **values)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["destination_id"], set_=values)
    )


async def end(connection: Connection, destination_id: int) -> None:
    """No drafts any more, once the one that is out has gone."""
    await connection.execute(
        update(reviews)
        .where(reviews.c.destination_id == destination_id)
        .values(ends=True, look_at=AT_ONCE)
    )


async def remove(connection: Connection, destination_id: int) -> None:
    """The destination's editions go out without being shown."""
    await connection.execute(delete(reviews).where(reviews.c.destination_id == destination_id))


async def look_at(connection: Connection, destination_id: int, moment: datetime) -> None:
    """When to look at a destination again."""
    await connection.execute(
        update(reviews).where(reviews.c.destination_id == destination_id).values(look_at=moment)
    )


async def anything_due(connection: Connection, now: datetime) -> bool:
    """Whether the time has come to look at any of them."""
    return bool(await connection.scalar(select(exists().where(reviews.c.look_at <= now))))


async def due(connection: Connection, now: datetime, most: int) -> list[tuple[Review, Destination]]:
    """Those whose time to be looked at has come; their destinations are locked meanwhile."""
    rows = await connection.execute(
        select(reviews, destinations)
        .join(destinations, destinations.c.id == reviews.c.destination_id)
        .where(reviews.c.look_at <= now)
        .order_by(reviews.c.look_at, reviews.c.destination_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [(_to_review(row), to_destination(row)) for row in rows]


# ── where a draft could not be posted ────────────────────────────────────────────────────────


async def note_trouble(
    connection: Connection, destination_id: int, channel_id: int, reason: str, now: datetime
) -> None:
    """A draft could not be posted; if that was so before, it stays known since when."""
    await connection.execute(
        update(reviews)
        .where(
            reviews.c.destination_id == destination_id,
            reviews.c.channel_id == channel_id,
            reviews.c.trouble.is_(None),
        )
        .values(trouble=reason, trouble_since=now)
    )


async def no_trouble(connection: Connection, destination_id: int, channel_id: int) -> None:
    """Drafts can be posted there."""
    await connection.execute(
        update(reviews)
        .where(
            reviews.c.destination_id == destination_id,
            reviews.c.channel_id == channel_id,
            reviews.c.trouble.is_not(None),
        )
        .values(trouble=None, trouble_since=None, trouble_told_at=None)
    )


async def untold(connection: Connection) -> list[Trouble]:
    """Staff channels where drafts cannot be posted, and nobody was told."""
    rows = await connection.execute(
        select(
            reviews,
            destinations.c.kind,
            destinations.c.address,
            destinations.c.guild_id,
            destinations.c.language,
        )
        .join(destinations, destinations.c.id == reviews.c.destination_id)
        .where(reviews.c.trouble.is_not(None), reviews.c.trouble_told_at.is_(None))
        .order_by(reviews.c.destination_id)
    )
    return [
        Trouble(
            destination_id=row.destination_id,
            address=Address(Kind(row.kind), row.address, row.guild_id),
            channel_id=row.channel_id,
            reason=row.trouble,
            since=row.trouble_since,
            set_by=row.set_by,
            language=row.language,
        )
        for row in rows
    ]


async def told(connection: Connection, destination_id: int, now: datetime) -> None:
    """Somebody was told."""
    await connection.execute(
        update(reviews)
        .where(reviews.c.destination_id == destination_id, reviews.c.trouble.is_not(None))
        .values(trouble_told_at=now)
    )
