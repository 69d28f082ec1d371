"""Rounds: a process shows that it runs and what stops it, tells what is held, and forgets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.traffic import Budget
from bot.upkeep import Upkeep
from digests.holding import FORGET_AFTER, Holding
from digests.service import DigestService
from digests.storage import Database, open_database
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, article, publish, split_by_ten
from tests.fakes import Clock


class NoServers:
    """Tells nobody, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked = 0

    async def learn(self) -> int:
        return 0

    async def tell(self) -> int:
        self.asked += 1
        return 0


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


def upkeep(database: Database, budget: Budget, servers: NoServers | None = None) -> Upkeep:
    teller = servers or NoServers()
    return Upkeep(database, budget, teller, Holding(database), Clock(NOW))


async def test_a_process_shows_that_it_runs_until_it_ends(database: Database) -> None:
    service = DigestService(database, split_by_ten)
    stop = asyncio.Event()
    budget = Budget(lambda: 0.0)
    running = asyncio.create_task(upkeep(database, budget).run(stop))
    async with asyncio.timeout(10):
        while not await service.processes(NOW):
            await asyncio.sleep(0.01)
    stop.set()
    await running
    assert await service.processes(NOW) == []


async def test_a_process_that_is_not_seen_any_more_does_not_run(database: Database) -> None:
    await upkeep(database, Budget(lambda: 0.0)).round(NOW)
    service = DigestService(database, split_by_ten)
    assert len(await service.processes(NOW + timedelta(seconds=59))) == 1
    assert await service.processes(NOW + timedelta(seconds=61)) == []


async def test_what_stops_the_sending_is_there_for_all_to_see(database: Database) -> None:
    budget = Budget(lambda: 0.0)
    budget.stop(300, "too many refusals")
    await upkeep(database, budget).round(NOW)
    (process,) = await DigestService(database, split_by_ten).processes(NOW)
    assert process.stopped_until == NOW + timedelta(seconds=300)
    assert process.stopped_because == "too many refusals"


async def test_every_round_tells_and_gone_places_are_forgotten_in_time(database: Database) -> None:
    await publish(database, article(1))
    service = DigestService(database, split_by_ten)
    await service.follow(CHANNEL, "AI", Wish(), by=ADMIN, now=NOW)
    await Holding(database).places_gone([CHANNEL.id], "it was deleted", NOW)
    servers = NoServers()
    rounds = upkeep(database, Budget(lambda: 0.0), servers)
    for days in (1, FORGET_AFTER.days + 1):
        await rounds.round(NOW + timedelta(days=days))
    assert servers.asked == 2
    found = await service.following(CHANNEL)
    assert found is None or found[1] == []
