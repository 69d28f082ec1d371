"""Step 4, promise: editions in, delivery rows out, in the transaction that advances the schedule.

What is written here will be sent, whatever happens to the process afterwards; what is not
committed never happened, and is planned again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from digests import digest as planning
from digests.model import Edition
from digests.storage import Connection, Database, destinations, outbox, plans
from digests.storage import editions as edition_rows
from digests.weaving import weave_new

BATCH = 2_000
"""Destinations planned in one transaction, which keeps other writers out for some 0.1 s."""

PER_SECOND = 45.0
"""Messages that leave in a second, if nobody says otherwise."""

_ALIKE, _SECRET = 9, 10  # characters of a nonce, of six bits each; five between them count


def nonces(count: int) -> list[str]:
    """24 characters each, by which Discord knows a message again, the same for every attempt.

    Discord takes up to 25. They are drawn once, when the delivery is promised: were they made
    from row numbers, a fresh database would repeat those of the one before. What is drawn together
    begins alike and is counted, so that an index takes it in one place; the end is a secret.
    """
    alike = _drawn(_ALIKE)
    secret = _drawn(_SECRET * count)
    return [
        f"{alike}{number:05x}{secret[start : start + _SECRET]}"
        for number, start in enumerate(range(0, _SECRET * count, _SECRET))
    ]


def _drawn(characters: int) -> str:
    return secrets.token_urlsafe(characters)[:characters]


async def promise(connection: Connection, editions: Sequence[Edition], now: datetime) -> int:
    """Store editions, numbered, with a delivery for each message; how many deliveries."""
    if not editions:
        return 0
    stored = [edition_rows.as_stored(one.digest) for one in editions]
    await edition_rows.save_digests(connection, stored)
    numbers = await destinations.edition_numbers(
        connection, [one.destination_id for one in editions]
    )
    await edition_rows.save_editions(
        connection,
        [
            (numbers[one.destination_id], one, digest.key)
            for one, digest in zip(editions, stored, strict=True)
        ],
        now,
    )
    drawn = iter(nonces(sum(len(one.digest.parts) for one in editions)))
    promises = [
        outbox.Promise(one.destination_id, number, part, next(drawn))
        for one, number in ((one, numbers[one.destination_id]) for one in editions)
        for part in range(len(one.digest.parts))
    ]
    await outbox.save_deliveries(connection, promises, now)
    return len(promises)


async def plan(
    database: Database,
    now: datetime,
    split: planning.Split,
    *,
    per_second: float = PER_SECOND,
    batch: int = BATCH,
    pooled: int = planning.POOLED,
) -> int:
    """Plan everything that is due, a batch a transaction; how many deliveries were promised.

    Where more is due than leaves in a second, deliveries are spread over the time they take, each
    destination at a place of its own: so what somebody forces meanwhile need not queue behind.
    """
    async with database.read() as connection:
        if not await plans.anything_due(connection, now):
            return 0
    until = await weave_new(database, now)
    run = await planning.begin(database, now, until, split, per_second, pooled=pooled)
    promised = 0
    while run is not None:
        async with database.write() as connection:
            oldest = run.pool.lowest
            due = await plans.due(connection, now, until, batch, oldest=oldest)
            decided = await run.decide(connection, due)
            promised += await plans.carry_out(connection, decided, until, now, nonces)
        if len(due) < batch:
            break
    return promised
