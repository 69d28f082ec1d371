"""/channel look: how a channel's digests look, in which colour, whom they ping, how loudly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import app_commands

from bot import look_replies, looks, replies
from bot.answers import answer
from bot.client import Interaction
from bot.colours import PALETTE, parse_colour, written
from bot.commands.channel.place import Place, ping_trouble, place_of
from bot.commands.options import Choice
from bot.language import Tongue, reader
from bot.text import plain
from digests.errors import DigestError
from digests.model import Appearance, Article, Look, Topic

SHOWN = 4
"""How many articles show what it looks like."""

_BY_TOPIC = "by topic"
LOOKS = [
    app_commands.Choice(name="cards with pictures", value=Look.CARDS),
    app_commands.Choice(name="compact lines", value=Look.COMPACT),
    app_commands.Choice(name="lead article and lines", value=Look.LEAD),
]


async def colours(interaction: Interaction, current: str) -> list[Choice]:
    """Colours by name, and the one that was typed."""
    say = reader(interaction)
    named = {say("pick-by-topic"): _BY_TOPIC} | {
        f"{say(f'pick-{name}')} {written(colour)}": written(colour)
        for name, colour in PALETTE.items()
    }
    typed = current.strip().casefold()
    found = {label: value for label, value in named.items() if typed in label.casefold()}
    if (exact := parse_colour(typed)) is not None and written(exact) not in found.values():
        found = {written(exact): written(exact)} | found
    return [app_commands.Choice(name=label, value=value) for label, value in found.items()]


@app_commands.command(name="look", description="See or change how a channel's digest looks.")
@app_commands.describe(
    channel="Which channel (default: this one)",
    look="How its articles are shown (default: cards)",
    colour="“by topic” (the default), or one colour for all, like #1F8B4C",
    role="A role that each digest pings, once (default: nobody is pinged)",
    no_role="True: ping no role any more",
    silent="True: digests come without a notification",
)
@app_commands.choices(look=LOOKS)
@app_commands.autocomplete(colour=colours)
async def look_(
    interaction: Interaction,
    channel: Place | None = None,
    look: str | None = None,
    colour: app_commands.Range[str, 1, 40] | None = None,
    role: discord.Role | None = None,
    no_role: bool | None = None,
    silent: bool | None = None,
) -> None:
    """Change what was named, and show what it looks like now."""
    say = reader(interaction)
    service = interaction.client.service
    address, mention = place_of(interaction, channel)
    found = await service.following(address)
    if found is None:
        await answer(interaction, replies.nothing_followed(say, mention))
        return
    before = found[0].appearance
    wanted = Appearance(
        look=Look(look) if look else before.look,
        colour=_colour(say, colour, before.colour),
        role=None if no_role else before.role,
        silent=before.silent if silent is None else silent,
    )
    if role is not None:
        wanted = replace(wanted, role=_role(interaction, say, role))
    if wanted != before:
        await service.restyle(address, wanted)
    articles = await _latest(interaction, found[1])
    text = look_replies.styled(
        say,
        wanted,
        mention,
        changed=wanted != before,
        shown=len(articles),
        trouble=ping_trouble(interaction, address, wanted.role),
    )
    messages = looks.messages(articles, wanted.look, colour=wanted.colour)
    await answer(interaction, text, embeds=messages[0] if messages else ())


def _colour(say: Tongue, typed: str | None, before: int | None) -> int | None:
    """The colour that was typed, None for that of each topic; as before if nothing was."""
    if typed is None:
        return before
    if typed.strip().casefold() in (_BY_TOPIC, "topic", "off", say("pick-by-topic").casefold()):
        return None
    ours = {say(f"pick-{name}").casefold(): colour for name, colour in PALETTE.items()}
    colour = ours.get(typed.strip().casefold(), parse_colour(typed))
    if colour is None:
        raise DigestError(say("not-a-colour", typed=plain(typed.strip())))
    return colour


def _role(interaction: Interaction, say: Tongue, role: discord.Role) -> int:
    """A role that may be pinged: of this server, and not everybody."""
    guild = interaction.guild
    if role.id == interaction.guild_id:
        raise DigestError(say("role-everyone"))
    if guild is None or guild.get_role(role.id) is None:
        raise DigestError(say("role-unknown"))
    return role.id


async def _latest(interaction: Interaction, topics: Sequence[Topic]) -> list[Article]:
    """What there is to show a look with: the latest on these topics, or else on any."""
    service = interaction.client.service
    found = await service.latest_on([one.id for one in topics], SHOWN)
    return [one.article for one in found or (await service.latest(None))[:SHOWN]]
