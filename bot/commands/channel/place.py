"""Which channel is meant, and whether the bot may post there."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.causes import lacking
from bot.client import Interaction
from bot.language import reader
from bot.places import Places
from digests.errors import DigestError
from digests.model import Address, Kind

TYPES = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.forum,
)
_THREADS = (
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)


class _PlaceOption(app_commands.Transformer):
    """Where a digest can be posted, as Discord names it: needs no cache, takes any thread."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return list(TYPES)

    async def transform(self, _: discord.Interaction[Any], value: Any, /) -> Any:
        return value


Place = app_commands.Transform[
    app_commands.AppCommandChannel | app_commands.AppCommandThread, _PlaceOption
]


def may_manage(interaction: discord.Interaction[Any]) -> None:
    """Refuse whoever may not manage the server, as Discord works it out for this request."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def place_of(interaction: Interaction, channel: Any | None) -> tuple[Address, str]:
    """The address and the mention of the channel that is meant; the one we are in by default."""
    say = reader(interaction)
    meant = channel or interaction.channel
    if meant is None or meant.type not in TYPES or interaction.guild_id is None:
        raise DigestError(say("no-place", option=say.option("channel follow", "channel")))
    return Address(_kind(meant.type), meant.id, interaction.guild_id), f"<#{meant.id}>"


def place_by_id(interaction: Interaction, channel_id: int) -> tuple[Address, str]:
    """The same by its id, out of a custom_id: only a channel of this server that the bot sees."""
    say = reader(interaction)
    guild = interaction.guild
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if channel is None:
        raise DigestError(say("place-gone"))
    return place_of(interaction, channel)


def check_permissions(interaction: Interaction, address: Address, mention: str) -> None:
    """Name what the bot may not do there, before it is needed in the night."""
    say = reader(interaction)
    if missing := missing_permissions(interaction, address):
        raise DigestError(say("place-closed", place=mention, lacking=lacking(missing, say)))


def missing_permissions(interaction: Interaction, address: Address) -> list[str]:
    """The permissions that the bot needs there and lacks, by discord.py's names."""
    return Places(interaction.client).missing(address) or []


def ping_trouble(interaction: Interaction, address: Address, role_id: int | None) -> str | None:
    """The message about why a role will not be pinged there; None if it will, or none is."""
    guild = interaction.guild
    if role_id is None or guild is None:
        return None
    role = guild.get_role(role_id)
    if role is None:
        return "look-role-gone"
    missing = Places(interaction.client).missing(address, ["mention_everyone"]) or []
    return "look-role-deaf" if "mention_everyone" in missing and not role.mentionable else None


def _kind(channel_type: discord.ChannelType) -> Kind:
    if channel_type in _THREADS:
        return Kind.THREAD
    return Kind.FORUM if channel_type is discord.ChannelType.forum else Kind.CHANNEL
