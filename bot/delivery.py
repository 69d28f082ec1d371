"""The Sender over discord.py: a delivery in, a message in Discord and an outcome out."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot import render, replies
from bot.outcomes import outcome_of
from bot.pace import Pace
from bot.views import more_button
from digests.model import Delivery, Kind, Outcome, RetryLater, Sent, Unknown

OPEN_WITHIN = 10.0
ANSWER_WITHIN = 25.0
"""Seconds for one attempt with all of discord.py's own tries; together less than a lease."""

Payload = dict[str, Any]

_ENDS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""How a request can end other than well; discord.py does not wrap the last three."""


class DiscordSender:
    """Posts deliveries through a client's HTTP side, at the bot's pace."""

    def __init__(self, client: discord.Client, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def send(self, delivery: Delivery) -> Outcome:
        """Post one delivery; see ``digests.relay.Sender``."""
        try:
            async with asyncio.timeout(OPEN_WITHIN):
                channel_id = await self._channel(delivery)
        except _ENDS as error:
            return _not_yet(_outcome(error))
        try:
            await self._pace.turn()
            async with asyncio.timeout(ANSWER_WITHIN):
                route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
                message = await self._client.http.request(route, json=payload(delivery))
        except _ENDS as error:
            return _outcome(error)
        return Sent(int(message["id"]), channel_id)

    async def _channel(self, delivery: Delivery) -> int:
        destination = delivery.destination
        if destination.address.kind is not Kind.DM:
            return destination.address.id
        if destination.dm_channel_id is not None:
            return destination.dm_channel_id
        await self._pace.turn()
        channel = await self._client.http.start_private_message(destination.address.id)
        return int(channel["id"])


def payload(delivery: Delivery) -> Payload:
    """The body of the request: nobody is pinged, and the same nonce never posts twice."""
    body: Payload = {
        "embeds": [
            card.to_dict() for card in render.embeds([a.article for a in delivery.articles])
        ],
        "allowed_mentions": {"parse": []},
        "nonce": delivery.nonce,
        "enforce_nonce": True,
    }
    if heading := replies.heading(delivery):
        body["content"] = heading
    if delivery.more and delivery.part == delivery.parts - 1:
        # As plain JSON: a View would be kept in memory for every message ever sent.
        button = more_button(delivery.edition_id, 0, delivery.more)
        body["components"] = [{"type": 1, "components": [button.to_component_dict()]}]
    return body


def _outcome(error: BaseException) -> Outcome:
    match error:
        case discord.RateLimited():
            return RetryLater("Discord asks to wait", error.retry_after)
        case discord.HTTPException():
            wait = error.response.headers.get("Retry-After", "0")
            seconds = float(wait) if wait.replace(".", "", 1).isdigit() else 0.0
            return outcome_of(error.status, error.code, error.text, seconds)
        case aiohttp.ClientConnectorError():
            return RetryLater("Discord cannot be reached")
        case _:
            return Unknown(f"the answer was lost ({type(error).__name__})")


def _not_yet(outcome: Outcome) -> Outcome:
    """Before the message itself was asked for, an unknown end is a harmless one."""
    return RetryLater(outcome.reason) if isinstance(outcome, Unknown) else outcome
