"""How long people wait for an answer while a large digest run is under way.

    python -m bench.interactions --articles 100000 --channels 2000 --seconds 60

The real program in a process of its own, its database and files on disk, a Discord on loopback
sockets. All channels are due at once: their digests are planned, rendered and posted while people
type commands, complete options and press buttons, at a steady rate whatever the answers take. Then
the same once more while nothing else happens. What counts is the time from the press to the first
answer ("thinking…" included) that Discord gets, which after three seconds would be too late.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.articles import NEWEST, TOPICS, write_library
from bot import looks
from digests.catalog import Catalog
from digests.model import Address, Cadence, Kind
from digests.service import DigestService
from digests.storage import open_database
from digests.subscriptions import Wish
from tests.build import file_text
from tests.discord_server import Channel, DiscordServer, User, permissions
from tests.process import running_bot

A_SERVER = 50
"""Channels in one server."""

ADMIN_OF_ALL = 1
ALL_NEWS = "36500"
PROMISE = 1.0
"""Seconds in which an answer has to be there."""

Act = Callable[[], Awaitable[object]]


@dataclass
class Stage:
    """A Discord full of channels, who acts in it, and how long each answer took, by command."""

    server: DiscordServer
    channels: list[Channel]
    reader: User
    admin: User
    taken: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def main() -> None:
    """Set everything up, measure, print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--articles", type=int, default=1_000, help="(default: 1000)")
    options.add_argument("--channels", type=int, default=100, help="(default: 100)")
    options.add_argument("--seconds", type=float, default=10.0, help="of each part (default: 10)")
    options.add_argument("--rate", type=float, default=5.0, help="interactions a second")
    options.add_argument("--library", type=Path, help="use (and keep) the library in this folder")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="digest-bot-bench-") as scratch:
        asyncio.run(_run(given, Path(scratch)))


async def _run(given: argparse.Namespace, folder: Path) -> None:
    library = given.library or folder / "articles"
    if not library.exists():
        print(f"writing {given.articles:,} articles …", flush=True)
        write_library(library, given.articles)
    async with DiscordServer(requests_per_second=50) as server:
        stage = _build(server, given.channels)
        await _prepare(stage, library, folder / "digest-bot.db")
        settings = {
            "ARTICLES_DIR": str(library),
            "MAX_ARTICLE_AGE_DAYS": ALL_NEWS,
            "LOG_LEVEL": "WARNING",
        }
        async with running_bot(folder, server, **settings):
            await server.wait_for_bot(120)
            posted = len(server.requests.to("POST", "/channels/*/messages"))
            _news(library, 20)
            await _people(stage, given.seconds, given.rate)
            busy, stage.taken = stage.taken, {}
            posted = len(server.requests.to("POST", "/channels/*/messages")) - posted
            await _until_quiet(server)
            await _people(stage, given.seconds, given.rate)
    _print(busy, stage.taken, posted, given.seconds, stage.failed)


def _build(server: DiscordServer, count: int) -> Stage:
    reader, admin = server.world.add_user("reader"), server.world.add_user("admin")
    channels: list[Channel] = []
    for number in range(-(-count // A_SERVER)):
        guild = server.world.add_guild(f"Server {number}")
        guild.add_member(reader)
        guild.add_member(admin, permissions=permissions.MANAGE_GUILD)
        some = min(A_SERVER, count - number * A_SERVER)
        channels += [guild.add_text_channel(f"news-{index}") for index in range(some)]
    return Stage(server, channels, reader, admin)


async def _prepare(stage: Stage, library: Path, path: Path) -> None:
    """Index the library, and let every channel follow three topics as soon as there is news."""
    database = open_database(f"sqlite:///{path}")
    await database.migrate()
    begun = time.monotonic()
    catalog = Catalog(database, library, max_age=timedelta(days=int(ALL_NEWS)))
    changes = await catalog.refresh(datetime.now(UTC))
    print(f"indexed {changes.published:,} articles in {time.monotonic() - begun:.0f} s", flush=True)
    service = DigestService(database, looks.split)
    topics = itertools.cycle(TOPICS[:8])
    for channel in stage.channels:
        assert channel.guild is not None
        await service.follow_all(
            Address(Kind.CHANNEL, channel.id, channel.guild.id),
            [next(topics) for _ in range(3)],
            Wish(every=Cadence.INSTANTLY),
            by=ADMIN_OF_ALL,
            now=datetime.now(UTC),
        )
    me = Address(Kind.DM, stage.reader.id)
    await service.follow(me, "AI", Wish(), by=stage.reader.id, now=datetime.now(UTC))
    await database.close()


def _news(library: Path, count: int) -> None:
    """New articles on the topics that the channels follow."""
    for number in range(count):
        topics = [TOPICS[(number + step) % 8] for step in range(3)]
        text = file_text(
            number,
            topics=topics,
            publishedDateTime=NEWEST.strftime("%Y-%m-%dT%H:%M:%SZ"),
            webUrl=f"https://news.example/fresh-{number}-{time.time_ns()}",
        )
        (library / f"fresh-{number}-{time.time_ns()}.md").write_text(text, encoding="utf-8")


# ── people ───────────────────────────────────────────────────────────────────────────────────


async def _people(stage: Stage, seconds: float, rate: float) -> None:
    """Act at a steady rate, whether or not what was asked before is answered."""
    begun = time.monotonic()
    tasks: list[asyncio.Task[None]] = []
    for number, (name, act) in enumerate(itertools.cycle(_acts(stage))):
        due = begun + number / rate
        if due > begun + seconds:
            break
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        tasks.append(asyncio.create_task(_timed(stage, name, act)))
    await asyncio.gather(*tasks)


async def _timed(stage: Stage, name: str, act: Act) -> None:
    begun = time.monotonic()
    try:
        await act()
    except Exception as error:  # noqa: BLE001 - whatever went wrong belongs into the report
        stage.failed.append(f"{name}: {type(error).__name__} {error}")
    stage.taken.setdefault(name, []).append(time.monotonic() - begun)


def _acts(stage: Stage) -> list[tuple[str, Act]]:
    server, here = stage.server, itertools.cycle(stage.channels)

    def says(who: User, command: str, **given: Any) -> tuple[str, Act]:
        return f"/{command}", lambda: server.start_slash(
            who, next(here), command, **given
        ).acknowledged(30)

    def types(command: str, option: str, text: str) -> tuple[str, Act]:
        return f"/{command} {option}:…", lambda: server.autocomplete(
            stage.reader, next(here), command, option, text
        )

    def presses(label: str) -> tuple[str, Act]:
        return f"[{label}]", lambda: _press(stage, next(here), label)

    reader, admin = stage.reader, stage.admin
    return [
        types("follow", "topic", "a"),
        says(reader, "search", words="harbour"),
        presses("For me"),
        says(reader, "follow", topic="Robotics"),
        types("follow", "topic", "clim"),
        says(reader, "following"),
        presses("Save"),
        says(reader, "digest"),
        types("why", "article", "harbour"),
        says(admin, "channel status"),
        says(reader, "unfollow", topic="Robotics"),
        presses("Why?"),
        says(reader, "schedule", timezone="Europe/Berlin"),
        says(admin, "channel preview"),
        says(reader, "saved"),
        types("schedule", "timezone", "ber"),
        says(reader, "search", words="a the robot"),
        says(reader, "data"),
        says(admin, "channel list"),
        says(reader, "help"),
    ]


async def _press(stage: Stage, channel: Channel, label: str) -> None:
    """Press a button of the last digest there; nothing where none has come yet."""
    for message in reversed(stage.server.messages(channel)):
        labels = [one.get("label") for row in message["components"] for one in row["components"]]
        if label in labels:
            await stage.server.click(stage.reader, message, label)
            return


async def _until_quiet(server: DiscordServer) -> None:
    before = -1
    while (now := len(server.requests.to("POST", "/channels/*/messages"))) != before:
        before = now
        await asyncio.sleep(5)


# ── figures ──────────────────────────────────────────────────────────────────────────────────


def _print(
    busy: dict[str, list[float]],
    idle: dict[str, list[float]],
    posted: int,
    seconds: float,
    failed: list[str],
) -> None:
    print(f"{posted:,} digests posted meanwhile ({posted / seconds:.0f} a second)\n")
    print(f"{'milliseconds to the answer':<30}{'busy':>24}{'idle':>24}")
    print(f"{'':<30}{'half':>8}{'99 %':>8}{'worst':>8}{'half':>8}{'99 %':>8}{'worst':>8}")
    for name in sorted(busy):
        print(f"{name:<30}{_row(busy[name])}{_row(idle.get(name, []))}")
    whole, calm = (list(itertools.chain(*part.values())) for part in (busy, idle))
    print(f"{'all ' + str(len(whole)):<30}{_row(whole)}{_row(calm)}")
    late = sum(one > PROMISE for one in whole)
    ratio = _percentile(whole, 99) / max(_percentile(calm, 99), 1e-9)
    print(
        f"\n{late} of {len(whole)} took more than {PROMISE:.0f} s; busy/idle at 99 %: {ratio:.1f}"
    )
    for one in failed[:10]:
        print("failed:", one)


def _row(taken: list[float]) -> str:
    if not taken:
        return f"{'-':>8}" * 3
    figures = (statistics.median(taken), _percentile(taken, 99), max(taken))
    return "".join(f"{1000 * one:>8.0f}" for one in figures)


def _percentile(taken: list[float], percent: int) -> float:
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


if __name__ == "__main__":
    main()
