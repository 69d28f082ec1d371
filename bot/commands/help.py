"""/help: where to begin, as a member, and as who manages the server."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.language import reader
from bot.presses import button, buttons

_COLOUR = 0x5B8DEF


@app_commands.command(name="help", description="Where to begin, and what I can do.")
@anywhere
async def help_(interaction: Interaction) -> None:
    """Show what this person can do here."""
    say = reader(interaction)
    embed = discord.Embed(
        description=say("help"),
        colour=_COLOUR,
    )
    manages = interaction.guild_id is not None and interaction.permissions.manage_guild
    embed.add_field(name=say("help-you"), value=say("help-you-text"), inline=False)
    if manages:
        embed.add_field(name=say("help-channels"), value=say("help-channels-text"), inline=False)
        begin = say("help-begin-channel")
        view = buttons(
            button(say("button-set-up"), "setup", style=discord.ButtonStyle.primary),
        )
    else:
        begin = say("help-begin")
        view = None
    await answer(interaction, begin, embeds=[embed], view=view)
