"""The button 'Change time': a form with how often, when and where a person's digest comes."""

from __future__ import annotations

import re

import discord
from discord import ui

from bot import replies
from bot.answers import answer, ask
from bot.client import Interaction
from bot.commands.options import EVERY_MESSAGES, person, wish
from bot.commands.schedule import ask_zone, reschedule
from bot.language import Tongue, reader
from bot.presses import Form, Press
from digests.model import Cadence, Schedule
from digests.zones import WhichZone

# Where most people who use Discord in this language live; only offered, never assumed.
_ZONES = {
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "en-GB": "Europe/London",
    "es-ES": "Europe/Madrid",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "hi": "Asia/Kolkata",
    "hu": "Europe/Budapest",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "pt-BR": "America/Sao_Paulo",
    "ro": "Europe/Bucharest",
    "sv-SE": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
    "zh-TW": "Asia/Taipei",
}


class ChangeTime(Press, template=r"time"):
    """Opens the form, filled in with how it is."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        say = reader(interaction)
        found = await interaction.client.service.following(person(interaction))
        schedule = found[0].schedule if found else Schedule()
        await ask(interaction, TimeForm.of(say, schedule, interaction.locale))


class TimeForm(Form):
    """How often, on which day, at what time, in which zone."""

    template = re.compile("time-form")

    @classmethod
    def of(cls, say: Tongue, schedule: Schedule, locale: discord.Locale) -> TimeForm:
        """The form, filled in; for whoever has no zone yet, with the one of their language."""
        zone = schedule.zone if schedule.zone != "UTC" else _ZONES.get(locale.value, "UTC")
        form = cls(title=say("form-time"), custom_id="time-form")
        every: ui.Select[ui.View] = ui.Select(
            custom_id="every",
            options=[
                discord.SelectOption(label=say(message), value=word, default=word is schedule.every)
                for word, message in EVERY_MESSAGES.items()
            ],
        )
        day: ui.Select[ui.View] = ui.Select(
            custom_id="day",
            options=[
                discord.SelectOption(
                    label=say.weekday(day), value=str(day), default=day == schedule.day
                )
                for day in range(7)
            ],
        )
        at = " ".join(f"{one:%H:%M}" for one in schedule.times)
        clock: ui.TextInput[ui.View] = ui.TextInput(custom_id="at", default=at, max_length=150)
        where: ui.TextInput[ui.View] = ui.TextInput(custom_id="zone", default=zone, max_length=40)
        form.add_item(ui.Label(text=say("form-time-every"), component=every))
        form.add_item(
            ui.Label(
                text=say("form-time-at"), description=say("form-time-at-hint"), component=clock
            )
        )
        form.add_item(
            ui.Label(
                text=say("form-time-zone"), description=say("form-time-zone-hint"), component=where
            )
        )
        form.add_item(ui.Label(text=say("form-time-day"), component=day))
        return form

    @classmethod
    async def sent(
        cls,
        interaction: Interaction,
        match: re.Match[str],  # noqa: ARG003 - this form has but one custom_id
        values: dict[str, str],
    ) -> None:
        """Change it."""
        every = values.get("every") if values.get("every") in set(Cadence) else None
        weekly = every == Cadence.WEEKLY and re.fullmatch("[0-6]", values.get("day", ""))
        others = (every, values.get("at") or None, int(values["day"]) if weekly else None, None)
        if every == Cadence.INSTANTLY:
            others = (every, None, None, None)
        every, at, day, quiet = others
        now = interaction.client.clock()
        try:
            wanted = wish(every, at, values.get("zone") or None, day, quiet, now=now)
        except WhichZone as question:
            await ask_zone(interaction, question, others)
            return
        address = person(interaction)
        changed = await reschedule(interaction, address, wanted, by=interaction.user.id)
        assert changed is not None  # noqa: S101 - with ``by`` there is always one
        found = await interaction.client.service.following(address)
        text = replies.scheduled(
            reader(interaction),
            changed,
            "you",
            now,
            follows=bool(found and found[1]),
        )
        await answer(interaction, text)
