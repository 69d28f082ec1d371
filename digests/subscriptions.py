"""Who follows what: a place, a topic and a wish in; rows and what changed out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from digests.errors import UnknownTopic
from digests.model import Address, Cadence, Destination, Schedule, Topic
from digests.schedule import next_slot
from digests.storage import Connection, destinations, library
from digests.topics import nearest


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked of a schedule; None means: as it is, or the default."""

    every: Cadence | None = None
    at: time | None = None
    zone: str | None = None

    def applied_to(self, schedule: Schedule) -> Schedule:
        """The schedule with the wish fulfilled."""
        every = self.every or schedule.every
        if self.every is None and self.at is not None and every is Cadence.INSTANTLY:
            every = Cadence.DAILY  # A time of day means nothing to "instantly".
        at = schedule.at if self.at is None else self.at
        return replace(schedule, every=every, at=at, zone=self.zone or schedule.zone)


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
        names = [one.name for one in await library.list_topics(connection)]
        raise UnknownTopic(label.strip()[:80], nearest(label, names))
    return topic


async def follow(
    connection: Connection, address: Address, label: str, wish: Wish, *, by: int, now: datetime
) -> Followed:
    """Follow a topic from now on; ``by`` is the id of the person who asks."""
    topic = await known_topic(connection, label)
    latest = await library.latest_sequence(connection)
    before = await destinations.find(connection, address, lock=True)
    destination = before or await destinations.create(
        connection, address, wish.applied_to(Schedule()), cursor=latest, set_up_by=by, now=now
    )
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
    return Followed(topic, destination, new, rescheduled)


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
