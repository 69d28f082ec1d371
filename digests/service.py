"""The domain's one door: what a person asks in, what was done out, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from digests import digest as planning
from digests import drafts, latest, subscriptions
from digests import outbox as promising
from digests.editors import Editors
from digests.model import (
    Address,
    Appearance,
    Destination,
    Filters,
    Look,
    Occasion,
    Published,
    Schedule,
    Topic,
)
from digests.reading import Reading
from digests.reasons import Verdict
from digests.selection import Choice
from digests.storage import (
    Connection,
    Database,
    corrections,
    destinations,
    editions,
    holds,
    library,
    outbox,
    processes,
)
from digests.storage.processes import Process
from digests.stories import cards, with_others
from digests.subscriptions import Followed, Wish
from digests.weaving import weave_rest
from digests.why import why

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
    """A forced digest: what was done, and how many articles it shows and keeps behind '+N'.

    One of what is new covers everything ``since``, where that is known.
    """

    posting: Posting
    shown: int = 0
    more: int = 0
    held: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """Articles for one person, now: new ones, or the latest where nothing is new."""

    articles: tuple[Published, ...]
    new: bool
    more: int = 0


class DigestService:
    """What people can ask for. ``split`` cuts articles into messages."""

    def __init__(self, database: Database, split: planning.Split) -> None:
        self._database = database
        self._split = split
        self.reading = Reading(database)
        self.editors = Editors(database, split)

    async def topics(self) -> list[Topic]:
        """Topics that published articles carry, the busiest first."""
        async with self._database.read() as connection:
            return await library.list_topics(connection)

    async def latest(self, label: str | None) -> list[Published]:
        """The latest articles, each story once, of one topic or of all; raises UnknownTopic."""
        async with self._database.read() as connection:
            if label is None:
                topics = await library.list_topics(connection)
            else:
                topics = [await subscriptions.known_topic(connection, label)]
            ids = [one.id for one in topics]
            return await latest.latest_cards(connection, ids, planning.CAP)

    async def latest_on(self, topic_ids: Sequence[int], most: int) -> list[Published]:
        """The latest articles of these topics, each story once."""
        async with self._database.read() as connection:
            return await latest.latest_cards(connection, topic_ids, most)

    async def follow(
        self,
        address: Address,
        label: str,
        wish: Wish,
        *,
        by: int,
        now: datetime,
        language: str | None = None,
    ) -> FollowAnswer:
        """Follow a topic; a new subscription begins with its latest articles.

        Raises UnknownTopic.
        """
        return await self.follow_all(address, [label], wish, by=by, now=now, language=language)

    async def follow_all(
        self,
        address: Address,
        labels: Sequence[str],
        wish: Wish,
        *,
        by: int,
        now: datetime,
        language: str | None = None,
        look: Look | None = None,
    ) -> FollowAnswer:
        """Follow topics (at least one), which begin together; the answer names the last.

        ``language`` is the locale of who reads there; with a ``look``, they begin in that.
        Raises UnknownTopic; then nothing has changed.
        """
        async with self._database.write() as connection:
            done = [
                await subscriptions.follow(
                    connection, address, label, wish, by=by, now=now, language=language
                )
                for label in labels
            ]
            followed = done[-1]
            if look is not None:
                wanted = replace(followed.destination.appearance, look=look)
                destination = await subscriptions.restyle(connection, address, wanted)
                followed = replace(followed, destination=destination or followed.destination)
            await _resume(connection, followed.destination, now)
            new = [one.topic.id for one in done if one.new]
            if not new:
                return FollowAnswer(followed, 0)
            choice = await latest.untold_articles(
                connection, followed.destination, new, latest.FIRST
            )
            shown, _ = await self._promise(
                connection, followed.destination, choice, Occasion.FIRST, now
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

    async def reschedule(
        self,
        address: Address,
        wish: Wish,
        now: datetime,
        *,
        by: int | None = None,
        language: str | None = None,
    ) -> Destination | None:
        """Change when a destination wants its digest, or pause it.

        If there is none, it is made for ``by``, in ``language``; without that, None.
        Raises BadTime.
        """
        async with self._database.write() as connection:
            changed = await subscriptions.reschedule(connection, address, wish, now)
            if changed is not None or by is None:
                return changed
            latest = await library.latest_sequence(connection)
            schedule = wish.applied_to(Schedule())
            return await destinations.create(
                connection,
                address,
                schedule,
                cursor=latest,
                set_up_by=by,
                now=now,
                language=language,
            )

    async def refilter(self, address: Address, wanted: Filters) -> Destination | None:
        """Change what a destination wants of its topics; None if there is no such destination."""
        async with self._database.write() as connection:
            return await subscriptions.refilter(connection, address, wanted)

    async def restyle(self, address: Address, wanted: Appearance) -> Destination | None:
        """Change what a destination's messages are like; None if there is no such destination."""
        async with self._database.write() as connection:
            return await subscriptions.restyle(connection, address, wanted)

    async def why(self, address: Address, article_id: int) -> Verdict | None:
        """What became, or becomes, of an article there; None if there is no such destination."""
        async with self._database.read() as connection:
            destination = await destinations.find(connection, address)
            return await why(connection, destination, article_id) if destination else None

    async def post_now(self, address: Address, now: datetime) -> PostAnswer:
        """Force a digest: what is new, else the latest that this destination never had.

        It moves the cursor, so the next scheduled digest does not repeat it.
        """
        async with self._database.write() as connection:
            destination = await destinations.find(connection, address, lock=True)
            topics = await destinations.topics_of(connection, destination.id) if destination else []
            if destination is None or not topics:
                return PostAnswer(Posting.FOLLOWS_NOTHING)
            await _resume(connection, destination, now, certain=True)
            if await _under_way(connection, destination, now):
                return PostAnswer(Posting.UNDER_WAY, held=destination.held)
            draft = await drafts.live(connection, destination)
            if draft is not None:
                made = await drafts.finish(
                    connection, destination, draft, Occasion.FORCED, now, self._split
                )
                if made is None:
                    return PostAnswer(Posting.NOTHING)
                shown, more = made.digest.shown, len(made.digest.rest)
                return PostAnswer(Posting.NEW, shown, more, destination.held)
            posting = Posting.NEW
            since = await editions.told_until(connection, destination.id)
            await weave_rest(connection, now)
            choice = await planning.new_articles(connection, destination)
            if not choice.cards:
                posting = Posting.LATEST
                choice = await latest.untold_articles(
                    connection, destination, [one.id for one in topics], latest.FIRST
                )
            shown, more = await self._promise(connection, destination, choice, Occasion.FORCED, now)
            if not shown:
                return PostAnswer(Posting.NOTHING)
            until = await library.latest_sequence(connection)
            await destinations.advance(connection, {destination.id: destination.next_due}, until)
            return PostAnswer(posting, shown, more, destination.held, since)

    async def look(self, address: Address, label: str | None) -> Glance | None:
        """A person's digest now, only to look at; None if they follow nothing.

        With a topic: its latest articles. Nothing is promised and no cursor moves: what was
        looked at still comes with the next digest. Raises UnknownTopic.
        """
        async with self._database.read() as connection:
            if label is not None:
                topic = await subscriptions.known_topic(connection, label)
                found = await latest.latest_cards(connection, [topic.id], planning.CAP)
                return Glance(tuple(found), new=False)
            destination = await destinations.find(connection, address)
            topics = await destinations.topics_of(connection, destination.id) if destination else []
            if destination is None or not topics:
                return None
            draft = await drafts.live(connection, destination)
            new = (
                await planning.new_articles(connection, destination)
                if draft is None
                else await drafts.as_it_is(connection, destination, draft)
            )
            if new.cards:
                shown = tuple(await planning.cards_of(connection, new))
                return Glance(shown, new=True, more=len(new.rest))
            ids = [one.id for one in topics]
            found = await latest.latest_cards(connection, ids, latest.FIRST)
            return Glance(tuple(found), new=False)

    async def more(self, edition_id: int, skip: int, most: int) -> tuple[list[Published], int]:
        """What an edition kept behind '+N more', from ``skip`` on; and how many follow."""
        async with self._database.read() as connection:
            found = await editions.digest_of(connection, edition_id)
            if found is None:
                return [], 0
            _, digest = found
            rest = digest.rest[skip:]
            there = await library.published(connection, with_others(rest[:most], digest))
            return list(cards(rest[:most], digest, there).values()), len(rest[most:])

    async def status(self) -> dict[str, int]:
        """Numbers for whoever runs the bot: articles, destinations, deliveries by state."""
        async with self._database.read() as connection:
            deliveries = await outbox.counts(connection)
            return {
                "articles": await library.count_published(connection),
                "destinations": await destinations.count(connection),
                "held_destinations": await holds.count(connection),
                **{state.value: number for state, number in deliveries.items()},
                "edits": await corrections.waiting(connection),
            }

    async def processes(self, now: datetime) -> list[Process]:
        """The programs that work on this database, and what stops them."""
        async with self._database.read() as connection:
            return await processes.running(connection, now)

    async def _promise(
        self,
        connection: Connection,
        destination: Destination,
        choice: Choice,
        occasion: Occasion,
        now: datetime,
    ) -> tuple[int, int]:
        edition = await planning.special_edition(
            connection, destination, choice, occasion, self._split
        )
        if edition is None:
            return 0, 0
        await promising.promise(connection, [edition], now)
        return edition.digest.shown, len(edition.digest.rest)


async def _resume(
    connection: Connection, destination: Destination, now: datetime, *, certain: bool = False
) -> None:
    """Somebody cares for this destination again: what is held there gets another try.

    ``certain``: also what may have been posted already, for they asked for it.
    """
    if destination.held:
        await holds.release(connection, [destination.id], now, certain=certain)


async def _under_way(connection: Connection, destination: Destination, now: datetime) -> bool:
    """Whether a forced digest was asked for a moment ago, or is still not out."""
    last = await editions.latest_edition(connection, destination.id, Occasion.FORCED)
    if last is None:
        return False
    planned_at, settled = last
    return not settled or now - planned_at < JUST_POSTED
