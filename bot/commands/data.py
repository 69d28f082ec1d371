"""/data: what is stored about a person, and its deletion."""

from __future__ import annotations

import discord
from discord import app_commands

from bot import reading_replies as replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.language import reader
from bot.presses import Press, button, buttons


@app_commands.command(description="See what is stored about you, and delete it if you like.")
@anywhere
async def data(interaction: Interaction) -> None:
    """Say what is stored."""
    say = reader(interaction)
    found = await interaction.client.service.reading.traces(interaction.user.id)
    delete = button(say("button-delete"), "data-delete", style=discord.ButtonStyle.danger)
    view = buttons(delete) if found.anything else None
    await answer(interaction, replies.traces(say, found), view=view)


class DataDelete(Press, template=r"data-delete"):
    """Asks whether that is really meant."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Ask."""
        say = reader(interaction)
        view = buttons(
            button(say("button-delete-all"), "data-delete-all", style=discord.ButtonStyle.danger),
            button(say("button-keep"), "data-keep"),
        )
        await answer(interaction, say("data-confirm"), view=view)


class DataDeleteAll(Press, template=r"data-delete-all"):
    """Deletes everything about whoever presses."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Delete it."""
        say = reader(interaction)
        await interaction.client.service.reading.forget(interaction.user.id)
        await answer(interaction, say("data-deleted"))


class DataKeep(Press, template=r"data-keep"):
    """Changes nothing."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Say so."""
        say = reader(interaction)
        await answer(interaction, say("data-kept"))
