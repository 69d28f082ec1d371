"""Looking for what may have been posted: by its mark, in channels, threads, forums and DMs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.finding import mark
from digests.model import Delivery
from digests.outcomes import Absent, Gone, RetryLater, Sent, Unreadable
from tests.bot.scene import Scene, delivery, doubtful
from tests.bot.test_delivery import CROSSPOST, custom_ids, the_post
from tests.discord_server import permissions as bits


async def lost(here: Scene, one: Delivery) -> Delivery:
    """Posted, but its answer was lost ten minutes ago."""
    assert isinstance(await here.sender.send(one), Sent)
    return replace(one, attempt=2, in_doubt_since=one.in_doubt_since - timedelta(minutes=2))


async def test_a_posted_message_is_found_by_its_mark(here: Scene) -> None:
    one = await lost(here, delivery(here.channel))
    here.server.world.say(here.admin, here.channel, "in between")
    (message, _) = here.posts()
    assert await here.sender.find(one) == Sent(int(str(message["id"])), here.channel.id)


async def test_it_is_found_among_hundreds(here: Scene) -> None:
    for number in range(150):
        here.server.world.say(here.admin, here.channel, f"before {number}")
    one = await lost(here, delivery(here.channel))
    for number in range(150):
        here.server.world.say(here.admin, here.channel, f"after {number}")
    assert isinstance(await here.sender.find(one), Sent)


async def test_the_message_of_another_delivery_is_not_it(here: Scene) -> None:
    await here.sender.send(delivery(here.channel))
    assert await here.sender.find(doubtful(here.channel, 2)) == Absent()


async def test_a_mark_that_somebody_else_posted_is_not_it(here: Scene) -> None:
    one = doubtful(here.channel, 2)
    button = {"type": 2, "style": 2, "label": "x", "custom_id": mark(one)}
    body = {"content": "x", "components": [{"type": 1, "components": [button]}]}
    here.server.world.post(here.channel, here.admin, body)
    assert await here.sender.find(one) == Absent()


async def test_without_read_message_history_nothing_is_proved(here: Scene) -> None:
    """The history would be empty, whatever is in it."""
    one = await lost(here, delivery(here.channel))
    here.deny(bits.READ_MESSAGE_HISTORY)
    await here.settled()
    outcome = await here.sender.find(one)
    assert isinstance(outcome, Unreadable)
    assert "**Read Message History** is missing there" in outcome.reason


async def test_without_a_cache_discord_itself_is_asked_whether_it_can_be_read(here: Scene) -> None:
    """A process that does not follow this server knows no permissions."""
    readable = await lost(here, delivery(here.channel))
    closed = here.guild.add_text_channel("closed")
    unreadable = await lost(here, delivery(closed))
    here.deny(bits.READ_MESSAGE_HISTORY, closed)
    here.forget_servers()
    assert isinstance(await here.sender.find(readable), Sent)
    assert isinstance(await here.sender.find(unreadable), Unreadable)


async def test_direct_messages_can_always_be_read(here: Scene) -> None:
    one = await lost(here, delivery(here.admin))
    assert isinstance(await here.sender.find(one), Sent)


async def test_where_the_channel_is_gone_there_is_nothing_to_find(here: Scene) -> None:
    one = doubtful(here.channel)
    here.channel.delete()
    await here.settled()
    assert await here.sender.find(one) == Gone("the channel was deleted")


@pytest.mark.parametrize("cut", ["reset_before", "reset_after"])
async def test_a_search_that_is_cut_off_is_made_again_later(here: Scene, cut: str) -> None:
    getattr(here.server.faults, cut)("GET", "/channels/*/messages*", times=None)
    assert isinstance(await here.sender.find(doubtful(here.channel)), RetryLater)


async def test_a_forum_post_is_found_among_the_threads(here: Scene) -> None:
    forum = here.guild.add_forum("digests")
    await here.settled()
    await here.sender.send(delivery(forum))
    one = await lost(here, delivery(forum))
    found = await here.sender.find(one)
    assert isinstance(found, Sent)
    (message,) = here.posts(here.server.channel(found.channel_id))
    assert mark(one) in custom_ids(message)


async def test_a_forum_post_is_found_when_it_is_archived(here: Scene) -> None:
    forum = here.guild.add_forum("digests")
    await here.settled()
    one = await lost(here, delivery(forum))
    the_post(here, forum).archive()
    assert isinstance(await here.sender.find(one), Sent)


async def test_a_forum_post_that_is_not_there_is_absent(here: Scene) -> None:
    forum = here.guild.add_forum("digests")
    await here.settled()
    await here.sender.send(delivery(forum))
    assert await here.sender.find(doubtful(forum, 2)) == Absent()


async def test_a_message_found_later_is_published_then(here: Scene) -> None:
    """The process died between posting and publishing."""
    news = here.guild.add_announcement_channel("news")
    await here.settled()
    here.server.faults.reset_before(*CROSSPOST)
    one = await lost(here, delivery(news))
    await here.sender.find(one)
    assert [int(str(message["flags"])) & 1 for message in here.posts(news)] == [1]
