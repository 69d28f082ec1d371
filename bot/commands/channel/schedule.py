"""/channel schedule: when a channel's digest comes."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.commands.options import DAYS, EVERY, times, wish, zones
from bot.commands.schedule import reschedule
from bot.language import reader


@app_commands.command(description="See or change when a channel's digest comes.")
@app_commands.describe(
    channel="Which channel (default: this one)",
    every="How often it comes",
    at="At what time, like 09:00; or several, like 09:00 18:00",
    day="On which day",
    timezone="In which time zone: start typing a city, or what time it is there",
    quiet="Hours in which nothing comes, like 22:00-07:00; “off” for none",
)
@app_commands.choices(every=EVERY)
@app_commands.choices(day=DAYS)
@app_commands.autocomplete(at=times, timezone=zones)
async def schedule(
    interaction: Interaction,
    channel: Place | None = None,
    every: str | None = None,
    at: str | None = None,
    day: int | None = None,
    timezone: str | None = None,
    quiet: str | None = None,
) -> None:
    """Change what was named, and show how it is now."""
    address, mention = place_of(interaction, channel)
    now = interaction.client.clock()
    wanted = wish(every, at, timezone, day, quiet, now=now)
    changed = await reschedule(interaction, address, wanted)
    if changed is None:
        await answer(interaction, replies.nothing_followed(reader(interaction), mention))
        return
    text = replies.scheduled(
        reader(interaction), changed, mention, interaction.client.clock(), follows=True
    )
    await answer(interaction, text)
