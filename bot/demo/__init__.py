"""The bot in a browser: a made-up server around the real program, with no token and no internet.

Everything but Discord is real: the folder of articles, catalog, planner, outbox, relay and every
command. SimCord plays Discord and draws its window.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import discord
import simcord
from rich.console import Console
from rich.markup import escape
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

SAMPLE_TOPICS = ("AI", "Space")
"""Which topics of the sample articles are shown."""

_DATE = re.compile(r"(?<=DateTime: )\d{4}-\d\d-\d\d")
_console = Console(highlight=False, soft_wrap=True)


class Place(Enum):
    """The conversations that the window can show, in turn, by their names."""

    CHANNEL = "the channel"
    MESSAGES = "Max's direct messages"
    SCIENCE = "#science"
    DESK = "#news-desk"


@dataclass(frozen=True, slots=True)
class Stage:
    """The made-up server: who is there, and where."""

    env: Env
    app: App
    channel: ChannelHandle
    science: ChannelHandle
    desk: ChannelHandle
    """Where only editors read."""
    admin: MemberActor
    member: MemberActor
    reader: UserHandle
    posted: asyncio.Event
    library: Path
    topics: tuple[str, ...]
    """What to follow, the best first."""
    word: str
    """What a search finds."""


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
        if articles is None:
            make_recent(library, clock().date())
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
            found = await _worth_a_try(app, samples=articles is None)
            async with simcord.run(app.client, check_errors=False) as env:
                await keep_time(env)
                if app.client.user is not None:
                    await app.client.user.edit(username="digest-bot")
                speak(app.client, language)
                here = _furnish(env, app, library, *found)
                app.relay.discord = _Announced(app.relay.discord, here.posted)
                work = asyncio.create_task(app.work())
                try:
                    yield here
                finally:
                    app.stop()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(work, 5)


def make_recent(library: Path, today: date) -> None:
    """Shift every date in the sample articles by so many days that the newest is of yesterday."""
    texts = {path: path.read_text(encoding="utf-8") for path in library.glob("*.md")}
    newest = max(
        date.fromisoformat(dates[0])
        for text in texts.values()
        if "\npublished: true\n" in text and (dates := _DATE.findall(text))
    )
    days = today - timedelta(days=1) - newest
    for path, text in texts.items():
        shifted = _DATE.sub(lambda one: str(date.fromisoformat(one[0]) + days), text)
        path.write_text(shifted, encoding="utf-8")


async def keep_time(env: Env) -> None:
    """Move SimCord's clock to the time it is: by itself it stands still, in the past."""
    await env.advance_time(max(0.0, (clock() - env.now()).total_seconds()))


async def _worth_a_try(app: App, *, samples: bool) -> tuple[tuple[str, ...], str]:
    """Topics to follow, and a word to search for; there may be none."""
    busiest = [one.name for one in await app.service.topics() if one.articles]
    topics = SAMPLE_TOPICS if samples else tuple(busiest)
    latest = await app.service.latest(topics[0]) if topics else []
    words = [word for one in latest for word in re.findall(r"\w+", one.article.title)]
    return topics, max(words, key=len, default="")


def _furnish(env: Env, app: App, library: Path, topics: tuple[str, ...], word: str) -> Stage:
    """A server with channels, who manages it and who reads in it; its editors have their own."""
    guild = env.create_guild("The Morning Paper")
    channel = guild.create_text_channel("ai-news" if topics == SAMPLE_TOPICS else "news")
    science = guild.create_text_channel("science")
    editors = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    seen = discord.PermissionOverwrite(view_channel=True)
    may_see: dict[Any, discord.PermissionOverwrite] = {
        guild.default_role: discord.PermissionOverwrite(view_channel=False),
        editors: seen,
    }
    if app.client.user is not None:
        may_see[app.client.user] = seen
    desk = guild.create_text_channel("news-desk", overwrites=may_see)
    admin = guild.add_member(env.create_user("Ada"), roles=[editors])
    reader = env.create_user("Max")
    member = guild.add_member(reader)
    posted = asyncio.Event()
    return Stage(
        env, app, channel, science, desk, admin, member, reader, posted, library, topics, word
    )


async def first_digest(here: Stage) -> None:
    """What an admin does first: let the channel follow a topic; its latest articles follow."""
    for topic in here.topics[:1]:
        await here.admin.slash(here.channel, "channel follow", topic=topic, every="instantly")


async def show(port: int, articles: Path | None, language: str = "en-US") -> None:
    """Serve the demo until Ctrl-C; Enter shows the next conversation."""
    loop = asyncio.get_running_loop()
    ended, turned = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ended.set)
    async with stage(articles, language) as here:
        if not here.topics:
            _console.print(f"\n{articles} has no published article with a topic to follow.")
        await first_digest(here)
        _watch_keys(turned)
        port = _free(port)
        for place, then in cycle(pairwise((*Place, Place.CHANNEL))):
            if ended.is_set():
                break
            async with _window(here, port, place) as window:
                _greet(window.url, here, place, then)
                await _serve(window, here.posted, ended, turned)
            turned.clear()
    _console.print("\nThe demo has ended; nothing was left behind.")


def _window(here: Stage, port: int, place: Place) -> Preview:
    """SimCord's window shows one conversation, to those who may read it."""
    shown: dict[Place, tuple[ChannelHandle, list[MemberActor | UserHandle]]] = {
        Place.CHANNEL: (here.channel, [here.admin, here.member]),
        Place.MESSAGES: (here.reader.dm_channel, [here.reader]),
        Place.SCIENCE: (here.science, [here.admin, here.member]),
        Place.DESK: (here.desk, [here.admin]),
    }
    channel, viewers = shown[place]
    pictures = (HERE / "pictures").iterdir()
    return here.env.preview(
        channel,
        viewers=viewers,
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


def _hints(here: Stage) -> list[tuple[str, str, str]]:
    """Commands to try: each with the value it asks for, if any, and what it does."""
    hints = [("/digest", "", "your articles now, only for you")]
    if here.topics:
        what = "the latest articles, in your direct messages"
        hints.insert(0, ("/follow", here.topics[0], what))
    if here.word:
        hints.append(("/search", here.word, "any article, by its words"))
    hints.append(("/channel setup", "", "as Ada: a digest for #science, step by step"))
    if here.topics[1:]:
        what = "as Ada: another topic for the channel"
        hints.append(("/channel follow", here.topics[1], what))
    what = "as Ada, in #science after its setup: pick staff, then #news-desk"
    hints.append(("/channel review", "", what))
    hints.append(("/channel post", "", "as Ada: a digest at once"))
    return hints


def _greet(url: str, here: Stage, place: Place, then: Place) -> None:
    on = f"Enter shows {then.value}; Ctrl-C ends the demo."
    if place is not Place.CHANNEL:
        _console.print(f"\nHere is {place.value}. {on}\n\n  {url}\n")
        return
    _console.print(f"\n[bold]digest-bot[/bold] runs in a server of its own:\n\n  {url}\n")
    if here.topics:
        name = here.channel.name
        _console.print(f"The first digest stands in #{name}, with buttons: For me, Save, Why?")
    _console.print("Then try, in the box at the bottom of the window:")
    _console.print("  1. Type the command, and pick it from the list with Enter.")
    _console.print("  2. Type the value, if there is one; Escape closes the list of options.")
    _console.print("  3. Enter, or the button beside the box, sends it.\n")
    hints = _hints(here)
    widths = [max(len(hint[column]) for hint in hints) for column in (0, 1)]
    for command, value, does in hints:
        typed = f"{command:<{widths[0]}}  {value:<{widths[1]}}"
        _console.print(f"  [cyan]{escape(typed)}[/cyan]  {does}")
    _console.print(f"\nPut an article of your own into {here.library}: it is posted at once.")
    _console.print(f"{on}\n")
