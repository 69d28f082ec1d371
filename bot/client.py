"""The gateway side: intents, the command tree, one place where every command's error ends."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.answers import explain, watch
from bot.command_names import CommandNames
from bot.pace import Pace
from bot.servers import Servers
from bot.traffic import Traffic
from digests.service import DigestService

log = logging.getLogger(__name__)

# The bot never speaks: that it could not is no news to whoever runs it.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

_SOMEBODY_IS_THERE = (
    discord.InteractionType.application_command,
    discord.InteractionType.component,
)

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group


class DigestClient(discord.AutoShardedClient):
    """The bot. Commands find the domain in ``service`` and the time in ``clock``.

    ``wake`` is called when something was promised, so that it is sent at once; ``others`` with
    every interaction that is neither a command nor one of ``buttons``.
    """

    def __init__(
        self,
        service: DigestService,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        commands: Iterable[AnyCommand] = (),
        buttons: Iterable[type[ui.DynamicItem[Any]]] = (),
        others: Callable[[discord.Interaction[Any]], Awaitable[None]] | None = None,
        traffic: Traffic | None = None,
        identify: Callable[[int], Pace] | None = None,
        shard_ids: Sequence[int] | None = None,
        shard_count: int | None = None,
        api_url: str | None = None,
    ) -> None:
        super().__init__(
            shard_ids=list(shard_ids) if shard_ids else None,  # type: ignore[arg-type]  # None is its default
            shard_count=shard_count or 1,
            http_trace=traffic.trace() if traffic else None,  # type: ignore[arg-type]  # None is its default
            # Only servers and channels: no messages, no members, nothing privileged.
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
        )
        self.service = service
        self.clock = clock
        self.wake = wake
        self.servers: Servers | None = None
        self._others = others
        self._identify = identify
        self._at_once = 1
        self._as_advised = shard_count is None
        keep_buckets_cheaply(self.http)
        self._own_api = api_url is not None
        if api_url is not None:
            Route.BASE = api_url
        self.tree = Tree(self)
        for command in commands:
            self.tree.add_command(command)
        self.add_dynamic_items(*buttons)

    async def setup_hook(self) -> None:
        """After login, before the gateway."""
        await self.tree.set_translator(CommandNames())
        await self.tree.sync()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect as Discord advises: how many shards, how many at once, and where."""
        shards, url, limits = await self.http.get_bot_gateway()
        self._at_once = limits["max_concurrency"]
        if self._as_advised:
            self.shard_count = shards
        if self._own_api:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - discord.py names it
        """Wait until Discord takes another shard: one in five seconds of each group of them."""
        if self._identify is not None:
            await self._identify((shard_id or 0) % self._at_once).turn()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A press or a form; commands find their way through the tree."""
        if self.servers is not None and interaction.type in _SOMEBODY_IS_THERE:
            await self.servers.person_came(interaction.user.id, interaction.locale.value)
        kinds = (discord.InteractionType.component, discord.InteractionType.modal_submit)
        if self._others is not None and interaction.type in kinds:
            await self._others(interaction)

    async def on_ready(self) -> None:
        """Connected, and every server known."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        if self.servers is not None:
            await self.servers.ready()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited, perhaps back."""
        if self.servers is not None:
            await self.servers.joined(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed, or the server is no more."""
        if self.servers is not None:
            await self.servers.left(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel goes, and the threads in it."""
        if self.servers is not None:
            threads = [one.id for one in channel.guild.threads if one.parent_id == channel.id]
            await self.servers.deleted([channel.id, *threads])

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread goes."""
        if self.servers is not None:
            await self.servers.deleted([payload.thread_id])

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, channel: discord.abc.GuildChannel
    ) -> None:
        """Perhaps its permissions."""
        self._changed(channel.guild.id)
        if self.servers is not None and before.type != channel.type:
            await self.servers.turned(channel)

    async def on_thread_update(self, _: discord.Thread, thread: discord.Thread) -> None:
        """Perhaps it was opened again."""
        self._changed(thread.guild.id)

    async def on_guild_role_update(self, _: discord.Role, role: discord.Role) -> None:
        """Perhaps one of the bot's."""
        self._changed(role.guild.id)

    async def on_member_update(self, _: discord.Member, member: discord.Member) -> None:
        """The bot's own roles; it is told of nobody else's."""
        self._changed(member.guild.id)

    def _changed(self, guild_id: int) -> None:
        if self.servers is not None:
            self.servers.changed(guild_id)


def keep_buckets_cheaply(http: discord.http.HTTPClient) -> None:
    """Let discord.py look for old rate limits once in a thousand new ones, not at every one.

    It keeps one for each channel for five minutes, and would go through all of them for each
    message: with 10,000 channels that alone takes 3 ms.
    """
    clear = http._try_clear_expired_ratelimits  # noqa: SLF001 - there is no public way
    new = itertools.count(1)

    def now_and_then() -> None:
        if next(new) % 1000 == 0:
            clear()

    http._try_clear_expired_ratelimits = now_and_then  # type: ignore[method-assign]  # noqa: SLF001 - there is no public way


class Tree(app_commands.CommandTree[DigestClient]):
    """The command tree; every command is answered in time, and no error ends in silence."""

    async def interaction_check(self, interaction: discord.Interaction[DigestClient], /) -> bool:
        """Everyone may; from here on an answer is due."""
        if interaction.type is discord.InteractionType.application_command:
            watch(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[DigestClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Say what happened, to the person who asked, in one sentence."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await explain(interaction, cause)


Interaction = discord.Interaction[DigestClient]
