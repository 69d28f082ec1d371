"""/schedule: when a person's digest comes, and when not."""

from __future__ import annotations

from dataclasses import replace

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import DAYS, EVERY, anywhere, language, pauses, person, times, wish, zones
from bot.language import reader
from bot.presses import button, buttons
from digests.model import Address, Destination, Schedule
from digests.pauses import parse_until
from digests.subscriptions import Wish


@app_commands.command(description="See or change when your digest comes, or pause it.")
@app_commands.describe(
    every="How often it comes",
    at="At what time, like 09:00; or several, like 09:00 18:00",
    day="On which day",
    timezone="Your time zone: start typing your city",
    pause_until="Pause it: a date like 2026-12-24, “2 weeks”, “forever”; “off” to go on",
    quiet="Hours in which nothing comes, like 22:00-07:00; “off” for none",
)
@app_commands.choices(every=EVERY)
@app_commands.choices(day=DAYS)
@app_commands.autocomplete(at=times, timezone=zones, pause_until=pauses)
@anywhere
async def schedule(
    interaction: Interaction,
    every: str | None = None,
    at: str | None = None,
    day: int | None = None,
    timezone: str | None = None,
    pause_until: str | None = None,
    quiet: str | None = None,
) -> None:
    """Change what was named, and show how it is now."""
    say = reader(interaction)
    address = person(interaction)
    wanted = wish(every, at, timezone, day, quiet)
    # Who only looks leaves no trace.
    by = interaction.user.id if wanted != Wish() or pause_until else None
    changed = await reschedule(interaction, address, wanted, pause_until, by=by)
    found = await interaction.client.service.following(address)
    if changed is None:
        text = replies.unscheduled(say)
    else:
        follows = bool(found and found[1])
        text = replies.scheduled(say, changed, "you", interaction.client.clock(), follows=follows)
    await answer(
        interaction, text, view=buttons(button(say("button-change-time"), "time", emoji="🕘"))
    )


async def reschedule(
    interaction: Interaction,
    address: Address,
    wanted: Wish,
    pause_until: str | None = None,
    *,
    by: int | None = None,
) -> Destination | None:
    """Change a schedule as far as something is wanted; None if there is none and no ``by``."""
    client = interaction.client
    now = client.clock()
    if pause_until is not None:
        found = await client.service.following(address)
        zone = wanted.zone or (found[0].schedule if found else Schedule()).zone
        wanted = replace(wanted, paused_until=parse_until(pause_until, now, zone))
    return await client.service.reschedule(
        address, wanted, now, by=by, language=language(interaction, address)
    )
