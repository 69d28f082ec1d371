"""/channel status: the next and the last digest of a channel, and what is in the way."""

from __future__ import annotations

from discord import app_commands

from bot import look_replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, missing_permissions, ping_trouble, place_of
from bot.commands.channel.review import reviewed
from bot.language import reader
from bot.standing_replies import standing


@app_commands.command(description="See a channel's next and last digest, and what is in the way.")
@app_commands.describe(channel="Which channel (default: this one)")
async def status(interaction: Interaction, channel: Place | None = None) -> None:
    """Say how the channel stands."""
    address, mention = place_of(interaction, channel)
    found = await interaction.client.service.reading.standing(address)
    say = reader(interaction)
    missing = missing_permissions(interaction, address)
    text = standing(say, found, mention, missing, interaction.client.clock())
    if found is not None and found[1]:
        how = found[0].appearance
        trouble = ping_trouble(interaction, address, how.role)
        text = "\n".join([text, *look_replies.appearance(say, how, trouble)])
    if (reviewing := await interaction.client.service.editors.standing(address)) is not None:
        text = f"{text}\n{reviewed(say, mention, *reviewing)}"
    await answer(interaction, text, notice=False)
