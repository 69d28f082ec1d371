"""From a file to a receipt: the real program, its real client, a Discord on loopback sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build import write_file
from tests.discord_server import Channel, DiscordServer, User, permissions, visible_embeds
from tests.process import running_bot

SECRET = "OPAQUE" * 40


@dataclass(frozen=True)
class Scene:
    """A server with a channel and an admin, and a folder for the bot to work in."""

    server: DiscordServer
    channel: Channel
    admin: User
    folder: Path

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    def titles(self, channel: Channel | None = None) -> list[list[str]]:
        """Titles of the cards that a channel shows, a list for each message."""
        return [
            [embed["title"] for embed in visible_embeds(message)]
            for message in self.server.messages(channel or self.channel)
        ]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with DiscordServer() as server:
        guild = server.world.add_guild("Newsroom")
        channel = guild.add_text_channel("ai-news")
        admin = server.world.add_user("ada")
        guild.add_member(admin, permissions=permissions.MANAGE_GUILD)
        (tmp_path / "articles").mkdir()
        yield Scene(server, channel, admin, tmp_path)


async def test_from_a_file_to_a_card_and_a_receipt(scene: Scene) -> None:
    """Files are indexed, a channel follows, the first edition comes, then a new file instantly."""
    write_file(scene.articles, 1, secured=f'"{SECRET}"')
    write_file(scene.articles, 2, published=False)
    async with running_bot(scene.folder, scene.server, MAX_ARTICLE_AGE_DAYS="36500") as bot:
        await scene.server.wait_for_bot(20)
        reply = await scene.server.slash(
            scene.admin, scene.channel, "channel follow", topic="ai", every="instantly"
        )
        assert "now follows **AI**" in reply.content
        await scene.server.wait_for_messages(scene.channel, 1)
        write_file(scene.articles, 3, secured=f'"{SECRET}"')
        await scene.server.wait_for_messages(scene.channel, 2)
        assert await bot.stop() == 0
    assert scene.titles() == [["Article 1"], ["Article 3"]]
    assert scene.server.token not in bot.log.read_text()
    assert SECRET[:20] not in bot.log.read_text()
    written = b"".join(file.read_bytes() for file in scene.folder.glob("digest-bot.db*"))
    assert b"Article 3" in written
    assert SECRET[:20].encode() not in written
    assert b"Article 2" not in written, "an unpublished article has no words in the database"


async def test_a_person_gets_direct_messages(scene: Scene) -> None:
    write_file(scene.articles, 1)
    async with running_bot(scene.folder, scene.server):
        await scene.server.wait_for_bot(20)
        reply = await scene.server.slash(scene.admin, scene.channel, "follow", topic="AI")
        assert reply.ephemeral
        own = scene.server.world.dm_with(scene.admin)
        await scene.server.wait_for_messages(own, 1)
    assert scene.titles(own) == [["Article 1"]]
    assert scene.titles() == []


async def test_a_lost_answer_leaves_one_message(scene: Scene) -> None:
    """The message was made, the answer did not arrive: the repeat finds it by its nonce."""
    write_file(scene.articles, 1)
    scene.server.faults.reset_after("POST", "/channels/*/messages")
    async with running_bot(scene.folder, scene.server) as bot:
        await scene.server.wait_for_bot(20)
        await scene.server.slash(scene.admin, scene.channel, "channel follow", topic="AI")
        await scene.server.wait_for_requests("POST", "/channels/*/messages", 2)
        await bot.stop()
    assert scene.titles() == [["Article 1"]]


async def test_a_revoked_token_ends_the_program_with_one_clear_line(scene: Scene) -> None:
    scene.server.revoke_token()
    async with running_bot(scene.folder, scene.server) as bot:
        assert await bot.ended() == 1
    lines = bot.log.read_text().splitlines()
    assert "Discord does not accept DISCORD_TOKEN" in lines[-1]
    assert "Traceback" not in bot.log.read_text()


async def test_people_are_answered_while_a_digest_run_waits_for_its_turns(scene: Scene) -> None:
    """At two requests a second thirty messages take a quarter of a minute; an answer does not."""
    write_file(scene.articles, 1)
    async with running_bot(scene.folder, scene.server, DISCORD_REQUESTS_PER_SECOND="2") as bot:
        await scene.server.wait_for_bot(20)
        for number in range(6):
            channel = scene.channel.in_guild().add_text_channel(f"more-{number}")
            await scene.server.slash(
                scene.admin, scene.channel, "channel follow", topic="AI", channel=channel
            )
        reply = await scene.server.slash(scene.admin, scene.channel, "following")
        assert reply.content
        assert len(scene.server.requests.to("POST", "/channels/*/messages")) < 6
        await bot.kill()


async def test_a_token_revoked_while_it_runs_ends_it_and_loses_nothing(scene: Scene) -> None:
    write_file(scene.articles, 1)
    async with running_bot(scene.folder, scene.server) as bot:
        await scene.server.wait_for_bot(20)
        scene.server.faults.status(401, "POST", "/channels/*/messages", times=None)
        await scene.server.slash(scene.admin, scene.channel, "channel follow", topic="AI")
        assert await bot.ended() == 1
    assert "Discord does not accept DISCORD_TOKEN" in bot.log.read_text().splitlines()[-1]
    scene.server.faults.clear()
    async with running_bot(scene.folder, scene.server):
        await scene.server.wait_for_messages(scene.channel, 1, 20)
