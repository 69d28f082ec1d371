"""A message that has to change in, the changed message in Discord and an outcome out.

Only the embeds are changed: what stands above them, the buttons and whom it pinged stay. A post in
a forum that is called like its only article is renamed. An archived thread is opened for it, and
archived again.
"""

from __future__ import annotations

import asyncio
from typing import Any

import discord
from discord.http import Route

from bot.delivery import SEND_WITHIN, retry_after
from bot.message import edited, edited_post_name
from bot.outcomes import TURNED_AWAY, UNKNOWN_MESSAGE, outcome_of
from bot.pace import Rank
from bot.traffic import ENDS, attempting
from digests.outcomes import (
    Blocked,
    Edited,
    EditOutcome,
    Gone,
    Outcome,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Unknown,
)
from digests.posted import Edit

UNKNOWN_CHANNEL = 10003
ARCHIVED = 50083


class DiscordMender:
    """Edits messages through a client's HTTP side; see ``digests.mender.Mends``."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def edit(self, edit: Edit) -> EditOutcome:
        """Make the message look as it has to."""
        if self._client.is_closed():
            return RetryLater("the program is ending")
        with attempting(Rank.EDIT):
            try:
                async with asyncio.timeout(SEND_WITHIN):
                    await self._change(edit)
            except ENDS as error:
                return _outcome(error)
        return Edited()

    async def _change(self, edit: Edit) -> None:
        try:
            await self._patch(edit)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            await self._thread(edit, archived=False)
            try:
                await self._patch(edit)
            finally:
                await self._thread(edit, archived=True)

    async def _patch(self, edit: Edit) -> None:
        await self._client.http.request(
            Route(
                "PATCH",
                "/channels/{channel_id}/messages/{message_id}",
                channel_id=edit.channel_id,
                message_id=edit.message_id,
            ),
            json=edited(edit),
        )
        name = edited_post_name(edit) if edit.rename else None
        if name is not None:
            await self._thread(edit, name=name)

    async def _thread(self, edit: Edit, **changes: Any) -> None:
        route = Route("PATCH", "/channels/{channel_id}", channel_id=edit.channel_id)
        await self._client.http.request(route, json=changes)


def _outcome(error: Exception) -> EditOutcome:
    match error:
        case discord.RateLimited():
            return RetryLater("Discord asks to wait", error.retry_after)
        case discord.HTTPException(code=int(code)) if code in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
            return Gone("it was deleted")
        case discord.HTTPException(status=403, code=0):
            return _meaning(outcome_of(403, TURNED_AWAY, error.text))  # it never came to Discord
        case discord.HTTPException():
            return _meaning(outcome_of(error.status, error.code, error.text, retry_after(error)))
        case TimeoutError():
            return RetryLater("it had to wait too long for its turn")
        case _:
            return Unknown(f"the answer was lost: {str(error) or type(error).__name__}")


def _meaning(outcome: Outcome) -> EditOutcome:
    """What an answer to a message means for an edit."""
    match outcome:
        case Refused() | Rejected() | RetryLater() | Revoked() | Unknown():
            return outcome
        case Blocked(reason):
            return Rejected(reason)
        case Gone(reason):
            return Refused(reason)  # the server may come back, and its messages with it
        case _:
            return Unknown("Discord answered what it never should")
