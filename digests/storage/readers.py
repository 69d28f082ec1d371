"""What readers keep and press: saved articles, the edition behind a button, traces of a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update

from digests.model import Destination, Digest, Kind, Occasion, Published, State
from digests.storage import library
from digests.storage.database import Connection
from digests.storage.destinations import to_destination
from digests.storage.editions import to_digest, told_until
from digests.storage.review_tables import draft_acts, reviews
from digests.storage.rows import insert
from digests.storage.schema import (
    article_topics,
    articles,
    deliveries,
    destinations,
    digests,
    editions,
    metadata,
    saved,
    subscriptions,
)

NOBODY = 0
"""Stands for who set up a channel, once that person has asked to be forgotten."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A published article that a person saved."""

    published: Published
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """The edition that a posted message belongs to."""

    edition_id: int
    number: int
    occasion: Occasion
    destination: Destination
    planned_at: datetime
    digest: Digest


@dataclass(frozen=True, slots=True)
class Traces:
    """How much is stored that has to do with one person."""

    destination: Destination | None
    topics: int
    saved: int
    editions: int
    waiting: int
    channels: int
    acts: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is something to delete."""
        return self.destination is not None or bool(self.saved or self.channels or self.acts)


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The last digest of a destination: its number, when it was made, how many articles it had.

    It covers what came after ``since``, where that is known; it was due at ``slot``.
    ``message_id`` and ``channel_id`` are those of its first message, once that is posted.
    """

    number: int
    planned_at: datetime
    articles: int
    message_id: int | None
    channel_id: int | None
    since: datetime | None = None
    slot: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a destination stands: its last digest, and its messages that are not posted.

    ``reason`` is the last one that Discord gave for one of them.
    """

    last: LastEdition | None
    waiting: int
    held: int
    dead: int
    reason: str | None


async def newest(connection: Connection, most: int) -> list[int]:
    """Ids of the published articles that came last, the last first."""
    statement = select(articles.c.id).where(articles.c.withdrawn_at.is_(None))
    return list(
        await connection.scalars(statement.order_by(articles.c.sequence.desc()).limit(most))
    )


# ── saved articles ───────────────────────────────────────────────────────────────────────────


async def save(connection: Connection, person: int, ids: Collection[int], now: datetime) -> int:
    """Keep published articles for a person; how many were not kept before."""
    there = sorted(await library.published(connection, ids))
    if not there:
        return 0
    before = await count_saved(connection, person)
    await connection.execute(
        insert(connection, saved).on_conflict_do_nothing(),
        [{"person": person, "article_id": id_, "saved_at": now} for id_ in there],
    )
    return await count_saved(connection, person) - before


async def unsave(connection: Connection, person: int, ids: Collection[int]) -> int:
    """Keep articles no longer; how many were kept."""
    result = await connection.execute(
        delete(saved).where(saved.c.person == person, saved.c.article_id.in_(list(ids)))
    )
    return result.rowcount


async def saved_among(connection: Connection, person: int, ids: Collection[int]) -> set[int]:
    """Those of these articles that a person keeps."""
    rows = await connection.scalars(
        select(saved.c.article_id).where(
            saved.c.person == person, saved.c.article_id.in_(list(ids))
        )
    )
    return set(rows)


async def count_saved(connection: Connection, person: int) -> int:
    """How many published articles a person keeps."""
    statement = (
        select(func.count())
        .select_from(saved.join(articles, articles.c.id == saved.c.article_id))
        .where(saved.c.person == person, articles.c.withdrawn_at.is_(None))
    )
    return await connection.scalar(statement) or 0


async def saved_page(connection: Connection, person: int, skip: int, most: int) -> list[Kept]:
    """What a person keeps, the last saved first; a withdrawn article is not shown."""
    rows = (
        await connection.execute(
            select(saved.c.article_id, saved.c.saved_at)
            .join(articles, articles.c.id == saved.c.article_id)
            .where(saved.c.person == person, articles.c.withdrawn_at.is_(None))
            .order_by(saved.c.saved_at.desc(), saved.c.article_id.desc())
            .offset(skip)
            .limit(most)
        )
    ).all()
    found = await library.published(connection, [row.article_id for row in rows])
    return [Kept(found[row.article_id], row.saved_at) for row in rows if row.article_id in found]


# ── the edition behind a button ──────────────────────────────────────────────────────────────


async def issue_of(connection: Connection, delivery_id: int, nonce_part: str) -> Issue | None:
    """The edition of a delivery; None unless ``nonce_part`` ends the delivery's nonce."""
    row = (
        await connection.execute(
            select(
                deliveries.c.nonce,
                editions.c.id.label("edition_id"),
                editions.c.number,
                editions.c.occasion,
                editions.c.planned_at,
                digests.c.parts,
                digests.c.rest,
                digests.c.folded,
                digests.c.updates,
                digests.c.drawn_as,
                destinations,
            )
            .join(editions, editions.c.id == deliveries.c.edition_id)
            .join(digests, digests.c.id == editions.c.digest_id)
            .join(destinations, destinations.c.id == deliveries.c.destination_id)
            .where(deliveries.c.id == delivery_id)
        )
    ).first()
    if row is None or not nonce_part or not row.nonce.endswith(nonce_part):
        return None
    return Issue(
        edition_id=row.edition_id,
        number=row.number,
        occasion=Occasion(row.occasion),
        destination=to_destination(cast(Row[Any], row)),
        planned_at=row.planned_at,
        digest=to_digest(cast(Row[Any], row)),
    )


async def topics_on(
    connection: Connection, article_ids: Collection[int]
) -> dict[int, frozenset[int]]:
    """The ids of the topics of articles, by article id."""
    found: dict[int, set[int]] = {id_: set() for id_ in article_ids}
    rows = await connection.execute(
        select(article_topics.c.article_id, article_topics.c.topic_id).where(
            article_topics.c.article_id.in_(list(article_ids))
        )
    )
    for row in rows:
        found[row.article_id].add(row.topic_id)
    return {id_: frozenset(topics) for id_, topics in found.items()}


async def standing(connection: Connection, destination_id: int) -> Standing:
    """How a destination stands."""
    counted = await connection.execute(
        select(deliveries.c.state, func.count())
        .where(deliveries.c.destination_id == destination_id)
        .group_by(deliveries.c.state)
    )
    by_state = {State(state): number for state, number in counted}
    reason = await connection.scalar(
        select(deliveries.c.reason)
        .where(deliveries.c.destination_id == destination_id, deliveries.c.reason.is_not(None))
        .where(deliveries.c.state != State.SENT.value)
        .order_by(deliveries.c.id.desc())
        .limit(1)
    )
    return Standing(
        last=await _last_edition(connection, destination_id),
        waiting=by_state.get(State.WAITING, 0) + by_state.get(State.SENDING, 0),
        held=by_state.get(State.HELD, 0),
        dead=by_state.get(State.DEAD, 0),
        reason=reason,
    )


async def _last_edition(connection: Connection, destination_id: int) -> LastEdition | None:
    row = (
        await connection.execute(
            select(
                editions.c.number,
                editions.c.planned_at,
                editions.c.occasion,
                editions.c.slot,
                digests.c.parts,
                digests.c.rest,
                deliveries.c.message_id,
                deliveries.c.channel_id,
            )
            .join(digests, digests.c.id == editions.c.digest_id)
            .join(deliveries, deliveries.c.edition_id == editions.c.id)
            .where(editions.c.destination_id == destination_id, deliveries.c.part == 0)
            .order_by(editions.c.number.desc())
            .limit(1)
        )
    ).first()
    if row is None:
        return None
    count = sum(map(len, row.parts)) + len(row.rest)
    since = None
    if row.occasion != Occasion.FIRST.value:
        since = await told_until(connection, destination_id, row.number)
    return LastEdition(
        row.number, row.planned_at, count, row.message_id, row.channel_id, since, row.slot
    )


# ── a person's own data ──────────────────────────────────────────────────────────────────────


async def held_near(connection: Connection, person: int, guild_id: int | None) -> list[Destination]:
    """Held destinations that a person should hear of: their own, and theirs in this server."""
    here = [destinations.c.kind == Kind.DM.value]
    if guild_id is not None:
        here.append(destinations.c.guild_id == guild_id)
    rows = await connection.execute(
        select(destinations)
        .where(
            destinations.c.held.is_not(None), destinations.c.set_up_by == person, or_(False, *here)
        )
        .order_by(destinations.c.id)
        .limit(3)
    )
    return [to_destination(row) for row in rows]


async def traces(connection: Connection, person: int) -> Traces:
    """What is stored that has to do with a person."""
    row = (await connection.execute(select(destinations).where(_own(person)))).first()
    destination = to_destination(row) if row else None
    id_ = destination.id if destination else -1
    open_states = [State.WAITING.value, State.SENDING.value, State.HELD.value]

    async def count(*conditions: ColumnElement[bool]) -> int:
        return await connection.scalar(select(func.count()).where(*conditions)) or 0

    return Traces(
        destination=destination,
        topics=await count(subscriptions.c.destination_id == id_),
        saved=await count(saved.c.person == person),
        editions=await count(editions.c.destination_id == id_),
        waiting=await count(
            deliveries.c.destination_id == id_, deliveries.c.state.in_(open_states)
        ),
        channels=await count(
            destinations.c.set_up_by == person, destinations.c.kind != Kind.DM.value
        ),
        acts=await count(draft_acts.c.by == person),
    )


async def forget(connection: Connection, person: int) -> None:
    """Delete everything that is stored about a person.

    Channels they set up go on without them; what they did to drafts was done by nobody.
    """
    await connection.execute(delete(saved).where(saved.c.person == person))
    await connection.execute(
        update(destinations)
        .where(destinations.c.set_up_by == person, destinations.c.kind != Kind.DM.value)
        .values(set_up_by=NOBODY)
    )
    await connection.execute(update(draft_acts).where(draft_acts.c.by == person).values(by=NOBODY))
    await connection.execute(
        update(reviews).where(reviews.c.set_by == person).values(set_by=NOBODY)
    )
    id_ = await connection.scalar(select(destinations.c.id).where(_own(person)).with_for_update())
    if id_ is None:
        return
    # Whatever table names a destination holds something of this person: children first.
    for table in reversed(metadata.sorted_tables):
        if "destination_id" in table.c:
            await connection.execute(delete(table).where(table.c.destination_id == id_))
    await connection.execute(delete(destinations).where(destinations.c.id == id_))


def _own(person: int) -> ColumnElement[bool]:
    return and_(destinations.c.address == person, destinations.c.kind == Kind.DM.value)
