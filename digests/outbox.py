"""Step 4, promise: editions in, delivery rows out, in the transaction that advances the schedule.

What is written here will be sent, whatever happens to the process afterwards; what is not
committed never happened, and is planned again.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Sequence
from datetime import datetime

from digests import digest as planning
from digests.model import Edition
from digests.storage import Connection, Database, destinations, outbox
from digests.storage import editions as edition_rows

BATCH = 500
"""Destinations planned in one transaction."""


def nonce() -> str:
    """24 characters by which Discord knows a message again, the same for every attempt.

    Discord takes up to 25. They are drawn once, when the delivery is promised: were they made
    from row numbers, a fresh database would repeat those of the one before.
    """
    return secrets.token_urlsafe(18)


async def promise(connection: Connection, editions: Sequence[Edition], now: datetime) -> int:
    """Store editions, numbered, with a delivery for each message; how many deliveries."""
    if not editions:
        return 0
    digest_ids = await edition_rows.save_digests(
        connection, list(dict.fromkeys(one.digest for one in editions))
    )
    numbers = await destinations.edition_numbers(
        connection, [one.destination_id for one in editions]
    )
    await edition_rows.save_editions(
        connection,
        [(numbers[one.destination_id], one, digest_ids[one.digest]) for one in editions],
        now,
    )
    promises = [
        outbox.Promise(one.destination_id, number, part, nonce())
        for one, number in ((one, numbers[one.destination_id]) for one in editions)
        for part in range(len(one.digest.parts))
    ]
    await outbox.save_deliveries(connection, promises, now)
    return len(promises)


async def plan(database: Database, now: datetime, split: planning.Split) -> int:
    """Plan everything that is due, a batch a transaction; how many deliveries were promised."""
    promised = 0
    for _ in itertools.count():
        async with database.write() as connection:
            made = await planning.plan_due(connection, now, split, BATCH)
            promised += await promise(connection, made.editions, now)
            await destinations.advance(connection, made.told, made.until)
        if len(made.told) < BATCH:
            break
    return promised
