"""The rows of drafts and of what editors did to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from digests.editing import LIVE, Act, Done, DraftState, marks_of
from digests.model import Digest
from digests.storage.database import Connection
from digests.storage.editions import Stored, save_digests, to_digest
from digests.storage.review_tables import draft_acts, drafts
from digests.storage.schema import destinations, digests

_LIVE = tuple(state.value for state in LIVE)
_TOLD = (*_LIVE, DraftState.SENT.value, DraftState.EMPTY.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is stored: its window of sequences, and the digest as it was made.

    ``slot`` is when it goes out. ``channel_id`` is the staff channel, ``message_id`` its message
    there; ``edition`` the number of the edition that it became.
    """

    id: int
    destination_id: int
    digest: Digest
    since: int
    until: int
    slot: datetime
    planned_at: datetime
    state: DraftState
    version: int
    edition: int | None
    ended_at: datetime | None
    channel_id: int
    message_id: int | None
    nonce: str
    acts: tuple[Done, ...]


async def add(
    connection: Connection,
    destination_id: int,
    digest: Stored,
    window: tuple[int, int],
    slot: datetime,
    channel_id: int,
    nonce: str,
    acts: Sequence[Done],
    now: datetime,
) -> None:
    """A new live draft; ``acts`` are those that it takes over from the one before."""
    await save_digests(connection, [digest])
    digest_id = select(digests.c.id).where(digests.c.key == digest.key).scalar_subquery()
    await connection.execute(
        drafts.insert().values(
            destination_id=destination_id,
            digest_id=digest_id,
            since=window[0],
            until=window[1],
            slot=slot,
            planned_at=now,
            state=DraftState.OPEN.value,
            version=len(acts),
            channel_id=channel_id,
            nonce=nonce,
            shown=-1,
            attempt=0,
            not_before=now,
        )
    )
    if acts:
        id_ = await connection.scalar(select(drafts.c.id).where(drafts.c.nonce == nonce))
        assert id_ is not None  # noqa: S101 - it was written a moment ago
        await _add_acts(connection, id_, acts)


async def live(connection: Connection, destination_id: int) -> Draft | None:
    """The live draft of a destination, if there is one; whoever asks has locked the destination."""
    found = await _drafts(
        connection,
        (drafts.c.destination_id == destination_id) & drafts.c.state.in_(_LIVE),
    )
    return found[0] if found else None


async def find(connection: Connection, id_: int) -> Draft | None:
    """One draft, live or not."""
    found = await _drafts(connection, drafts.c.id == id_)
    return found[0] if found else None


async def several(connection: Connection, ids: Sequence[int]) -> list[Draft]:
    """These drafts."""
    return await _drafts(connection, drafts.c.id.in_(ids))


async def act(
    connection: Connection, draft: Draft, done: Sequence[Done], state: DraftState
) -> bool:
    """Write down what was done to a draft; False if it is not the version it was.

    ``done`` begin with the number after that version; ``state`` is what the draft is then.
    """
    result = await connection.execute(
        update(drafts)
        .where(
            drafts.c.id == draft.id,
            drafts.c.version == draft.version,
            drafts.c.state.in_(_LIVE),
        )
        .values(version=drafts.c.version + len(done), state=state.value)
    )
    if result.rowcount:
        await _add_acts(connection, draft.id, done)
    return result.rowcount > 0


async def move(connection: Connection, id_: int, slot: datetime) -> None:
    """A live draft goes out at another time; its message is to say so."""
    await connection.execute(
        update(drafts).where(drafts.c.id == id_).values(slot=slot, version=drafts.c.version + 1)
    )


async def refresh(connection: Connection, id_: int) -> None:
    """What a draft's message says is no longer so."""
    await connection.execute(
        update(drafts).where(drafts.c.id == id_).values(version=drafts.c.version + 1)
    )


async def refresh_all(connection: Connection, digest_id: int) -> None:
    """Articles of a digest changed: what the messages of its drafts say is no longer so."""
    await connection.execute(
        update(drafts)
        .where(drafts.c.digest_id == digest_id, drafts.c.message_id.is_not(None))
        .values(version=drafts.c.version + 1)
    )


async def end(
    connection: Connection, id_: int, state: DraftState, now: datetime, edition: int | None = None
) -> None:
    """A draft is no longer live."""
    await connection.execute(
        update(drafts)
        .where(drafts.c.id == id_)
        .values(state=state.value, edition=edition, ended_at=now, version=drafts.c.version + 1)
    )


async def due_at(connection: Connection, destination_id: int, moment: datetime | None) -> None:
    """When the next edition of a destination goes out."""
    await connection.execute(
        update(destinations).where(destinations.c.id == destination_id).values(next_due=moment)
    )


async def left_out(connection: Connection, destination_id: int) -> dict[int, int | None]:
    """Articles that editors left out of a destination's editions, those of their cards with them.

    By id, with the number of the edition; None where there is none (yet).
    """
    with_drops = select(draft_acts.c.draft_id).where(draft_acts.c.act == Act.DROPPED.value)
    found = await _drafts(
        connection,
        (drafts.c.destination_id == destination_id)
        & drafts.c.state.in_(_TOLD)
        & drafts.c.id.in_(with_drops),
    )
    out: dict[int, int | None] = {}
    for draft in found:
        dropped = marks_of(draft.acts).dropped
        folded = dict(draft.digest.folded)
        for id_ in dropped & draft.digest.articles:
            out |= dict.fromkeys((id_, *folded.get(id_, ())), draft.edition)
    return out


async def last_number(connection: Connection, destination_id: int) -> int:
    """The number of the last edition of a destination."""
    statement = select(destinations.c.editions).where(destinations.c.id == destination_id)
    return await connection.scalar(statement) or 0


async def _add_acts(connection: Connection, id_: int, acts: Sequence[Done]) -> None:
    await connection.execute(
        draft_acts.insert(),
        [
            {
                "draft_id": id_,
                "number": one.number,
                "act": one.act.value,
                "by": one.by,
                "at": one.at,
                "article_id": one.article_id,
            }
            for one in acts
        ],
    )


async def _drafts(connection: Connection, which: Any) -> list[Draft]:
    rows = (
        await connection.execute(
            select(
                drafts,
                digests.c.parts,
                digests.c.rest,
                digests.c.folded,
                digests.c.updates,
                digests.c.drawn_as,
            )
            .join(digests, digests.c.id == drafts.c.digest_id)
            .where(which)
            .order_by(drafts.c.id)
        )
    ).all()
    acts: dict[int, list[Done]] = {row.id: [] for row in rows}
    if acts:
        done = await connection.execute(
            select(draft_acts)
            .where(draft_acts.c.draft_id.in_(list(acts)))
            .order_by(draft_acts.c.draft_id, draft_acts.c.number)
        )
        for row in done:
            acts[row.draft_id].append(
                Done(row.number, Act(row.act), row.by, row.at, row.article_id)
            )
    return [_to_draft(row, acts[row.id]) for row in rows]


def _to_draft(row: Row[Any], acts: Sequence[Done]) -> Draft:
    return Draft(
        id=row.id,
        destination_id=row.destination_id,
        digest=to_digest(row),
        since=row.since,
        until=row.until,
        slot=row.slot,
        planned_at=row.planned_at,
        state=DraftState(row.state),
        version=row.version,
        edition=row.edition,
        ended_at=row.ended_at,
        channel_id=row.channel_id,
        message_id=row.message_id,
        nonce=row.nonce,
        acts=tuple(acts),
    )
