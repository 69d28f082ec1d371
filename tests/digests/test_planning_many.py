"""Planning for many places at once, on both databases: shared, in turns, by many planners."""

from __future__ import annotations

import asyncio
from datetime import time

from sqlalchemy import select

from digests import digest as planning
from digests import outbox, weaving
from digests.model import Address, Kind
from digests.storage import destinations, library, plans, schema
from digests.subscriptions import Wish
from tests.build import CHANNEL, PERSON, split_by_ten
from tests.digests.newsroom import INSTANTLY, Newsroom, day


def places(count: int) -> list[Address]:
    return [Address(Kind.CHANNEL, 1_000 + number, 70) for number in range(count)]


async def test_equal_interests_share_one_stored_digest(room: Newsroom) -> None:
    """Also where the topic was followed earlier or later, as long as it was before the news."""
    for place in places(3):
        await room.follow(place)
        await room.news(1, "Space")
        await room.tick()
    before = await room.count(schema.digests)
    await room.news(2)
    assert await room.at(day(1)) == [["Article 104", "Article 103"]] * 3
    assert await room.count(schema.digests) == before + 1


async def test_a_burst_leaves_at_the_pace_of_the_bot(room: Newsroom) -> None:
    """Thirty places at ten a second: the last is due within three seconds, and none too early."""
    for place in places(30):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    await outbox.plan(room.database, room.clock(), split_by_ten, per_second=10)
    async with room.database.read() as connection:
        rows = await connection.scalars(
            select(schema.deliveries.c.not_before).where(schema.deliveries.c.state == "waiting")
        )
        waits = [(one - day(1)).total_seconds() for one in rows]
    assert len(waits) == 30
    assert set(waits) == {0, 1, 2}


async def test_a_forced_digest_need_not_queue_behind_a_burst(room: Newsroom) -> None:
    """At one a second thirty places take half a minute; the relay goes a few seconds ahead."""
    for place in places(30):
        await room.follow(place)
    await room.follow(PERSON, Wish(at=time(10)))
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    await outbox.plan(room.database, room.clock(), split_by_ten, per_second=1)
    await room.service.post_now(PERSON, room.clock())
    before = len(room.sender.sent)
    await room.relay.run_once()
    at_once = [one.destination.address for one in room.sender.sent[before:]]
    assert PERSON in at_once
    assert len(at_once) < 15


async def test_more_than_a_batch_is_planned_in_one_go(room: Newsroom) -> None:
    for place in places(5):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    promised = await outbox.plan(room.database, room.clock(), split_by_ten, batch=2)
    assert promised == 5


async def test_who_is_far_behind_is_told_from_where_it_stopped(room: Newsroom) -> None:
    """A pool holds the newest articles only; whoever needs older ones asks for itself."""
    await room.follow(CHANNEL)
    await room.follow(PERSON, Wish(at=time(9), paused_until=day(5, 0)))
    await room.tick()
    await room.news(3)
    assert await room.at(day(1)) == [["Article 102", "Article 101", "Article 100"]]
    await room.news(2)
    room.clock.now = day(5)
    run = await planning.begin(
        room.database,
        room.clock(),
        await weaving.weave_new(room.database, room.clock()),
        split_by_ten,
        45,
        pooled=2,
    )
    assert run is not None
    assert run.floor == 4
    promised = await outbox.plan(room.database, room.clock(), split_by_ten, pooled=2)
    assert promised == 2
    while await room.relay.run_once():
        pass
    told = {one.destination.address: len(one.articles) for one in room.sender.sent[-2:]}
    assert told == {CHANNEL: 2, PERSON: 5}


async def test_two_planners_at_once_promise_each_digest_once(room: Newsroom) -> None:
    for place in places(20):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    promised = await asyncio.gather(
        *(outbox.plan(room.database, room.clock(), split_by_ten, batch=3) for _ in range(3))
    )
    assert sum(promised) == 20
    assert await room.tick() == [["Article 100"]] * 20


async def test_a_digest_forced_while_planning_is_not_told_again(room: Newsroom) -> None:
    """The run began before the forced digest: it must not move the cursor back."""
    await room.follow()
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    until = await weaving.weave_new(room.database, room.clock())
    run = await planning.begin(room.database, room.clock(), until, split_by_ten, 45)
    assert run is not None
    await room.news()
    await room.service.post_now(CHANNEL, room.clock())
    async with room.database.write() as connection:
        due = await plans.due(connection, room.clock(), until, 10)
        decided = await run.decide(connection, due)
        assert await plans.carry_out(connection, decided, until, room.clock(), outbox.nonces) == 0
    assert await room.tick() == [["Article 101", "Article 100"]]
    assert await room.at(day(2)) == []


async def test_a_tick_with_nothing_due_writes_nothing(room: Newsroom) -> None:
    """It needs no more than to read: also while another process holds the database."""
    await room.follow()
    await room.tick()
    async with room.database.write():
        assert await outbox.plan(room.database, room.clock(), split_by_ten) == 0


async def test_a_place_that_follows_nothing_costs_no_more_than_its_cursor(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.service.unfollow(CHANNEL, "AI")
    await room.news()
    assert await room.tick() == []
    async with room.database.read() as connection:
        found = await destinations.find(connection, CHANNEL)
        assert found is not None
        assert found.cursor == await library.latest_sequence(connection)


async def test_following_again_does_not_bring_what_came_meanwhile(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.service.unfollow(CHANNEL, "AI")
    await room.news()
    room.clock.now = day(30)
    await room.tick()
    await room.follow()
    await room.news()
    assert await room.tick() == [["Article 100"]]  # the first edition: the latest it never had
    assert await room.at(day(31)) == [["Article 101"]]
