"""The rows of destinations and of what they follow."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from digests import filters
from digests.model import (
    Address,
    Appearance,
    Cadence,
    Destination,
    Filters,
    Kind,
    Look,
    Schedule,
    Subscription,
    Topic,
)
from digests.storage.database import Connection
from digests.storage.review_tables import AT_ONCE, reviews
from digests.storage.schema import destinations, subscriptions, topics
from digests.storage.topics import to_topic


def to_destination(row: Row[Any]) -> Destination:
    """A row that holds every column of ``destinations``."""
    return Destination(
        id=row.id,
        address=Address(Kind(row.kind), row.address, row.guild_id),
        schedule=to_schedule(
            row.every,
            row.at_minute,
            row.zone,
            row.day,
            row.rhythm,
            row.at_least,
            row.at_most,
        ),
        cursor=row.cursor,
        next_due=row.next_due,
        dm_channel_id=row.dm_channel_id,
        news=row.news,
        held=row.held,
        filters=filters.from_json(row.filters),
        filtered_from=row.filtered_from,
        appearance=Appearance(Look(row.look), row.colour, row.role, row.silent),
        language=row.language,
    )


def to_schedule(
    every: str,
    at_minute: int,
    zone: str,
    day: int,
    rhythm: str | None,
    at_least: int,
    at_most: int,
) -> Schedule:
    """The schedule that ``schedule_columns`` wrote, its columns in the order of the table."""
    more = json.loads(rhythm) if rhythm else {}
    quiet = more.get("quiet")
    paused_until = more.get("paused_until")
    return Schedule(
        every=Cadence(every),
        at=_time(at_minute),
        zone=zone,
        day=day,
        also_at=tuple(map(_time, more.get("also_at", ()))),
        days=frozenset(more.get("days", ())),
        quiet=(_time(quiet[0]), _time(quiet[1])) if quiet else None,
        paused_until=datetime.fromisoformat(paused_until) if paused_until else None,
        at_least=at_least,
        at_most=at_most,
    )


def schedule_columns(schedule: Schedule) -> dict[str, object]:
    """A schedule as columns; what few ask for goes into one JSON text, equal for equal wishes."""
    quiet, paused_until = schedule.quiet, schedule.paused_until
    more = {
        "also_at": [_minute(at) for at in sorted(schedule.also_at)],
        "days": sorted(schedule.days),
        "quiet": [_minute(at) for at in quiet] if quiet else None,
        "paused_until": paused_until.astimezone(UTC).isoformat() if paused_until else None,
    }
    rhythm = {name: value for name, value in more.items() if value}
    return {
        "every": schedule.every.value,
        "at_minute": _minute(schedule.at),
        "zone": schedule.zone,
        "day": schedule.day,
        "rhythm": json.dumps(rhythm, sort_keys=True) if rhythm else None,
        "at_least": schedule.at_least,
        "at_most": schedule.at_most,
    }


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


async def find(
    connection: Connection, address: Address, *, lock: bool = False
) -> Destination | None:
    """The destination at this address; ``lock`` keeps others from changing it meanwhile."""
    statement = select(destinations).where(destinations.c.address == address.id)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).first()
    return to_destination(row) if row else None


async def by_id(connection: Connection, id_: int, *, lock: bool = False) -> Destination:
    """A destination that is known to be there; ``lock`` as for ``find``."""
    statement = select(destinations).where(destinations.c.id == id_)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).one()
    return to_destination(row)


async def create(
    connection: Connection,
    address: Address,
    schedule: Schedule,
    *,
    cursor: int,
    set_up_by: int,
    now: datetime,
    language: str | None = None,
) -> Destination:
    """A new destination that follows nothing yet."""
    await connection.execute(
        destinations.insert().values(
            kind=address.kind.value,
            address=address.id,
            guild_id=address.guild_id,
            cursor=cursor,
            editions=0,
            set_up_by=set_up_by,
            created_at=now,
            language=language,
            **schedule_columns(schedule),
        )
    )
    created = await find(connection, address)
    assert created is not None  # noqa: S101 - it was written in this transaction
    return created


async def reschedule(
    connection: Connection, id_: int, schedule: Schedule, next_due: datetime | None
) -> None:
    """Change when a destination wants its digest."""
    await connection.execute(
        update(destinations)
        .where(destinations.c.id == id_)
        .values(next_due=next_due, **schedule_columns(schedule))
    )
    # If its editions are shown to editors first, that may have to be sooner now.
    await connection.execute(
        update(reviews).where(reviews.c.destination_id == id_).values(look_at=AT_ONCE)
    )


async def refilter(connection: Connection, id_: int, wanted: Filters) -> None:
    """Change what a destination wants of the topics it follows, from its cursor on."""
    await connection.execute(
        update(destinations)
        .where(destinations.c.id == id_)
        .values(filters=filters.to_json(wanted), filtered_from=destinations.c.cursor)
    )


async def restyle(connection: Connection, id_: int, wanted: Appearance) -> None:
    """Change what a destination's messages are like, from its next digest on."""
    await connection.execute(
        update(destinations)
        .where(destinations.c.id == id_)
        .values(
            look=wanted.look.value, colour=wanted.colour, role=wanted.role, silent=wanted.silent
        )
    )


async def speak(connection: Connection, address: Address, language: str) -> bool:
    """The language of a destination's digests from now on; whether it was another."""
    result = await connection.execute(
        update(destinations)
        .where(
            destinations.c.address == address.id,
            destinations.c.kind == address.kind.value,
            destinations.c.language.is_distinct_from(language),
        )
        .values(language=language)
    )
    return result.rowcount > 0


async def remember_dm_channel(connection: Connection, id_: int, channel_id: int) -> None:
    """The channel that Discord opened for a person's messages."""
    await connection.execute(
        update(destinations).where(destinations.c.id == id_).values(dm_channel_id=channel_id)
    )


async def subscribe(
    connection: Connection, id_: int, topic_id: int, since: int, now: datetime
) -> None:
    """Follow a topic from a sequence on."""
    await connection.execute(
        subscriptions.insert().values(
            destination_id=id_, topic_id=topic_id, since=since, created_at=now
        )
    )


async def unsubscribe(connection: Connection, id_: int, topic_id: int) -> bool:
    """Follow a topic no longer; whether it was followed."""
    result = await connection.execute(
        delete(subscriptions).where(
            subscriptions.c.destination_id == id_, subscriptions.c.topic_id == topic_id
        )
    )
    return result.rowcount > 0


async def subscriptions_of(
    connection: Connection, ids: Collection[int]
) -> dict[int, list[Subscription]]:
    """What destinations follow, by destination id."""
    followed: dict[int, list[Subscription]] = {id_: [] for id_ in ids}
    rows = await connection.execute(
        select(subscriptions)
        .where(subscriptions.c.destination_id.in_(list(ids)))
        .order_by(subscriptions.c.destination_id, subscriptions.c.topic_id)
    )
    for row in rows:
        followed[row.destination_id].append(
            Subscription(row.destination_id, row.topic_id, row.since)
        )
    return followed


async def topics_of(connection: Connection, id_: int) -> list[Topic]:
    """The topics a destination follows, by name; also those that no article carries now."""
    rows = await connection.execute(
        select(topics)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .where(subscriptions.c.destination_id == id_)
        .order_by(topics.c.key)
    )
    return [to_topic(row) for row in rows]


async def advance(connection: Connection, told: Mapping[int, datetime | None], cursor: int) -> None:
    """Destinations have been told of everything up to ``cursor``; when each is due next."""
    if not told:
        return
    by_due: dict[datetime | None, list[int]] = {}
    for id_, next_due in told.items():
        by_due.setdefault(next_due, []).append(id_)
    for next_due, ids in by_due.items():
        await connection.execute(
            update(destinations)
            .where(destinations.c.id.in_(ids))
            .values(cursor=cursor, next_due=next_due)
        )


async def edition_numbers(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """The number of the next edition of each destination, which is taken by asking."""
    await connection.execute(
        update(destinations)
        .where(destinations.c.id.in_(ids))
        .values(editions=destinations.c.editions + 1)
    )
    rows = await connection.execute(
        select(destinations.c.id, destinations.c.editions).where(destinations.c.id.in_(ids))
    )
    return {row.id: row.editions for row in rows}


async def count(connection: Connection) -> int:
    """How many destinations there are."""
    return await connection.scalar(select(func.count()).select_from(destinations)) or 0
