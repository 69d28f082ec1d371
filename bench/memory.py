"""How many messages in; how the memory of what sends them grows, per message, out.

The program's own planner, relay and sender, on a database of their own, post to a thousand
channels; what answers is a process that keeps nothing. Each round brings one new article to every
channel. Beside it discord.py's usual way on the same server: ``channel.send`` with a view whose
buttons shall work for ever. Memory is what the system has given the process (VmRSS).
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import multiprocessing
import socket
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot import looks
from bot.app import App
from bot.config import load
from digests import outbox
from digests.model import Address, Cadence, Kind
from digests.storage import open_database
from digests.subscriptions import Wish
from tests.build import article, publish

CHANNELS = 1000
RATE = 1000
SETTLED = 0.6
"""The share of messages after which what is filled once is full: above all SQLite's caches."""

_SPAWN = multiprocessing.get_context("spawn")
Sample = tuple[int, float]
"""Messages posted, and megabytes."""


def measure(messages: int) -> None:
    """Send so many by ours, and a fifth of it by discord.py's usual way; print what it took."""
    print(
        f"memory over {messages:,} messages with buttons, to {min(CHANNELS, messages):,} channels"
    )
    _told("the bot", _beside(_ours, messages))
    _told("channel.send with a view", _beside(_theirs, messages // 5))


def _beside(
    send: Callable[[int, str], Coroutine[Any, Any, list[Sample]]], messages: int
) -> list[Sample]:
    """Run in a process of its own, against a server of its own."""
    port, given = _SPAWN.Pipe(duplex=False)
    server = _SPAWN.Process(target=_serve, args=(given,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{port.recv()}/api/v10"
    samples, result = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_run, args=(send, messages, url, result))
    process.start()
    try:
        return list(samples.recv())
    finally:
        process.join()
        server.terminate()
        server.join()


def _run(
    send: Callable[[int, str], Coroutine[Any, Any, list[Sample]]],
    messages: int,
    url: str,
    result: Connection,
) -> None:
    result.send(asyncio.run(send(messages, url)))


def _told(name: str, samples: Sequence[Sample]) -> None:
    some = samples[:: max(1, len(samples) // 8)]
    print(f"  {name}")
    print("    " + ", ".join(f"{count:,}: {megabytes:.1f} MB" for count, megabytes in some))
    last = samples[-1][0]
    later = [one for one in samples if one[0] >= SETTLED * last]
    print(f"    {_slope(later):.0f} bytes a message, from {later[0][0]:,} to {last:,}", flush=True)


def _slope(samples: Sequence[Sample]) -> float:
    """Bytes a message, by least squares."""
    middle = sum(count for count, _ in samples) / len(samples)
    spread = sum((count - middle) ** 2 for count, _ in samples)
    rise = sum((count - middle) * megabytes for count, megabytes in samples)
    return rise / spread * 1024 * 1024 if spread else 0.0


def _sample(count: int) -> Sample:
    gc.collect()
    status = Path("/proc/self/status").read_text()
    return count, int(status.partition("VmRSS:")[2].split()[0]) / 1024


# ── who sends ────────────────────────────────────────────────────────────────────────────────


async def _ours(messages: int, url: str) -> list[Sample]:
    with tempfile.TemporaryDirectory(prefix="digest-bot-") as folder:
        settings = {
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "DISCORD_API_URL": url,
            "DISCORD_REQUESTS_PER_SECOND": str(RATE),
        }
        database = open_database(settings["DATABASE_URL"])
        await database.migrate()
        app = App(load(settings, Path(folder) / "no.env"), database)
        await app.client.http.static_login("a token")
        await publish(database, article(0, "Other"), article(1))
        for number in range(min(CHANNELS, messages)):
            place = Address(Kind.CHANNEL, 1_000_000 + number, 1 + number // 50)
            wish = Wish(every=Cadence.INSTANTLY)
            await app.service.follow(place, "AI", wish, by=1, now=_now())
        samples: list[Sample] = []
        for round_ in itertools.count(2):
            posted = await _posted(app)
            samples.append(_sample(posted))
            if posted >= messages:
                break
            await publish(database, article(round_))
            await outbox.plan(database, _now(), looks.split, per_second=1e6)
        await app.client.http.close()
        await database.close()
        return samples


async def _posted(app: App) -> int:
    """Send what is due; how many messages were posted in all."""
    while await app.relay.run_once():
        pass
    status = await app.service.status()
    assert status["sent"] == sum(status[one] for one in ("sent", "waiting", "held", "dead"))
    return status["sent"]


async def _theirs(messages: int, url: str) -> list[Sample]:
    discord.http.Route.BASE = url
    client = discord.Client(intents=discord.Intents.none(), max_messages=None)
    await client.http.static_login("a token")
    samples = []
    for number in range(messages):
        if number % max(1, messages // 20) == 0:
            samples.append(_sample(number))
        view = ui.View(timeout=None)
        for label in ("For me", "Save", "Why?"):
            view.add_item(ui.Button(label=label, custom_id=f"{label}:{number}"))
        embed = discord.Embed(title=f"Article {number}", url="https://news.example/1")
        channel = client.get_partial_messageable(1_000_000 + number % CHANNELS)
        await channel.send(embed=embed, view=view)
    samples.append(_sample(messages))
    await client.http.close()
    return samples


def _now() -> datetime:
    return datetime.now(UTC)


# ── who answers ──────────────────────────────────────────────────────────────────────────────

_MESSAGE = {
    "type": 0,
    "content": "",
    "author": {"id": "1", "username": "bot", "discriminator": "0", "avatar": None},
    "timestamp": "2026-11-16T09:00:00+00:00",
    "edited_timestamp": None,
    "tts": False,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "attachments": [],
    "embeds": [],
    "pinned": False,
}


def _serve(given: Connection) -> None:
    """A Discord that says yes to every message, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        given.send(listening.getsockname()[1])
        asyncio.run(_answer_all(listening))


async def _answer_all(listening: socket.socket) -> None:
    ids = itertools.count(int(time.time() * 1000 - 1_420_070_400_000) << 22)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(_length(head))
                path = head.split(b" ", 2)[1].decode()
                writer.write(_response(path, next(ids)))

    server = await asyncio.start_server(connected, sock=listening)
    await server.serve_forever()


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def _response(path: str, id_: int) -> bytes:
    body: dict[str, Any] = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None}
    if "/messages" in path:
        body = _MESSAGE | {"id": str(id_), "channel_id": path.split("/")[4]}
    elif "/channels/" in path:
        body = {"id": path.split("/")[4], "type": 0, "name": "news", "guild_id": "1"}
    text = json.dumps(body).encode()
    lines = (
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        f"Content-Length: {len(text)}",
        "X-RateLimit-Limit: 5",
        "X-RateLimit-Remaining: 4",
        "X-RateLimit-Reset-After: 0.001",
        "X-RateLimit-Bucket: messages",
    )
    return "\r\n".join([*lines, "", ""]).encode() + text
