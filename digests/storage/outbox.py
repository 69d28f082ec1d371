"""The rows of digests, editions and deliveries: promised, claimed, settled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, and_, bindparam, exists, func, or_, select, update

from digests.model import Delivery, Digest, Edition, Occasion, State
from digests.storage import destinations as destination_rows
from digests.storage import library
from digests.storage.database import Connection
from digests.storage.rows import insert
from digests.storage.schema import deliveries, destinations, digest_articles, digests, editions

_UNSETTLED = (State.WAITING.value, State.SENDING.value, State.HELD.value)


@dataclass(frozen=True, slots=True)
class Promise:
    """One delivery row to be written: the edition it belongs to, by destination and number."""

    destination_id: int
    number: int
    part: int
    nonce: str


def digest_key(digest: Digest) -> str:
    """What equal digests have in common."""
    text = json.dumps([digest.parts, digest.rest])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


async def save_digests(connection: Connection, wanted: Sequence[Digest]) -> dict[Digest, int]:
    """Store digests, equal ones once; their ids."""
    by_key = {digest_key(digest): digest for digest in wanted}
    known = await _digest_ids(connection, list(by_key))
    new = [key for key in by_key if key not in known]
    if new:
        await connection.execute(
            insert(connection, digests).on_conflict_do_nothing(),
            [{"key": key, "parts": by_key[key].parts, "rest": by_key[key].rest} for key in new],
        )
        known |= await _digest_ids(connection, new)
        await connection.execute(
            insert(connection, digest_articles).on_conflict_do_nothing(),
            [
                {"digest_id": known[key], "article_id": id_}
                for key in new
                for id_ in {*by_key[key].rest, *(i for part in by_key[key].parts for i in part)}
            ],
        )
    return {digest: known[key] for key, digest in by_key.items()}


async def _digest_ids(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    rows = await connection.execute(
        select(digests.c.key, digests.c.id).where(digests.c.key.in_(keys))
    )
    return {row.key: row.id for row in rows}


async def save_editions(
    connection: Connection,
    numbered: Sequence[tuple[int, Edition, int]],
    now: datetime,
) -> None:
    """Store editions: (number, edition, digest id) each."""
    if not numbered:
        return
    await connection.execute(
        editions.insert(),
        [
            {
                "destination_id": edition.destination_id,
                "number": number,
                "digest_id": digest_id,
                "occasion": edition.occasion.value,
                "since": edition.since,
                "until": edition.until,
                "slot": edition.slot,
                "planned_at": now,
            }
            for number, edition, digest_id in numbered
        ],
    )


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


async def told_articles(connection: Connection, destination_id: int) -> set[int]:
    """Ids of all articles that were ever in an edition for this destination."""
    rows = await connection.scalars(
        select(digest_articles.c.article_id)
        .join(editions, editions.c.digest_id == digest_articles.c.digest_id)
        .where(editions.c.destination_id == destination_id)
    )
    return set(rows)


async def latest_edition(
    connection: Connection, destination_id: int, occasion: Occasion | None = None
) -> tuple[datetime, bool] | None:
    """When the last edition was planned, and whether all of it is settled."""
    statement = select(editions.c.id, editions.c.planned_at).where(
        editions.c.destination_id == destination_id
    )
    if occasion is not None:
        statement = statement.where(editions.c.occasion == occasion.value)
    row = (await connection.execute(statement.order_by(editions.c.id.desc()).limit(1))).first()
    if row is None:
        return None
    unsettled = await connection.scalar(
        select(func.count()).where(
            deliveries.c.edition_id == row.id, deliveries.c.state.in_(_UNSETTLED)
        )
    )
    return row.planned_at, not unsettled


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


async def digest_of(connection: Connection, edition_id: int) -> tuple[int, Digest] | None:
    """An edition's destination id and digest."""
    row = (
        await connection.execute(
            select(editions.c.destination_id, digests.c.parts, digests.c.rest)
            .join(digests, digests.c.id == editions.c.digest_id)
            .where(editions.c.id == edition_id)
        )
    ).first()
    if row is None:
        return None
    return row.destination_id, Digest(tuple(map(tuple, row.parts)), tuple(row.rest))


async def counts(connection: Connection) -> dict[State, int]:
    """How many deliveries are in each state."""
    rows = await connection.execute(
        select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    )
    found = {State(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in State}
