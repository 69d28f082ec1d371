"""/channel filter: which articles of its topics a channel takes, and how many."""

from __future__ import annotations

from dataclasses import replace

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.channel.place import Place, place_of
from bot.commands.options import Number, names
from bot.language import reader
from bot.taking import filtered
from digests.subscriptions import Wish

Percent = app_commands.Range[int, 0, 100]
Heat = app_commands.Range[int, 0, 1_000_000]
Listed = app_commands.Range[str, 1, 500]


@app_commands.command(
    name="filter", description="See or change which articles a channel takes of its topics."
)
@app_commands.describe(
    channel="Which channel (default: this one)",
    quality="Least quality, 0 to 100; 0 takes all",
    heat="Least heat; 0 takes all",
    only_providers="Only these, with commas between; “off” takes all",
    not_providers="None of these, with commas between; “off” leaves none out",
    only_words="Only articles with one of these words or phrases; “off” takes all",
    not_words="No articles with one of these words or phrases; “off” leaves none out",
    only_categories="Only articles of these categories, with commas between; “off” takes all",
    only_types="Only articles of these types, with commas between; “off” takes all",
    most="How many articles a digest shows; the rest is behind a button (default: 10)",
    least="How many there must be; fewer wait for the next digest (default: 1)",
)
async def filter_(
    interaction: Interaction,
    channel: Place | None = None,
    quality: Percent | None = None,
    heat: Heat | None = None,
    only_providers: Listed | None = None,
    not_providers: Listed | None = None,
    only_words: Listed | None = None,
    not_words: Listed | None = None,
    only_categories: Listed | None = None,
    only_types: Listed | None = None,
    most: Number | None = None,
    least: Number | None = None,
) -> None:
    """Change what was named, and show how it is now."""
    say = reader(interaction)
    service = interaction.client.service
    address, mention = place_of(interaction, channel)
    found = await service.following(address)
    if found is None:
        await answer(interaction, replies.nothing_followed(say, mention))
        return
    destination = found[0]
    before = destination.filters
    wanted = replace(
        before,
        min_quality=before.min_quality if quality is None else quality or None,
        min_heat=before.min_heat if heat is None else heat or None,
        only_providers=names(say, only_providers, before.only_providers),
        without_providers=names(say, not_providers, before.without_providers),
        only_words=names(say, only_words, before.only_words),
        without_words=names(say, not_words, before.without_words),
        only_categories=names(say, only_categories, before.only_categories),
        only_types=names(say, only_types, before.only_types),
    )
    if wanted != before:
        destination = await service.refilter(address, wanted) or destination
    if most is not None or least is not None:
        wish = Wish(at_most=most, at_least=least)
        changed = await service.reschedule(address, wish, interaction.client.clock())
        destination = changed or destination
    await answer(interaction, filtered(say, destination, mention))
