"""/follow: a topic's articles come to the person's direct messages."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.commands.options import EVERY, Interaction, known_topics, person, wish


@app_commands.command(description="Get a topic's new articles in your direct messages.")
@app_commands.describe(
    topic="What to follow",
    every="How often your digest comes (default: daily)",
    at="At what time, like 09:00 or 17:30 (default: 09:00)",
)
@app_commands.choices(every=EVERY)
@app_commands.autocomplete(topic=known_topics)
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def follow(
    interaction: Interaction, topic: str, every: str | None = None, at: str | None = None
) -> None:
    """Follow a topic."""
    client = interaction.client
    answer = await client.service.follow(
        person(interaction), topic, wish(every, at), by=interaction.user.id, now=client.clock()
    )
    await interaction.response.send_message(replies.followed(answer, "you"), ephemeral=True)
    client.wake()
