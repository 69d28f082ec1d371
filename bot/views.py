"""Buttons under digests; all they know stands in their ``custom_id``, so they outlive restarts."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot import render
from bot.client import DigestClient

PAGE = 10


def more_button(edition_id: int, skip: int, left: int) -> ui.Button[ui.View]:
    """The button that shows what did not fit, from ``skip`` on; ``left`` articles are there."""
    return ui.Button(
        label=f"+{left} more",
        style=discord.ButtonStyle.secondary,
        custom_id=f"more:{edition_id}:{skip}",
    )


class More(
    ui.DynamicItem[ui.Button[ui.View]], template=r"more:(?P<edition>\d{1,18}):(?P<skip>\d{1,6})"
):
    """Pages through what an edition kept behind '+N more', only for whoever presses."""

    def __init__(self, edition_id: int, skip: int) -> None:
        super().__init__(more_button(edition_id, skip, 0))
        self.edition_id = edition_id
        self.skip = skip

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - given by discord.py
        item: ui.Item[Any],  # noqa: ARG003 - given by discord.py
        match: re.Match[str],
        /,
    ) -> More:
        """Made anew for every press."""
        return cls(int(match["edition"]), int(match["skip"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer with the next page."""
        client: DigestClient = interaction.client
        found, left = await client.service.more(self.edition_id, self.skip, PAGE)
        if not found:
            await interaction.response.send_message(
                "Those articles are no longer available.", ephemeral=True
            )
            return
        first = render.split([one.article for one in found])[0]
        shown = [found[index].article for index in first]
        view = ui.View(timeout=None)
        skip, left = self.skip + len(shown), left + len(found) - len(shown)
        if left:
            view.add_item(more_button(self.edition_id, skip, left))
        await interaction.response.send_message(
            embeds=render.embeds(shown),
            view=view if left else discord.utils.MISSING,
            ephemeral=True,
        )
        view.stop()


ALL: tuple[type[ui.DynamicItem[Any]], ...] = (More,)
"""Every kind of button under a digest."""
