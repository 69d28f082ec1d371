"""/unfollow: a topic's articles come no longer."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import Choice, anywhere, followed_topics, person
from bot.language import reader
from digests.errors import UnknownTopic


@app_commands.command(description="Stop getting a topic's articles.")
@app_commands.describe(topic="What to follow no longer")
@anywhere
async def unfollow(interaction: Interaction, topic: str) -> None:
    """Follow a topic no longer."""
    try:
        left = await interaction.client.service.unfollow(person(interaction), topic)
        text = replies.unfollowed(reader(interaction), left, "you")
    except UnknownTopic as error:
        text = replies.not_followed(reader(interaction), error, "you")
    await answer(interaction, text)


@unfollow.autocomplete("topic")
async def _(interaction: Interaction, current: str) -> list[Choice]:
    return await followed_topics(interaction, current, person(interaction))
