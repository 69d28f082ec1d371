"""Step 3a, weave: new articles in, the stories they belong to out, as rows.

It is done once for each article, when the planner first sees it, and never per destination. What
is not woven yet is not planned yet, so a repeat cannot slip through before it is known as one.
"""

from __future__ import annotations

from datetime import datetime

from digests.storage import Connection, Database, library
from digests.storage import stories as rows
from digests.stories import LIFE, trace, weave

BATCH = 50
"""Articles compared in one transaction."""

MOST_BATCHES = 40
"""So many at most before what is due is planned: a huge library must not delay the digests."""


async def weave_new(database: Database, now: datetime) -> int:
    """Compare new articles; up to which sequence that is done now."""
    for _ in range(MOST_BATCHES):
        async with database.write() as connection:
            if not await weave_batch(connection, now):
                break
    async with database.read() as connection:
        return await rows.woven(connection)


async def weave_rest(connection: Connection, now: datetime) -> None:
    """Compare new articles within the caller's transaction, as far as one tick would."""
    for _ in range(MOST_BATCHES):
        if not await weave_batch(connection, now):
            break


async def weave_batch(connection: Connection, now: datetime) -> bool:
    """Compare one batch; whether there are more."""
    since = await rows.woven(connection)
    latest = await library.latest_sequence(connection)
    if since >= latest:
        return False
    since = await rows.woven(connection, lock=True)
    new = await rows.unwoven(connection, since, BATCH)
    if new:
        traces = [trace(one) for one in new]
        await rows.save(connection, traces, weave(traces, await rows.near(connection, traces)))
        await rows.forget(connection, now - 2 * LIFE)
    done = new[-1].sequence if len(new) == BATCH else latest
    await rows.set_woven(connection, max(since, done))
    return done < latest
