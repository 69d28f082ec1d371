"""The rows of digests and editions: what was chosen, for whom, and what somebody has had."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from digests.model import Digest, Edition, Occasion, State
from digests.storage.database import Connection
from digests.storage.rows import insert
from digests.storage.schema import deliveries, digest_articles, digests, editions

_UNSETTLED = (State.WAITING.value, State.SENDING.value, State.HELD.value)


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
