"""What a server's AutoMod blocks, against a loopback Discord that blocks words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import looks
from digests.model import Address, Kind
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import outbox
from digests.subscriptions import Wish
from tests.bot.scene import Scene
from tests.build import article, publish
from tests.discord_server import Channel, visible_embeds


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def here(here: Scene) -> Scene:
    here.guild.blocked_words.add("forbidden")
    await publish(
        here.database,
        article(1, excerpt="It says a forbidden word."),
        article(2, excerpt="It says nothing bad."),
    )
    return here


async def send(here: Scene, channel: Channel) -> dict[str, int]:
    """The first digest of a channel, sent until nothing is due; how its messages ended."""
    kind = Kind.FORUM if channel.kind == 15 else Kind.CHANNEL
    place = Address(kind, channel.id, here.guild.id)
    service = DigestService(here.database, looks.split)
    await service.follow(place, "AI", Wish(), by=here.admin.id, now=now())
    relay = Relay(here.database, here.sender, now)
    while await relay.run_once():
        pass
    async with here.database.read() as connection:
        found = await outbox.counts(connection)
    return {state.value: number for state, number in found.items() if number}


async def test_a_word_of_an_excerpt_costs_excerpts_and_no_article(here: Scene) -> None:
    assert await send(here, here.channel) == {"sent": 1}
    (message,) = here.posts()
    (embed,) = visible_embeds(message)
    assert "Article 1" in embed["description"]
    assert "Article 2" in embed["description"]
    assert "says" not in embed["description"]


async def test_a_forum_post_too(here: Scene) -> None:
    forum = here.guild.add_forum("digests")
    await here.settled()
    assert await send(here, forum) == {"sent": 1}
    (thread,) = here.guild.threads.values()
    (embed,) = visible_embeds(here.posts(thread)[0])
    assert "Article 1" in embed["description"]


async def test_a_word_of_a_title_is_not_posted(here: Scene) -> None:
    here.guild.blocked_words.add("article 1")
    assert await send(here, here.channel) == {"dead": 1}
    assert here.posts() == []
