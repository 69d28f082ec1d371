"""The ProofSender over discord.py: a draft in, its message in the staff channel out."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot.causes import lacking
from bot.finding import EARLIER, PAGE
from bot.outcomes import MISSING, UNKNOWN_MESSAGE, outcome_of
from bot.places import Places
from bot.proof import proof as drawn
from bot.traffic import ENDS, Attempt, attempting
from digests.model import Address, Kind
from digests.outcomes import (
    Absent,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Unknown,
    Unreadable,
)
from digests.proofs import Proof

WITHIN = 30.0
"""Seconds for one attempt, waiting for its turn included; less than a lease."""


class DiscordDesk:
    """Shows drafts through a client's HTTP side."""

    def __init__(self, client: discord.Client, places: Places) -> None:
        self._client = client
        self._places = places

    async def post(self, proof: Proof) -> Outcome:
        """Post its message; see ``digests.proofs.ProofSender``."""
        draft = proof.sheet.draft
        body = drawn(proof.sheet) | {"nonce": draft.nonce, "enforce_nonce": True}
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=draft.channel_id)
        with attempting() as attempt:
            try:
                async with asyncio.timeout(WITHIN):
                    attempt.posting = True
                    made = await self._client.http.request(route, json=body)
            except ENDS as error:
                if getattr(error, "code", None) == UNKNOWN_MESSAGE:
                    return Sent(None, draft.channel_id)  # posted with this nonce, and deleted since
                return self._outcome(error, proof, attempt)
        return Sent(int(made["id"]), draft.channel_id)

    async def change(self, proof: Proof) -> Outcome:
        """Change its message; see ``digests.proofs.ProofSender``."""
        draft = proof.sheet.draft
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=draft.channel_id,
            message_id=draft.message_id,
        )
        with attempting() as attempt:
            try:
                async with asyncio.timeout(WITHIN):
                    await self._client.http.request(route, json=drawn(proof.sheet))
            except ENDS as error:
                if getattr(error, "code", None) == UNKNOWN_MESSAGE:
                    return Sent(None, draft.channel_id)  # somebody deleted it
                return self._outcome(error, proof, attempt)
        return Sent(draft.message_id, draft.channel_id)

    async def find(self, proof: Proof) -> Outcome:
        """Look for it in the channel; see ``digests.proofs.ProofSender``."""
        with attempting() as attempt:
            try:
                async with asyncio.timeout(WITHIN):
                    return await self._found(proof)
            except ENDS as error:
                outcome = self._outcome(error, proof, attempt)
                return Unreadable(outcome.reason) if isinstance(outcome, Refused) else outcome

    async def _found(self, proof: Proof) -> Outcome:
        draft = proof.sheet.draft
        missing = self._places.missing(_address(proof), also=["read_message_history"])
        if missing is None or "read_message_history" in missing:
            # Without the permission the history is empty, which proves nothing.
            reason = lacking(["read_message_history"])
            return Unreadable(f"a message may have been posted already, but {reason}")
        after = discord.utils.time_snowflake(proof.in_doubt_since - EARLIER)
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=draft.channel_id)
        params = {"after": after, "limit": PAGE}
        page: list[dict[str, Any]] = await self._client.http.request(route, params=params)
        me = self._client.user.id if self._client.user else 0
        for message in page:
            if int(message["author"]["id"]) == me and _is_of(message, draft.id):
                return Sent(int(message["id"]), draft.channel_id)
        if len(page) == PAGE:
            return Unreadable("a message may have been posted already, among too many others")
        return Absent()

    def _outcome(self, error: Exception, proof: Proof, attempt: Attempt) -> Outcome:
        match error:
            case aiohttp.ClientConnectorError():
                return RetryLater("Discord cannot be reached")
            case discord.RateLimited():
                return RetryLater("Discord asks to wait", error.retry_after)
            case discord.HTTPException():
                after = error.response.headers.get("Retry-After", "0")
                seconds = float(after) if after.replace(".", "", 1).isdigit() else 0.0
                outcome = outcome_of(error.status, error.code, error.text, seconds)
                if isinstance(outcome, Refused) and error.code in MISSING:
                    missing = self._places.missing(_address(proof))
                    return Refused(lacking(missing)) if missing else outcome
                return outcome
            case _ if attempt.in_doubt:
                return Unknown(f"the answer was lost: {str(error) or type(error).__name__}")
            case _:
                return RetryLater(f"the connection broke ({type(error).__name__})")


def _address(proof: Proof) -> Address:
    draft, guild_id = proof.sheet.draft, proof.sheet.destination.address.guild_id
    return Address(Kind.CHANNEL, draft.channel_id, guild_id)


def _is_of(message: dict[str, Any], draft_id: int) -> bool:
    """Whether a message has a button of this draft."""
    return any(
        button.get("custom_id", "").startswith(f"draft:see:{draft_id}:")
        for row in message.get("components", ())
        for button in row.get("components", ())
    )
