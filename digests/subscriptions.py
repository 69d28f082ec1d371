"""Who follows what: a place, a topic and a wish in; rows and what changed out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from digests.errors import BadTime, UnknownTopic
from digests.filters import folded, terms
from digests.model import (
    EVERY_DAY,
    Address,
    Appearance,
    Cadence,
    Destination,
    Filters,
    Schedule,
    Topic,
)
from digests.schedule import next_slot
from digests.storage import Connection, destinations, library
from digests.topics import nearest, nearest_topics

MOST_TIMES = 24
MOST_ARTICLES = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked of a schedule; None means: as it is, or the default.

    A new ``at`` without ``also_at`` is the only time from then on. ``days`` are weekdays, Monday
    is 0; ``quiet`` from a time to itself means no quiet hours; ``paused_until`` in the past ends a
    pause.
    """

    every: Cadence | None = None
    at: time | None = None
    zone: str | None = None
    also_at: tuple[time, ...] | None = None
    days: frozenset[int] | None = None
    quiet: tuple[time, time] | None = None
    paused_until: datetime | None = None
    at_least: int | None = None
    at_most: int | None = None

    def applied_to(self, schedule: Schedule) -> Schedule:
        """The schedule with the wish fulfilled; BadTime if it cannot be."""
        self._check()
        every = self.every or schedule.every
        times = self.at is not None or self.also_at is not None
        if self.every is None and times and every is Cadence.INSTANTLY:
            every = Cadence.DAILY  # A time of day means nothing to "instantly".
        also_at = self.also_at
        if also_at is None:
            also_at = schedule.also_at if self.at is None else ()
        days = schedule.days if self.days is None else self.days
        changed = self.every is not None and self.every is not schedule.every
        if self.days is None and changed and Cadence.WEEKLY in (every, schedule.every):
            days = frozenset()  # The days of a weekly digest are not meant for a daily one.
        quiet = schedule.quiet if self.quiet is None else self.quiet
        at_least = self.at_least or schedule.at_least
        return Schedule(
            every=every,
            at=schedule.at if self.at is None else self.at,
            zone=self.zone or schedule.zone,
            day=min(days, default=schedule.day),
            also_at=also_at,
            days=days,
            quiet=None if quiet and quiet[0] == quiet[1] else quiet,
            paused_until=self.paused_until or schedule.paused_until,
            at_least=1 if every is Cadence.INSTANTLY else at_least,
            at_most=self.at_most or schedule.at_most,
        )

    def _check(self) -> None:
        if self.also_at is not None and len(self.also_at) >= MOST_TIMES:
            raise BadTime(
                f"That is too often: at most {MOST_TIMES} times a day.",
                "too-often",
                most=MOST_TIMES,
            )
        if self.days is not None and not self.days <= EVERY_DAY:
            raise BadTime("A week has seven days, from 0 (Monday) to 6 (Sunday).", "no-such-day")
        limits = (self.at_least, self.at_most)
        if any(limit is not None and not 1 <= limit <= MOST_ARTICLES for limit in limits):
            raise BadTime(
                f"A number of articles is between 1 and {MOST_ARTICLES}.",
                "not-a-number-of-articles",
                most=MOST_ARTICLES,
            )


@dataclass(frozen=True, slots=True)
class Followed:
    """What following did: ``new`` is False if the topic was followed already."""

    topic: Topic
    destination: Destination
    new: bool
    rescheduled: bool


async def known_topic(connection: Connection, label: str) -> Topic:
    """The topic of this label, or UnknownTopic with the nearest names."""
    topic = await library.find_topic(connection, label)
    if topic is None:
        there_are = await library.list_topics(connection)
        raise UnknownTopic(label.strip()[:80], nearest_topics(label, there_are))
    return topic


async def follow(
    connection: Connection,
    address: Address,
    label: str,
    wish: Wish,
    *,
    by: int,
    now: datetime,
    language: str | None = None,
) -> Followed:
    """Follow a topic from now on; ``by`` is the id of the person who asks.

    ``language`` is the locale of who reads there; None leaves it as it is.
    """
    topic = await known_topic(connection, label)
    latest = await library.latest_sequence(connection)
    before = await destinations.find(connection, address, lock=True)
    destination = before or await destinations.create(
        connection, address, wish.applied_to(Schedule()), cursor=latest, set_up_by=by, now=now
    )
    if language is not None:
        await destinations.speak(connection, address, language)
        destination = replace(destination, language=language)
    schedule = wish.applied_to(destination.schedule)
    rescheduled = schedule != destination.schedule
    followed = await destinations.topics_of(connection, destination.id)
    new = topic.id not in {one.id for one in followed}
    if new:
        await destinations.subscribe(connection, destination.id, topic.id, latest, now)
    if rescheduled or not followed:
        due = next_slot(schedule, now)
        await destinations.reschedule(connection, destination.id, schedule, due)
        destination = replace(destination, schedule=schedule, next_due=due)
    if not followed:
        # Whatever came while nothing was followed is nobody's news.
        await destinations.advance(connection, {destination.id: destination.next_due}, latest)
        destination = replace(destination, cursor=latest)
    return Followed(topic, destination, new, rescheduled)


async def reschedule(
    connection: Connection, address: Address, wish: Wish, now: datetime
) -> Destination | None:
    """Change when a destination wants its digest; None if there is no such destination.

    Raises BadTime. A pause is such a wish too; what comes meanwhile waits for its end.
    """
    destination = await destinations.find(connection, address, lock=True)
    if destination is None:
        return None
    schedule = wish.applied_to(destination.schedule)
    if schedule.paused_until is not None and schedule.paused_until <= now:
        schedule = replace(schedule, paused_until=None)
    follows = await destinations.topics_of(connection, destination.id)
    due = next_slot(schedule, now) if follows else None
    await destinations.reschedule(connection, destination.id, schedule, due)
    return replace(destination, schedule=schedule, next_due=due)


async def refilter(connection: Connection, address: Address, wanted: Filters) -> Destination | None:
    """Change what a destination wants of its topics, from now on; None if there is none.

    Names and words are stored as they are compared.
    """
    destination = await destinations.find(connection, address, lock=True)
    if destination is None:
        return None
    stored = Filters(
        min_quality=wanted.min_quality,
        min_heat=wanted.min_heat,
        only_providers=folded(wanted.only_providers),
        without_providers=folded(wanted.without_providers),
        only_words=terms(wanted.only_words),
        without_words=terms(wanted.without_words),
        only_categories=folded(wanted.only_categories),
        only_types=folded(wanted.only_types),
    )
    await destinations.refilter(connection, destination.id, stored)
    return replace(destination, filters=stored, filtered_from=destination.cursor)


async def restyle(
    connection: Connection, address: Address, wanted: Appearance
) -> Destination | None:
    """Change what a destination's messages are like, from its next digest on; None if none is."""
    destination = await destinations.find(connection, address, lock=True)
    if destination is None:
        return None
    await destinations.restyle(connection, destination.id, wanted)
    return replace(destination, appearance=wanted)


async def unfollow(connection: Connection, address: Address, label: str) -> Topic:
    """Follow a topic no longer; UnknownTopic if it was not followed, with what is."""
    destination = await destinations.find(connection, address, lock=True)
    followed = await destinations.topics_of(connection, destination.id) if destination else []
    topic = await library.find_topic(connection, label, with_articles=False)
    if destination is None or topic is None or topic.id not in {one.id for one in followed}:
        names = [one.name for one in followed]
        raise UnknownTopic(label.strip()[:80], nearest(label, names) or names[:3])
    await destinations.unsubscribe(connection, destination.id, topic.id)
    if len(followed) == 1:
        await destinations.reschedule(connection, destination.id, destination.schedule, None)
    return topic


async def following(
    connection: Connection, address: Address
) -> tuple[Destination, list[Topic]] | None:
    """A destination and the topics it follows; None if there is no such destination."""
    destination = await destinations.find(connection, address)
    if destination is None:
        return None
    return destination, await destinations.topics_of(connection, destination.id)
