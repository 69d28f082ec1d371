"""The domain's one door: what a person asks in, what was done out, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from digests import digest as planning
from digests import outbox as promising
from digests import subscriptions
from digests.model import Address, Destination, Occasion, Published, Topic
from digests.storage import Connection, Database, destinations, editions, library, outbox
from digests.subscriptions import Followed, Wish

JUST_POSTED = timedelta(seconds=10)
"""Two presses within this time are one wish."""


@dataclass(frozen=True, slots=True)
class FollowAnswer:
    """What following did, and how many articles are on their way because of it."""

    followed: Followed
    on_their_way: int


class Posting(Enum):
    """How a forced digest ended."""

    NEW = auto()
    LATEST = auto()
    UNDER_WAY = auto()
    NOTHING = auto()
    FOLLOWS_NOTHING = auto()


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """A forced digest: what was done, and how many articles it shows and keeps behind '+N'."""

    posting: Posting
    shown: int = 0
    more: int = 0
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Articles for one person, now: new ones, or the latest where nothing is new."""

    articles: tuple[Published, ...]
    new: bool
    more: int = 0


class DigestService:
    """What people can ask for. ``split`` cuts articles into messages."""

    def __init__(self, database: Database, split: planning.Split) -> None:
        self._database = database
        self._split = split

    async def topics(self) -> list[Topic]:
        """Topics that published articles carry, the busiest first."""
        async with self._database.read() as connection:
            return await library.list_topics(connection)

    async def latest(self, label: str | None) -> list[Published]:
        """The latest published articles, of one topic or of all; raises UnknownTopic."""
        async with self._database.read() as connection:
            if label is None:
                topics = await library.list_topics(connection)
            else:
                topics = [await subscriptions.known_topic(connection, label)]
            return await library.latest(connection, [one.id for one in topics], planning.CAP)

    async def follow(
        self, address: Address, label: str, wish: Wish, *, by: int, now: datetime
    ) -> FollowAnswer:
        """Follow a topic; a new subscription begins with its latest articles.

        Raises UnknownTopic.
        """
        async with self._database.write() as connection:
            followed = await subscriptions.follow(connection, address, label, wish, by=by, now=now)
            await _resume(connection, followed.destination, now)
            if not followed.new:
                return FollowAnswer(followed, 0)
            ids = await planning.untold_articles(
                connection, followed.destination, [followed.topic.id], planning.FIRST
            )
            shown, _ = await self._promise(
                connection, followed.destination, ids, Occasion.FIRST, now
            )
            return FollowAnswer(followed, shown)

    async def unfollow(self, address: Address, label: str) -> Topic:
        """Follow a topic no longer; raises UnknownTopic if it was not followed."""
        async with self._database.write() as connection:
            return await subscriptions.unfollow(connection, address, label)

    async def following(self, address: Address) -> tuple[Destination, list[Topic]] | None:
        """A destination and what it follows; None if there is none."""
        async with self._database.read() as connection:
            return await subscriptions.following(connection, address)

    async def post_now(self, address: Address, now: datetime) -> PostAnswer:
        """Force a digest: what is new, else the latest that this destination never had.

        It moves the cursor, so the next scheduled digest does not repeat it.
        """
        async with self._database.write() as connection:
            destination = await destinations.find(connection, address, lock=True)
            topics = await destinations.topics_of(connection, destination.id) if destination else []
            if destination is None or not topics:
                return PostAnswer(Posting.FOLLOWS_NOTHING)
            await _resume(connection, destination, now)
            if await _under_way(connection, destination, now):
                return PostAnswer(Posting.UNDER_WAY, held=destination.held)
            posting = Posting.NEW
            ids = await planning.new_articles(connection, destination)
            if not ids:
                posting = Posting.LATEST
                ids = await planning.untold_articles(
                    connection, destination, [one.id for one in topics], planning.FIRST
                )
            shown, more = await self._promise(connection, destination, ids, Occasion.FORCED, now)
            if not shown:
                return PostAnswer(Posting.NOTHING)
            until = await library.latest_sequence(connection)
            await destinations.advance(connection, {destination.id: destination.next_due}, until)
            return PostAnswer(posting, shown, more, destination.held)

    async def look(self, address: Address, label: str | None) -> Look | None:
        """A person's digest now, only to look at; None if they follow nothing.

        With a topic: its latest articles. Nothing is promised and no cursor moves: what was
        looked at still comes with the next digest. Raises UnknownTopic.
        """
        async with self._database.read() as connection:
            if label is not None:
                topic = await subscriptions.known_topic(connection, label)
                found = await library.latest(connection, [topic.id], planning.CAP)
                return Look(tuple(found), new=False)
            destination = await destinations.find(connection, address)
            topics = await destinations.topics_of(connection, destination.id) if destination else []
            if destination is None or not topics:
                return None
            new = await planning.new_articles(connection, destination)
            if new:
                there = await library.published(connection, new)
                ranked = [there[id_] for id_ in new if id_ in there]
                shown = tuple(ranked[: planning.CAP])
                return Look(shown, new=True, more=len(ranked) - len(shown))
            found = await library.latest(connection, [one.id for one in topics], planning.FIRST)
            return Look(tuple(found), new=False)

    async def more(self, edition_id: int, skip: int, most: int) -> tuple[list[Published], int]:
        """What an edition kept behind '+N more', from ``skip`` on; and how many follow."""
        async with self._database.read() as connection:
            found = await editions.digest_of(connection, edition_id)
            if found is None:
                return [], 0
            _, digest = found
            rest = digest.rest[skip:]
            there = await library.published(connection, rest[:most])
            return [there[id_] for id_ in rest[:most] if id_ in there], len(rest[most:])

    async def status(self) -> dict[str, int]:
        """Numbers for whoever runs the bot: articles, destinations, deliveries by state."""
        async with self._database.read() as connection:
            deliveries = await outbox.counts(connection)
            return {
                "articles": await library.count_published(connection),
                "destinations": await destinations.count(connection),
                **{state.value: number for state, number in deliveries.items()},
            }

    async def _promise(
        self,
        connection: Connection,
        destination: Destination,
        ids: Sequence[int],
        occasion: Occasion,
        now: datetime,
    ) -> tuple[int, int]:
        edition = await planning.special_edition(
            connection, destination, ids, occasion, self._split
        )
        if edition is None:
            return 0, 0
        await promising.promise(connection, [edition], now)
        return edition.digest.shown, len(edition.digest.rest)


async def _resume(connection: Connection, destination: Destination, now: datetime) -> None:
    """Somebody cares for this destination again: what is held there gets another try."""
    if destination.held:
        await destinations.set_held(connection, destination.id, None)
        await outbox.release_held(connection, destination.id, now)


async def _under_way(connection: Connection, destination: Destination, now: datetime) -> bool:
    """Whether a forced digest was asked for a moment ago, or is still not out."""
    last = await editions.latest_edition(connection, destination.id, Occasion.FORCED)
    if last is None:
        return False
    planned_at, settled = last
    return not settled or now - planned_at < JUST_POSTED
