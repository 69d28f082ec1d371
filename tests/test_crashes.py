"""The crash table: real processes, killed at every step, and what the next one makes of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from digests.editors import Editors
from digests.model import Address, Cadence, Kind
from digests.service import DigestService
from digests.storage import Database, open_database
from digests.subscriptions import Wish
from tests.build import ADMIN, article, publish, split_by_ten, write_file
from tests.discord_server import Channel, DiscordServer, Guild, permissions, visible_embeds
from tests.process import Bot, running_bot

POST = ("POST", "/channels/*/messages")


@dataclass
class Scene:
    """A server, an empty folder of articles and a database; bots are started and killed."""

    server: DiscordServer
    guild: Guild
    folder: Path
    database: Database
    url: str
    settings: dict[str, str] = field(default_factory=dict)

    async def promise(self, *channels: Channel, every: Cadence = Cadence.DAILY) -> None:
        """The channels follow a topic; its one article is promised to each of them."""
        if not await self.count("SELECT 'any', count(*) FROM articles HAVING count(*) > 0"):
            write_file(self.folder / "articles", 1)
            await publish(self.database, article(1))
        service = DigestService(self.database, split_by_ten)
        for channel in channels:
            await service.follow(
                Address(Kind.CHANNEL, channel.id, self.guild.id),
                "AI",
                Wish(every=every),
                by=ADMIN,
                now=datetime.now(UTC),
            )

    @asynccontextmanager
    async def bot(self, log_name: str = "bot.log", **settings: str) -> AsyncIterator[Bot]:
        given = {"DATABASE_URL": self.url, **self.settings, **settings}
        async with running_bot(self.folder, self.server, log_name=log_name, **given) as bot:
            yield bot

    async def states(self) -> dict[str, int]:
        return await self.count("SELECT state, count(*) FROM deliveries GROUP BY state")

    async def count(self, statement: str) -> dict[str, int]:
        async with self.database.read() as connection:
            return {row[0]: row[1] for row in await connection.execute(text(statement))}

    async def until(self, **states: int) -> None:
        """Wait until so many deliveries are in these states."""
        async with asyncio.timeout(25):
            while await self.states() != states:
                await asyncio.sleep(0.02)

    async def write(self, statement: str, **values: object) -> None:
        async with self.database.write() as connection:
            await connection.execute(text(statement), values)

    async def let_time_pass(self) -> None:
        """Ten minutes go by while nothing runs: Discord has forgotten every nonce."""
        async with self.database.write() as connection:
            await connection.execute(
                text("UPDATE deliveries SET in_doubt_since = :then WHERE state = 'sending'"),
                {"then": _stored(datetime.now(UTC) - timedelta(minutes=2), self.database)},
            )
        self.server.world.nonces.window = 0.0

    def titles(self, channel: Channel) -> list[list[str]]:
        return [
            [embed["title"] for embed in visible_embeds(message)]
            for message in self.server.messages(channel)
        ]


def _stored(moment: datetime, database: Database) -> datetime | str:
    """As the databases keep times when they are not told by SQLAlchemy's types."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if database.embedded else moment


@asynccontextmanager
async def _scene(folder: Path, url: str) -> AsyncIterator[Scene]:
    (folder / "articles").mkdir()
    database = open_database(url)
    async with DiscordServer() as server:
        yield Scene(server, server.world.add_guild("Newsroom"), folder, database, url)
    await database.close()


@pytest.fixture
async def scene(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Scene]:
    async with _scene(tmp_path, sqlite_url) as made:
        yield made


@pytest.fixture
async def shared(tmp_path: Path, database_url: str) -> AsyncIterator[Scene]:
    """A scene on PostgreSQL, which takes several processes."""
    async with _scene(tmp_path, database_url) as made:
        yield made


async def test_killed_while_it_plans_nothing_is_half_promised(scene: Scene) -> None:
    """The database is locked by somebody else, so that the planning hangs in its transaction."""
    channel = scene.guild.add_text_channel("news")
    await scene.promise(channel, every=Cadence.INSTANTLY)
    await scene.database.close()
    async with scene.bot(MAX_ARTICLE_AGE_DAYS="36500") as bot:
        await scene.server.wait_for_messages(channel, 1, 25)
        with closing(sqlite3.connect(scene.folder / "test.db", isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
            write_file(scene.folder / "articles", 2)
            await asyncio.sleep(0.5)
            await bot.kill()
    assert scene.titles(channel) == [["Article 1"]]
    async with scene.bot(MAX_ARTICLE_AGE_DAYS="36500"):
        await scene.server.wait_for_messages(channel, 2, 25)
        await scene.until(sent=2)
    assert scene.titles(channel) == [["Article 1"], ["Article 2"]]


async def test_killed_between_claim_and_receipt_each_message_is_there_once(scene: Scene) -> None:
    """Of those claimed: not yet handled, handled but not answered, answered, and still waiting."""
    channels = [scene.guild.add_text_channel(f"news-{number}") for number in range(16)]
    unhandled, unanswered, *others = channels
    scene.server.faults.slow(60, "POST", f"/channels/{unhandled.id}/messages")
    scene.server.faults.slow_answer(60, "POST", f"/channels/{unanswered.id}/messages")
    await scene.promise(*channels)
    async with scene.bot(DISCORD_REQUESTS_PER_SECOND="4") as bot:
        await scene.server.wait_for_messages(others[1], 1, 25)
        await bot.kill()
    assert {"sending", "waiting"} <= {*await scene.states()}
    scene.server.faults.clear()
    async with scene.bot():
        await scene.until(sent=16)
    assert [scene.titles(channel) for channel in channels] == [[["Article 1"]]] * 16


async def test_killed_for_longer_than_discord_knows_nonces_it_looks_first(scene: Scene) -> None:
    """Posted: its receipt is found. Not posted: it is posted. Unreadable: held and said."""
    posted, absent, closed = [scene.guild.add_text_channel(n) for n in ("a", "b", "c")]
    for channel in (posted, closed):
        scene.server.faults.slow_answer(60, "POST", f"/channels/{channel.id}/messages")
    scene.server.faults.slow(60, "POST", f"/channels/{absent.id}/messages")
    await scene.promise(posted, absent, closed)
    async with scene.bot() as bot:
        await scene.server.wait_for_messages(posted, 1, 25)
        await scene.server.wait_for_messages(closed, 1, 25)
        await scene.until(sending=3)
        await bot.kill()
    await scene.let_time_pass()
    scene.server.faults.clear()
    general = scene.guild.system_channel = scene.guild.add_text_channel("general")
    closed.set_permissions(scene.server.world.bot, deny=permissions.READ_MESSAGE_HISTORY)
    async with scene.bot():
        await scene.until(sent=2, held=1)
        (notice,) = await scene.server.wait_for_messages(general, 1, 20)
        assert "**Read Message History** is missing there" in notice["content"]
        assert [scene.titles(one) for one in (posted, absent, closed)] == [[["Article 1"]]] * 3
        closed.clear_permissions(scene.server.world.bot)
        await scene.until(sent=3)
    assert scene.titles(closed) == [["Article 1"]]


async def test_killed_between_draft_and_deadline_it_goes_out_once(scene: Scene) -> None:
    """The draft is shown, an editor's word is in the database, then the process dies."""
    channel, staff = (scene.guild.add_text_channel(name) for name in ("news", "news-desk"))
    place = Address(Kind.CHANNEL, channel.id, scene.guild.id)
    await scene.promise(channel)
    editors = Editors(scene.database, split_by_ten)
    await editors.review(place, staff.id, 5, by=ADMIN)
    kept, dropped = article(2), article(3)
    for number in (2, 3):
        write_file(scene.folder / "articles", number)
    _, left_out = await publish(scene.database, kept, dropped)
    now = datetime.now(UTC)
    due = {"then": _stored(now + timedelta(minutes=5), scene.database)}
    await scene.write("UPDATE destinations SET next_due = :then", **due)
    async with scene.bot() as bot:
        await scene.server.wait_for_messages(staff, 1, 25)
        await scene.until(sent=1)
        standing = await editors.standing(place)
        assert standing is not None
        draft = standing[1]
        assert draft is not None
        await editors.leave_out(
            draft.id, draft.version, [left_out], [left_out], by=ADMIN, now=datetime.now(UTC)
        )
        await bot.kill()
    over = {"then": _stored(now, scene.database)}
    await scene.write("UPDATE destinations SET next_due = :then", **over)
    await scene.write("UPDATE reviews SET look_at = :then", **over)
    async with scene.bot():
        await scene.until(sent=2)
        await scene.server.wait_for_messages(channel, 2, 25)
        async with asyncio.timeout(25):
            while "Went out" not in str(scene.server.messages(staff)[0]["content"]):
                await asyncio.sleep(0.05)
    assert scene.titles(channel) == [["Article 1"], ["Article 2"]]
    assert len(scene.server.messages(staff)) == 1


async def test_asked_to_end_it_finishes_what_is_under_way_and_leaves_the_rest(
    scene: Scene,
) -> None:
    channels = [scene.guild.add_text_channel(f"news-{number}") for number in range(30)]
    scene.server.faults.slow_answer(1.5, *POST, times=None)
    await scene.promise(*channels)
    async with scene.bot(DISCORD_REQUESTS_PER_SECOND="5") as bot:
        await scene.server.wait_for_messages(channels[2], 1, 25)
        begun = asyncio.get_running_loop().time()
        assert await bot.stop() == 0
        assert asyncio.get_running_loop().time() - begun < 10
    states = await scene.states()
    assert set(states) == {"sent", "waiting"}
    assert states["sent"] == len([one for one in channels if scene.titles(one)])


async def test_a_second_process_on_one_file_is_refused_with_one_line(scene: Scene) -> None:
    async with scene.bot() as first:
        await scene.server.wait_for_bot(25)
        async with scene.bot("second.log", LOG_LEVEL="INFO") as second:
            assert await second.ended() == 1
        (line,) = second.log.read_text().splitlines()
        assert line.startswith("digest-bot: Another digest-bot is running on ")
        await first.kill()
        async with scene.bot():
            await scene.server.wait_for_bot(25, times=2)


@pytest.mark.parametrize("server_url", ["postgresql"], indirect=True)
async def test_two_processes_share_the_work_and_one_takes_over_what_the_other_leaves(
    shared: Scene,
) -> None:
    """Each thing once, one pace; the one that stood by answers when the first is killed."""
    left, *channels = [shared.guild.add_text_channel(f"news-{number}") for number in range(30)]
    ada = shared.server.world.add_user("ada")
    shared.guild.add_member(ada)
    shared.server.faults.slow(60, "POST", f"/channels/{left.id}/messages", times=1)
    shared.settings["DISCORD_REQUESTS_PER_SECOND"] = "20"
    async with shared.bot("one.log") as one:
        await shared.server.wait_for_bot(25)
        await shared.promise(left)
        await shared.until(sending=1)
        async with shared.bot("two.log") as two:
            async with asyncio.timeout(25):
                while await shared.count("SELECT 'all', count(*) FROM processes") != {"all": 2}:
                    await asyncio.sleep(0.05)
            await shared.promise(*channels)
            await shared.until(sending=1, sent=29)
            assert shared.server.gateway.identified == 1, "the second stands by"
            await one.kill()
            await shared.write("UPDATE deliveries SET lease_until = now() WHERE state = 'sending'")
            await shared.until(sent=30)
            await shared.server.wait_for_bot(25, times=2)
            reply = await shared.server.slash(ada, left, "following")
            assert reply.content
            assert await two.stop() == 0
    by_log = [(shared.folder / name).read_text().count(": sent as") for name in _LOGS]
    assert sum(by_log) == 30
    assert [len(shared.server.messages(channel)) for channel in (left, *channels)] == [1] * 30
    assert shared.server.requests.busiest_second() <= 22


_LOGS = ("one.log", "two.log")
