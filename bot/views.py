"""The buttons under a posted digest, and what each shows to whoever presses it, only to them.

A button's custom_id names the delivery and how its nonce ends. Nobody can guess the second, so
what a button shows was posted where whoever presses it could see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import discord
from discord import ui

from bot import reading_replies as replies
from bot import render
from bot.answers import answer
from bot.client import Interaction
from bot.language import Tongue, reader
from bot.presses import (
    NUMBER,
    Press,
    button,
    buttons,
    chosen_numbers,
    turners,
)
from bot.replies import following
from bot.text import one_line, shorten
from digests.model import Address, Delivery, Kind, Published
from digests.reading import PAGE, Opened, Ticket

NONCE_PART = 8
CUSTOM_ID = 100
"""How long Discord lets a custom_id be."""
MENU = 25
"""How many options Discord shows in one menu."""

TICKET = rf"(?P<delivery>{NUMBER}):(?P<nonce>[A-Za-z0-9_-]{{{NONCE_PART}}})"
SKIP = r"(?P<skip>\d{1,6})"


def ticket(delivery: Delivery) -> str:
    """The delivery and how its nonce ends, as it stands in custom_ids."""
    return f"{delivery.id}:{delivery.nonce[-NONCE_PART:]}"


def digest_rows(say: Tongue, delivery: Delivery) -> list[dict[str, Any]]:
    """The buttons under one message of an edition, as the API takes them.

    As plain JSON: a View would be kept in memory for every message ever sent. ``For me`` is under
    every message, the others only under the last of an edition. A person's own digest is all for
    them: there its place is taken by their settings.
    """
    mark = ticket(delivery)
    own = delivery.destination.address.kind is Kind.DM
    row = [button(say("button-settings" if own else "button-for-me"), f"me:{mark}")]
    if delivery.part == delivery.parts - 1:
        row += [
            button(say("button-save"), f"save:{mark}", emoji="🔖"),
            button(say("button-why"), f"why:{mark}"),
        ]
        if delivery.more:
            row.append(button(say("button-more", n=delivery.more), f"more:{mark}:0"))
    return [{"type": 1, "components": [one.to_component_dict() for one in row]}]


class UnderDigest(Press, template=r"(?!)"):
    """A button whose custom_id holds a ticket."""

    turns = True

    @property
    def ticket(self) -> Ticket:
        return Ticket(self.number("delivery"), self.match["nonce"])

    def sibling(self, name: str) -> str:
        """Another custom_id with the same ticket."""
        return f"{name}:{self.match['delivery']}:{self.match['nonce']}"

    async def opened(self, interaction: Interaction) -> Opened | None:
        """The edition; None, and said so, if it is not there or holds nothing any more."""
        say = reader(interaction)
        found = await interaction.client.service.reading.open(self.ticket)
        if found is None or not found.articles:
            await answer(interaction, say("gone-button" if found is None else "withdrawn"))
            return None
        return found


class More(UnderDigest, template=rf"more:{TICKET}:{SKIP}"):
    """Pages through what an edition kept behind '+N more'."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show a page of it."""
        say = reader(interaction)
        found = await self.opened(interaction)
        if found is None:
            return
        if not found.rest:
            await answer(interaction, say("withdrawn"))
            return
        await show_page(
            interaction,
            say("more-of-digest"),
            found.rest,
            self.number("skip"),
            lambda skip: f"{self.sibling('more')}:{skip}",
        )


class ForMe(UnderDigest, template=rf"me:{TICKET}(?::{SKIP})?"):
    """The edition as the reader who presses would have it: only what is on their topics."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show it, or how to follow."""
        say = reader(interaction)
        service = interaction.client.service
        mine = await service.reading.mine(self.ticket, interaction.user.id)
        if mine is None:
            await answer(interaction, say("gone-button"))
        elif mine.own:
            address = Address(Kind.DM, interaction.user.id)
            now = interaction.client.clock()
            text = following(say, await service.following(address), "you", now)
            view = buttons(
                button(say("button-change-time"), "time", emoji="🕘"),
                button(say("button-see-now"), "now", emoji="👀"),
            )
            await answer(interaction, text, view=view)
        elif not mine.articles:
            offers = [] if mine.follows else mine.topics[:5]
            view = buttons(
                *(
                    button(
                        label(say("button-follow", topic=label(one.name, 60)), 80),
                        f"follow:{one.id}",
                    )
                    for one in offers
                )
            )
            await answer(
                interaction, replies.nothing_for_me(say, mine), view=view if offers else None
            )
        else:
            await show_page(
                interaction,
                replies.for_me(say, mine),
                mine.articles,
                self.number("skip"),
                lambda skip: f"{self.sibling('me')}:{skip}",
            )


class Save(UnderDigest, template=rf"save:{TICKET}(?::{SKIP})?"):
    """Lets the reader choose which articles of an edition to save."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the menu."""
        found = await self.opened(interaction)
        if found is not None:
            await _offer(
                interaction,
                found.articles,
                self.number("skip"),
                lambda skip: f"{self.sibling('save')}:{skip}",
            )


class SaveListed(Press, template=r"keep:(?P<ids>\d{1,18}(?:\.\d{1,18}){0,49})"):
    """Lets the reader choose which articles of a page to save."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the menu."""
        say = reader(interaction)
        ids = [int(one) for one in self.match["ids"].split(".")]
        found = await interaction.client.service.reading.published(ids)
        if found:
            await _offer(interaction, found, 0, lambda _: "keep")
        else:
            await answer(interaction, say("withdrawn"))


class Saving(Press, template=r"saving"):
    """The menu of articles to save; saving one again changes nothing."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Save what was chosen."""
        say = reader(interaction)
        client = interaction.client
        done = await client.service.reading.save(
            interaction.user.id, chosen_numbers(interaction), client.clock()
        )
        view = buttons(button(say("button-see-saved"), "saved:0", emoji="🔖"))
        await answer(interaction, replies.saved(say, done), view=view)


async def _offer(
    interaction: Interaction,
    articles: Sequence[Published],
    skip: int,
    custom_id: Callable[[int], str],
) -> None:
    """A menu of the articles, 25 at a time; those that are saved already say so."""
    say = reader(interaction)
    skip = skip if skip < len(articles) else 0
    page = articles[skip : skip + MENU]
    kept = await interaction.client.service.reading.saved_among(
        interaction.user.id, [one.id for one in page]
    )
    menu = article_menu(say, "saving", say("menu-save"), page, kept, most=len(page))
    view = buttons(menu, *turners(say, custom_id, skip, MENU, len(articles)))
    await answer(interaction, say("save-which"), view=view)


def article_menu(
    say: Tongue,
    custom_id: str,
    placeholder: str,
    articles: Iterable[Published],
    kept: Iterable[int] = (),
    *,
    most: int = 1,
) -> ui.Select[ui.View]:
    """A menu of at most 25 articles; each option's value is the article's id."""
    already = set(kept)
    return ui.Select(
        custom_id=custom_id,
        placeholder=placeholder,
        max_values=most,
        options=[
            discord.SelectOption(
                label=label(one.article.title) or say("untitled"),
                value=str(one.id),
                description=label(replies.origin(say, one.article)) or None,
                emoji="🔖" if one.id in already else None,
            )
            for one in articles
        ],
    )


async def show_page(
    interaction: Interaction,
    heading: str,
    articles: Sequence[Published],
    skip: int,
    custom_id: Callable[[int], str],
    *,
    total: int | None = None,
) -> None:
    """Cards of one page, with buttons to turn it and to save from it.

    ``articles`` are all there are; or, with ``total``, only those of the page.
    """
    say = reader(interaction)
    if total is None:
        total = len(articles)
        skip = skip if skip < total else 0
        articles = articles[skip : skip + PAGE]
    if total > PAGE:
        heading = say(
            "page-of", heading=heading, first=skip + 1, last=skip + len(articles), total=total
        )
    view = buttons(*turners(say, custom_id, skip, PAGE, total), save_button(say, articles))
    cards = render.embeds([one.article for one in articles])
    await answer(interaction, heading, embeds=cards, view=view)


def save_button(say: Tongue, articles: Sequence[Published]) -> ui.Button[ui.View]:
    """The button that saves from a page: of as many articles as a custom_id can name."""
    custom_id = "keep:"
    for one in articles:
        longer = f"{custom_id}{'.' if custom_id[-1] != ':' else ''}{one.id}"
        if len(longer) <= CUSTOM_ID:
            custom_id = longer
    return button(say("button-save"), custom_id, emoji="🔖")


def label(text: str, limit: int = 100) -> str:
    """A text as buttons and menus show it: nothing in it is markup there."""
    return shorten(one_line(text), limit)


PRESSES: tuple[type[Press], ...] = (More, ForMe, Save, SaveListed, Saving)
