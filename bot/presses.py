"""Buttons, menus and forms that remember nothing: all they know stands in their ``custom_id``.

A class says by a pattern which custom_ids are its own, and gets what the pattern found. So every
message ever sent still works after a restart, and none takes memory. A custom_id can be forged:
what it holds is checked like anything a stranger types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import discord
from discord import ui

from bot.answers import answer, explain, watch
from bot.client import Interaction
from bot.language import Tongue, reader

NUMBER = r"\d{1,18}"


class Press(ui.DynamicItem[ui.Item[ui.View]], template=r"(?!)"):
    """What happens when a button is pressed or a menu chosen from; made anew for each press."""

    turns: ClassVar[bool] = False
    """Whether the answer takes the place of the (private) message that the button is under."""

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - given by discord.py
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Press:
        """Made anew for every press."""
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer in time, whatever happens."""
        watch(interaction, turns=self.turns)
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 - whoever pressed is told, and the log too
            await explain(interaction, error)

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """A number out of the custom_id; 0 where the pattern found none."""
        return int(self.match[name] or 0)


def chosen(interaction: discord.Interaction[Any]) -> list[str]:
    """What was chosen from a menu, as its options' values."""
    data: Any = interaction.data or {}
    return [str(value) for value in data.get("values", ())]


def chosen_numbers(interaction: discord.Interaction[Any]) -> list[int]:
    """The chosen values that are numbers; anything else was forged."""
    return [int(one) for one in chosen(interaction) if re.fullmatch(NUMBER, one, re.ASCII)]


class Form(ui.Modal):
    """A form; ``template`` says which custom_ids are its own."""

    template: ClassVar[re.Pattern[str]]

    @classmethod
    async def sent(
        cls, interaction: Interaction, match: re.Match[str], values: dict[str, str]
    ) -> None:
        """Do what the filled-in form asks; ``values`` by the fields' custom_ids."""
        raise NotImplementedError


async def form_sent(interaction: Interaction, forms: Sequence[type[Form]]) -> None:
    """Find whose form was sent in, and let it answer in time."""
    data: Any = interaction.data or {}
    watch(interaction, turns=True)
    try:
        for form in forms:
            if match := form.template.fullmatch(data.get("custom_id", "")):
                await form.sent(interaction, match, dict(_fields(data.get("components", ()))))
                return
        await answer(interaction, reader(interaction)("gone-button"))
    except Exception as error:  # noqa: BLE001 - whoever sent it is told, and the log too
        await explain(interaction, error)


def _fields(components: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "custom_id" in component:
            values = component.get("values") or [component.get("value") or ""]
            yield component["custom_id"], str(values[0])
        inner = component.get("component")
        yield from _fields([inner] if inner else component.get("components", ()))


async def unknown_press(interaction: Interaction, presses: Sequence[type[Press]]) -> None:
    """Answer for a button that no class knows any more."""
    data: Any = interaction.data or {}
    custom_id = data.get("custom_id", "")
    if any(one.__discord_ui_compiled_template__.fullmatch(custom_id) for one in presses):
        return
    watch(interaction)
    await answer(interaction, reader(interaction)("gone-button"))


# ── parts to build views from ────────────────────────────────────────────────────────────────


def button(
    label: str,
    custom_id: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
    disabled: bool = False,
    row: int | None = None,
) -> ui.Button[ui.View]:
    """A button of this custom_id."""
    return ui.Button(
        label=label, custom_id=custom_id, style=style, emoji=emoji, disabled=disabled, row=row
    )


def buttons(*items: ui.Item[Any]) -> ui.View:
    """A view of these items; ``bot.answers.answer`` keeps it out of memory."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def turners(
    say: Tongue,
    custom_id: Callable[[int], str],
    skip: int,
    page: int,
    total: int,
    row: int | None = None,
) -> list[ui.Button[ui.View]]:
    """Buttons to the page before and after; none if everything is on one page.

    Both exist on every page, so that neither moves away from under the finger.
    """
    if total <= page:
        return []
    before, after = custom_id(max(0, skip - page)), custom_id(skip + page)
    return [
        button(say("button-back"), before, emoji="◀️", disabled=skip <= 0, row=row),
        button(say("button-next"), after, emoji="▶️", disabled=skip + page >= total, row=row),
    ]
