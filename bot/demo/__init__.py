"""The bot in a browser: a made-up server around the real program, with no token and no internet.

Everything but Discord is real: the folder of articles, catalog, planner, outbox, relay and every
command. SimCord plays Discord and draws its window.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from rich.console import Console
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, UserHandle
from simcord.env import Env
from simcord.preview import Preview

from bot.app import App, clock, open_app
from bot.config import load
from bot.demo.speaking import speak
from digests.model import Delivery
from digests.outcomes import Outcome, Sent
from digests.relay import Sender

HERE = Path(__file__).parent
PICTURES = "https://pictures.digest-bot.example/"
"""Where the sample articles say their pictures are; the demo answers for that address."""

TICK = 2.0
"""Seconds after which SimCord's clock is moved on."""

REDRAW = 60.0
"""Seconds after which the window is drawn again, so that "in 5 minutes" becomes "in 4 minutes"."""

_console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Stage:
    """The made-up server: who is there, and where."""

    env: Env
    app: App
    channel: ChannelHandle
    admin: MemberActor
    member: MemberActor
    reader: UserHandle
    posted: asyncio.Event
    library: Path


class _Announced:
    """A Sender that tells when something was posted, so that the window is drawn again."""

    def __init__(self, inner: Sender, posted: asyncio.Event) -> None:
        self._inner = inner
        self._posted = posted

    async def send(self, delivery: Delivery) -> Outcome:
        outcome = await self._inner.send(delivery)
        if isinstance(outcome, Sent):
            self._posted.set()
        return outcome

    async def find(self, delivery: Delivery) -> Outcome:
        return await self._inner.find(delivery)


@asynccontextmanager
async def stage(articles: Path | None = None, language: str = "en-US") -> AsyncIterator[Stage]:
    """Open the server and start the bot in it, on a copy of the articles.

    ``language`` is the locale in which the people there use Discord.
    """
    with tempfile.TemporaryDirectory(prefix="digest-bot-demo-") as scratch:
        library = Path(scratch) / "articles"
        shutil.copytree(articles or HERE / "articles", library)
        settings = load(
            {
                "DATABASE_URL": f"sqlite:///{scratch}/demo.db",
                "ARTICLES_DIR": str(library),
                # Whatever a visitor tries is news here, however old its date.
                "MAX_ARTICLE_AGE_DAYS": "36500",
            },
            Path(scratch) / "no.env",
        )
        async with open_app(settings) as app:
            await app.refresh()
            async with simcord.run(app.client, check_errors=False) as env:
                await keep_time(env)
                if app.client.user is not None:
                    await app.client.user.edit(username="digest-bot")
                speak(app.client, language)
                here = _furnish(env, app, library)
                app.relay.discord = _Announced(app.relay.discord, here.posted)
                work = asyncio.create_task(app.work())
                try:
                    yield here
                finally:
                    app.stop()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(work, 5)


async def keep_time(env: Env) -> None:
    """Move SimCord's clock to the time it is: by itself it stands still, in the past."""
    await env.advance_time(max(0.0, (clock() - env.now()).total_seconds()))


def _furnish(env: Env, app: App, library: Path) -> Stage:
    """A server with a channel, who manages it and who reads in it."""
    guild = env.create_guild("The Morning Paper")
    channel = guild.create_text_channel("ai-news")
    editors = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    admin = guild.add_member(env.create_user("Ada"), roles=[editors])
    reader = env.create_user("Max")
    member = guild.add_member(reader)
    return Stage(env, app, channel, admin, member, reader, asyncio.Event(), library)


async def first_digest(here: Stage) -> None:
    """What an admin does first: let the channel follow a topic; its latest articles follow."""
    await here.admin.slash(here.channel, "channel follow", topic="AI", every="instantly")


async def show(port: int, articles: Path | None, language: str = "en-US") -> None:
    """Serve the demo until Ctrl-C; Enter shows the member's direct messages, and back."""
    loop = asyncio.get_running_loop()
    ended, turned = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ended.set)
    async with stage(articles, language) as here:
        await first_digest(here)
        _watch_keys(turned)
        port = _free(port)
        in_channel = True
        while not ended.is_set():
            async with _window(here, port, in_channel=in_channel) as window:
                _greet(window.url, here.library, in_channel=in_channel)
                await _serve(window, here.posted, ended, turned)
            turned.clear()
            in_channel = not in_channel
    _console.print("\nThe demo has ended; nothing was left behind.")


def _window(here: Stage, port: int, *, in_channel: bool) -> Preview:
    """SimCord's window shows one conversation: the channel, or the member's direct messages."""
    pictures = (HERE / "pictures").iterdir()
    return here.env.preview(
        here.channel if in_channel else here.reader.dm_channel,
        viewers=[here.admin, here.member] if in_channel else [here.reader],
        layout="channel",
        assets={PICTURES + file.name: (file.name, file.read_bytes()) for file in pictures},
        port=port,
    )


def _free(port: int) -> int:
    """The port, or 0 (any) if somebody else has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


def _watch_keys(turned: asyncio.Event) -> None:
    if sys.stdin.isatty():

        def on_enter() -> None:
            sys.stdin.readline()
            turned.set()

        asyncio.get_running_loop().add_reader(sys.stdin, on_enter)


async def _serve(window: Preview, posted: asyncio.Event, *ends: asyncio.Event) -> None:
    """Draw the window again whenever something was posted, until one of the ends.

    Meanwhile the clock goes on, and each minute what the window says of it.
    """
    closing: list[asyncio.Task[Any]] = [asyncio.create_task(end.wait()) for end in ends]
    closing.append(asyncio.create_task(window.wait_closed()))
    drawn = time.monotonic()
    while not any(one.done() for one in closing):
        news = asyncio.create_task(posted.wait())
        await asyncio.wait((*closing, news), timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()
        if posted.is_set() or time.monotonic() - drawn >= REDRAW:
            posted.clear()
            await _redraw(window)
            drawn = time.monotonic()
        else:
            await _tick(window)
    for one in closing:
        one.cancel()


async def _tick(window: Preview) -> None:
    """Move the clock, for the answers to come too; not while a command is under way."""
    with contextlib.suppress(SetupError, TimeoutError):
        await keep_time(window.env)
        window.capture_time = window.env.now()


async def _redraw(window: Preview) -> None:
    """Show what was posted; while the visitor's own command is under way, wait for its end."""
    for _ in range(50):
        try:
            await keep_time(window.env)
            await window.refresh()
        except SetupError:
            await asyncio.sleep(0.1)
        else:
            return


_TRY = {
    "/follow topic:AI": "the latest articles, in your direct messages",
    "/digest": "your articles now, only for you",
    "/search words:robot": "any article, by its words",
    "/channel setup": "as Ada: another digest, step by step",
    "/channel follow topic:Space": "as Ada: another topic for the channel",
    "/channel post": "as Ada: a digest at once",
}


def _greet(url: str, library: Path, *, in_channel: bool) -> None:
    if not in_channel:
        _console.print(f"\nMax's direct messages; Enter leads back to #ai-news:\n\n  {url}\n")
        return
    _console.print(f"\n[bold]digest-bot[/bold] runs in a server of its own:\n\n  {url}\n")
    _console.print("The first digest stands in #ai-news. Then try, in the box below it:")
    for command, does in _TRY.items():
        _console.print(f"  [cyan]{command:<28}[/cyan] {does}")
    _console.print("The buttons under each digest work too: For me, Save, Why?")
    _console.print(f"\nPut an article of your own into {library}: it is posted at once.")
    _console.print("Enter shows Max's direct messages; Ctrl-C ends the demo.\n")
