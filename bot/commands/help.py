"""/help: where to begin, as a member, and as who manages the server."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.presses import button, buttons

_COLOUR = 0x5B8DEF

MEMBER = """\
`/topics`: what there is to follow, and how much each brings
`/follow`: a topic in your direct messages; `/following`, `/unfollow`
`/schedule`: when your digest comes: time, day, time zone, pause
`/digest`: read it now, only for you
`/search`: any article, by its words
`/saved`: what you saved; `/why`: why an article was in your digest, or was not
`/data`: what is stored about you, and delete it

Under every digest: **For me** shows only your topics, **Save** keeps articles."""

ADMIN = """\
`/channel setup`: begin here: it asks where, what and when, and shows a preview
`/channel list`: what a channel follows; `/channel follow`, `/channel unfollow`
`/channel schedule`, `/channel pause`, `/channel resume`: when
`/channel filter`: which articles, and how many
`/channel preview`: the next digest, only for you; `/channel post`: post it now
`/channel status`: next and last digest, and what is in the way"""


@app_commands.command(name="help", description="Where to begin, and what I can do.")
@anywhere
async def help_(interaction: Interaction) -> None:
    """Show what this person can do here."""
    embed = discord.Embed(
        description="I bring you new articles on topics you choose, as a digest when you want it.",
        colour=_COLOUR,
    )
    manages = interaction.guild_id is not None and interaction.permissions.manage_guild
    embed.add_field(name="For you", value=MEMBER, inline=False)
    if manages:
        embed.add_field(name="For this server's channels", value=ADMIN, inline=False)
        begin = "Begin with `/channel setup`: your first channel has its digest in a minute."
        view = buttons(
            button("Set up a channel", "setup", style=discord.ButtonStyle.primary),
        )
    else:
        begin = "Begin with `/follow`: start typing a topic and pick one from the list."
        view = None
    await answer(interaction, begin, embeds=[embed], view=view)
