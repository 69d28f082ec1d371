"""Posted digests stay true, shown through the real program, over sockets, killed half-way."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digests.model import Address, Cadence, Kind
from digests.service import DigestService
from digests.storage import Database, open_database
from digests.subscriptions import Wish
from tests.build import ADMIN, split_by_ten, write_file
from tests.discord_server import Channel, DiscordServer, Guild
from tests.process import Bot, running_bot

EDIT = ("PATCH", "/channels/*/messages/*")
POST = ("POST", "/channels/*/messages")
CHANNELS = 60
LINE = "*withdrawn by the publisher*"


@dataclass
class Scene:
    """A server with channels, ten articles in a folder, and a database."""

    server: DiscordServer
    guild: Guild
    folder: Path
    database: Database
    url: str

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    @asynccontextmanager
    async def bot(self, rate: int = 200, name: str = "bot.log") -> AsyncIterator[Bot]:
        settings = {"DATABASE_URL": self.url, "DISCORD_REQUESTS_PER_SECOND": str(rate)}
        async with running_bot(
            self.folder, self.server, log_name=name, MAX_ARTICLE_AGE_DAYS="36500", **settings
        ) as bot:
            await self.server.wait_for_bot(25)
            yield bot

    async def follow(self, *channels: Channel, kind: Kind = Kind.CHANNEL) -> None:
        """Each channel gets what there is, in one message."""
        service = DigestService(self.database, split_by_ten)
        while len(await service.topics()) == 0:
            await asyncio.sleep(0.05)
        for channel in channels:
            address = Address(kind, channel.id, self.guild.id)
            await service.follow(
                address, "AI", Wish(every=Cadence.INSTANTLY), by=ADMIN, now=datetime.now(UTC)
            )

    def messages(self) -> dict[str, dict[str, Any]]:
        """Every message there is, by id."""
        found = {}
        for channel in self.server.world.channels.values():
            found.update({one["id"]: one for one in self.server.messages(channel)})
        return copy.deepcopy(found)

    def ten_articles(self) -> None:
        """Ten articles appear at once, so that they make one digest."""
        apart = self.folder / "more"
        apart.mkdir()
        for number in range(1, 11):
            write_file(apart, number)
        apart.rename(self.articles / "more")

    def lines(self) -> list[str]:
        """The messages in which an article was withdrawn."""
        return [
            id_
            for id_, message in self.messages().items()
            if LINE in [one.get("description") for one in message["embeds"]]
        ]

    async def until(self, what: Callable[[], object]) -> None:
        async with asyncio.timeout(25):
            while not what():
                await asyncio.sleep(0.02)

    def edits(self) -> int:
        return len([one for one in self.server.requests.to(*EDIT) if one.status == 200])

    async def nothing_left(self) -> None:
        """Wait until nothing has to be edited any more."""
        service = DigestService(self.database, split_by_ten)
        async with asyncio.timeout(25):
            while (await service.status())["edits"]:
                await asyncio.sleep(0.05)


@pytest.fixture
async def scene(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Scene]:
    (tmp_path / "articles").mkdir()
    database = open_database(sqlite_url)
    async with DiscordServer() as server:
        yield Scene(server, server.world.add_guild("Newsroom"), tmp_path, database, sqlite_url)
    await database.close()


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[int]:
    """The places of the cards that differ; whatever else of the message must be the same."""
    aside = {"embeds", "edited_timestamp"}
    assert {k: v for k, v in before.items() if k not in aside} == {
        k: v for k, v in after.items() if k not in aside
    }
    assert len(before["embeds"]) == len(after["embeds"])
    pairs = zip(before["embeds"], after["embeds"], strict=True)
    return [place for place, (one, other) in enumerate(pairs) if one != other]


async def test_killed_half_way_every_message_is_edited_and_no_other_card_touched(
    scene: Scene,
) -> None:
    """A correction and a withdrawal, in sixty channels with digests of ten."""
    write_file(scene.articles, 0)
    channels = [scene.guild.add_text_channel(f"news-{number}") for number in range(CHANNELS)]
    async with scene.bot() as bot:
        await scene.follow(*channels)
        scene.ten_articles()
        await scene.until(lambda: len(scene.messages()) == 2 * CHANNELS)
        before = scene.messages()
        await bot.stop()
    posts = len(scene.server.requests.to(*POST))
    async with scene.bot(20) as bot:
        write_file(scene.articles / "more", 3, title="A better title")
        write_file(scene.articles / "more", 7, published=False)
        await scene.until(lambda: scene.edits() >= CHANNELS // 4)
        await bot.kill()
    assert scene.edits() < CHANNELS
    async with scene.bot():
        await scene.until(lambda: len(scene.lines()) == CHANNELS)
        await scene.nothing_left()
    after = scene.messages()
    assert after.keys() == before.keys()
    assert len(scene.server.requests.to(*POST)) == posts
    for id_, message in after.items():
        if len(message["embeds"]) == 1:
            assert changed(before[id_], message) == []
            continue
        assert changed(before[id_], message) == [2, 6]
        corrected, withdrawn = message["embeds"][2], message["embeds"][6]
        assert corrected["title"] == "A better title"
        assert "*corrected <t:" in corrected["description"].splitlines()[-1]
        assert withdrawn["description"] == LINE
        assert withdrawn.keys() <= {"description", "color", "type", "flags"}
    for request in scene.server.requests.to(*EDIT):
        assert request.body.keys() == {"embeds", "allowed_mentions"}
        assert request.body["allowed_mentions"] == {"parse": []}


async def test_a_forum_post_is_renamed_opened_and_archived_again(scene: Scene) -> None:
    write_file(scene.articles, 1)
    forum = scene.guild.add_forum("news")
    async with scene.bot():
        await scene.follow(forum, kind=Kind.FORUM)
        await scene.until(lambda: scene.guild.threads)
        (post,) = scene.guild.threads.values()
        await scene.until(lambda: scene.server.messages(post))
        assert post.name == "Article 1"
        post.archive(archived=True, locked=False)
        write_file(scene.articles, 1, published=False)
        await scene.until(lambda: post.name == "Withdrawn by the publisher")
        await scene.nothing_left()
        write_file(scene.articles, 1)
        await scene.until(lambda: post.name == "Article 1")
        await scene.nothing_left()
    assert post.thread is not None
    assert post.thread.archived
    assert [one["title"] for one in scene.server.messages(post)[0]["embeds"]] == ["Article 1"]
