"""The slash commands, each in a file named as the user types it."""

from bot.client import AnyCommand
from bot.commands.channel import Channel
from bot.commands.digest import digest
from bot.commands.follow import follow
from bot.commands.following import following
from bot.commands.unfollow import unfollow

ALL: tuple[AnyCommand, ...] = (
    follow,
    unfollow,
    following,
    digest,
    Channel(),
)
"""Every command and group of the bot."""
