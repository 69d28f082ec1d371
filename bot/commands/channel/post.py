"""/channel post: a channel's digest now."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, check_permissions, place_of
from bot.language import reader


@app_commands.command(description="Post a channel's digest now, without waiting for its time.")
@app_commands.describe(channel="Which channel (default: this one)")
async def post(interaction: Interaction, channel: Place | None = None) -> None:
    """Force a digest."""
    client = interaction.client
    address, mention = place_of(interaction, channel)
    check_permissions(interaction, address, mention)
    done = await client.service.post_now(address, client.clock())
    client.wake()
    await answer(interaction, replies.posted(reader(interaction), done, mention))
