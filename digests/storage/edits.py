"""The rows of edits: posted messages that have to change, claimed, done or tried again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, and_, bindparam, delete, exists, or_, select, tuple_, update

from digests.model import Digest, State
from digests.posted import Change, Edit, Shown, shown_now
from digests.storage import destinations as destination_rows
from digests.storage import library, outbox, revisions
from digests.storage.columns import UtcDateTime
from digests.storage.database import Connection
from digests.storage.editions import drawn_as, to_digest
from digests.storage.files import chunks
from digests.storage.schema import (
    corrections,
    deliveries,
    destinations,
    digests,
    editions,
    edits,
    omissions,
)
from digests.stories import with_others

_POSTED = and_(deliveries.c.state == State.SENT.value, deliveries.c.message_id.is_not(None))


async def any_wanted(connection: Connection) -> bool:
    """Whether any message has to be edited, now or later."""
    return bool(await connection.scalar(select(exists().select_from(edits))))


async def claim(
    connection: Connection, now: datetime, lease_until: datetime, most: int
) -> list[Edit]:
    """Take messages to be edited; none as long as a delivery is due.

    One of each destination at once, the newest first: Discord lets a channel have few in a row.
    """
    if await outbox.any_due(connection, now):
        return []
    other, posted = edits.alias(), deliveries.alias()
    goes_first = (
        exists()
        .where(
            other.c.destination_id == edits.c.destination_id,
            other.c.delivery_id != edits.c.delivery_id,
            posted.c.id == other.c.delivery_id,
            posted.c.message_id.is_not(None),
            or_(
                other.c.lease_until.is_not(None),
                and_(other.c.delivery_id > edits.c.delivery_id, other.c.not_before <= now),
            ),
        )
        .correlate(edits)
    )
    wanted = (
        select(edits.c.delivery_id)
        .join(deliveries, deliveries.c.id == edits.c.delivery_id)
        .where(edits.c.not_before <= now, edits.c.lease_until.is_(None), _POSTED, ~goes_first)
        .order_by(edits.c.not_before, edits.c.delivery_id)
        .limit(most)
        .with_for_update(of=edits, skip_locked=True)
    )
    ids = list(await connection.scalars(wanted))
    if not ids:
        return []
    await connection.execute(
        update(edits)
        .where(edits.c.delivery_id.in_(ids))
        .values(lease_until=lease_until, attempt=edits.c.attempt + 1)
    )
    # Before articles are read: what changes meanwhile is not seen yet.
    await connection.execute(
        update(deliveries).where(deliveries.c.id.in_(ids)).values(seen=revisions.changes())
    )
    return await _claimed(connection, ids)


async def _claimed(connection: Connection, ids: Sequence[int]) -> list[Edit]:
    rows: list[Row[Any]] = []
    for chunk in chunks(sorted(ids)):
        found = await connection.execute(_EDITS.where(edits.c.delivery_id.in_(chunk)))
        rows += cast(Sequence[Row[Any]], found.all())
    made = {row.delivery_id: to_digest(row) for row in rows}
    there = await library.published(
        connection,
        {
            id_
            for row in rows
            for part in row.parts[: row.part + 1]
            for id_ in with_others(part, made[row.delivery_id])
        },
    )
    missing, changed = await _history(connection, {row.edition_id for row in rows})

    def shown(row: Row[Any], part: int) -> tuple[Shown, ...]:
        digest, of = made[row.delivery_id], row.edition_id
        return shown_now(digest.parts[part], digest, there, missing.get(of, ()), changed.get(of))

    return [
        _to_edit(
            row,
            made[row.delivery_id],
            shown(row, row.part),
            tuple(shown(row, part) for part in range(row.part)),
        )
        for row in rows
    ]


_EDITS = (
    select(
        edits.c.delivery_id,
        edits.c.number.label("edit_number"),
        edits.c.attempt,
        edits.c.tries,
        edits.c.rename,
        deliveries.c.part,
        deliveries.c.message_id,
        deliveries.c.channel_id,
        deliveries.c.colour.label("posted_colour"),
        deliveries.c.edition_id,
        editions.c.number.label("edition_number"),
        *(column for column in digests.c if column.name not in ("id", "key", "drawn_as")),
        drawn_as(),
        destinations,
    )
    .join(deliveries, deliveries.c.id == edits.c.delivery_id)
    .join(editions, editions.c.id == deliveries.c.edition_id)
    .join(digests, digests.c.id == editions.c.digest_id)
    .join(destinations, destinations.c.id == deliveries.c.destination_id)
    .order_by(edits.c.delivery_id)
)


async def _history(
    connection: Connection, edition_ids: Collection[int]
) -> tuple[dict[int, set[int]], dict[int, dict[int, Change]]]:
    """What editions left out when they were posted, and what became of the rest since."""
    missing: dict[int, set[int]] = {}
    changed: dict[int, dict[int, Change]] = {}
    for chunk in chunks(sorted(edition_ids)):
        left_out = await connection.execute(
            select(deliveries.c.edition_id, omissions.c.article_id)
            .join(deliveries, deliveries.c.id == omissions.c.delivery_id)
            .where(deliveries.c.edition_id.in_(chunk))
        )
        for row in left_out:
            missing.setdefault(row.edition_id, set()).add(row.article_id)
        since = await connection.execute(
            select(deliveries.c.edition_id, corrections)
            .join(deliveries, deliveries.c.id == corrections.c.delivery_id)
            .where(deliveries.c.edition_id.in_(chunk))
        )
        for row in since:
            change = Change(row.was, row.corrected_at)
            changed.setdefault(row.edition_id, {})[row.article_id] = change
    return missing, changed


def _to_edit(
    row: Row[Any], digest: Digest, shown: tuple[Shown, ...], earlier: tuple[tuple[Shown, ...], ...]
) -> Edit:
    return Edit(
        id=row.delivery_id,
        number=row.edit_number,
        attempt=row.attempt,
        tries=row.tries,
        rename=row.rename,
        destination=destination_rows.to_destination(row),
        channel_id=row.channel_id,
        message_id=row.message_id,
        edition=row.edition_number,
        part=row.part,
        parts=len(digest.parts),
        alone=digest.shown + len(digest.rest) == 1,
        shown=shown,
        earlier=earlier,
        look=digest.look,
        colour=row.posted_colour,
    )


@dataclass(frozen=True, slots=True)
class EditEnd:
    """How a claimed edit ended: done, or to be tried again at ``again``."""

    edit: Edit
    again: datetime | None


async def settle(connection: Connection, ended: Sequence[EditEnd]) -> None:
    """Write how claimed edits ended, as far as they were still this process's own.

    One whose articles have changed since is not done: it only loses its lease.
    """
    claims = {(one.edit.id, one.edit.attempt): one for one in ended}
    if not claims:
        return
    rows = await connection.execute(
        select(edits.c.delivery_id, edits.c.attempt, edits.c.number)
        .where(
            tuple_(edits.c.delivery_id, edits.c.attempt).in_(list(claims)),
            edits.c.lease_until.is_not(None),
        )
        .with_for_update()
    )
    done, free, again = [], [], []
    for row in rows:
        one = claims[row.delivery_id, row.attempt]
        if row.number != one.edit.number:
            free.append(row.delivery_id)
        elif one.again is None:
            done.append(row.delivery_id)
        else:
            again.append({"p_id": row.delivery_id, "p_again": one.again})
    for chunk in chunks(done):
        await connection.execute(delete(edits).where(edits.c.delivery_id.in_(chunk)))
    for chunk in chunks(free):
        await connection.execute(
            update(edits).where(edits.c.delivery_id.in_(chunk)).values(lease_until=None)
        )
    if again:
        await connection.execute(_AGAIN, again)


_AGAIN = (
    update(edits)
    .where(edits.c.delivery_id == bindparam("p_id"))
    .values(
        lease_until=None,
        tries=edits.c.tries + 1,
        not_before=bindparam("p_again", type_=UtcDateTime),
    )
)


async def end_leases(connection: Connection, now: datetime, *, all_of_them: bool = False) -> int:
    """Put back what a process did not end in time; how many. An edit may be repeated."""
    until = edits.c.lease_until
    over = until.is_not(None) if all_of_them else until <= now
    result = await connection.execute(update(edits).where(over).values(lease_until=None))
    return result.rowcount


async def forget_unposted(connection: Connection) -> None:
    """Messages that will never be there, or were deleted, need no edit."""
    never = select(deliveries.c.id).where(
        deliveries.c.id == edits.c.delivery_id,
        or_(
            deliveries.c.state == State.DEAD.value,
            and_(deliveries.c.state == State.SENT.value, deliveries.c.message_id.is_(None)),
        ),
    )
    await connection.execute(delete(edits).where(never.exists()))
