"""/channel follow, unfollow, list, post: the digests of a channel, for who manages the server."""

from __future__ import annotations

import builtins
from typing import Any

import discord
from discord import app_commands

from bot import replies
from bot.client import DigestClient
from bot.commands.options import (
    EVERY,
    Choice,
    Interaction,
    followed_topics,
    known_topics,
    wish,
    zones,
)
from digests.errors import DigestError, UnknownTopic
from digests.model import Address, Kind


class _PlaceOption(app_commands.Transformer):
    """Where a digest can be posted, as Discord names it: needs no cache, takes any thread."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> builtins.list[discord.ChannelType]:
        return builtins.list(PLACES)

    async def transform(self, _: discord.Interaction[Any], value: Any, /) -> Any:
        return value


PLACES = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)
_THREADS = PLACES[2:]

Place = app_commands.Transform[
    app_commands.AppCommandChannel | app_commands.AppCommandThread, _PlaceOption
]

_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
}
_NEEDED_IN_THREADS = {
    "view_channel": "View Channel",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
}


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Channel(app_commands.Group):
    """The group. Discord hides it from others; who may use it is checked here as well."""

    def __init__(self) -> None:
        super().__init__(name="channel", description="Digests for a channel of this server.")

    async def interaction_check(self, interaction: discord.Interaction[DigestClient], /) -> bool:  # type: ignore[override]  # the base class knows no client of ours
        """Only who may manage the server, as Discord itself works it out for this request."""
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command(description="Post a topic's new articles in a channel.")
    @app_commands.describe(
        topic="What the channel follows",
        channel="Where to post (default: this channel)",
        every="How often the digest comes (default: daily)",
        at="At what time, like 09:00 or 17:30 (default: 09:00)",
        timezone="In which time zone (default: UTC)",
    )
    @app_commands.choices(every=EVERY)
    @app_commands.autocomplete(topic=known_topics, timezone=zones)
    async def follow(
        self,
        interaction: Interaction,
        topic: str,
        channel: Place | None = None,
        every: str | None = None,
        at: str | None = None,
        timezone: str | None = None,
    ) -> None:
        """Let a channel follow a topic."""
        client = interaction.client
        address, mention = _place(interaction, channel)
        _check_permissions(interaction, address, mention)
        answer = await client.service.follow(
            address, topic, wish(every, at, timezone), by=interaction.user.id, now=client.clock()
        )
        await interaction.response.send_message(replies.followed(answer, mention), ephemeral=True)
        client.wake()

    @app_commands.command(description="Stop posting a topic's articles in a channel.")
    @app_commands.describe(
        topic="What the channel follows no longer", channel="Which channel (default: this one)"
    )
    async def unfollow(
        self, interaction: Interaction, topic: str, channel: Place | None = None
    ) -> None:
        """Let a channel follow a topic no longer."""
        address, mention = _place(interaction, channel)
        try:
            left = await interaction.client.service.unfollow(address, topic)
            text = replies.unfollowed(left, mention, f"/channel follow topic:{left.name}")
        except UnknownTopic as error:
            text = replies.not_followed(error, mention)
        await interaction.response.send_message(text, ephemeral=True)

    @unfollow.autocomplete("topic")
    async def _followed(self, interaction: Interaction, current: str) -> list[Choice]:
        chosen = interaction.namespace.channel
        id_ = chosen.id if chosen is not None else interaction.channel_id
        return await followed_topics(interaction, current, Address(Kind.CHANNEL, id_ or 0))

    @app_commands.command(description="See what a channel follows, and when its digest comes.")
    @app_commands.describe(channel="Which channel (default: this one)")
    async def list(self, interaction: Interaction, channel: Place | None = None) -> None:
        """List what a channel follows."""
        address, mention = _place(interaction, channel)
        found = await interaction.client.service.following(address)
        text = replies.following(found, mention, "/channel follow topic:AI")
        await interaction.response.send_message(text, ephemeral=True)

    @app_commands.command(description="Post a channel's digest now, without waiting for its time.")
    @app_commands.describe(channel="Which channel (default: this one)")
    async def post(self, interaction: Interaction, channel: Place | None = None) -> None:
        """Force a digest."""
        client = interaction.client
        address, mention = _place(interaction, channel)
        _check_permissions(interaction, address, mention)
        answer = await client.service.post_now(address, client.clock())
        await interaction.response.send_message(replies.posted(answer, mention), ephemeral=True)
        client.wake()


def _place(interaction: Interaction, channel: Place | None) -> tuple[Address, str]:
    """The address and the mention of the channel that is meant."""
    meant = channel or interaction.channel
    if meant is None or meant.type not in PLACES:
        raise DigestError(
            "I can post in text channels, announcement channels and threads. "
            "Name one with the option `channel`."
        )
    kind = Kind.THREAD if meant.type in _THREADS else Kind.CHANNEL
    return Address(kind, meant.id, interaction.guild_id), f"<#{meant.id}>"


def _check_permissions(interaction: Interaction, address: Address, mention: str) -> None:
    """Name what the bot may not do there, before it is needed in the night."""
    mine = _my_permissions(interaction, address)
    if mine is None:
        return
    needed = _NEEDED_IN_THREADS if address.kind is Kind.THREAD else _NEEDED
    missing = [label for flag, label in needed.items() if not getattr(mine, flag)]
    if missing:
        raise DigestError(
            f"I cannot post in {mention} yet: I need **{', '.join(missing)}** there. "
            "Allow that in the channel's settings, then try again."
        )


def _my_permissions(interaction: Interaction, address: Address) -> discord.Permissions | None:
    """What the bot may do there; None where it does not know."""
    if address.id == interaction.channel_id:
        return interaction.app_permissions
    guild = interaction.guild
    place = guild.get_channel_or_thread(address.id) if guild else None
    return place.permissions_for(guild.me) if guild and place else None
