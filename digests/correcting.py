"""Step 6a, correct: articles that say something else now in, messages to be edited out.

    revisions -> digests that hold the article -> their editions -> messages that are posted

It goes through the digests in small steps, and each step is one transaction that also writes how
far it is. So it may end anywhere, and goes on there. What is not posted yet needs no edit: it is
drawn afresh when it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from digests.model import Digest, Kind, Look
from digests.storage import Connection, Database, corrections, drafts, revisions
from digests.storage.corrections import Want
from digests.storage.revisions import Revision
from digests.stories import with_others
from digests.visible import Place

QUIET = timedelta(seconds=1)
"""How long an article must have been left alone: a file that is replaced is not withdrawn."""

DIGESTS = 500
"""Digests looked through in one step."""

EDITIONS = 500
"""Editions whose messages are noted in one transaction."""

REVISIONS = 1_000
"""Articles looked for at once."""


class Found(NamedTuple):
    """A digest that holds articles that changed, and which."""

    digest_id: int
    digest: Digest
    changed: tuple[Revision, ...]


async def correct(
    database: Database, now: datetime, *, at_once: int = DIGESTS, editions: int = EDITIONS
) -> int:
    """Find all messages that have to be edited because articles changed; how many.

    Articles that have changed within QUIET are left for later. A step looks through ``at_once``
    digests; a transaction notes the messages of so many ``editions``.
    """
    wanted = 0
    while True:
        async with database.read() as connection:
            todo = await revisions.pending(connection, now - QUIET, REVISIONS)
        if not todo:
            return wanted
        # Whoever reads these articles after this, reads what they say now.
        async with database.write() as connection:
            await revisions.await_claims(connection)
        wanted += await _look_through(database, todo, now, at_once, editions)
        await asyncio.sleep(0)


async def _look_through(
    database: Database, todo: Sequence[Revision], now: datetime, at_once: int, editions: int
) -> int:
    """Look through some digests, from where the least done of these articles is."""
    first = min(one.digest_id for one in todo)
    async with database.read() as connection:
        there, following = await corrections.digests_from(connection, first, at_once)
    # Those that begin further on have their turn when the others have come there.
    here = {one.article_id: one for one in todo if following is None or one.digest_id < following}
    wanted = 0
    for found in _holding(there, here.values()):
        more = await _expand(database, found, now, editions)
        if more is None:
            return wanted  # another process was here, or an article changed again
        wanted += more
        for one in found.changed:
            here[one.article_id] = replace(one, digest_id=found.digest_id + 1, edition_id=0)
    async with database.write() as connection:
        if await revisions.own(connection, here.values()):
            if following is None:
                await revisions.finish(connection, here.values())
            else:
                await revisions.advance(connection, here.values(), following)
    return wanted


def _holding(there: Iterable[tuple[int, Digest]], changed: Collection[Revision]) -> Iterator[Found]:
    """Those digests that hold articles that changed, as far as these are not done there."""
    by_id = {one.article_id: one for one in changed}
    for digest_id, digest in there:
        shown = {id_ for part in digest.parts for id_ in with_others(part, digest)}
        held = [by_id[id_] for id_ in sorted(shown & by_id.keys())]
        held = [one for one in held if one.digest_id <= digest_id]
        if held:
            yield Found(digest_id, digest, tuple(held))


async def _expand(database: Database, found: Found, now: datetime, most: int) -> int | None:
    """Note all messages of a digest that have to be edited; None if that is not ours to do."""
    wanted = 0
    # Of articles that came to this digest at different times, all begin anew: that does no harm.
    after = min(one.edition_id for one in found.changed)
    changed = found.changed
    last = False
    while not last:
        async with database.write() as connection:
            if not await revisions.own(connection, changed):
                return None
            ids, last = await corrections.editions_of(connection, found.digest_id, after, most)
            some = await _wanted(connection, found, changed, ids)
            await corrections.want_edits(connection, some, now)
            if last:
                await drafts.refresh_all(connection, found.digest_id)
                await revisions.advance(connection, changed, found.digest_id + 1)
            else:
                after = ids[-1]
                await revisions.advance(connection, changed, found.digest_id, after)
                changed = tuple(
                    replace(one, digest_id=found.digest_id, edition_id=after) for one in changed
                )
        wanted += len({one.message.delivery_id for one in some})
        await asyncio.sleep(0)
    return wanted


async def _wanted(
    connection: Connection, found: Found, changed: Sequence[Revision], edition_ids: Sequence[int]
) -> list[Want]:
    """The messages of these editions in which readers see that an article changed."""
    digest = found.digest
    parts = [
        number
        for number, part in enumerate(digest.parts)
        if any(one.article_id in with_others(part, digest) for one in changed)
    ]
    wanted = []
    for message in await corrections.messages_of(connection, edition_ids, parts):
        for one in changed:
            place = place_of(one.article_id, digest, message.part, message.omitted)
            if place is None or not one.is_seen(place, message.seen):
                continue
            noted = one.is_noted(message.seen) and place is not Place.LINK
            rename = message.kind is Kind.FORUM and one.is_seen(Place.LINK, message.seen)
            was = one.then(message.seen)
            wanted.append(Want(message, one.article_id, was, one.at if noted else None, rename))
    return wanted


def place_of(
    article_id: int, digest: Digest, part: int, omitted: Collection[int] = ()
) -> Place | None:
    """Where an article stands in a message of a digest; None where it does not (pure)."""
    folded = dict(digest.folded)
    members = [(head, *folded.get(head, ())) for head in digest.parts[part]]
    shown = [there for some in members if (there := [one for one in some if one not in omitted])]
    for index, there in enumerate(shown):
        leads = digest.look is Look.LEAD and part == 0 and index == 0
        if there[0] == article_id:
            if leads or (digest.look is Look.CARDS and len(shown) == 1):
                return Place.ALONE
            return Place.CARD if digest.look is Look.CARDS else Place.LINE
        if article_id in there:
            return Place.LINK if leads or digest.look is Look.CARDS else None
    return None
