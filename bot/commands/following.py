"""/following: what a person follows, and when it comes."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere, person
from bot.language import reader


@app_commands.command(description="See what you follow, and when your next digest comes.")
@anywhere
async def following(interaction: Interaction) -> None:
    """List what the person follows."""
    found = await interaction.client.service.following(person(interaction))
    now = interaction.client.clock()
    await answer(interaction, replies.following(reader(interaction), found, "you", now))
