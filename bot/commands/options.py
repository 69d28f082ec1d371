"""What several commands share: their options, and where a person's digest goes."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from discord import app_commands

from bot.client import Interaction
from bot.language import Tongue, reader
from bot.text import plain
from digests.errors import BadTime, DigestError
from digests.filters import MOST, terms
from digests.model import EVERY_DAY, Address, Cadence, Kind, Topic
from digests.pauses import OFF
from digests.schedule import parse_at, parse_zone
from digests.subscriptions import MOST_ARTICLES, Wish
from digests.topics import matching, matching_topics
from digests.zones import suggest

Choice = app_commands.Choice[str]

EVERY = [app_commands.Choice(name=word.value, value=word.value) for word in Cadence]
EVERY_MESSAGES = {
    Cadence.DAILY: "menu-every-daily",
    Cadence.WEEKLY: "menu-every-weekly",
    Cadence.HOURLY: "menu-every-hourly",
    Cadence.INSTANTLY: "menu-every-instantly",
}
"""How often, as menus say it."""

MOST_CHOICES = 25
_NONE = (*OFF, "all", "alle", "tout", "-")
Number = app_commands.Range[int, 1, MOST_ARTICLES]
"""How many articles."""
DAY_SETS = {7: frozenset(range(5)), 8: EVERY_DAY}
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = [
    app_commands.Choice(name=name, value=number)
    for number, name in enumerate((*_WEEK, "Monday to Friday", "every day"))
]
_HOURS = (*range(6, 24), *range(6))  # who types nothing wants the morning
_HALF_HOURS = [f"{hour:02}:{minute:02}" for hour in _HOURS for minute in (0, 30)]

Command = TypeVar("Command")


def anywhere(command: Command) -> Command:
    """For everyone: in servers, in direct messages, and wherever a person who added the bot is."""
    command = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)


def person(interaction: Interaction) -> Address:
    """Where the digest of whoever asks goes."""
    return Address(Kind.DM, interaction.user.id)


def language(interaction: Interaction, address: Address) -> str | None:
    """The locale of who reads there: the person's own, or the one that the server prefers."""
    if address.kind is Kind.DM:
        return interaction.locale.value
    return interaction.guild_locale.value if interaction.guild_locale else None


def wish(
    every: str | None = None,
    at: str | None = None,
    zone: str | None = None,
    day: int | None = None,
    quiet: str | None = None,
    *,
    now: datetime,
) -> Wish:
    """The schedule options as typed; raises BadTime, WhichZone where a zone is in question."""
    at_times = _times_of(at) if at else []
    if day is not None and every is None and day < len(_WEEK):
        every = Cadence.WEEKLY
    return Wish(
        every=Cadence(every) if every else None,
        at=at_times[0] if at_times else None,
        also_at=tuple(at_times[1:]) if at_times else None,
        zone=parse_zone(zone, now) if zone else None,
        days=None if day is None else DAY_SETS.get(day, frozenset({day})),
        quiet=_quiet_of(quiet) if quiet else None,
    )


def _times_of(text: str) -> list[time]:
    """``09:00`` or several, like ``09:00 18:00``."""
    try:
        return [parse_at(one) for one in re.split(r"[,;\s]+", text.strip())]
    except BadTime:
        return [parse_at(text)]  # Names all of it in the error.


def _quiet_of(text: str) -> tuple[time, time]:
    """``22:00-07:00``, or ``off`` for no quiet hours."""
    if text.strip().casefold() in OFF:
        return time(0), time(0)
    ends = re.split(r"\s*(?:-|–|to|until|bis|à)\s*", text.strip())  # noqa: RUF001 - people type it
    if len(ends) != 2:
        raise BadTime("Write quiet hours like 22:00-07:00, or “off” for none.", "quiet-form")
    return parse_at(ends[0]), parse_at(ends[1])


def names(say: Tongue, text: str | None, before: frozenset[str]) -> frozenset[str]:
    """``a, b`` as names; as before if there is no text, and none for ``off``."""
    if text is None:
        return before
    if text.strip().casefold() in _NONE:
        return frozenset()
    found = frozenset(one.strip() for one in re.split(r"[,;\n]", text) if terms([one]))
    if not found:
        raise DigestError(say("no-names", typed=plain(text.strip()[:40])))
    if len(found) > MOST:
        raise DigestError(say("too-many-names", most=MOST))
    return found


async def known_topics(interaction: Interaction, current: str) -> list[Choice]:
    """Topics that match what was typed so far, the busiest first."""
    say = reader(interaction)
    found = matching_topics(current, await interaction.client.service.topics(), MOST_CHOICES)
    return [app_commands.Choice(name=topic_label(say, one), value=one.name[:100]) for one in found]


async def followed_topics(interaction: Interaction, current: str, address: Address) -> list[Choice]:
    """Topics that a destination follows and that match what was typed so far."""
    found = await interaction.client.service.following(address)
    names = [one.name for one in found[1]] if found else []
    return [
        app_commands.Choice(name=name[:100], value=name[:100])
        for name in matching(current, names, MOST_CHOICES)
    ]


async def zones(interaction: Interaction, current: str) -> list[Choice]:
    """Time zones by city, region, abbreviation or time; the best known if nothing is typed."""
    say, now = reader(interaction), interaction.client.clock()
    return [
        app_commands.Choice(name=clock_of(say, name, now), value=name)
        for name in suggest(current, MOST_CHOICES, now)
    ]


def clock_of(say: Tongue, zone: str, now: datetime) -> str:
    """``Europe/Berlin (now 13:05)``: by its clock everybody knows their own zone."""
    local = f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    return say("menu-zone", zone=zone.replace("_", " "), now=local)


async def times(_: Interaction, current: str) -> list[Choice]:
    """Full and half hours; whatever else is a time of day is offered as it was typed."""
    typed = current.strip()
    found = [one for one in _HALF_HOURS if one.lstrip("0").startswith(typed) or typed in one[:5]]
    try:
        exact = f"{parse_at(typed):%H:%M}"
        found = [exact, *(one for one in found if one != exact)]
    except BadTime:
        pass
    return [app_commands.Choice(name=one, value=one) for one in found[:MOST_CHOICES]]


def topic_label(say: Tongue, topic: Topic) -> str:
    """``AI · about 5 a week``, or ``AI · 12 articles`` where it is less than one a week."""
    if topic.weekly >= 1:
        volume = say("pick-weekly", n=round(topic.weekly))
    else:
        volume = say("articles", n=topic.articles)
    suffix = f" · {volume}"
    return topic.name[: 100 - len(suffix)] + suffix


async def pauses(interaction: Interaction, current: str) -> list[Choice]:
    """Ends of a pause; a date that is typed is taken as well."""
    say = reader(interaction)
    typed = current.strip()
    offered = {
        "tomorrow": say("pick-tomorrow"),
        "3 days": say("pick-days", n=3),
        "1 week": say("pick-weeks", n=1),
        "2 weeks": say("pick-weeks", n=2),
        "1 month": say("pick-months", n=1),
        "forever": say("pick-forever"),
        "off": say("pick-off"),
    }
    key = typed.casefold()
    found = {
        value: name
        for value, name in offered.items()
        if value.startswith(key) or name.casefold().startswith(key)
    }
    if key and key not in found and key not in found.values():
        found = {typed[:100]: typed[:100], **found}
    return [app_commands.Choice(name=name, value=value) for value, name in found.items()]
