"""/topics: what there is to follow, and how much each would bring."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere
from bot.language import Tongue, reader
from digests.model import Topic
from digests.topics import matching_topics, nearest_topics

MOST_CHARACTERS = 1_800
"""What fits into a message beside the lines above and below the list."""


@app_commands.command(description="See what there is to follow, and how much each topic brings.")
@app_commands.describe(search="A part of the topic's name (default: the busiest topics)")
@anywhere
async def topics(interaction: Interaction, search: str | None = None) -> None:
    """List topics, the busiest first."""
    say = reader(interaction)
    found = await interaction.client.service.topics()
    await answer(interaction, listed(say, found, (search or "").strip()))


def listed(say: Tongue, topics: Sequence[Topic], search: str) -> str:
    """The topics that match, a line each, and how to go on; ``topics`` come busiest first."""
    if not topics:
        return say("topics-none")
    found = matching_topics(search, topics, len(topics))
    if not found:
        near = nearest_topics(search, topics)
        asked = replies.name(search)
        if not near:
            return say("topics-unknown", topic=asked)
        return say("topics-unknown-near", topic=asked, near=replies.either(say, near))
    lines: list[str] = []
    room = MOST_CHARACTERS
    for topic in found[: replies.LISTED]:
        line = _line(say, topic)
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    rest = len(found) - len(lines)
    if rest:
        lines.append(f"- {say('topics-more', n=rest)}")
    # The empty line ends the list, or what follows would belong to its last item.
    return "\n".join([*lines, "", say("topics-follow")])


def _line(say: Tongue, topic: Topic) -> str:
    known, brings = replies.name(topic.name), replies.volume(say, topic)
    if not topic.shortname:
        return say("topics-line", topic=known, volume=brings)
    short = replies.name(topic.shortname)
    return say("topics-line-short", topic=known, short=short, volume=brings)
