"""The rows of deliveries: promised, claimed, settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from digests.model import Delivery, Digest, Kind, Look, Occasion, Published, State
from digests.storage import corrections, library, revisions
from digests.storage import destinations as destination_rows
from digests.storage.columns import UtcDateTime
from digests.storage.database import Connection
from digests.storage.editions import drawn_as, to_digest
from digests.storage.schema import deliveries, destinations, digests, editions
from digests.stories import cards, with_others

EARLY = timedelta(seconds=5)

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
    """Take deliveries that are due, longest due first; nobody else gets them before the lease ends.

    A destination's deliveries go out in order: one is due when no earlier one is unsettled. What
    was never tried and is only spread over time may go a little early where there is room.
    """
    await revisions.begin_claim(connection)
    due = (
        select(deliveries.c.id)
        .where(_due(now))
        .order_by(deliveries.c.not_before, deliveries.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(await connection.scalars(due))
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
            # What an attempt shows that may have posted it is what counts.
            seen=case(
                (deliveries.c.in_doubt_since.is_(None), revisions.changes()),
                else_=deliveries.c.seen,
            ),
        )
    )
    return await _claimed(connection, ids, now)


def _due(now: datetime) -> ColumnElement[bool]:
    earlier = deliveries.alias()
    blocked = exists().where(
        earlier.c.destination_id == deliveries.c.destination_id,
        earlier.c.id < deliveries.c.id,
        earlier.c.state.in_(_UNSETTLED),
    )
    return and_(
        deliveries.c.state == State.WAITING.value,
        deliveries.c.not_before <= now + EARLY,
        or_(deliveries.c.attempt == 0, deliveries.c.not_before <= now),
        ~blocked,
    )


async def any_due(connection: Connection, now: datetime) -> bool:
    """Whether a claim would find anything."""
    return bool(await connection.scalar(select(exists().where(_due(now)))))


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
                digests.c.folded,
                digests.c.updates,
                drawn_as(),
                _thread_id().label("thread_id"),
                destinations,
            )
            .join(editions, editions.c.id == deliveries.c.edition_id)
            .join(digests, digests.c.id == editions.c.digest_id)
            .join(destinations, destinations.c.id == deliveries.c.destination_id)
            .where(deliveries.c.id.in_(ids))
            .order_by(deliveries.c.id)
        )
    ).all()
    made = {row.delivery_id: to_digest(cast(Row[Any], row)) for row in rows}
    wanted = {
        id_
        for row in rows
        for part in row.parts[: row.part + 1]
        for id_ in with_others(part, made[row.delivery_id])
    }
    found = await library.published(connection, wanted)
    left_out = await _leave_out(connection, rows, made, found, now)
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
            articles=_cards(
                row.parts[row.part], made[row.delivery_id], found, left_out[row.delivery_id]
            ),
            shown=sum(map(len, row.parts)),
            more=len(row.rest),
            thread_id=row.thread_id,
            look=made[row.delivery_id].look,
            shrunk=any(
                id_ not in found and id_ not in left_out[row.delivery_id]
                for id_ in with_others(row.parts[row.part], made[row.delivery_id])
            ),
            earlier=tuple(
                _cards(part, made[row.delivery_id], found) for part in row.parts[: row.part]
            ),
        )
        for row in rows
    ]


def _cards(
    part: Sequence[int],
    digest: Digest,
    found: Mapping[int, Published],
    without: Collection[int] = (),
) -> tuple[Published, ...]:
    if without:
        found = {id_: one for id_, one in found.items() if id_ not in without}
    return tuple(cards(part, digest, found).values())


async def _leave_out(
    connection: Connection,
    rows: Sequence[Any],
    made: Mapping[int, Digest],
    found: Collection[int],
    now: datetime,
) -> dict[int, Collection[int]]:
    """The articles that each message leaves out, because they were withdrawn before it is posted.

    Where an earlier attempt may have posted a message, it is what that one left out that counts.
    """
    doubtful = [row.delivery_id for row in rows if row.in_doubt_since != now]
    left_out: dict[int, Collection[int]] = {row.delivery_id: () for row in rows}
    left_out |= await corrections.omitted(connection, doubtful)
    again = [row for row in rows if row.in_doubt_since == now and row.attempt > 1]
    await corrections.forget_omitted(connection, [row.delivery_id for row in again])
    for row in rows:
        if row.in_doubt_since == now:
            wanted = with_others(row.parts[row.part], made[row.delivery_id])
            left_out[row.delivery_id] = [id_ for id_ in wanted if id_ not in found]
    new = left_out.keys() - set(doubtful)
    await corrections.omit(connection, ((id_, one) for id_ in sorted(new) for one in left_out[id_]))
    return left_out


def _thread_id() -> ScalarSelect[int | None]:
    """The forum post that earlier parts of the edition are in."""
    sibling = deliveries.alias()
    return (
        select(func.min(sibling.c.channel_id))
        .where(
            sibling.c.edition_id == deliveries.c.edition_id,
            sibling.c.part < deliveries.c.part,
            destinations.c.kind == Kind.FORUM.value,
        )
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed delivery ended: its new state and what else is written with it.

    ``look``: it is drawn in this one from now on, and not in its digest's.
    """

    delivery: Delivery
    state: State
    not_before: datetime | None = None
    in_doubt_since: datetime | None = None
    message_id: int | None = None
    channel_id: int | None = None
    reason: str | None = None
    look: Look | None = None


async def settle(
    connection: Connection, ended: Sequence[Settlement], now: datetime
) -> list[Settlement]:
    """Write how claimed deliveries ended; those that were still this process's own.

    A claim that passed on has another attempt number, and its end is somebody else's to tell.
    """
    claims = {(one.delivery.id, one.delivery.attempt): one for one in ended}
    rows = await connection.execute(
        select(deliveries.c.id, deliveries.c.attempt)
        .where(
            tuple_(deliveries.c.id, deliveries.c.attempt).in_(list(claims)),
            deliveries.c.state == State.SENDING.value,
        )
        .with_for_update()
    )
    own = [claims[row.id, row.attempt] for row in rows]
    if own:
        await connection.execute(_SETTLE, [_settled(one, now) for one in own])
    return own


_SETTLE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("p_id"))
    .values(
        state=bindparam("p_state"),
        lease_until=None,
        not_before=func.coalesce(
            bindparam("p_not_before", type_=UtcDateTime), deliveries.c.not_before
        ),
        in_doubt_since=bindparam("p_in_doubt_since"),
        message_id=bindparam("p_message_id"),
        channel_id=bindparam("p_channel_id"),
        colour=bindparam("p_colour"),
        look=func.coalesce(bindparam("p_look", type_=String), deliveries.c.look),
        reason=bindparam("p_reason"),
        settled_at=bindparam("p_settled_at"),
    )
)


def _settled(one: Settlement, now: datetime) -> dict[str, object]:
    return {
        "p_id": one.delivery.id,
        "p_state": one.state.value,
        "p_not_before": one.not_before,
        "p_in_doubt_since": one.in_doubt_since,
        "p_message_id": one.message_id,
        "p_channel_id": one.channel_id,
        "p_colour": one.delivery.destination.appearance.colour,
        "p_look": one.look and one.look.value,
        "p_reason": one.reason,
        "p_settled_at": now if one.state in (State.SENT, State.DEAD) else None,
    }


async def end_leases(connection: Connection, now: datetime, *, all_of_them: bool = False) -> int:
    """Put back what is being sent by a process that did not end it in time; how many.

    Whether they were posted is in doubt. ``all_of_them``: no other process can be sending.
    """
    over = deliveries.c.state == State.SENDING.value
    if not all_of_them:
        over &= deliveries.c.lease_until <= now
    result = await connection.execute(
        update(deliveries)
        .where(over)
        .values(state=State.WAITING.value, lease_until=None, not_before=now)
    )
    return result.rowcount


async def counts(connection: Connection) -> dict[State, int]:
    """How many deliveries are in each state."""
    rows = await connection.execute(
        select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    )
    found = {State(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in State}
