"""What becomes of deliveries: sent once, retried, held, given up; never lost, never twice."""

from __future__ import annotations

import pytest

from digests.model import (
    Address,
    Delivery,
    Kind,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Sent,
    State,
    Unknown,
)
from digests.relay import LEASE, NONCE_WINDOW, Relay, TokenRevoked
from digests.service import DigestService
from digests.storage import Database, outbox
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

OTHER = Address(Kind.CHANNEL, 701, guild_id=70)


async def promise(database: Database, *places: Address) -> None:
    """One article, promised to each place."""
    await publish(database, article(1))
    service = DigestService(database, split_by_ten)
    for place in places:
        await service.follow(place, "AI", Wish(), by=ADMIN, now=NOW)


async def states(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        found = await outbox.counts(connection)
    return {state.value: number for state, number in found.items() if number}


async def test_a_receipt_settles_a_delivery(database: Database) -> None:
    await promise(database, CHANNEL)
    sender = ScriptedSender([Sent(5, CHANNEL.id)])
    relay = Relay(database, sender, Clock(NOW))
    assert await relay.run_once() == 1
    assert await relay.run_once() == 0
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


async def test_a_refusal_holds_this_destination_and_no_other(database: Database) -> None:
    await promise(database, CHANNEL, OTHER)

    sender = ScriptedSender([Refused("Send Messages is missing")])
    relay = Relay(database, sender, Clock(NOW))
    while await relay.run_once():
        pass
    assert await states(database) == {"held": 1, "sent": 1}
    service = DigestService(database, split_by_ten)
    found = await service.following(CHANNEL)
    assert found is not None
    assert found[0].held == "Send Messages is missing"


async def test_what_is_held_goes_out_when_somebody_acts(database: Database) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    relay = Relay(database, ScriptedSender([Refused("no")]), clock)
    await relay.run_once()
    assert await relay.run_once() == 0
    clock.forward(hours=5)
    service = DigestService(database, split_by_ten)
    await service.post_now(CHANNEL, clock())
    assert await relay.run_once() == 1
    found = await service.following(CHANNEL)
    assert found is not None
    assert found[0].held is None
    assert await states(database) == {"sent": 1}


async def test_a_message_at_fault_is_given_up_and_the_next_goes_on(database: Database) -> None:
    await promise(database, CHANNEL)
    relay = Relay(database, ScriptedSender([Rejected("too long")]), Clock(NOW))
    await relay.run_once()
    assert await states(database) == {"dead": 1}


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

    clock = Clock(NOW)
    relay = Relay(database, ScriptedSender([explode]), clock)
    await relay.run_once()
    assert await states(database) == {"sent": 1, "waiting": 1}


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


async def test_an_own_database_is_taken_over_at_once(database: Database) -> None:
    """An embedded database has one process: what is being sent at its start is nobody's."""
    await promise(database, CHANNEL)
    async with database.write() as connection:
        await outbox.claim(connection, NOW, NOW + LEASE, 10)
    sender = ScriptedSender()
    relay = Relay(database, sender, Clock(NOW))
    assert await relay.take_over() == (1 if database.embedded else 0)
    assert await relay.run_once() == (1 if database.embedded else 0)


async def test_a_claim_that_passed_on_settles_nothing(database: Database) -> None:
    await promise(database, CHANNEL)
    async with database.write() as connection:
        (mine,) = await outbox.claim(connection, NOW, NOW, 10)
        (theirs,) = await outbox.claim(connection, NOW, NOW + LEASE, 10)
        receipt = {"message_id": 1, "channel_id": 2}
        assert not await outbox.settle(connection, mine, State.SENT, NOW, **receipt)
        assert await outbox.settle(connection, theirs, State.SENT, NOW, **receipt)


async def test_an_end_in_doubt_for_too_long_is_held_and_said(database: Database) -> None:
    """Past the nonce window a repeat could post twice: rather ask than guess."""
    await promise(database, CHANNEL)
    async with database.write() as connection:
        await outbox.claim(connection, NOW, NOW + LEASE, 10)
    sender = ScriptedSender()
    await Relay(database, sender, Clock(NOW + NONCE_WINDOW + LEASE)).run_once()
    assert sender.asked == []
    assert await states(database) == {"held": 1}


async def test_a_doubt_stays_when_a_later_attempt_surely_failed(database: Database) -> None:
    """Lost answer, then 'too fast': after the window the first attempt is still in doubt."""
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([Unknown("lost"), RetryLater("busy", 100)])
    relay = Relay(database, sender, clock)
    await relay.run_once()
    clock.forward(seconds=10)
    await relay.run_once()
    clock.forward(seconds=NONCE_WINDOW.total_seconds() + 100)
    await relay.run_once()
    assert len(sender.asked) == 2
    assert await states(database) == {"held": 1}


async def test_sure_failures_may_be_repeated_for_ever(database: Database) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([RetryLater("down", 120)] * 8)
    relay = Relay(database, sender, clock)
    for _ in range(9):
        await relay.run_once()
        clock.forward(hours=1)
    assert await states(database) == {"sent": 1}


async def test_parts_of_an_edition_go_out_in_order(database: Database) -> None:
    await publish(database, *(article(number) for number in range(1, 5)))
    service = DigestService(database, lambda articles: [[index] for index in range(len(articles))])
    await service.follow(CHANNEL, "AI", Wish(), by=ADMIN, now=NOW)
    clock = Clock(NOW)
    sender = ScriptedSender([RetryLater("busy", 3)])
    relay = Relay(database, sender, clock)
    for _ in range(8):
        await relay.run_once()
        clock.forward(seconds=1)
    assert [one.part for one in sender.sent] == [0, 1, 2, 3]
