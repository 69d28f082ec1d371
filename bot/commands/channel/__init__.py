"""/channel: the digests of a server's channels, for who manages the server."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.client import DigestClient
from bot.commands.channel.filter import filter_
from bot.commands.channel.follow import follow
from bot.commands.channel.list import list_
from bot.commands.channel.look import look_
from bot.commands.channel.pause import pause, resume
from bot.commands.channel.place import may_manage
from bot.commands.channel.post import post
from bot.commands.channel.preview import preview
from bot.commands.channel.review import review
from bot.commands.channel.schedule import schedule
from bot.commands.channel.setup import setup
from bot.commands.channel.status import status
from bot.commands.channel.unfollow import unfollow

SUBCOMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (
    setup,
    follow,
    unfollow,
    list_,
    schedule,
    pause,
    resume,
    filter_,
    look_,
    review,
    preview,
    post,
    status,
)


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Channel(app_commands.Group):
    """The group. Discord hides it from others; who may use it is checked here as well."""

    def __init__(self) -> None:
        super().__init__(name="channel", description="Digests for a channel of this server.")
        for command in SUBCOMMANDS:
            self.add_command(command)

    async def interaction_check(self, interaction: discord.Interaction[DigestClient], /) -> bool:  # type: ignore[override]  # the base class knows no client of ours
        """Only who may manage the server, as Discord itself works it out for this request."""
        may_manage(interaction)
        return True
