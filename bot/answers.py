"""An interaction in, an answer in time out: nobody is left with "did not respond".

Discord waits three seconds. ``watch`` says "thinking…" when half of that is over; ``answer`` then
fills it in. Every answer is only for the person who asked, and pings nobody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import app_commands, ui

from bot import reading_replies, replies
from bot.causes import permission
from bot.language import Tongue, reader
from bot.text import plain
from digests.errors import DigestError, UnknownTopic
from digests.reading import Reading

log = logging.getLogger(__name__)

PATIENCE = 1.5
"""Seconds after which a slow answer is announced."""

_STATE = "answer"


@dataclass(slots=True)
class _State:
    """How far an interaction is answered; ``turns`` if it changes the message it came from."""

    turns: bool = False
    announced: bool = False
    answered: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    watcher: asyncio.Task[None] | None = None


def watch(interaction: discord.Interaction[Any], *, turns: bool = False) -> None:
    """From now on the interaction is answered in time, if only by "thinking…".

    ``turns`` says that the answer takes the place of the message whose button was pressed. Only
    an answer that nobody else sees can be turned: a digest stays as it was posted.
    """
    message = interaction.message
    private = message is not None and message.flags.ephemeral
    state = _State(turns=turns and private)
    interaction.extras[_STATE] = state
    state.watcher = asyncio.create_task(_announce(interaction, state))


async def _announce(interaction: discord.Interaction[Any], state: _State) -> None:
    await asyncio.sleep(PATIENCE)
    async with state.lock:
        if state.answered or interaction.response.is_done():
            return
        try:
            if state.turns:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=True, thinking=True)
            state.announced = True
        except discord.HTTPException as error:
            log.warning("could not announce a slow answer: %s", error)


async def answer(
    interaction: discord.Interaction[Any],
    text: str | None = None,
    *,
    embeds: Sequence[discord.Embed] = (),
    view: ui.View | None = None,
    file: discord.File | None = None,
    notice: bool = True,
) -> None:
    """Answer only for the person who asked; a second answer is a further message.

    ``notice`` adds, after a command, one line about what of theirs cannot be sent.
    """
    state = _begun(interaction)
    command = interaction.type is discord.InteractionType.application_command
    if notice and command and not state.answered:
        text = "\n".join(filter(None, (text, await _held_near(interaction))))
    if view is not None:
        view.stop()  # Presses find their way by custom_id; a running view would stay in memory.
    async with state.lock:
        if state.watcher is not None:
            state.watcher.cancel()
        await _send(interaction, state, text, embeds, view, file)
        state.answered = True


async def _send(
    interaction: discord.Interaction[Any],
    state: _State,
    text: str | None,
    embeds: Sequence[discord.Embed],
    view: ui.View | None,
    file: discord.File | None,
) -> None:
    shown = view if view is not None else discord.utils.MISSING
    files = [file] if file is not None else []
    response = interaction.response
    if state.announced and not state.answered:
        await interaction.edit_original_response(
            content=text, embeds=embeds, view=view, attachments=files
        )
    elif response.is_done():
        await interaction.followup.send(
            text or discord.utils.MISSING, embeds=embeds, view=shown, files=files, ephemeral=True
        )
    elif state.turns:
        await response.edit_message(content=text, embeds=embeds, view=view, attachments=files)
    else:
        await response.send_message(text, embeds=embeds, view=shown, files=files, ephemeral=True)


async def ask(interaction: discord.Interaction[Any], form: ui.Modal) -> None:
    """Open a form. It has to come before anything slow: it cannot follow "thinking…"."""
    state = _begun(interaction)
    form.stop()  # As for views: what is sent in is found by its custom_id.
    async with state.lock:
        if state.watcher is not None:
            state.watcher.cancel()
        await interaction.response.send_modal(form)
        state.answered = True


def _begun(interaction: discord.Interaction[Any]) -> _State:
    state = interaction.extras.setdefault(_STATE, _State())
    assert isinstance(state, _State)  # noqa: S101 - only this module writes there
    return state


async def _held_near(interaction: discord.Interaction[Any]) -> str | None:
    reading: Reading = interaction.client.service.reading
    held = await reading.held_near(interaction.user.id, interaction.guild_id)
    return reading_replies.held_near(reader(interaction), held) if held else None


async def explain(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Answer with what went wrong, in one sentence; what nobody foresaw is logged.

    It stands beside the message whose button was pressed, never in its place.
    """
    text = sentence(reader(interaction), error)
    state = _begun(interaction)
    if state.turns:
        state.turns = state.announced = False
    try:
        await answer(interaction, text, notice=False)
    except discord.HTTPException as problem:
        log.warning("could not answer an interaction: %s", problem)


def sentence(say: Tongue, error: BaseException) -> str:
    """What went wrong, as it is said to whoever asked."""
    match error:
        case UnknownTopic():
            return replies.unknown_topic(say, error)
        case DigestError(key=""):
            return str(error)
        case DigestError():
            typed = {"typed": plain(str(error.values.get("typed", "")))}
            return say(error.key, **{**error.values, **typed})
        case app_commands.MissingPermissions():
            return say("not-allowed", permission=permission(say, "manage_guild"))
        case app_commands.NoPrivateMessage():
            return say("only-in-servers")
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return say("changed-command")
        case app_commands.TransformerError():
            return say("option-unclear")
        case _:
            log.error("a command failed", exc_info=error)
            return say("something-broke")
