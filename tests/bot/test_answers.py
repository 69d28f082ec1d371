"""Nobody is left with 'did not respond': slow answers are announced, errors are said.

The real program and its real client; another connection keeps the one writer of its database
waiting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.town import Town
from tests.build import write_file
from tests.discord_server import Channel, DiscordServer, User, permissions
from tests.process import running_bot


@dataclass(frozen=True)
class Running:
    """The program at work, and an admin in a channel."""

    server: DiscordServer
    channel: Channel
    admin: User
    database: Path

    @contextmanager
    def busy(self) -> Iterator[sqlite3.Connection]:
        """Nobody else can write to the database."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
        connection.close()


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    (tmp_path / "articles").mkdir()
    write_file(tmp_path / "articles", 1)
    async with DiscordServer() as server:
        guild = server.world.add_guild("Newsroom")
        channel = guild.add_text_channel("ai-news")
        admin = server.world.add_user("ada")
        guild.add_member(admin, permissions=permissions.MANAGE_GUILD)
        async with running_bot(tmp_path, server, MAX_ARTICLE_AGE_DAYS="36500"):
            await server.wait_for_bot(20)
            yield Running(server, channel, admin, tmp_path / "digest-bot.db")


async def test_what_is_slow_is_announced_and_then_answered(running: Running) -> None:
    """A command by "thinking…"; a press by nothing: its page stays until the answer is there."""
    server, admin = running.server, running.admin
    with running.busy():
        reply = server.start_slash(admin, running.channel, "follow", topic="AI")
        await reply.acknowledged()
        assert (reply.type, reply.ephemeral) == (5, True)
    await reply.settled()
    assert "You now follow **AI**" in reply.content
    assert reply.message is not None
    with running.busy():
        press = await server.click(admin, reply.message, "Undo")
        assert press.type == 6
        assert "You now follow **AI**" in reply.content
    await press.edited()
    assert "You no longer follow **AI**" in reply.content
    assert reply.followups == press.followups == []


async def test_a_slow_press_that_fails_says_so_beside_the_page(running: Running) -> None:
    server, admin = running.server, running.admin
    reply = await server.slash(admin, running.channel, "follow", topic="AI")
    assert reply.message is not None
    with running.busy() as meanwhile:
        press = await server.click(admin, reply.message, "Undo")
        meanwhile.execute("DELETE FROM subscriptions")
    await press._until(lambda: bool(press.followups), 10, "said nothing")
    assert "There is no topic **AI**." in press.followups[0]["content"]
    assert "You now follow **AI**" in reply.content


async def test_an_unforeseen_error_is_said_and_logged(
    newsroom: Town, caplog: pytest.LogCaptureFixture
) -> None:
    async with newsroom.app.database.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE saved RENAME TO away")
    reply = await newsroom.member_says("saved")
    assert reply.startswith("Sorry, that did not work, and it is our fault.")
    assert "a command failed" in caplog.text
    caplog.clear()
