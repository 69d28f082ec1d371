"""What tests of commands and buttons share."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from digests.storage import open_database
from tests.bot.scene import Scene, scene
from tests.bot.town import Town, furnish, open_town


@pytest.fixture
async def town(
    tmp_path: Path, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    """A town without articles; no error in it goes unexplained."""
    async with open_town(sqlite_url, tmp_path) as here:
        yield here
    assert "a command failed" not in caplog.text, "an error that nobody explained"
    ignored = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert ignored == []


@pytest.fixture
async def newsroom(town: Town) -> Town:
    """A town in which seven articles are published."""
    await furnish(town)
    return town


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Scene]:
    """The bot's own client and sender, connected to a loopback Discord."""
    database = open_database(sqlite_url)
    async with scene(database) as opened:
        yield opened
    await database.close()
