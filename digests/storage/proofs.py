"""The messages that show drafts: which are behind their draft, claimed, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, literal_column, or_, select, update

from digests.editing import LIVE
from digests.storage.database import Connection
from digests.storage.review_tables import drafts


@dataclass(frozen=True, slots=True)
class Claim:
    """A draft whose message this process brings up to date; see ``digests.model.Delivery``."""

    draft_id: int
    attempt: int
    claimed_at: datetime
    in_doubt_since: datetime


@dataclass(frozen=True, slots=True)
class End:
    """How that ended: ``shown`` is the version that the message shows now, if it does.

    ``given_up`` says why it will not be tried again.
    """

    claim: Claim
    shown: int | None = None
    message_id: int | None = None
    not_before: datetime | None = None
    in_doubt_since: datetime | None = None
    given_up: str | None = None


async def claim(
    connection: Connection, now: datetime, lease_until: datetime, most: int
) -> list[Claim]:
    """Take drafts whose message is not what it should be; nobody else has them before the lease."""
    behind = and_(
        # As the index says it: with parameters SQLite would not know that it fits.
        literal_column("shown < version"),
        drafts.c.given_up.is_(None),
        drafts.c.not_before <= now,
        or_(drafts.c.lease_until.is_(None), drafts.c.lease_until <= now),
        # What is over is not shown for the first time.
        or_(
            drafts.c.message_id.is_not(None),
            drafts.c.in_doubt_since.is_not(None),
            drafts.c.state.in_([state.value for state in LIVE]),
        ),
    )
    ids = list(
        await connection.scalars(
            select(drafts.c.id)
            .where(behind)
            .order_by(drafts.c.not_before, drafts.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )
    if not ids:
        return []
    await connection.execute(
        update(drafts)
        .where(drafts.c.id.in_(ids))
        .values(
            attempt=drafts.c.attempt + 1,
            lease_until=lease_until,
            in_doubt_since=func.coalesce(drafts.c.in_doubt_since, now),
        )
    )
    rows = await connection.execute(
        select(drafts.c.id, drafts.c.attempt, drafts.c.in_doubt_since).where(drafts.c.id.in_(ids))
    )
    return [Claim(row.id, row.attempt, now, row.in_doubt_since) for row in rows]


async def settle(connection: Connection, ended: Sequence[End]) -> None:
    """Write how claims ended, if they were still this process's own."""
    for one in ended:
        await connection.execute(
            update(drafts)
            .where(drafts.c.id == one.claim.draft_id, drafts.c.attempt == one.claim.attempt)
            .values(
                shown=drafts.c.shown if one.shown is None else one.shown,
                message_id=func.coalesce(drafts.c.message_id, one.message_id),
                attempt=0 if one.shown is not None else drafts.c.attempt,
                not_before=one.not_before or drafts.c.not_before,
                in_doubt_since=one.in_doubt_since,
                given_up=one.given_up,
                lease_until=None,
            )
        )


async def end_leases(connection: Connection, now: datetime) -> int:
    """No other process can be sending: what is claimed was left by one that died; how many."""
    result = await connection.execute(
        update(drafts)
        .where(drafts.c.lease_until.is_not(None))
        .values(lease_until=None, not_before=now)
    )
    return result.rowcount
