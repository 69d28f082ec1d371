"""Held places and what happens in servers: told once, tried again by themselves, given up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digests.holding import Holding
from digests.model import Address, Hold, Kind
from digests.outcomes import Refused
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import destinations, holds
from digests.subscriptions import Wish
from tests.bot.scene import Scene
from tests.build import article, publish, split_by_ten
from tests.discord_server import Channel, User
from tests.discord_server import permissions as bits


@pytest.fixture
async def here(here: Scene) -> Scene:
    await publish(here.database, article(1))
    return here


def now() -> datetime:
    return datetime.now(UTC)


def address(place: Channel | User) -> Address:
    if isinstance(place, User):
        return Address(Kind.DM, place.id)
    kind = Kind.THREAD if place.is_thread else Kind.CHANNEL
    return Address(kind, place.id, place.in_guild().id)


async def follow(here: Scene, place: Channel | User) -> None:
    service = DigestService(here.database, split_by_ten)
    await service.follow(address(place), "AI", Wish(), by=here.admin.id, now=now())


async def send(here: Scene) -> None:
    """Send what is due, until nothing is."""
    relay = Relay(here.database, here.sender, now)
    while await relay.run_once():
        pass


async def held(here: Scene, place: Channel | User) -> holds.Held | None:
    async with here.database.read() as connection:
        return await holds.held_of(connection, address(place))


async def refuse(here: Scene, denied: int, place: Channel | None = None) -> None:
    """The channel follows a topic, and the bot may not post there."""
    place = place or here.channel
    await follow(here, place)
    here.deny(denied, place.parent or place)
    await here.settled()
    await send(here)
    assert await held(here, place) is not None


async def changed(here: Scene) -> None:
    """Wait until the change was looked at, then send."""
    await here.settled()
    looking = here.servers._looking
    if looking is not None:
        await looking
    await send(here)


# ── telling ──────────────────────────────────────────────────────────────────────────────────


async def test_the_server_is_told_once_which_permission_is_missing_where(here: Scene) -> None:
    general = here.guild.add_text_channel("general")
    here.guild.system_channel = general
    await refuse(here, bits.EMBED_LINKS)
    assert await here.servers.tell() == 1
    assert await here.servers.tell() == 0
    (message,) = here.posts(general)
    assert f"<#{here.channel.id}>" in str(message["content"])
    assert "**Embed Links** is missing there" in str(message["content"])
    assert message["mentions"] == []


async def test_a_thread_is_told_of_in_its_channel(here: Scene) -> None:
    here.guild.add_text_channel("elsewhere")
    thread = here.guild.add_thread(here.channel, "talk")
    await refuse(here, bits.SEND_MESSAGES_IN_THREADS, thread)
    await here.servers.tell()
    (message,) = here.posts()
    assert "**Send Messages in Threads**" in str(message["content"])


async def test_where_the_bot_may_speak_nowhere_who_set_it_up_is_told(here: Scene) -> None:
    await refuse(here, bits.VIEW_CHANNEL)
    await here.servers.tell()
    (message,) = here.posts(here.server.world.dm_with(here.admin))
    assert "**View Channel** is missing there" in str(message["content"])


async def test_several_places_of_a_server_are_told_of_together(here: Scene) -> None:
    general = here.guild.add_text_channel("general")
    await refuse(here, bits.SEND_MESSAGES)
    await refuse(here, bits.SEND_MESSAGES, here.guild.add_text_channel("more-news"))
    assert await here.servers.tell() == 2
    assert len(here.posts(general)) == 1


async def test_whoever_cannot_be_told_is_not_asked_for_ever(here: Scene) -> None:
    here.admin.dms_open = False
    await refuse(here, bits.SEND_MESSAGES)
    invalid = here.server.limits.invalid
    for _ in range(3):
        await here.servers.tell()
    assert here.server.limits.invalid == invalid + 1


async def test_a_refusal_by_any_status_is_a_refusal(here: Scene) -> None:
    """Conversations that cannot be opened have been answered with 400 as well as with 403."""
    await refuse(here, bits.SEND_MESSAGES)
    here.server.faults.status(400, "POST", "/users/@me/channels", code=50007, times=None)
    assert await here.servers.tell() == 1
    assert await here.servers.tell() == 0


async def test_a_notice_whose_answer_was_lost_is_posted_once(here: Scene) -> None:
    general = here.guild.add_text_channel("general")
    await refuse(here, bits.SEND_MESSAGES)
    here.server.faults.reset_after("POST", f"/channels/{general.id}/messages")
    assert await here.servers.tell() == 0
    assert await here.servers.tell() == 1
    assert len(here.posts(general)) == 1


# ── going on ─────────────────────────────────────────────────────────────────────────────────


async def test_a_permission_given_back_lets_the_queue_go(here: Scene) -> None:
    await refuse(here, bits.EMBED_LINKS)
    here.channel.clear_permissions(here.server.world.bot)
    await changed(here)
    assert len(here.posts()) == 1
    assert await held(here, here.channel) is None


async def test_a_role_given_to_the_bot_lets_the_queue_go(here: Scene) -> None:
    here.guild.set_role(here.guild.everyone, bits.DEFAULT & ~bits.EMBED_LINKS)
    await follow(here, here.channel)
    await here.settled()
    await send(here)
    assert await held(here, here.channel) is not None
    here.guild.give_role(here.server.world.bot, here.guild.add_role("News", bits.EMBED_LINKS))
    await changed(here)
    assert len(here.posts()) == 1


async def test_a_change_of_a_role_lets_the_queue_go(here: Scene) -> None:
    here.guild.set_role(here.guild.everyone, bits.DEFAULT & ~bits.SEND_MESSAGES)
    await follow(here, here.channel)
    await here.settled()
    await send(here)
    here.guild.set_role(here.guild.everyone, bits.DEFAULT)
    await changed(here)
    assert len(here.posts()) == 1


async def test_an_unlocked_thread_lets_the_queue_go(here: Scene) -> None:
    thread = here.guild.add_thread(here.channel, "talk")
    await follow(here, thread)
    thread.archive(archived=False, locked=True)
    await here.settled()
    await send(here)
    found = await held(here, thread)
    assert found is not None
    assert found.reason == "the thread is locked"
    thread.archive(archived=False, locked=False)
    await changed(here)
    assert len(here.posts(thread)) == 1


async def test_a_change_that_gives_nothing_back_costs_no_request(here: Scene) -> None:
    await refuse(here, bits.EMBED_LINKS)
    invalid = here.server.limits.invalid
    for name in ("one", "two", "three"):
        here.channel.rename(name)
        await changed(here)
    assert here.server.limits.invalid == invalid == 1


async def test_a_cause_that_no_permission_shows_is_not_asked_at_every_change(here: Scene) -> None:
    """Permissions look fine, and still it is refused: once in five minutes is enough."""
    await follow(here, here.channel)
    path = f"/channels/{here.channel.id}/messages"
    here.server.faults.status(403, "POST", path, code=50009, times=None)
    await send(here)
    for name in ("one", "two", "three"):
        here.channel.rename(name)
        await changed(here)
    assert len(here.server.requests.to("POST", path)) == 2


# ── what kind of channel ─────────────────────────────────────────────────────────────────────


async def test_which_channels_are_announcement_channels_is_noted(here: Scene) -> None:
    news = here.guild.add_announcement_channel("news")
    await follow(here, news)
    await follow(here, here.channel)
    await here.settled()
    assert await here.servers.learn() == 2
    assert await here.servers.learn() == 0
    found = []
    for place in (news, here.channel):
        async with here.database.read() as connection:
            known = await destinations.find(connection, address(place))
        found.append(known.news if known else None)
    assert found == [True, False]


# ── coming and going ─────────────────────────────────────────────────────────────────────────


async def test_a_deleted_channel_is_given_up_without_a_request(here: Scene) -> None:
    thread = here.guild.add_thread(here.channel, "talk")
    await follow(here, here.channel)
    await follow(here, thread)
    await here.settled()
    here.channel.delete()
    await here.settled()
    await here.handled()
    for place in (here.channel, thread):
        found = await held(here, place)
        assert found is not None
        assert found.cause is Hold.GONE
    await send(here)
    assert here.server.requests.to("POST", "/channels/*/messages") == []


async def test_a_bot_removed_and_invited_again_goes_on(here: Scene) -> None:
    await follow(here, here.channel)
    here.guild.remove_bot()
    await here.settled()
    await here.handled()
    found = await held(here, here.channel)
    assert found is not None
    assert found.reason == "the bot was removed from the server"
    here.guild.add_bot()
    await here.settled()
    await here.handled()
    await send(here)
    assert len(here.posts()) == 1


async def test_what_happened_while_the_bot_was_away_is_caught_up_with(here: Scene) -> None:
    """Removed from one server, allowed to post again in another."""
    other = here.server.world.add_guild("Other")
    gone = other.add_text_channel("news")
    await here.settled()
    await refuse(here, bits.SEND_MESSAGES)
    await refuse(here, bits.SEND_MESSAGES, gone)
    here.client.servers = None
    here.channel.clear_permissions(here.server.world.bot)
    other.remove_bot()
    await here.settled()
    await here.servers.ready()
    found = await held(here, gone)
    assert found is not None
    assert found.cause is Hold.GONE
    await send(here)
    assert len(here.posts()) == 1


async def test_a_server_that_removed_the_bot_while_it_was_away_costs_no_request(
    here: Scene,
) -> None:
    other = here.server.world.add_guild("Other")
    gone = other.add_text_channel("news")
    await here.settled()
    await follow(here, gone)
    await follow(here, here.channel)
    here.client.servers = None
    other.remove_bot()
    await here.settled()
    await here.servers.ready()
    found = await held(here, gone)
    assert found is not None
    assert found.cause is Hold.GONE
    await send(here)
    assert here.posts(gone) == []
    assert len(here.posts()) == 1


async def test_opened_direct_messages_are_found_when_the_person_comes_back(here: Scene) -> None:
    here.admin.dms_open = False
    await follow(here, here.admin)
    await send(here)
    found = await held(here, here.admin)
    assert found is not None
    assert found.reason == Refused("this person does not take messages from the bot").reason
    here.admin.dms_open = True
    async with here.database.write() as connection:
        later = now().replace(year=now().year + 1)
        assert await holds.rearm_person(connection, here.admin.id, later) == 1
    relay = Relay(here.database, here.sender, lambda: later)
    await relay.run_once()
    assert len(here.posts(here.server.world.dm_with(here.admin))) == 1


async def test_nothing_is_known_of_places_of_other_processes(here: Scene) -> None:
    """A process without this server's shard neither tells nor gives up."""
    await refuse(here, bits.SEND_MESSAGES)
    here.client.shard_count, here.client.shard_ids = 2, [1 - (here.guild.id >> 22) % 2]
    here.forget_servers()
    await here.servers.ready()
    assert await here.servers.tell() == 0
    found = await held(here, here.channel)
    assert found is not None
    assert found.cause is Hold.REFUSED


async def test_holding_speaks_for_no_place_that_is_free(here: Scene) -> None:
    await follow(here, here.channel)
    assert await Holding(here.database).in_servers() == []
