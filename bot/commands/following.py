"""/following: what a person follows, and when it comes."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere, person
from bot.language import reader
from bot.presses import button, buttons


@app_commands.command(description="See what you follow, and when your next digest comes.")
@anywhere
async def following(interaction: Interaction) -> None:
    """List what the person follows."""
    found = await interaction.client.service.following(person(interaction))
    say, now = reader(interaction), interaction.client.clock()
    buttons_ = [
        button(say("button-change-time"), "time", emoji="🕘"),
        button(say("button-choose"), "choose", emoji="🔎"),
    ]
    view = buttons(*buttons_) if found and found[1] else None
    await answer(interaction, replies.following(say, found, "you", now), view=view)
