"""/saved: what a person saved, to read, to remove, and to take away as a file."""

from __future__ import annotations

import io

import discord
from discord import app_commands

from bot import reading_replies as replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.language import reader
from bot.presses import Press, button, buttons, chosen_numbers, turners
from bot.views import article_menu
from digests.reading import LINES, MOST_SAVED

_COLOUR = 0x5B8DEF


@app_commands.command(description="See what you saved; remove from it, or download it.")
@anywhere
async def saved(interaction: Interaction) -> None:
    """Show the first page."""
    await _show(interaction, 0)


class SavedPage(Press, template=r"saved:(?P<skip>\d{1,6})"):
    """Another page of what the person saved."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Show it."""
        await _show(interaction, self.number("skip"))


class SavedRemove(Press, template=r"unsave:(?P<skip>\d{1,6})"):
    """The menu of articles to remove."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Remove what was chosen, and show what is left."""
        reading = interaction.client.service.reading
        await reading.unsave(interaction.user.id, chosen_numbers(interaction))
        await _show(interaction, self.number("skip"))


class SavedExport(Press, template=r"saved-export"):
    """Everything the person saved, as a file."""

    async def pressed(self, interaction: Interaction) -> None:
        """Send the file."""
        say = reader(interaction)
        shelf = await interaction.client.service.reading.shelf(interaction.user.id, most=MOST_SAVED)
        if not shelf.total:
            await answer(interaction, say("saved-nothing"))
            return
        text = replies.export(say, shelf.kept)
        file = discord.File(io.BytesIO(text.encode()), f"{say('export-name')}.md")
        await answer(interaction, say("export-file"), file=file)


async def _show(interaction: Interaction, skip: int) -> None:
    say = reader(interaction)
    shelf = await interaction.client.service.reading.shelf(interaction.user.id, skip)
    if not shelf.total:
        await answer(interaction, say("saved-nothing"))
        return
    page = [one.published for one in shelf.kept]
    listed = replies.lines([one.article for one in page])
    menu = article_menu(say, f"unsave:{shelf.skip}", say("menu-remove"), page, most=len(page))
    view = buttons(
        menu,
        *turners(say, lambda other: f"saved:{other}", shelf.skip, LINES, shelf.total, row=1),
        button(say("button-download"), "saved-export", emoji="📄", row=1),
    )
    embed = discord.Embed(description=listed, colour=_COLOUR)
    await answer(interaction, replies.shelf(say, shelf), embeds=[embed], view=view)
