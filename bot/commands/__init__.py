"""The slash commands, each in a file named as the user types it."""

from typing import Any

from discord import app_commands

from bot.commands.channel import Channel
from bot.commands.digest import digest
from bot.commands.follow import follow
from bot.commands.following import following
from bot.commands.unfollow import unfollow

ALL: tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...] = (
    follow,
    unfollow,
    following,
    digest,
    Channel(),
)
"""Every command and group of the bot."""
