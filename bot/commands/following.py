"""/following: what a person follows, and when it comes."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.commands.options import Interaction, person


@app_commands.command(description="See what you follow, and when your next digest comes.")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def following(interaction: Interaction) -> None:
    """List what the person follows."""
    found = await interaction.client.service.following(person(interaction))
    text = replies.following(found, "you", "/follow AI")
    await interaction.response.send_message(text, ephemeral=True)
