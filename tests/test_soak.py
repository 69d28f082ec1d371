"""Killed again and again while Discord loses answers and hangs up: all of it, once, in order.

Small by default. Two thousand channels and twenty kills take ten minutes, and say what befell them:

    SOAK=2000,20 pytest tests/test_soak.py -o log_cli=true -o log_cli_level=INFO
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digests.model import Address, Cadence, Kind
from digests.service import DigestService
from digests.storage import open_database
from digests.subscriptions import Wish
from tests.build import ADMIN, article, publish, split_by_ten, write_file
from tests.discord_server import Channel, DiscordServer, visible_embeds
from tests.process import running_bot

log = logging.getLogger(__name__)

CHANNELS, KILLS = (int(number) for number in os.environ.get("SOAK", "20,2").split(","))
SMALL = CHANNELS <= 100
BETWEEN_KILLS = (0.1, 0.8 if SMALL else 12.0)
"""Seconds that a process lives after it is connected."""
PACE, PACE_AT_LAST = ("200", "200") if SMALL else ("100", "400")
"""Requests a second: such that each kill comes in the middle of the work."""
LOOK_EVERY = 0.05 if SMALL else 2.0


def numbers(server: DiscordServer, channel: Channel) -> list[int]:
    """The articles that the channel shows, message by message; within one they are ranked."""
    return [
        number
        for message in server.messages(channel)
        for number in sorted(int(embed["title"][8:]) for embed in visible_embeds(message))
    ]


def shown(server: DiscordServer, channels: list[Channel]) -> list[list[int]]:
    """The same of each channel."""
    return [numbers(server, channel) for channel in channels]


async def follow_all(url: str, channels: list[Channel]) -> None:
    """Every channel follows the topic, instantly, and has its first edition to come."""
    database = open_database(url)
    await publish(database, article(0))
    service = DigestService(database, split_by_ten)
    for channel in channels:
        place = Address(Kind.CHANNEL, channel.id, channel.in_guild().id)
        wish = Wish(every=Cadence.INSTANTLY)
        await service.follow(place, "AI", wish, by=ADMIN, now=datetime.now(UTC))
    await database.close()


@pytest.mark.timeout(120 + CHANNELS * 2)
async def test_nothing_is_lost_nothing_comes_twice_and_order_is_kept(
    tmp_path: Path, sqlite_url: str
) -> None:
    dice = random.Random(7)
    articles = tmp_path / "articles"
    articles.mkdir()
    write_file(articles, 0)
    async with DiscordServer(seed=7) as server:
        guild = server.world.add_guild("Newsroom")
        channels = [guild.add_text_channel(f"news-{number}") for number in range(CHANNELS)]
        await follow_all(sqlite_url, channels)
        post = ("POST", "/channels/*/messages")
        lost = server.faults.reset_after(*post, times=None, probability=0.02)
        broken = server.faults.status(500, *post, times=None, probability=0.05)
        settings = {
            "DATABASE_URL": sqlite_url,
            "DISCORD_REQUESTS_PER_SECOND": PACE,
            "MAX_ARTICLE_AGE_DAYS": "36500",
            "LOG_LEVEL": "INFO",
        }
        for number in range(1, KILLS + 1):
            async with running_bot(tmp_path, server, **settings) as bot:
                await server.wait_for_bot(60, times=number)
                write_file(articles, number)
                await asyncio.sleep(dice.uniform(*BETWEEN_KILLS))
                server.gateway.drop(4000)
                await asyncio.sleep(dice.uniform(*BETWEEN_KILLS) / 2)
                await bot.kill()
            log.info("kill %d: %d messages so far", number, sum(map(len, shown(server, channels))))
        settings["DISCORD_REQUESTS_PER_SECOND"] = PACE_AT_LAST
        async with running_bot(tmp_path, server, **settings):
            async with asyncio.timeout(30 + CHANNELS):
                while min(map(len, shown(server, channels))) <= KILLS:
                    await asyncio.sleep(LOOK_EVERY)
            await asyncio.sleep(2.0)  # would anything come twice, it came now
        wanted = list(range(KILLS + 1))
        found = shown(server, channels)
    log.info("%d answers lost, %d times 500, %d kills", lost.hits, broken.hits, KILLS)
    assert [sorted(one) for one in found] == [wanted] * CHANNELS, "nothing lost, nothing twice"
    assert [one for one in found if one != wanted] == [], "in the order of publication"
