"""Held destinations: their queue is kept, they go on by themselves, and nobody else notices."""

from __future__ import annotations

from datetime import timedelta

from digests.holding import FORGET_AFTER, PROBE_EVERY, Holding
from digests.model import Address, Hold, Kind
from digests.outcomes import Gone, Refused, Rejected, Sent
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish, split_by_ten
from tests.digests.test_relay import FORUM, OTHER, held, promise, promise_parts, states
from tests.fakes import Clock, ScriptedSender

NO = Refused("**Send Messages** is missing there")


async def refused(database: Database, place: Address = CHANNEL, *, parts: int = 1) -> Clock:
    """An edition of so many messages, of which the first was refused just now."""
    await promise_parts(database, parts, place)
    clock = Clock(NOW)
    await Relay(database, ScriptedSender([NO]), clock).run_once()
    return clock


async def test_a_refusal_holds_this_destination_and_no_other(database: Database) -> None:
    await promise(database, CHANNEL, OTHER)
    relay = Relay(database, ScriptedSender([NO]), Clock(NOW))
    while await relay.run_once():
        pass
    assert await states(database) == {"held": 1, "sent": 1}
    found = await held(database)
    assert found is not None
    assert (found.cause, found.reason, found.since) == (Hold.REFUSED, NO.reason, NOW)
    assert await held(database, OTHER) is None


async def test_its_whole_queue_is_held_and_kept(database: Database) -> None:
    await refused(database, parts=3)
    assert await states(database) == {"held": 3}


async def test_a_probe_asks_with_one_message_and_lets_the_rest_follow(database: Database) -> None:
    clock = await refused(database, parts=3)
    sender = ScriptedSender()
    relay = Relay(database, sender, clock)
    clock.forward(seconds=PROBE_EVERY.total_seconds() - 1)
    assert await relay.run_once() == 0
    clock.forward(seconds=1)
    assert await relay.run_once() == 1
    assert await held(database) is None
    while await relay.run_once():
        pass
    assert [one.part for one in sender.sent] == [0, 1, 2]


async def test_a_probe_that_is_refused_costs_one_request(database: Database) -> None:
    """And the hold stays the same one: since when, and that somebody was told of it."""
    clock = await refused(database, parts=3)
    found = await held(database)
    assert found is not None
    await Holding(database).told(found, clock())
    clock.forward(seconds=PROBE_EVERY.total_seconds())
    sender = ScriptedSender([NO] * 5)
    relay = Relay(database, sender, clock)
    for _ in range(4):
        await relay.run_once()
        clock.forward(minutes=1)
    assert len(sender.asked) == 1
    again = await held(database)
    assert again is not None
    assert (again.since, again.told) == (NOW, True)


async def test_a_change_there_is_a_reason_to_try_at_once(database: Database) -> None:
    clock = await refused(database)
    found = await held(database)
    assert found is not None
    assert await Holding(database).rearm([found.id], clock()) == 1
    clock.forward(seconds=1)
    assert await Relay(database, ScriptedSender(), clock).run_once() == 1
    assert await states(database) == {"sent": 1}


async def test_no_probe_is_sent_that_cannot_be_afforded(database: Database) -> None:
    clock = await refused(database)
    clock.forward(days=1)
    relay = Relay(database, ScriptedSender(), clock, probes=lambda: 0)
    assert await relay.run_once() == 0


async def test_a_message_at_fault_does_not_hold_up_the_probing(database: Database) -> None:
    """The place took it as far as it could: the next message asks again at once."""
    clock = await refused(database, parts=2)
    clock.forward(seconds=PROBE_EVERY.total_seconds())
    relay = Relay(database, ScriptedSender([Rejected("too long")]), clock)
    await relay.run_once()
    clock.forward(seconds=1)
    await relay.run_once()
    assert await states(database) == {"dead": 1, "sent": 1}


async def test_what_is_held_goes_out_when_somebody_acts(database: Database) -> None:
    clock = await refused(database)
    clock.forward(hours=5)
    await DigestService(database, split_by_ten).post_now(CHANNEL, clock())
    await Relay(database, ScriptedSender(), clock).run_once()
    assert await held(database) is None
    assert await states(database) == {"sent": 1}


async def test_what_is_promised_to_a_held_place_waits_behind_the_rest(database: Database) -> None:
    clock = await refused(database)
    clock.forward(hours=1)
    await publish(database, article(9, "Computer Vision"))
    service = DigestService(database, split_by_ten)
    sender = ScriptedSender([NO])
    await service.follow(OTHER, "Computer Vision", Wish(), by=ADMIN, now=clock())
    await Relay(database, sender, clock).run_once()
    assert [one.destination.address for one in sender.asked] == [OTHER]


async def test_a_person_who_comes_back_is_asked_again_but_not_at_every_word(
    database: Database,
) -> None:
    clock = await refused(database, PERSON)
    holding = Holding(database)
    assert await holding.person_came(PERSON.id, clock()) == 0, "it was tried a moment ago"
    clock.forward(minutes=10)
    assert await holding.person_came(PERSON.id, clock()) == 1
    assert await holding.person_came(ADMIN, clock()) == 0
    clock.forward(seconds=1)
    await Relay(database, ScriptedSender(), clock).run_once()
    assert await states(database) == {"sent": 1}


async def test_somebody_is_told_once(database: Database) -> None:
    await refused(database)
    holding = Holding(database)
    (found,) = await holding.untold()
    assert found.set_up_by == ADMIN
    await holding.told(found, NOW, "**Embed Links** is missing there")
    assert await holding.untold() == []
    again = await held(database)
    assert again is not None
    assert again.reason == "**Embed Links** is missing there"


async def test_direct_messages_and_deleted_places_are_nobodys_to_be_told_in_a_server(
    database: Database,
) -> None:
    await promise(database, CHANNEL, PERSON)
    sender = ScriptedSender([Gone("the channel was deleted"), NO])
    await Relay(database, sender, Clock(NOW)).run_once()
    assert await Holding(database).untold() == []


async def test_a_deleted_place_is_not_tried_again(database: Database) -> None:
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    sender = ScriptedSender([Gone("the channel was deleted")])
    relay = Relay(database, sender, clock)
    for _ in range(5):
        await relay.run_once()
        clock.forward(days=5)
    assert len(sender.asked) == 1
    found = await held(database)
    assert found is not None
    assert found.cause is Hold.GONE


async def test_a_server_that_invites_the_bot_back_gets_what_waited(database: Database) -> None:
    await promise(database, CHANNEL, FORUM)
    holding = Holding(database)
    clock = Clock(NOW)
    assert await holding.server_gone(70, clock()) == 2
    assert await states(database) == {"held": 2}
    clock.forward(days=20)
    assert await Relay(database, ScriptedSender(), clock).run_once() == 0
    assert await holding.server_back(70, clock()) == 2
    sender = ScriptedSender([Sent(1, CHANNEL.id)])
    relay = Relay(database, sender, clock)
    while await relay.run_once():
        pass
    assert await states(database) == {"sent": 2}
    assert await holding.in_servers() == []


async def test_a_deleted_channel_keeps_what_it_follows_for_a_month(database: Database) -> None:
    await promise(database, CHANNEL, OTHER)
    holding = Holding(database)
    assert await holding.places_gone([CHANNEL.id, 12345], "it was deleted", NOW) == 1
    service = DigestService(database, split_by_ten)
    assert await holding.forget(NOW + FORGET_AFTER) == 0
    found = await service.following(CHANNEL)
    assert found is not None
    assert [one.name for one in found[1]] == ["AI"]
    assert await holding.forget(NOW + FORGET_AFTER + timedelta(seconds=1)) == 1
    found = await service.following(CHANNEL)
    assert found is not None
    assert found[1] == []
    assert await states(database) == {"dead": 1, "waiting": 1}
    assert await holding.forget(NOW + 2 * FORGET_AFTER) == 0


async def test_a_held_place_with_nothing_to_send_is_simply_free_again(database: Database) -> None:
    """There is nothing to try it with: the next digest will find out."""
    await promise(database, CHANNEL)
    clock = Clock(NOW)
    await Relay(database, ScriptedSender(), clock).run_once()
    holding = Holding(database)
    await holding.server_gone(70, clock())
    await holding.server_back(70, clock())
    await Relay(database, ScriptedSender(), clock).run_once()
    assert await held(database) is None


async def test_the_address_of_another_kind_is_another_place(database: Database) -> None:
    await refused(database)
    assert await held(database, Address(Kind.CHANNEL, 1, guild_id=70)) is None
