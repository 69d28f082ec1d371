"""The bot's own client and sender in this process, connected to a loopback Discord."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot import looks
from bot.client import DigestClient
from bot.delivery import DiscordSender
from bot.pace import Pace
from bot.places import Places
from bot.servers import Servers
from bot.traffic import Budget, Traffic
from digests.holding import Holding
from digests.model import Address, Delivery, Destination, Kind, Occasion, Published, Schedule
from digests.service import DigestService
from digests.storage import Database
from tests.build import article
from tests.discord_server import Channel, DiscordServer, Guild, User
from tests.discord_server import permissions as bits
from tests.discord_server.connection import connected


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Scene:
    """A server with one channel, the bot's client connected to it, and its sender."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    admin: User
    client: DigestClient
    sender: DiscordSender
    servers: Servers
    budget: Budget
    pace: Pace
    database: Database
    woken: list[None] = field(default_factory=list)

    def deny(self, permissions: int, channel: Channel | None = None) -> None:
        """Take these permissions from the bot in a channel."""
        (channel or self.channel).set_permissions(self.server.world.bot, deny=permissions)

    async def settled(self) -> None:
        """Wait until the client knows everything that the gateway told."""
        (session,) = self.server.gateway.sessions.values()
        async with asyncio.timeout(5):
            while self.client._get_websocket(shard_id=0).sequence != session.sequence:
                await asyncio.sleep(0.002)

    async def handled(self) -> None:
        """Wait until the handlers of the events have ended."""
        await _events_handled()

    def forget_servers(self) -> None:
        """As in a process that has other shards: the client knows no server."""
        self.client._connection._guilds.clear()

    def posts(self, channel: Channel | None = None) -> list[dict[str, object]]:
        return self.server.messages(channel or self.channel)


@asynccontextmanager
async def scene(
    database: Database, rate: float = 1000.0, **options: object
) -> AsyncIterator[Scene]:
    """Everything connected; ``options`` go to the loopback Discord."""
    async with DiscordServer(**options) as server:  # type: ignore[arg-type]  # passed on
        guild = server.world.add_guild("Newsroom")
        channel = guild.add_text_channel("ai-news")
        admin = server.world.add_user("ada")
        guild.add_member(admin, permissions=bits.MANAGE_GUILD)
        woken: list[None] = []
        pace, budget = Pace(rate, time.monotonic), Budget(time.monotonic)
        client = DigestClient(
            DigestService(database, looks.split),
            _now,
            lambda: woken.append(None),
            traffic=Traffic(pace, budget),
            api_url=server.api_url,
        )
        client._connection.guild_ready_timeout = 0.05
        places = Places(client)
        sender = DiscordSender(client, places, time.monotonic)
        servers = Servers(
            client,
            places,
            Holding(database),
            _now,
            time.monotonic,
            lambda: woken.append(None),
            settle=0.01,
        )
        client.servers = servers
        async with connected(server, client):
            yield Scene(
                server,
                guild,
                channel,
                admin,
                client,
                sender,
                servers,
                budget,
                pace,
                database,
                woken,
            )
            await _events_handled()


async def _events_handled() -> None:
    """Let the handlers of the gateway's events end before what they use is closed."""
    me = asyncio.current_task()
    names = ("discord.py", "servers")
    left = [one for one in asyncio.all_tasks() if one.get_name().startswith(names)]
    await asyncio.gather(*(one for one in left if one is not me), return_exceptions=True)


_ids = count(1)


def delivery(place: Channel | User, **fields: object) -> Delivery:
    """One article for a place, claimed just now for the first time, unless said otherwise."""
    if isinstance(place, User):
        address = Address(Kind.DM, place.id)
    else:
        kind = {15: Kind.FORUM, 11: Kind.THREAD}.get(place.kind, Kind.CHANNEL)
        address = Address(kind, place.id, place.in_guild().id)
    number = next(_ids)
    now = _now()
    given: dict[str, object] = {
        "id": number,
        "nonce": f"{number:024}",
        "attempt": 1,
        "claimed_at": now,
        "in_doubt_since": now,
        "destination": Destination(number, address, Schedule(), 0),
        "edition_id": number,
        "number": 1,
        "occasion": Occasion.SCHEDULED,
        "part": 0,
        "parts": 1,
        "articles": published(1),
        "shown": 1,
    }
    return Delivery(**{**given, **fields})  # type: ignore[arg-type]  # tests name real fields


def published(*numbers: int, topics: Sequence[str] = ("AI",)) -> tuple[Published, ...]:
    """Articles as the catalog has them."""
    return tuple(Published(one, one, True, article(one, *topics)) for one in numbers)


def doubtful(place: Channel | User, minutes: float = 10, **fields: object) -> Delivery:
    """A delivery whose first attempt, some minutes ago, was left without an answer."""
    return delivery(place, attempt=2, in_doubt_since=_now() - timedelta(minutes=minutes), **fields)
