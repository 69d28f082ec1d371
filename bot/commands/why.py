"""/why: why an article was in a person's digest or was not; and the button under a digest."""

from __future__ import annotations

import re

from discord import app_commands

from bot import reading_replies as replies
from bot.answers import answer
from bot.client import Interaction
from bot.commands.options import Choice, anywhere, person
from bot.language import reader
from bot.presses import buttons, chosen_numbers, turners
from bot.reasons import because
from bot.views import MENU, SKIP, TICKET, UnderDigest, article_menu, label
from digests.errors import DigestError
from digests.model import Address, Kind, Published
from digests.reasons import Reason, Verdict

YOUR, CHANNEL = "your", "channel"
"""Whose digest is meant, as messages pick their sentence by it."""

_ID = re.compile(r"#(\d{1,18})")


@app_commands.command(description="See why an article was in your digest, or why it was not.")
@app_commands.describe(article="Words of its title, or its link; pick it from the list")
@anywhere
async def why(interaction: Interaction, article: app_commands.Range[str, 1, 300]) -> None:
    """Say what became of it."""
    found = await _meant(interaction, article)
    said = [
        replies.line(found.article),
        await _said(interaction, person(interaction), found, YOUR),
        *await _left_out_here(interaction, found),
    ]
    await answer(interaction, "\n".join(said))


async def _left_out_here(interaction: Interaction, article: Published) -> list[str]:
    """That this channel's editors left it out of a digest, once that is posted."""
    guild_id, channel_id = interaction.guild_id, interaction.channel_id
    if guild_id is None or channel_id is None:
        return []
    here = Address(Kind.CHANNEL, channel_id, guild_id)
    verdict = await interaction.client.service.why(here, article.id)
    if verdict is None or verdict.reason is not Reason.LEFT_OUT or verdict.edition is None:
        return []
    say = reader(interaction)
    return [because(say, verdict, article.article, [], CHANNEL, "")]


@why.autocomplete("article")
async def _articles(interaction: Interaction, current: str) -> list[Choice]:
    say = reader(interaction)
    reading = interaction.client.service.reading
    if current.strip():
        found = (await reading.search(current, most=MENU)).articles
    else:
        found = tuple(await reading.newest(MENU))
    return [
        app_commands.Choice(name=label(one.article.title) or say("untitled"), value=f"#{one.id}")
        for one in found
    ]


async def _meant(interaction: Interaction, typed: str) -> Published:
    """The article that was picked, or is at this link, or fits the words best."""
    say = reader(interaction)
    reading = interaction.client.service.reading
    picked = _ID.fullmatch(typed.strip())
    if picked:
        found = await reading.published([int(picked[1])])
    elif typed.strip().startswith(("http://", "https://")):
        found = await reading.at_link(typed.strip())
    else:
        found = list((await reading.search(typed, most=1)).articles)
    if not found:
        raise DigestError(say("why-no-article"))
    return found[0]


class Why(UnderDigest, template=rf"why:{TICKET}(?::{SKIP})?"):
    """Lets the reader choose an article of an edition to ask about."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the menu."""
        say = reader(interaction)
        opened = await self.opened(interaction)
        if opened is None:
            return
        articles = opened.articles
        skip = self.number("skip")
        skip = skip if skip < len(articles) else 0
        menu = article_menu(
            say, self.sibling("reason"), say("menu-why"), articles[skip : skip + MENU]
        )
        pages = turners(say, lambda at: f"{self.sibling('why')}:{at}", skip, MENU, len(articles))
        await answer(interaction, say("why-which"), view=buttons(menu, *pages))


class ReasonFor(UnderDigest, template=rf"reason:{TICKET}"):
    """Says why the chosen article is in this edition, and in the reader's own digest or not."""

    async def pressed(self, interaction: Interaction) -> None:
        """Say it; only of an article that is in the edition."""
        say = reader(interaction)
        opened = await self.opened(interaction)
        if opened is None:
            return
        ids = chosen_numbers(interaction)
        found = next((one for one in opened.articles if one.id in ids), None)
        if found is None:
            await answer(interaction, say("withdrawn"))
            return
        said = [replies.line(found.article)]
        address = opened.issue.destination.address
        if address.kind is not Kind.DM:
            said.append(await _said(interaction, address, found, CHANNEL))
        said.append(await _said(interaction, person(interaction), found, YOUR))
        await answer(interaction, "\n".join(said))


async def _said(interaction: Interaction, address: Address, article: Published, whose: str) -> str:
    say = reader(interaction)
    service = interaction.client.service
    found = await service.following(address)
    verdict = await service.why(address, article.id)
    if found is None or not found[1] or verdict is None:
        return say("why-follows-nothing", whose=whose)
    other = await _other(interaction, verdict)
    return because(say, verdict, article.article, found[1], whose, other)


async def _other(interaction: Interaction, verdict: Verdict) -> str:
    """The title of the article that the verdict speaks of besides; empty if there is none."""
    ids = [verdict.other] if verdict.other is not None else []
    for one in await interaction.client.service.reading.published(ids):
        return one.article.title
    return ""
