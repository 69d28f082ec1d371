"""/search: any published article, by its words."""

from __future__ import annotations

from discord import app_commands

from bot import reading_replies as replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.language import reader
from bot.presses import Press
from bot.views import show_page

LONGEST = 80
"""How many characters of the words fit into the custom_id of the buttons that turn pages."""


@app_commands.command(
    description="Find any published article by words of its title, text or newspaper."
)
@app_commands.describe(words="What to look for, like: robots  ·  climate report  ·  a newspaper")
@anywhere
async def search(interaction: Interaction, words: app_commands.Range[str, 1, LONGEST]) -> None:
    """Show the first page."""
    await _show(interaction, words, 0)


class Find(Press, template=rf"find:(?P<skip>\d{{1,6}}):(?P<words>.{{1,{LONGEST}}})"):
    """Another page of what was found."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Look again; the words are in the custom_id."""
        await _show(interaction, self.match["words"], self.number("skip"))


async def _show(interaction: Interaction, typed: str, skip: int) -> None:
    say = reader(interaction)
    reading = interaction.client.service.reading
    found = await reading.search(typed, skip)
    if found.total and not found.articles:
        found = await reading.search(typed)
    text = replies.found(say, found, typed)
    if not found.articles:
        await answer(interaction, text)
        return
    words = " ".join(found.words)[:LONGEST]
    await show_page(
        interaction,
        text,
        found.articles,
        found.skip,
        lambda skip: f"find:{skip}:{words}",
        total=found.total,
    )
