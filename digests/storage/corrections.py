"""Messages that show an article: found by the digests that hold it, and noted to be edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Row, and_, delete, func, or_, select

from digests.model import Digest, Kind, State
from digests.storage.database import Connection
from digests.storage.editions import to_digest
from digests.storage.files import chunks
from digests.storage.rows import insert
from digests.storage.schema import (
    corrections,
    deliveries,
    destinations,
    digests,
    editions,
    edits,
    omissions,
)


class Message(NamedTuple):
    """A message that is posted, or may be.

    It is drawn up to the change ``seen``; ``omitted`` articles of its digest are not in it.
    """

    delivery_id: int
    destination_id: int
    kind: Kind
    part: int
    seen: int
    omitted: frozenset[int]


class Want(NamedTuple):
    """A message to be edited, and the article for which it is; ``was`` is the mark it had.

    ``corrected_at``: its card is to say that it was corrected then. ``rename``: the name of the
    forum post may say it too.
    """

    message: Message
    article_id: int
    was: str | None
    corrected_at: datetime | None
    rename: bool


async def digests_from(
    connection: Connection, first: int, most: int
) -> tuple[list[tuple[int, Digest]], int | None]:
    """Digests by id, from ``first`` on, and the id after the last; None if there are no more."""
    rows = (
        await connection.execute(
            select(digests).where(digests.c.id >= first).order_by(digests.c.id).limit(most)
        )
    ).all()
    found = [(row.id, to_digest(row)) for row in rows]
    return found, found[-1][0] + 1 if len(found) == most else None


async def editions_of(
    connection: Connection, digest_id: int, after: int, most: int
) -> tuple[list[int], bool]:
    """Ids of editions of a digest above ``after``, in order; and whether there are no more."""
    found = await connection.scalars(
        select(editions.c.id)
        .where(editions.c.digest_id == digest_id, editions.c.id > after)
        .order_by(editions.c.id)
        .limit(most)
    )
    ids = list(found)
    return ids, len(ids) < most


async def messages_of(
    connection: Connection, edition_ids: Collection[int], parts: Collection[int]
) -> list[Message]:
    """These parts of editions, as far as they are posted or may be."""
    posted = and_(deliveries.c.state == State.SENT.value, deliveries.c.message_id.is_not(None))
    perhaps = and_(
        deliveries.c.state.in_([State.WAITING.value, State.SENDING.value, State.HELD.value]),
        deliveries.c.in_doubt_since.is_not(None),
    )
    rows: list[Row[Any]] = []
    for chunk in chunks(sorted(edition_ids)):
        found = await connection.execute(
            select(
                deliveries.c.id,
                deliveries.c.destination_id,
                destinations.c.kind,
                deliveries.c.part,
                deliveries.c.seen,
            )
            .join(destinations, destinations.c.id == deliveries.c.destination_id)
            .where(
                deliveries.c.edition_id.in_(chunk),
                deliveries.c.part.in_(sorted(parts)),
                or_(posted, perhaps),
            )
            .order_by(deliveries.c.id)
        )
        rows += cast(Sequence[Row[Any]], found.all())
    missing = await omitted(connection, [row.id for row in rows])
    return [
        Message(
            row.id,
            row.destination_id,
            Kind(row.kind),
            row.part,
            row.seen,
            missing.get(row.id, frozenset()),
        )
        for row in rows
    ]


async def omitted(
    connection: Connection, delivery_ids: Collection[int]
) -> dict[int, frozenset[int]]:
    """The articles that are not in these messages, though their digests hold them."""
    found: dict[int, set[int]] = {}
    for chunk in chunks(sorted(delivery_ids)):
        rows = await connection.execute(select(omissions).where(omissions.c.delivery_id.in_(chunk)))
        for row in rows:
            found.setdefault(row.delivery_id, set()).add(row.article_id)
    return {id_: frozenset(ids) for id_, ids in found.items()}


async def forget_omitted(connection: Connection, delivery_ids: Collection[int]) -> None:
    """These messages were not posted; what they left out is found out anew."""
    for chunk in chunks(sorted(delivery_ids)):
        await connection.execute(delete(omissions).where(omissions.c.delivery_id.in_(chunk)))


async def omit(connection: Connection, gone: Iterable[tuple[int, int]]) -> None:
    """Articles that a message about to be posted leaves out: (delivery, article)."""
    rows = [{"delivery_id": one, "article_id": other} for one, other in gone]
    if rows:
        await connection.execute(insert(connection, omissions).on_conflict_do_nothing(), rows)


async def want_edits(connection: Connection, wanted: Sequence[Want], now: datetime) -> None:
    """These messages do not show what their articles say; what is being edited is edited again."""
    if not wanted:
        return
    note = insert(connection, corrections)
    await connection.execute(
        # What was said at first stays, and so does a note, also while it is withdrawn.
        note.on_conflict_do_update(
            index_elements=["delivery_id", "article_id"],
            set_={
                "corrected_at": func.coalesce(
                    note.excluded.corrected_at, corrections.c.corrected_at
                )
            },
        ),
        [
            {
                "delivery_id": one.message.delivery_id,
                "article_id": one.article_id,
                "was": one.was,
                "corrected_at": one.corrected_at,
            }
            for one in wanted
        ],
    )
    once: dict[int, Want] = {}
    for one in wanted:
        known = once.get(one.message.delivery_id, one)
        once[one.message.delivery_id] = one._replace(rename=one.rename or known.rename)
    statement = insert(connection, edits)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["delivery_id"],
            set_={
                "number": edits.c.number + 1,
                "rename": or_(edits.c.rename, statement.excluded.rename),
                "tries": 0,
                "not_before": statement.excluded.not_before,
            },
        ),
        [
            {
                "delivery_id": delivery_id,
                "destination_id": one.message.destination_id,
                "number": 1,
                "rename": one.rename,
                "attempt": 0,
                "tries": 0,
                "not_before": now,
            }
            for delivery_id, one in sorted(once.items())
        ],
    )


async def waiting(connection: Connection) -> int:
    """How many messages are still to be edited."""
    return await connection.scalar(select(func.count()).select_from(edits)) or 0
