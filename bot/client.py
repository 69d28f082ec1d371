"""The gateway side: intents, the command tree, one place where every command's error ends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import replies
from digests.errors import BadTime, DigestError, UnknownTopic
from digests.service import DigestService

log = logging.getLogger(__name__)

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group

SOMETHING_BROKE = (
    "Sorry, that did not work, and it is our fault. Nothing was changed; please try again."
)


class DigestClient(discord.Client):
    """The bot. Commands find the domain in ``service`` and the time in ``clock``.

    ``wake`` is called when something was promised, so that it is sent at once.
    """

    def __init__(
        self,
        service: DigestService,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        commands: Iterable[AnyCommand] = (),
        buttons: Iterable[type[ui.DynamicItem[Any]]] = (),
        api_url: str | None = None,
    ) -> None:
        super().__init__(
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
        self._own_api = api_url is not None
        if api_url is not None:
            Route.BASE = api_url
        self.tree = Tree(self)
        for command in commands:
            self.tree.add_command(command)
        self.add_dynamic_items(*buttons)

    async def setup_hook(self) -> None:
        """After login, before the gateway."""
        if self._own_api:
            _, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Connected, and every server known."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))


class Tree(app_commands.CommandTree[DigestClient]):
    """The command tree; no error of a command ends in silence."""

    async def on_error(
        self, interaction: discord.Interaction[DigestClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Say what happened, to the person who asked, in one sentence."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await say(interaction, _explain(cause))


def _explain(error: BaseException) -> str:
    match error:
        case UnknownTopic():
            return replies.unknown_topic(error)
        case BadTime() | DigestError():
            return str(error)
        case app_commands.MissingPermissions():
            return "Only people who may manage this server (**Manage Server**) can do that."
        case app_commands.NoPrivateMessage():
            return "That works in a server. Try it there."
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return "This command has just changed. Please type it again in a minute."
        case app_commands.TransformerError():
            return "I do not understand one of the options. Please pick it from the list."
        case _:
            log.error("a command failed", exc_info=error)
            return SOMETHING_BROKE


async def say(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer only for the person who asked, whether or not something was answered before."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("could not answer an interaction: %s", error)
