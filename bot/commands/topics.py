"""/topics: what there is to follow, and how much each would bring."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from digests.model import Topic
from digests.topics import matching_topics, nearest_topics

MOST_CHARACTERS = 1_800
"""What fits into a message beside the lines above and below the list."""


@app_commands.command(description="See what there is to follow, and how much each topic brings.")
@app_commands.describe(search="A part of the topic's name (default: the busiest topics)")
@anywhere
async def topics(interaction: Interaction, search: str | None = None) -> None:
    """List topics, the busiest first."""
    found = await interaction.client.service.topics()
    await answer(interaction, listed(found, (search or "").strip()))


def listed(topics: Sequence[Topic], search: str) -> str:
    """The topics that match, a line each, and how to go on; ``topics`` come busiest first."""
    if not topics:
        return "There are no topics yet: they come with the first article."
    found = matching_topics(search, topics, len(topics))
    if not found:
        near = nearest_topics(search, topics)
        hint = f" Did you mean {replies.either(near)}?" if near else " `/topics` lists the busiest."
        return f"No topic is called {replies.name(search)}.{hint}"
    lines: list[str] = []
    room = MOST_CHARACTERS
    for topic in found[: replies.LISTED]:
        short = f" ({replies.name(topic.shortname)})" if topic.shortname else ""
        line = f"- {replies.name(topic.name)}{short} · {replies.volume(topic)}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    rest = len(found) - len(lines)
    more = f"…and {rest} more: `/topics search` finds them.\n" if rest else ""
    listed = "\n".join(lines)
    return f"{listed}\n{more}Follow one with `/follow`: start typing its name."
