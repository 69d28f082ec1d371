"""/channel pause and resume: nothing is posted for a while, and nothing is lost."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.commands.options import pauses
from bot.commands.schedule import reschedule
from bot.language import reader
from digests.subscriptions import Wish


@app_commands.command(description="Post no digest in a channel for a while; nothing is lost.")
@app_commands.describe(
    channel="Which channel (default: this one)",
    until="Until when: a date like 2026-12-24, or “2 weeks” (default: until you resume it)",
)
@app_commands.autocomplete(until=pauses)
async def pause(
    interaction: Interaction, channel: Place | None = None, until: str | None = None
) -> None:
    """Pause it."""
    await _pause(interaction, channel, until or "forever")


@app_commands.command(description="Go on with a channel's digest after a pause.")
@app_commands.describe(channel="Which channel (default: this one)")
async def resume(interaction: Interaction, channel: Place | None = None) -> None:
    """End the pause."""
    await _pause(interaction, channel, "off")


async def _pause(interaction: Interaction, channel: Place | None, until: str) -> None:
    address, mention = place_of(interaction, channel)
    client = interaction.client
    changed = await reschedule(interaction, address, Wish(), until)
    if changed is None:
        await answer(interaction, replies.nothing_followed(reader(interaction), mention))
        return
    client.wake()
    found = await client.service.following(address)
    text = replies.scheduled(
        reader(interaction), changed, mention, client.clock(), follows=bool(found and found[1])
    )
    await answer(interaction, text)
