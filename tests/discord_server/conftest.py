"""Takes nothing; gives tests a running server, and a scene: a guild, a reader and a real client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.discord_server import Channel, DiscordServer, Guild, User
from tests.discord_server.connection import connected


@dataclass(frozen=True)
class Scene:
    """One guild with one text channel and one member, and discord.py connected to it."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    user: User
    client: discord.Client

    def text_channel(self) -> discord.TextChannel:
        """The channel as discord.py knows it."""
        found = self.client.get_channel(self.channel.id)
        assert isinstance(found, discord.TextChannel)
        return found

    async def rest(self, method: str, path: str, **values: Any) -> Any:
        """A raw call through discord.py's HTTP client; ``json`` and ``params`` as it takes them."""
        return await self.client.http.request(Route(method, path), **values)

    async def post(self, body: dict[str, Any], channel: Channel | None = None) -> Any:
        """Post a raw message body."""
        target = self.channel if channel is None else channel
        return await self.rest("POST", f"/channels/{target.id}/messages", json=body)

    def deny(self, bits: int, channel: Channel | None = None) -> None:
        """Deny the bot these permissions in the channel."""
        target = self.channel if channel is None else channel
        target.set_permissions(self.server.world.bot, deny=bits)


class QuickClient(discord.Client):
    """discord.py without its five seconds of waiting before a second IDENTIFY."""

    async def before_identify_hook(
        self, shard_id: int | None, *, initial: bool = False
    ) -> None: ...


def make_client(intents: discord.Intents | None = None) -> discord.Client:
    """A client with the intents (default: guilds and messages) that is ready soon."""
    if intents is None:
        intents = discord.Intents(guilds=True, messages=True)
    return QuickClient(intents=intents, guild_ready_timeout=0.02, max_messages=None)


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


@pytest.fixture
async def scene(server: DiscordServer) -> AsyncIterator[Scene]:
    guild = server.world.add_guild("Newsroom")
    channel = guild.add_text_channel("news")
    user = server.world.add_user("ann")
    guild.add_member(user)
    async with connected(server, make_client()) as client:
        yield Scene(server, guild, channel, user, client)
