"""The rows of deliveries: promised, claimed, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, and_, bindparam, exists, func, or_, select, update

from digests.model import Delivery, Occasion, State
from digests.storage import destinations as destination_rows
from digests.storage import library
from digests.storage.database import Connection
from digests.storage.schema import deliveries, destinations, digests, editions

_UNSETTLED = (State.WAITING.value, State.SENDING.value, State.HELD.value)


@dataclass(frozen=True, slots=True)
class Promise:
    """One delivery row to be written: the edition it belongs to, by destination and number."""

    destination_id: int
    number: int
    part: int
    nonce: str


async def save_deliveries(
    connection: Connection, promised: Sequence[Promise], not_before: datetime
) -> None:
    """Store delivery rows for editions that were just stored."""
    if not promised:
        return
    edition_id = (
        select(editions.c.id)
        .where(
            editions.c.destination_id == bindparam("p_destination_id"),
            editions.c.number == bindparam("p_number"),
        )
        .scalar_subquery()
    )
    await connection.execute(
        deliveries.insert().values(
            edition_id=edition_id,
            destination_id=bindparam("p_destination_id"),
            part=bindparam("p_part"),
            nonce=bindparam("p_nonce"),
            state=State.WAITING.value,
            attempt=0,
            not_before=not_before,
        ),
        [
            {
                "p_destination_id": one.destination_id,
                "p_number": one.number,
                "p_part": one.part,
                "p_nonce": one.nonce,
            }
            for one in promised
        ],
    )


async def claim(
    connection: Connection, now: datetime, lease_until: datetime, most: int
) -> list[Delivery]:
    """Take deliveries that are due, oldest first; nobody else gets them before the lease ends.

    A destination's deliveries go out in order: one is due when no earlier one is unsettled.
    """
    earlier = deliveries.alias()
    ready = or_(
        and_(deliveries.c.state == State.WAITING.value, deliveries.c.not_before <= now),
        and_(deliveries.c.state == State.SENDING.value, deliveries.c.lease_until <= now),
    )
    blocked = exists().where(
        earlier.c.destination_id == deliveries.c.destination_id,
        earlier.c.id < deliveries.c.id,
        earlier.c.state.in_(_UNSETTLED),
    )
    ids = list(
        await connection.scalars(
            select(deliveries.c.id)
            .where(ready, ~blocked)
            .order_by(deliveries.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )
    if not ids:
        return []
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(
            state=State.SENDING.value,
            attempt=deliveries.c.attempt + 1,
            lease_until=lease_until,
            in_doubt_since=func.coalesce(deliveries.c.in_doubt_since, now),
        )
    )
    return await _claimed(connection, ids, now)


async def _claimed(connection: Connection, ids: Sequence[int], now: datetime) -> list[Delivery]:
    rows = (
        await connection.execute(
            select(
                deliveries.c.id.label("delivery_id"),
                deliveries.c.nonce,
                deliveries.c.attempt,
                deliveries.c.in_doubt_since,
                deliveries.c.part,
                editions.c.id.label("edition_id"),
                editions.c.number,
                editions.c.occasion,
                digests.c.parts,
                digests.c.rest,
                destinations,
            )
            .join(editions, editions.c.id == deliveries.c.edition_id)
            .join(digests, digests.c.id == editions.c.digest_id)
            .join(destinations, destinations.c.id == deliveries.c.destination_id)
            .where(deliveries.c.id.in_(ids))
            .order_by(deliveries.c.id)
        )
    ).all()
    found = await library.published(
        connection, {id_ for row in rows for id_ in row.parts[row.part]}
    )
    return [
        Delivery(
            id=row.delivery_id,
            nonce=row.nonce,
            attempt=row.attempt,
            claimed_at=now,
            in_doubt_since=row.in_doubt_since,
            destination=destination_rows.to_destination(cast(Row[Any], row)),
            edition_id=row.edition_id,
            number=row.number,
            occasion=Occasion(row.occasion),
            part=row.part,
            parts=len(row.parts),
            articles=tuple(found[id_] for id_ in row.parts[row.part] if id_ in found),
            shown=sum(map(len, row.parts)),
            more=len(row.rest),
        )
        for row in rows
    ]


async def settle(
    connection: Connection, delivery: Delivery, state: State, now: datetime, **columns: object
) -> bool:
    """Write how a claimed delivery ended; False if the claim had passed to somebody else."""
    settled_at = now if state in (State.SENT, State.DEAD) else None
    result = await connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.state == State.SENDING.value,
            deliveries.c.attempt == delivery.attempt,
        )
        .values(state=state.value, lease_until=None, settled_at=settled_at, **columns)
    )
    return result.rowcount == 1


async def end_leases(connection: Connection, now: datetime) -> int:
    """Let everything that is being sent be claimed again at once; how many."""
    result = await connection.execute(
        update(deliveries).where(deliveries.c.state == State.SENDING.value).values(lease_until=now)
    )
    return result.rowcount


async def release_held(connection: Connection, destination_id: int, now: datetime) -> int:
    """Held deliveries of a destination wait again; how many.

    Somebody asked for it, so also those go out again that may have been posted.
    """
    result = await connection.execute(
        update(deliveries)
        .where(
            deliveries.c.destination_id == destination_id,
            deliveries.c.state == State.HELD.value,
        )
        .values(
            state=State.WAITING.value, reason=None, not_before=now, attempt=0, in_doubt_since=None
        )
    )
    return result.rowcount


async def counts(connection: Connection) -> dict[State, int]:
    """How many deliveries are in each state."""
    rows = await connection.execute(
        select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    )
    found = {State(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in State}
