"""/channel list: what a channel follows, and when its digest comes."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.language import reader


@app_commands.command(
    name="list", description="See what a channel follows, and when its digest comes."
)
@app_commands.describe(channel="Which channel (default: this one)")
async def list_(interaction: Interaction, channel: Place | None = None) -> None:
    """List what a channel follows."""
    address, mention = place_of(interaction, channel)
    found = await interaction.client.service.following(address)
    now = interaction.client.clock()
    await answer(interaction, replies.following(reader(interaction), found, mention, now))
