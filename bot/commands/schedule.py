"""/schedule: when a person's digest comes, and when not."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import discord
from discord import app_commands, ui

from bot import replies
from bot.answers import answer, sentence
from bot.client import Interaction
from bot.commands.options import (
    DAYS,
    EVERY,
    Number,
    anywhere,
    clock_of,
    language,
    pauses,
    person,
    times,
    wish,
    zones,
)
from bot.language import reader
from bot.presses import Press, button, buttons, chosen
from bot.taking import shows
from digests.model import Address, Destination, Schedule
from digests.pauses import parse_until
from digests.subscriptions import Wish
from digests.zones import MOST, WhichZone


@app_commands.command(description="See or change when your digest comes, or pause it.")
@app_commands.describe(
    every="How often it comes",
    at="At what time, like 09:00; or several, like 09:00 18:00",
    day="On which day",
    timezone="Your time zone: start typing your city, or what time it is for you",
    pause_until="Pause it: a date like 2026-12-24, “2 weeks”, “forever”; “off” to go on",
    quiet="Hours in which nothing comes, like 22:00-07:00; “off” for none",
    most="How many articles it shows; the rest is behind a button (default: 10)",
    least="How many there must be; fewer wait for the next one (default: 1)",
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
    most: Number | None = None,
    least: Number | None = None,
) -> None:
    """Change what was named, and show how it is now."""
    say = reader(interaction)
    address = person(interaction)
    try:
        wanted = wish(every, at, timezone, day, quiet, now=interaction.client.clock())
    except WhichZone as question:
        if pause_until or most or least:
            raise  # It would not fit into the menu.
        await ask_zone(interaction, question, (every, at, day, quiet))
        return
    wanted = replace(wanted, at_most=most, at_least=least)
    # Who only looks leaves no trace.
    by = interaction.user.id if wanted != Wish() or pause_until else None
    changed = await reschedule(interaction, address, wanted, pause_until, by=by)
    found = await interaction.client.service.following(address)
    if changed is None:
        text = replies.unscheduled(say)
    else:
        follows = bool(found and found[1])
        text = replies.scheduled(say, changed, "you", interaction.client.clock(), follows=follows)
        text += f"\n{shows(say, changed.schedule)}"
    change = button(say("button-change-time"), "time", emoji="🕘")
    choose = button(say("button-choose"), "choose", emoji="🔎")
    await answer(interaction, text, view=buttons(change, choose))


async def ask_zone(
    interaction: Interaction,
    question: WhichZone,
    others: tuple[str | None, str | None, int | None, str | None],
) -> None:
    """Offer the zones that may be meant; with the choice the ``others`` are fulfilled too.

    Those are the options every, at, day and quiet, as typed. Raises BadTime.
    """
    every, at, day, quiet = others
    say, now = reader(interaction), interaction.client.clock()
    rest = wish(every, at, None, day, quiet, now=now)
    times = [f"{one:%H:%M}" for one in (rest.at, *(rest.also_at or ())) if one]
    hours = "-".join(f"{one:%H:%M}" for one in rest.quiet or ())
    known = "/".join((every or "", "" if day is None else str(day), " ".join(times), hours))
    if len(known) > ZoneIs.MOST:
        raise question
    menu: ui.Select[ui.View] = ui.Select(
        custom_id=f"zone-is/{known}",
        placeholder=say("menu-your-zone"),
        options=[
            discord.SelectOption(label=clock_of(say, zone, now), value=zone)
            for zone in question.candidates[:MOST]
        ],
    )
    await answer(interaction, sentence(say, question), view=buttons(menu))


class ZoneIs(
    Press,
    template=r"zone-is/(?P<every>|instantly|hourly|daily|weekly)/(?P<day>\d?)/"
    r"(?P<at>[0-9: ]*)/(?P<quiet>[0-9:-]*)",
):
    """The zone was chosen that a person meant."""

    turns = True
    MOST: ClassVar[int] = 90
    """Characters that fit into a custom_id beside its name."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what was asked, in that zone."""
        every, day, at, quiet = self.match.group("every", "day", "at", "quiet")
        zone = "".join(chosen(interaction)[:1])
        now = interaction.client.clock()
        wanted = wish(every, at, zone, int(day) if day else None, quiet, now=now)
        address = person(interaction)
        changed = await reschedule(interaction, address, wanted, by=interaction.user.id)
        assert changed is not None  # noqa: S101 - with ``by`` there is always one
        found = await interaction.client.service.following(address)
        say = reader(interaction)
        text = replies.scheduled(say, changed, "you", now, follows=bool(found and found[1]))
        change = button(say("button-change-time"), "time", emoji="🕘")
        await answer(interaction, text, view=buttons(change))


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
