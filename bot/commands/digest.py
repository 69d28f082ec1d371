"""/digest: a person's articles now, shown only to them."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot import looks, replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import anywhere, known_topics, person
from bot.language import reader
from bot.presses import Press, buttons
from bot.views import save_button
from digests.model import Appearance, Published

_USUAL = Appearance()


@app_commands.command(description="Read your digest now, or the latest on one topic.")
@app_commands.describe(topic="Only this topic (default: everything you follow)")
@app_commands.autocomplete(topic=known_topics)
@anywhere
async def digest(interaction: Interaction, topic: str | None = None) -> None:
    """Show the digest; several messages where one cannot hold it."""
    await show_digest(interaction, topic)


async def show_digest(interaction: Interaction, topic: str | None = None) -> None:
    """What is new for the person; or the latest, of one topic or of all theirs."""
    look = await interaction.client.service.look(person(interaction), topic)
    await show_articles(
        interaction, replies.looked(reader(interaction), look, topic), look.articles if look else ()
    )


async def show_articles(
    interaction: Interaction,
    text: str,
    articles: Sequence[Published],
    how: Appearance = _USUAL,
) -> None:
    """The articles as a digest has them, and under the last of them a button to save some."""
    messages = looks.messages([one.article for one in articles], how.look, colour=how.colour)
    if not messages:
        await answer(interaction, text)
    for number, embeds in enumerate(messages, 1):
        await answer(
            interaction,
            text if number == 1 else None,
            embeds=embeds,
            view=buttons(save_button(reader(interaction), articles))
            if number == len(messages)
            else None,
        )


class SeeNow(Press, template=r"now"):
    """The digest now, beside what was just answered."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show it."""
        await show_digest(interaction)
