"""What several commands share: their options, and where a person's digest goes."""

from __future__ import annotations

from zoneinfo import available_timezones

import discord
from discord import app_commands

from bot.client import DigestClient
from digests.model import Address, Cadence, Kind
from digests.schedule import parse_at, parse_zone
from digests.subscriptions import Wish
from digests.topics import matching

Interaction = discord.Interaction[DigestClient]
Choice = app_commands.Choice[str]

EVERY = [app_commands.Choice(name=word.value, value=word.value) for word in Cadence]
MOST_CHOICES = 25
_ZONES = sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def person(interaction: Interaction) -> Address:
    """Where the digest of whoever asks goes."""
    return Address(Kind.DM, interaction.user.id)


def wish(every: str | None, at: str | None, zone: str | None = None) -> Wish:
    """The schedule options as typed; raises BadTime."""
    return Wish(
        every=Cadence(every) if every else None,
        at=parse_at(at) if at else None,
        zone=parse_zone(zone) if zone else None,
    )


async def known_topics(interaction: Interaction, current: str) -> list[Choice]:
    """Topics that match what was typed so far, the busiest first."""
    counts = {one.name: one.articles for one in await interaction.client.service.topics()}
    return [
        app_commands.Choice(name=_label(name, counts[name]), value=name[:100])
        for name in matching(current, list(counts), MOST_CHOICES)
    ]


async def followed_topics(interaction: Interaction, current: str, address: Address) -> list[Choice]:
    """Topics that a destination follows and that match what was typed so far."""
    found = await interaction.client.service.following(address)
    names = [one.name for one in found[1]] if found else []
    return [
        app_commands.Choice(name=name[:100], value=name[:100])
        for name in matching(current, names, MOST_CHOICES)
    ]


async def zones(_: Interaction, current: str) -> list[Choice]:
    """Time zones whose name or city matches what was typed so far."""
    typed = current.replace(" ", "_")
    return [
        app_commands.Choice(name=name.replace("_", " "), value=name)
        for name in matching(typed, _ZONES, MOST_CHOICES)
    ]


def _label(name: str, count: int) -> str:
    suffix = f" · {count} article{'' if count == 1 else 's'}"
    return name[: 100 - len(suffix)] + suffix
