"""/channel unfollow: a topic's articles are posted in a channel no longer."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.commands.options import Choice, followed_topics
from bot.language import reader
from digests.errors import UnknownTopic
from digests.model import Address, Kind


@app_commands.command(description="Stop posting a topic's articles in a channel.")
@app_commands.describe(
    topic="What the channel follows no longer", channel="Which channel (default: this one)"
)
async def unfollow(interaction: Interaction, topic: str, channel: Place | None = None) -> None:
    """Let a channel follow a topic no longer."""
    address, mention = place_of(interaction, channel)
    try:
        left = await interaction.client.service.unfollow(address, topic)
        text = replies.unfollowed(reader(interaction), left, mention)
    except UnknownTopic as error:
        text = replies.not_followed(reader(interaction), error, mention)
    await answer(interaction, text)


@unfollow.autocomplete("topic")
async def _followed(interaction: Interaction, current: str) -> list[Choice]:
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    chosen = interaction.namespace.channel
    id_ = chosen.id if chosen is not None else interaction.channel_id
    address = Address(Kind.CHANNEL, id_ or 0, interaction.guild_id)
    return await followed_topics(interaction, current, address)
