"""Shards: divided between processes by settings, and started as fast as Discord allows."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import discord
import pytest

from bot import looks
from bot.app import App
from bot.client import DigestClient, keep_buckets_cheaply
from bot.config import SettingError, load
from bot.pace import Pace
from digests.service import DigestService
from digests.storage import open_database
from tests.build import NOW
from tests.discord_server import DiscordServer
from tests.discord_server.connection import connected

NO_FILE = Path("no-such-file.env")


@pytest.mark.parametrize(
    ("text", "ids"), [("0", (0,)), ("0-3", (0, 1, 2, 3)), ("4-5,8, 1", (1, 4, 5, 8))]
)
def test_shard_ids_are_numbers_and_ranges(text: str, ids: tuple[int, ...]) -> None:
    assert load({"SHARD_IDS": text, "SHARD_COUNT": "9"}, NO_FILE).shard_ids == ids


@pytest.mark.parametrize(
    ("ids", "count"),
    [("0-3", ""), ("0-3", "3"), ("3-0", "9"), ("x", "9"), ("1,1", "9"), ("-1", "9")],
)
def test_shards_that_cannot_be_are_refused(ids: str, count: str) -> None:
    with pytest.raises(SettingError, match="SHARD_IDS"):
        load({"SHARD_IDS": ids, "SHARD_COUNT": count}, NO_FILE)


async def test_only_the_named_shards_connect_and_as_many_at_once_as_discord_allows(
    sqlite_url: str,
) -> None:
    """Six shards in groups of three: the second group waits for its turn, the first for nobody."""
    waited: list[tuple[int, Pace]] = []
    paces: dict[int, Pace] = {}

    def identify(group: int) -> Pace:
        pace = paces.setdefault(group, Pace(20, time.monotonic))
        waited.append((group, pace))
        return pace

    database = open_database(sqlite_url)
    async with DiscordServer(shards=9, max_concurrency=3) as server:
        client = DigestClient(
            DigestService(database, looks.split),
            lambda: NOW,
            lambda: None,
            identify=identify,
            shard_ids=range(6),
            shard_count=9,
            api_url=server.api_url,
        )
        client._connection.guild_ready_timeout = 0.02
        async with connected(server, client):
            sessions = {(one.shard, one.shards) for one in server.gateway.sessions.values()}
    await database.close()
    assert sessions == {(shard, 9) for shard in range(6)}
    assert [group for group, _ in waited] == [0, 1, 2, 0, 1, 2]


async def test_without_settings_there_are_as_many_shards_as_discord_advises(
    sqlite_url: str,
) -> None:
    database = open_database(sqlite_url)
    async with DiscordServer(shards=3, max_concurrency=3) as server:
        service = DigestService(database, looks.split)
        client = DigestClient(service, lambda: NOW, lambda: None, api_url=server.api_url)
        client._connection.guild_ready_timeout = 0.02
        async with connected(server, client):
            assert len(server.gateway.sessions) == 3
    await database.close()


async def test_the_app_paces_each_group_of_shards_by_itself(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    app = App(load({"DATABASE_URL": sqlite_url}, NO_FILE), database)
    assert app._identify(0) is app._identify(0)
    assert app._identify(0) is not app._identify(1)
    await database.close()


async def test_old_rate_limits_are_looked_for_once_in_a_thousand_new_ones() -> None:
    """Looking costs as much as there are; at every new channel it would be most of the work."""
    looked = 0

    class Http(discord.http.HTTPClient):
        def _try_clear_expired_ratelimits(self) -> None:
            nonlocal looked
            looked += 1

    http = Http(asyncio.get_running_loop())
    keep_buckets_cheaply(http)
    for number in range(3000):
        http.get_ratelimit(f"channel {number}")
    assert looked == 3
