"""What a machine asks of the running program."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from bot.health import Health, served
from digests.service import DigestService
from digests.storage import open_database
from tests.build import article, publish, split_by_ten


@pytest.mark.parametrize(
    ("alive", "ready", "expected"),
    [(True, True, (200, 200)), (True, False, (200, 503)), (False, True, (503, 503))],
)
async def test_health_and_readiness(
    sqlite_url: str, alive: bool, ready: bool, expected: tuple[int, int]
) -> None:
    database = open_database(sqlite_url)
    health = Health(DigestService(database, split_by_ten), lambda: alive, lambda: ready)
    port = unused_port()
    async with served(health, port), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        found = [(await client.get(path)).status for path in ("/healthz", "/readyz")]
    assert tuple(found) == expected
    await database.close()


async def test_metrics_count_articles_and_deliveries(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    await publish(database, article(1), article(2))
    health = Health(DigestService(database, split_by_ten), lambda: True, lambda: True)
    port = unused_port()
    async with served(health, port), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        text = await (await client.get("/metrics")).text()
    assert "digest_bot_articles 2.0" in text
    assert 'digest_bot_deliveries{state="held"} 0.0' in text
    await database.close()
