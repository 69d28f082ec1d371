"""Ends in doubt: repeated while Discord knows the nonce, looked for later, never a blind repeat."""

from __future__ import annotations

from digests.model import Address, Hold
from digests.outcomes import RetryLater, Sent, Unknown, Unreadable
from digests.relay import NONCE_WINDOW, SETTLED_BY_NOW, Relay
from digests.service import DigestService
from digests.storage import Database, holds, outbox
from digests.worker import LEASE
from tests.build import CHANNEL, NOW, split_by_ten
from tests.digests.test_relay import FORUM, held, promise, states
from tests.fakes import Clock, ScriptedSender

LATE = NONCE_WINDOW + LEASE


async def doubtful(database: Database, *places: Address) -> None:
    """Promised, claimed by a process that died, and its nonce no longer known."""
    await promise(database, *places)
    async with database.write() as connection:
        await outbox.claim(connection, NOW, NOW + LEASE, 10)


async def test_after_the_nonce_window_it_is_looked_for_and_its_receipt_found(
    database: Database,
) -> None:
    await doubtful(database, CHANNEL)
    sender = ScriptedSender()
    sender.finding = Sent(77, CHANNEL.id)
    await Relay(database, sender, Clock(NOW + LATE)).run_once()
    assert len(sender.looked_for) == 1
    assert sender.asked == []
    assert await states(database) == {"sent": 1}


async def test_what_is_not_found_is_sent(database: Database) -> None:
    await doubtful(database, CHANNEL)
    sender = ScriptedSender()
    relay = Relay(database, sender, Clock(NOW + LATE))
    await relay.run_once()
    await relay.run_once()
    assert (len(sender.looked_for), len(sender.sent)) == (1, 1)
    assert sender.sent[0].in_doubt_since == NOW + LATE
    assert await states(database) == {"sent": 1}


async def test_what_cannot_be_looked_for_is_held_and_said(database: Database) -> None:
    """Past the nonce window a repeat could post twice: rather ask than guess."""
    await doubtful(database, CHANNEL)
    sender = ScriptedSender()
    sender.finding = Unreadable("Read Message History is missing")
    await Relay(database, sender, Clock(NOW + LATE)).run_once()
    assert sender.asked == []
    found = await held(database)
    assert found is not None
    assert (found.cause, found.reason) == (Hold.DOUBTFUL, "Read Message History is missing")


async def test_a_doubt_outlives_a_hold_until_somebody_decides(database: Database) -> None:
    """Tried again, it is looked for again; only who posts by hand takes the risk."""
    await doubtful(database, CHANNEL)
    clock = Clock(NOW + LATE)
    sender = ScriptedSender()
    sender.finding = Unreadable("Read Message History is missing")
    relay = Relay(database, sender, clock)
    await relay.run_once()
    found = await held(database)
    assert found is not None
    async with database.write() as connection:
        await holds.rearm(connection, [found.id], clock())
    clock.forward(seconds=2)
    await relay.run_once()
    assert (len(sender.looked_for), sender.asked) == (2, [])
    await DigestService(database, split_by_ten).post_now(CHANNEL, clock())
    await relay.run_once()
    assert len(sender.sent) == 1


async def test_a_doubt_stays_when_a_later_attempt_surely_failed(database: Database) -> None:
    """Lost answer, then 'too fast': after the window the first attempt is still in doubt."""
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([Unknown("lost"), RetryLater("busy", 100)])
    sender.finding = Sent(77, CHANNEL.id)
    relay = Relay(database, sender, clock)
    await relay.run_once()
    clock.forward(seconds=10)
    await relay.run_once()
    clock.forward(seconds=NONCE_WINDOW.total_seconds() + 100)
    await relay.run_once()
    assert (len(sender.asked), len(sender.looked_for)) == (2, 1)
    assert await states(database) == {"sent": 1}


async def test_sure_failures_may_be_repeated_for_ever(database: Database) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([RetryLater("down", 120)] * 8)
    relay = Relay(database, sender, clock)
    for _ in range(9):
        await relay.run_once()
        clock.forward(hours=1)
    assert sender.looked_for == []
    assert await states(database) == {"sent": 1}


async def test_a_forum_post_is_looked_for_before_any_repeat(database: Database) -> None:
    """Discord takes no nonce there, so even at once a repeat could post twice."""
    await promise(database, FORUM)
    clock = Clock(NOW)
    sender = ScriptedSender([Unknown("lost")])
    sender.finding = Sent(88, 88)
    relay = Relay(database, sender, clock)
    await relay.run_once()
    assert await relay.run_once() == 0, "what became of the request has to show first"
    clock.forward(seconds=SETTLED_BY_NOW.total_seconds())
    await relay.run_once()
    assert (len(sender.asked), len(sender.looked_for)) == (1, 1)
    assert await states(database) == {"sent": 1}
