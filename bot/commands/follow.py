"""/follow: a topic's articles come to the person's direct messages."""

from __future__ import annotations

from discord import app_commands, ui

from bot import replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import EVERY, anywhere, known_topics, person, times, wish
from bot.language import Tongue, reader
from bot.presses import NUMBER, Press, button, buttons
from digests.errors import DigestError
from digests.service import FollowAnswer
from digests.subscriptions import Wish


@app_commands.command(description="Get a topic's new articles in your direct messages.")
@app_commands.describe(
    topic="What to follow",
    every="How often your digest comes (default: daily)",
    at="At what time, like 09:00 or 17:30 (default: 09:00)",
)
@app_commands.choices(every=EVERY)
@app_commands.autocomplete(topic=known_topics, at=times)
@anywhere
async def follow(
    interaction: Interaction, topic: str, every: str | None = None, at: str | None = None
) -> None:
    """Follow a topic."""
    await _follow(interaction, topic, wish(every, at, now=interaction.client.clock()))


async def _follow(interaction: Interaction, topic: str, wanted: Wish) -> None:
    say = reader(interaction)
    client = interaction.client
    done = await client.service.follow(
        person(interaction),
        topic,
        wanted,
        by=interaction.user.id,
        now=client.clock(),
        language=interaction.locale.value,
    )
    client.wake()
    await answer(
        interaction,
        replies.followed(say, done, "you", client.clock()),
        view=_next_steps(say, done),
    )


def _next_steps(say: Tongue, done: FollowAnswer) -> ui.View:
    items = [
        button(say("button-change-time"), "time", emoji="🕘"),
        button(say("button-see-now"), "now", emoji="👀"),
    ]
    if done.followed.new:
        items.append(button(say("button-undo"), f"unfollow:{done.followed.topic.id}"))
    return buttons(*items)


class FollowTopic(Press, template=rf"follow:(?P<topic>{NUMBER})"):
    """Follows one of the topics of a digest, as ``/follow`` would."""

    async def pressed(self, interaction: Interaction) -> None:
        """Follow it."""
        wanted = self.number("topic")
        for topic in await interaction.client.service.topics():
            if topic.id == wanted:
                await _follow(interaction, topic.name, Wish())
                return
        raise DigestError(reader(interaction)("topic-gone"))


class Undo(Press, template=rf"unfollow:(?P<topic>{NUMBER})"):
    """Takes back what ``/follow`` did a moment ago."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Follow the topic no longer."""
        say = reader(interaction)
        service = interaction.client.service
        found = await service.following(person(interaction))
        wanted = self.number("topic")
        for topic in found[1] if found else ():
            if topic.id == wanted:
                left = await service.unfollow(person(interaction), topic.name)
                text = replies.unfollowed(say, left, "you")
                await answer(interaction, text)
                return
        await answer(interaction, say("not-followed-any-more"))
