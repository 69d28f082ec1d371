"""Step 3, plan: destinations that are due and the catalog in, editions out.

The choice itself is made in pure functions; those that take a connection only fetch what they
need. Destinations with the same topics and the same cursor share one digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digests.model import (
    Article,
    Candidate,
    Destination,
    Digest,
    Edition,
    Occasion,
    Published,
    Subscription,
)
from digests.schedule import next_slot
from digests.selection import choose
from digests.storage import Connection, destinations, editions, library

CAP = 10
"""How many articles a digest shows; the rest stays reachable behind a button."""

FIRST = 5
"""How many articles a new subscription begins with."""

Split = Callable[[Sequence[Article]], list[list[int]]]
"""Articles to the indices that go into each message."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Editions to promise; and for every due destination, when it is due again."""

    editions: tuple[Edition, ...]
    told: Mapping[int, datetime | None]
    until: int


def group(
    due: Iterable[Destination],
    followed: Mapping[int, Sequence[Subscription]],
    candidates: Sequence[Candidate],
) -> dict[tuple[int, ...], list[Destination]]:
    """Due destinations by the ids of the articles that are new for them, ranked.

    Equal wishes are worked out once, however many destinations have them.
    """
    by_wish: dict[frozenset[tuple[int, int]], list[Destination]] = {}
    for destination in due:
        wish = frozenset(
            (one.topic_id, max(one.since, destination.cursor))
            for one in followed.get(destination.id, ())
        )
        by_wish.setdefault(wish, []).append(destination)
    chosen: dict[tuple[int, ...], list[Destination]] = {}
    for wish, members in by_wish.items():
        ids = tuple(one.id for one in choose(candidates, dict(wish)))
        chosen.setdefault(ids, []).extend(members)
    return chosen


def lay_out(
    chosen: Sequence[int], articles: Mapping[int, Published], split: Split, *, cap: int = CAP
) -> Digest:
    """A digest of the chosen articles that are still published, cut into messages."""
    there = [id_ for id_ in chosen if id_ in articles]
    shown, rest = there[:cap], there[cap:]
    parts = split([articles[id_].article for id_ in shown])
    return Digest(tuple(tuple(shown[index] for index in part) for part in parts), tuple(rest))


async def plan_due(connection: Connection, now: datetime, split: Split, most: int) -> Plan:
    """The editions of up to ``most`` destinations whose time has come."""
    until = await library.latest_sequence(connection)
    due = await destinations.due(connection, now, until, most)
    if not due:
        return Plan((), {}, until)
    followed = await destinations.subscriptions_of(connection, [one.id for one in due])
    candidates = await library.candidates(connection, min(one.cursor for one in due))
    chosen = group(due, followed, candidates)
    planned = []
    for ids, members in chosen.items():
        if not ids:
            continue
        digest = await _digest(connection, ids, split)
        planned += [_scheduled(one, digest, until, now) for one in members]
    told = {one.id: next_slot(one.schedule, now) for one in due}
    return Plan(tuple(planned), told, until)


async def _digest(connection: Connection, ids: Sequence[int], split: Split) -> Digest:
    return lay_out(ids, await library.published(connection, ids), split)


def _scheduled(destination: Destination, digest: Digest, until: int, now: datetime) -> Edition:
    return Edition(
        destination_id=destination.id,
        occasion=Occasion.SCHEDULED,
        digest=digest,
        since=destination.cursor,
        until=until,
        slot=destination.next_due or now,
    )


async def new_articles(connection: Connection, destination: Destination) -> list[int]:
    """Ids of what is new for one destination, ranked."""
    followed = await destinations.subscriptions_of(connection, [destination.id])
    candidates = await library.candidates(connection, destination.cursor)
    (ids,) = group([destination], followed, candidates)
    return list(ids)


async def untold_articles(
    connection: Connection, destination: Destination, topic_ids: Sequence[int], most: int
) -> list[int]:
    """Ids of the latest articles of these topics that the destination never had.

    What waits for its next digest is left to that.
    """
    told = await editions.told_articles(connection, destination.id)
    told |= set(await new_articles(connection, destination))
    return [one.id for one in await library.latest(connection, topic_ids, most, without=told)]


async def special_edition(
    connection: Connection,
    destination: Destination,
    ids: Sequence[int],
    occasion: Occasion,
    split: Split,
) -> Edition | None:
    """An edition outside the schedule, of these articles; None if there are none."""
    digest = await _digest(connection, ids, split)
    if not digest.shown:
        return None
    until = await library.latest_sequence(connection)
    since = destination.cursor if occasion is Occasion.FORCED else until
    return Edition(destination.id, occasion, digest, since, until)
