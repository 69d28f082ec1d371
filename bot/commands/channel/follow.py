"""/channel follow: a topic's new articles are posted in a channel."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, check_permissions, place_of
from bot.commands.options import EVERY, known_topics, language, times, wish, zones
from bot.language import reader


@app_commands.command(description="Post a topic's new articles in a channel.")
@app_commands.describe(
    topic="What the channel follows",
    channel="Where to post (default: this channel)",
    every="How often the digest comes (default: daily)",
    at="At what time, like 09:00 or 17:30 (default: 09:00)",
    timezone="In which time zone (default: UTC): a city, or what time it is there",
)
@app_commands.choices(every=EVERY)
@app_commands.autocomplete(topic=known_topics, at=times, timezone=zones)
async def follow(
    interaction: Interaction,
    topic: str,
    channel: Place | None = None,
    every: str | None = None,
    at: str | None = None,
    timezone: str | None = None,
) -> None:
    """Let a channel follow a topic."""
    client, now = interaction.client, interaction.client.clock()
    address, mention = place_of(interaction, channel)
    check_permissions(interaction, address, mention)
    done = await client.service.follow(
        address,
        topic,
        wish(every, at, timezone, now=now),
        by=interaction.user.id,
        now=now,
        language=language(interaction, address),
    )
    client.wake()
    await answer(interaction, replies.followed(reader(interaction), done, mention, now))
