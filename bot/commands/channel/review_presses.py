"""The buttons and menus under a draft, for its editors: approve, hold, send, drop, pin, look.

An editor is who may manage the server, or may manage messages in the channel where the draft
stands. Discord works that out for each press, and it is checked each time: a custom_id proves
nothing. The version in it is the draft as the editor saw it, so that of two who press at once the
second is told what the first did.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.answers import answer
from bot.client import Interaction
from bot.language import Tongue, reader
from bot.presses import NUMBER, Press, buttons, chosen_numbers, turners
from bot.proof import SAID, act_line, decisions, last_act, standing
from bot.reading_replies import origin
from bot.views import MENU, SKIP, label, show_page
from digests.editing import Act, marks_of
from digests.editors import Changed, Closed, Edited, Overtaken, Sheet
from digests.errors import DigestError, TooManyPins
from digests.model import Published

ID = rf"(?P<id>{NUMBER})"
SEEN = r"(?P<seen>\d{1,9})"

_ACTS = {"approve": Act.APPROVED, "hold": Act.HELD}


class _DraftPress(Press, template=r"(?!)"):
    """Something under a draft. Whoever presses must be one of its editors."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Check, then do it."""
        say = reader(interaction)
        sheet = await interaction.client.service.editors.sheet(self.number("id"))
        if sheet is None or sheet.destination.address.guild_id != interaction.guild_id:
            raise DigestError(say("draft-unknown"))
        may = interaction.permissions
        here = interaction.channel_id == sheet.draft.channel_id
        if not (may.manage_guild or (may.manage_messages and here)):
            raise DigestError(say("draft-not-allowed", channel=f"<#{sheet.draft.channel_id}>"))
        await self.edit(interaction, sheet, say)

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Do what the button says."""
        raise NotImplementedError


class Decide(_DraftPress, template=rf"draft:(?P<act>approve|hold):{ID}:{SEEN}"):
    """Approves or holds it."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Do it, unless somebody else was faster."""
        client = interaction.client
        act = _ACTS[self.match["act"]]
        done = await client.service.editors.decide(
            sheet.draft.id,
            self.number("seen"),
            act,
            by=interaction.user.id,
            now=client.clock(),
        )
        await _tell(interaction, say, done, say(SAID[act]))


class SendNow(_DraftPress, template=rf"draft:send:{ID}:{SEEN}"):
    """Lets it go out now."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Do it, unless somebody else was faster."""
        client = interaction.client
        done = await client.service.editors.send(
            sheet.draft.id, self.number("seen"), by=interaction.user.id, now=client.clock()
        )
        await _tell(interaction, say, done, say(SAID[Act.SENT]))


class See(_DraftPress, template=rf"draft:see:{ID}:{SKIP}"):
    """Shows the cards as they would be posted now."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Show a page of them."""
        cards = [card for _, card in sheet.going]
        if not cards:
            await answer(interaction, say("draft-nothing-left"))
            return
        heading = f"**{say('draft-cards')}**"
        skip = self.number("skip")
        await show_page(
            interaction, heading, cards, skip, lambda at: f"draft:see:{sheet.draft.id}:{at}"
        )


class Drop(_DraftPress, template=rf"draft:drop:{ID}:{SKIP}"):
    """Opens the menu of what to leave out."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Show it."""
        await _menu(interaction, say, sheet, "drop", self.number("skip"))


class Pin(_DraftPress, template=rf"draft:pin:{ID}:{SKIP}"):
    """Opens the menu of what comes first."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Show it."""
        await _menu(interaction, say, sheet, "pin", self.number("skip"))


class Dropping(_DraftPress, template=rf"draft:dropping:{ID}:{SEEN}:{SKIP}"):
    """The menu of what to leave out: on this page what is chosen is left out, the rest is not."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Leave it out, and show the menu as it is now."""
        client, skip = interaction.client, self.number("skip")
        among = [id_ for id_, _ in _page(sheet, skip)]
        done = await client.service.editors.leave_out(
            sheet.draft.id,
            self.number("seen"),
            among,
            chosen_numbers(interaction),
            by=interaction.user.id,
            now=client.clock(),
        )
        await _tell_menu(interaction, say, done, "drop", skip)


class Pinning(_DraftPress, template=rf"draft:pinning:{ID}:{SEEN}:{SKIP}"):
    """The menu of what comes first: what is chosen is pinned; chosen again, it is not."""

    async def edit(self, interaction: Interaction, sheet: Sheet, say: Tongue) -> None:
        """Pin it, and show the menu as it is now."""
        client, skip = interaction.client, self.number("skip")
        there = {id_ for id_, _ in _page(sheet, skip)}
        chosen = next((id_ for id_ in chosen_numbers(interaction) if id_ in there), None)
        if chosen is None:
            await _menu(interaction, say, sheet, "pin", skip)
            return
        try:
            done = await client.service.editors.pin(
                sheet.draft.id,
                self.number("seen"),
                chosen,
                by=interaction.user.id,
                now=client.clock(),
            )
        except TooManyPins as error:
            raise DigestError(say("draft-pins-full", n=error.most)) from None
        await _tell_menu(interaction, say, done, "pin", skip)


async def _tell(interaction: Interaction, say: Tongue, done: Edited | None, said: str) -> None:
    """Say how a decision ended; who was too late gets buttons for the draft as it is now."""
    interaction.client.wake()
    match done:
        case Changed(sheet):
            await answer(interaction, f"{said}\n{standing(say, sheet)}")
        case Overtaken(sheet):
            view = buttons(*decisions(say, sheet))
            await answer(interaction, _overtaken(say, sheet), view=view)
        case Closed(sheet):
            await answer(interaction, _closed(say, sheet))
        case None:
            await answer(interaction, say("draft-unknown"))


async def _tell_menu(
    interaction: Interaction, say: Tongue, done: Edited | None, kind: str, skip: int
) -> None:
    """Show the menu again, with what was done above it."""
    interaction.client.wake()
    match done:
        case Changed(sheet):
            mine = [one for one in sheet.draft.acts if one.by == interaction.user.id]
            said = act_line(say, sheet, mine[-1]) if mine else None
            await _menu(interaction, say, sheet, kind, skip, said)
        case Overtaken(sheet):
            await _menu(interaction, say, sheet, kind, skip, _overtaken(say, sheet))
        case Closed(sheet):
            await answer(interaction, _closed(say, sheet))
        case None:
            await answer(interaction, say("draft-unknown"))


def _overtaken(say: Tongue, sheet: Sheet) -> str:
    return "\n".join((last_act(say, sheet), say("draft-overtaken"), standing(say, sheet)))


def _closed(say: Tongue, sheet: Sheet) -> str:
    return f"{say('draft-closed')}\n{standing(say, sheet)}"


def _page(sheet: Sheet, skip: int) -> Sequence[tuple[int, Published]]:
    """The cards of one page of a menu, always in the same order, whatever is pinned or dropped."""
    cards = sorted(sheet.cards, key=lambda card: card[0])
    return cards[skip if skip < len(cards) else 0 :][:MENU]


async def _menu(
    interaction: Interaction,
    say: Tongue,
    sheet: Sheet,
    kind: str,
    skip: int,
    said: str | None = None,
) -> None:
    """A menu of the cards, 25 at a time, for the version that the draft is."""
    if not sheet.live:
        await answer(interaction, _closed(say, sheet))
        return
    draft, page = sheet.draft, _page(sheet, skip)
    if not page:
        await answer(interaction, say("draft-nothing-left"))
        return
    skip = skip if skip < len(sheet.cards) else 0
    dropped, pinned = marks_of(draft.acts)
    drops = kind == "drop"
    chosen: Sequence[int] = [*dropped] if drops else []
    menu: ui.Select[ui.View] = ui.Select(
        custom_id=f"draft:{kind}{'ping' if drops else 'ning'}:{draft.id}:{draft.version}:{skip}",
        placeholder=say("pick-drop" if drops else "pick-pin"),
        min_values=0 if drops else 1,
        max_values=len(page) if drops else 1,
        options=[
            discord.SelectOption(
                label=label(card.article.title) or say("untitled"),
                value=str(id_),
                description=label(origin(say, card.article)) or None,
                emoji="📌" if id_ in pinned else None,
                default=id_ in chosen,
            )
            for id_, card in page
        ],
    )
    pages = turners(say, lambda at: f"draft:{kind}:{draft.id}:{at}", skip, MENU, len(sheet.cards))
    text = say("draft-drop-which" if drops else "draft-pin-which")
    await answer(interaction, "\n".join(filter(None, (said, text))), view=buttons(menu, *pages))


PRESSES: tuple[type[Press], ...] = (Decide, SendNow, See, Drop, Pin, Dropping, Pinning)
