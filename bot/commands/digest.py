"""/digest: a person's articles now, shown only to them."""

from __future__ import annotations

import discord
from discord import app_commands

from bot import render, replies
from bot.commands.options import Interaction, known_topics, person


@app_commands.command(description="Read your digest now, or the latest on one topic.")
@app_commands.describe(topic="Only this topic (default: everything you follow)")
@app_commands.autocomplete(topic=known_topics)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def digest(interaction: Interaction, topic: str | None = None) -> None:
    """Show the digest; several messages where one cannot hold it."""
    look = await interaction.client.service.look(person(interaction), topic)
    text = replies.looked(look, topic)
    articles = [one.article for one in look.articles] if look else []
    parts = [[articles[index] for index in part] for part in render.split(articles)]
    first = render.embeds(parts[0]) if parts else discord.utils.MISSING
    await interaction.response.send_message(text, embeds=first, ephemeral=True)
    for part in parts[1:]:
        await interaction.followup.send(embeds=render.embeds(part), ephemeral=True)
