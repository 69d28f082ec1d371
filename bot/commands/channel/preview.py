"""/channel preview: what a channel's next digest would hold, shown only to who asks."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.commands.digest import show_articles
from bot.language import reader


@app_commands.command(
    description="See what a channel's next digest would hold; only you see it, nothing changes."
)
@app_commands.describe(channel="Which channel (default: this one)")
async def preview(interaction: Interaction, channel: Place | None = None) -> None:
    """Show the digest."""
    service = interaction.client.service
    address, mention = place_of(interaction, channel)
    found = await service.following(address)
    look = await service.look(address, None)
    if found is None or look is None:
        await answer(interaction, replies.nothing_followed(reader(interaction), mention))
        return
    text = replies.previewed(
        reader(interaction), look, found[0], mention, interaction.client.clock()
    )
    await show_articles(interaction, text, look.articles, found[0].appearance)
