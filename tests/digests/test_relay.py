"""What becomes of deliveries: sent once, retried, held, given up; never lost, never twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from digests.model import Address, Delivery, Kind, Look, State
from digests.outcomes import Blocked, Outcome, Rejected, RetryLater, Revoked, Sent, Unknown
from digests.relay import NONCE_WINDOW, Relay
from digests.service import DigestService
from digests.storage import Database, holds, outbox
from digests.storage.outbox import Settlement
from digests.subscriptions import Wish
from digests.worker import LEASE, TokenRevoked
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish
from tests.fakes import Clock, ScriptedSender

OTHER = Address(Kind.CHANNEL, 701, guild_id=70)
FORUM = Address(Kind.FORUM, 702, guild_id=70)


async def promise(database: Database, *places: Address) -> None:
    """One article, promised to each place."""
    await promise_parts(database, 1, *places)


async def promise_parts(database: Database, parts: int, *places: Address) -> None:
    """One edition of so many messages, promised to each place."""
    await publish(database, *(article(number) for number in range(1, parts + 1)))
    await follow(database, *places)


async def follow(database: Database, *places: Address) -> None:
    """Each place begins with the latest articles, one a message."""
    service = DigestService(database, lambda found, _: [[index] for index in range(len(found))])
    for place in places:
        await service.follow(place, "AI", Wish(), by=ADMIN, now=NOW)


async def states(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        found = await outbox.counts(connection)
    return {state.value: number for state, number in found.items() if number}


async def held(database: Database, place: Address = CHANNEL) -> holds.Held | None:
    async with database.read() as connection:
        return await holds.held_of(connection, place)


async def test_a_receipt_settles_a_delivery(database: Database) -> None:
    await promise(database, CHANNEL)
    sender = ScriptedSender([Sent(5, CHANNEL.id)])
    relay = Relay(database, sender, Clock(NOW))
    assert await relay.run_once() == 1
    assert await relay.run_once() == 0
    assert await states(database) == {"sent": 1}


async def test_a_message_deleted_before_its_receipt_is_settled_too(database: Database) -> None:
    await promise(database, CHANNEL)
    relay = Relay(database, ScriptedSender([Sent(None, CHANNEL.id)]), Clock(NOW))
    await relay.run_once()
    assert await states(database) == {"sent": 1}


@pytest.mark.parametrize("outcome", [Unknown("lost"), RetryLater("busy")])
async def test_every_attempt_has_the_same_nonce(
    database: Database, outcome: Unknown | RetryLater
) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([outcome, outcome])
    relay = Relay(database, sender, clock)
    for _ in range(6):
        await relay.run_once()
        clock.forward(seconds=5)
    assert len(sender.asked) == 3
    assert len({one.nonce for one in sender.asked}) == 1
    assert len(sender.asked[0].nonce) == 24
    assert await states(database) == {"sent": 1}


async def test_waiting_longer_is_obeyed(database: Database) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    relay = Relay(database, ScriptedSender([RetryLater("slow down", 300)]), clock)
    await relay.run_once()
    clock.forward(seconds=299)
    assert await relay.run_once() == 0
    clock.forward(seconds=2)
    assert await relay.run_once() == 1


async def test_a_message_at_fault_is_given_up_and_the_next_goes_on(database: Database) -> None:
    await promise_parts(database, 2, CHANNEL)
    clock = Clock(NOW)
    relay = Relay(database, ScriptedSender([Rejected("too long")]), clock)
    await relay.run_once()
    await relay.run_once()
    assert await states(database) == {"dead": 1, "sent": 1}


async def test_a_message_that_is_blocked_is_tried_once_more_as_lines(database: Database) -> None:
    """A server's AutoMod may dislike a word of an excerpt: the titles are better than nothing."""
    await promise(database, CHANNEL)
    sender = ScriptedSender([Blocked("the server's AutoMod blocked it")])
    relay = Relay(database, sender, Clock(NOW))
    await relay.run_once()
    assert await states(database) == {"waiting": 1}
    await relay.run_once()
    assert await states(database) == {"sent": 1}
    assert [one.look for one in sender.asked] == [Look.CARDS, Look.COMPACT]
    assert sender.asked[0].nonce == sender.asked[1].nonce


async def test_what_is_blocked_as_lines_too_is_given_up(database: Database) -> None:
    await promise_parts(database, 2, CHANNEL)
    blocked = Blocked("the server's AutoMod blocked it")
    sender = ScriptedSender([blocked, blocked])
    relay = Relay(database, sender, Clock(NOW))
    for _ in range(3):
        await relay.run_once()
    assert await states(database) == {"dead": 1, "sent": 1}
    assert [one.look for one in sender.asked] == [Look.CARDS, Look.COMPACT, Look.CARDS]


async def test_a_lost_token_stops_the_sending_and_loses_nothing(database: Database) -> None:
    await promise(database, CHANNEL)
    relay = Relay(database, ScriptedSender([Revoked("401")]), Clock(NOW))
    with pytest.raises(TokenRevoked):
        await relay.run_once()
    assert await states(database) == {"waiting": 1}


async def test_an_error_in_the_sender_stops_no_other_delivery(database: Database) -> None:
    await promise(database, CHANNEL, OTHER)

    def explode(_: Delivery) -> Sent:
        raise ZeroDivisionError

    relay = Relay(database, ScriptedSender([explode]), Clock(NOW))
    await relay.run_once()
    assert await states(database) == {"sent": 1, "waiting": 1}


async def test_what_is_only_spread_over_time_may_go_early_what_failed_may_not(
    database: Database,
) -> None:
    """Planning spreads a big run over seconds; where there is room, those need not pass idly."""
    await promise(database, CHANNEL, OTHER)
    clock = Clock(NOW - timedelta(seconds=4))
    sender = ScriptedSender([RetryLater("busy", 4)])
    relay = Relay(database, sender, clock)
    assert await relay.run_once() == 2
    assert await relay.run_once() == 0
    assert await states(database) == {"sent": 1, "waiting": 1}


async def test_no_more_is_claimed_than_there_is_room_for(database: Database) -> None:
    await promise(database, CHANNEL, OTHER, PERSON)
    relay = Relay(database, ScriptedSender(), Clock(NOW), room=lambda: 2)
    assert await relay.run_once() == 2
    assert await states(database) == {"sent": 2, "waiting": 1}


async def test_where_direct_messages_go_is_asked_once(database: Database) -> None:
    """The channel that Discord opened for a person is kept with the first receipt."""
    await promise_parts(database, 2, PERSON)
    sender = ScriptedSender([Sent(1, 4711)])
    relay = Relay(database, sender, Clock(NOW))
    await relay.run_once()
    await relay.run_once()
    assert [one.destination.dm_channel_id for one in sender.sent] == [None, 4711]


# ── side by side ─────────────────────────────────────────────────────────────────────────────


class SlowSender(ScriptedSender):
    """One channel never answers; the others do."""

    def __init__(self, slow: int) -> None:
        super().__init__()
        self._slow = slow

    async def send(self, delivery: Delivery) -> Outcome:
        if delivery.destination.address.id == self._slow:
            await asyncio.Event().wait()
        return await super().send(delivery)


async def running(relay: Relay, stop: asyncio.Event) -> asyncio.Task[None]:
    return asyncio.create_task(relay.run(stop, asyncio.Event(), wind_down=0.05))


async def sent(database: Database, count: int) -> None:
    async with asyncio.timeout(20):
        while (await states(database)).get("sent", 0) < count:
            await asyncio.sleep(0.01)


async def test_a_slow_channel_delays_nobody(database: Database) -> None:
    """While it hangs, other channels get everything, also what is promised later."""
    await promise_parts(database, 3, CHANNEL, OTHER)
    stop = asyncio.Event()
    relay = Relay(database, SlowSender(CHANNEL.id), Clock(NOW), tick=0.05, gather=0.02)
    work = await running(relay, stop)
    await sent(database, 3)
    await follow(database, PERSON)
    await sent(database, 6)
    assert await states(database) == {"sending": 1, "waiting": 2, "sent": 6}
    stop.set()
    await work


async def test_what_is_under_way_at_the_end_is_left_in_doubt_with_its_nonce(
    database: Database,
) -> None:
    await promise(database, CHANNEL)
    stop = asyncio.Event()
    sender = SlowSender(CHANNEL.id)
    work = await running(Relay(database, sender, Clock(NOW)), stop)
    async with asyncio.timeout(20):
        while (await states(database)) != {"sending": 1}:
            await asyncio.sleep(0.01)
    stop.set()
    await work
    assert await states(database) == {"waiting": 1}
    again = ScriptedSender()
    await Relay(database, again, Clock(NOW + timedelta(seconds=5))).run_once()
    assert again.sent[0].in_doubt_since == NOW


async def test_what_waits_at_the_end_goes_on_waiting(database: Database) -> None:
    await promise(database, CHANNEL)
    stop = asyncio.Event()
    stop.set()
    await Relay(database, ScriptedSender(), Clock(NOW)).run(stop, asyncio.Event())
    assert await states(database) == {"waiting": 1}


async def test_a_lost_token_ends_the_run(database: Database) -> None:
    await promise(database, CHANNEL)
    relay = Relay(database, ScriptedSender([Revoked("401")]), Clock(NOW))
    with pytest.raises(TokenRevoked):
        await relay.run(asyncio.Event(), asyncio.Event())
    assert await states(database) == {"waiting": 1}


# ── processes that die ───────────────────────────────────────────────────────────────────────


async def test_what_a_dead_process_had_claimed_is_sent_with_its_nonce(database: Database) -> None:
    """Safe until its lease ends, then another process sends it, while its nonce is still known."""
    await promise(database, CHANNEL)
    async with database.write() as connection:
        (claimed,) = await outbox.claim(connection, NOW, NOW + LEASE, 10)
    clock = Clock(NOW)
    sender = ScriptedSender()
    relay = Relay(database, sender, clock)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    assert await relay.run_once() == 0
    clock.forward(seconds=1)
    assert await relay.run_once() == 1
    assert [one.nonce for one in sender.sent] == [claimed.nonce]
    assert timedelta(0) < NONCE_WINDOW - LEASE


async def test_an_own_database_is_taken_over_at_once(database: Database) -> None:
    """An embedded database has one process: what is being sent at its start is nobody's."""
    await promise(database, CHANNEL)
    async with database.write() as connection:
        await outbox.claim(connection, NOW, NOW + LEASE, 10)
    relay = Relay(database, ScriptedSender(), Clock(NOW))
    assert await relay.take_over() == (1 if database.embedded else 0)
    assert await relay.run_once() == (1 if database.embedded else 0)


async def test_a_claim_that_passed_on_settles_nothing(database: Database) -> None:
    await promise(database, CHANNEL)
    async with database.write() as connection:
        (mine,) = await outbox.claim(connection, NOW, NOW, 10)
        await outbox.end_leases(connection, NOW)
        (theirs,) = await outbox.claim(connection, NOW, NOW + LEASE, 10)
        receipt = Settlement(mine, State.SENT, message_id=1, channel_id=2)
        assert await outbox.settle(connection, [receipt], NOW) == []
        receipt = replace(receipt, delivery=theirs)
        assert await outbox.settle(connection, [receipt], NOW) == [receipt]


async def test_two_relays_never_both_own_a_delivery(database: Database) -> None:
    places = [Address(Kind.CHANNEL, 1000 + number, guild_id=70) for number in range(20)]
    await promise(database, *places)
    senders = [ScriptedSender(), ScriptedSender()]
    relays = [Relay(database, sender, Clock(NOW), room=lambda: 3) for sender in senders]
    while any(await asyncio.gather(*(relay.run_once() for relay in relays))):
        pass
    reached = [one.destination.address.id for sender in senders for one in sender.sent]
    assert sorted(reached) == [place.id for place in places]


# ── several messages ─────────────────────────────────────────────────────────────────────────


async def test_later_parts_go_into_the_forum_post_of_the_first(database: Database) -> None:
    await promise_parts(database, 3, FORUM)
    sender = ScriptedSender([Sent(88, 88)])
    relay = Relay(database, sender, Clock(NOW))
    while await relay.run_once():
        pass
    assert [one.thread_id for one in sender.sent] == [None, 88, 88]


async def test_parts_of_an_edition_go_out_in_order(database: Database) -> None:
    await promise_parts(database, 4, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([RetryLater("busy", 3)])
    relay = Relay(database, sender, clock)
    for _ in range(8):
        await relay.run_once()
        clock.forward(seconds=1)
    assert [one.part for one in sender.sent] == [0, 1, 2, 3]
