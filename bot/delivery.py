"""The Sender over discord.py: a delivery in, a message in Discord and an outcome out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import aiohttp
import discord
from discord.http import Route

from bot import replies
from bot.causes import lacking
from bot.finding import Finder
from bot.language import tongue
from bot.message import Payload, message
from bot.outcomes import (
    MISSING,
    NO_NEW_CONVERSATIONS,
    POST_OVER,
    TURNED_AWAY,
    UNKNOWN_MESSAGE,
    outcome_of,
)
from bot.places import Place, Places
from bot.publishing import Publisher
from bot.traffic import ENDS, Attempt, attempting
from digests.model import Delivery, Kind
from digests.outcomes import Outcome, Refused, Rejected, RetryLater, Sent, Unknown, Unreadable
from digests.topics import topic_key

SEND_WITHIN = 30.0
"""Seconds for one attempt, waiting for its turn included; less than a lease."""

NO_NEW_DMS = 4 * 3600.0
"""Seconds without opening any conversation after Discord forbade one: going on costs the bot."""

MOST_TAGS = 5

SILENT = 1 << 12
"""Discord's flag for messages that notify nobody."""


class _NoNewConversations(Exception):
    """Discord lets the bot open none for now; ``args``: for how many seconds."""


class DiscordSender:
    """Posts deliveries through a client's HTTP side. ``monotonic`` is a clock in seconds."""

    def __init__(
        self, client: discord.Client, places: Places, monotonic: Callable[[], float]
    ) -> None:
        self._client = client
        self._places = places
        self._monotonic = monotonic
        self._finder = Finder(client, places)
        self._publisher = Publisher(client, places, monotonic)
        self._no_new_dms_until = 0.0

    async def send(self, delivery: Delivery) -> Outcome:
        """Post one delivery; see ``digests.relay.Sender``."""
        if self._client.is_closed():
            return RetryLater("the program is ending")
        with attempting() as attempt:
            try:
                async with asyncio.timeout(SEND_WITHIN):
                    sent = await self._post(delivery, attempt)
            except (*ENDS, _NoNewConversations) as error:
                return self._ended(error, attempt, delivery)
            await self._publisher.publish(delivery, sent)
            return sent

    async def find(self, delivery: Delivery) -> Outcome:
        """Look for it in Discord; see ``digests.relay.Sender``."""
        with attempting():
            try:
                async with asyncio.timeout(SEND_WITHIN):
                    found = await self._finder.find(delivery, await self._channel(delivery))
            except (*ENDS, _NoNewConversations) as error:
                outcome = self._outcome(error, delivery)
                if isinstance(outcome, Refused):
                    return Unreadable(outcome.reason)
                return RetryLater(outcome.reason) if isinstance(outcome, Unknown) else outcome
            if isinstance(found, Sent):
                await self._publisher.publish(delivery, found)
            return found

    async def _post(self, delivery: Delivery, attempt: Attempt) -> Sent:
        delivery = self._with_known_role(delivery)
        if delivery.destination.address.kind is Kind.FORUM and delivery.thread_id is None:
            place = await self._places.look(delivery.destination.address)
            path, body = "/channels/{channel_id}/threads", forum_post(delivery, place)
        else:
            path, body = "/channels/{channel_id}/messages", payload(delivery)
        channel_id = await self._channel(delivery)
        route = Route("POST", path, channel_id=channel_id)
        attempt.posting = True
        made = await self._client.http.request(route, json=body)
        attempt.posting = attempt.in_doubt = False
        # What opens a forum post has the id of the thread that it makes.
        return Sent(int(made["id"]), int(made["id"]) if "message" in body else channel_id)

    def _with_known_role(self, delivery: Delivery) -> Delivery:
        """Without a role that was deleted meanwhile: readers would only see that it is gone."""
        destination = delivery.destination
        appearance, guild = destination.appearance, self._places.guild(destination.address)
        if appearance.role is None or guild is None or guild.get_role(appearance.role):
            return delivery
        without = replace(destination, appearance=replace(appearance, role=None))
        return replace(delivery, destination=without)

    async def _channel(self, delivery: Delivery) -> int:
        destination = delivery.destination
        if destination.address.kind is not Kind.DM:
            return delivery.thread_id or destination.address.id
        if destination.dm_channel_id is not None:
            return destination.dm_channel_id
        if (left := self._no_new_dms_until - self._monotonic()) > 0:
            raise _NoNewConversations(left)
        channel = await self._client.http.start_private_message(destination.address.id)
        return int(channel["id"])

    def _ended(self, error: Exception, attempt: Attempt, delivery: Delivery) -> Outcome:
        """The outcome of an attempt to post that did not end well."""
        if isinstance(error, aiohttp.ClientConnectorError):
            return RetryLater("Discord cannot be reached")
        if attempt.in_doubt:
            return Unknown(f"the answer was lost: {str(error) or type(error).__name__}")
        if attempt.posting and getattr(error, "code", None) == UNKNOWN_MESSAGE:
            # It was posted with this nonce by an earlier attempt, and deleted since.
            return Sent(None, delivery.thread_id or delivery.destination.address.id)
        outcome = self._outcome(error, delivery)
        return outcome if attempt.posting or not isinstance(outcome, Unknown) else _not_yet(outcome)

    def _outcome(self, error: Exception, delivery: Delivery) -> Outcome:
        """What an error says that left no doubt whether anything was posted."""
        match error:
            case discord.RateLimited():
                return RetryLater("Discord asks to wait", error.retry_after)
            case _NoNewConversations(args=(seconds,)):
                return RetryLater("Discord lets the bot open no new conversations", seconds)
            case discord.HTTPException():
                return self._answered(error, delivery)
            case TimeoutError():
                return RetryLater("it had to wait too long for its turn")
            case _:
                return RetryLater(f"the connection broke: {type(error).__name__}")

    def _answered(self, error: discord.HTTPException, delivery: Delivery) -> Outcome:
        """What Discord's answer means for this delivery and its place."""
        if error.code == NO_NEW_CONVERSATIONS:
            self._no_new_dms_until = self._monotonic() + NO_NEW_DMS
        if error.status == 403 and not error.code:
            return outcome_of(403, TURNED_AWAY, error.text)  # it never came to Discord
        if error.code in POST_OVER and delivery.thread_id is not None:
            return Rejected("the forum post was deleted or locked")
        outcome = outcome_of(error.status, error.code, error.text, retry_after(error))
        if isinstance(outcome, Refused) and error.code in MISSING:
            missing = self._places.missing(delivery.destination.address)
            return Refused(lacking(missing)) if missing else outcome
        return outcome


def _not_yet(outcome: Unknown) -> Outcome:
    """Before the message itself was asked for, an unknown end is a harmless one."""
    return RetryLater(outcome.reason)


def retry_after(error: discord.HTTPException) -> float:
    """Seconds that Discord asks to wait; 0 where it does not."""
    text = error.response.headers.get("Retry-After", "0")
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0


def payload(delivery: Delivery) -> Payload:
    """The body of the request; the same nonce never posts twice."""
    return _posted(delivery) | {"nonce": delivery.nonce, "enforce_nonce": True}


def forum_post(delivery: Delivery, place: Place) -> Payload:
    """The body that opens a forum post; Discord takes no nonce there."""
    topics = [topic for one in delivery.articles for topic in one.article.topics]
    return {
        "name": replies.post_name(tongue(delivery.destination.language), delivery),
        "applied_tags": [str(id_) for id_ in fitting_tags(topics, place)],
        "message": _posted(delivery),
    }


def _posted(delivery: Delivery) -> Payload:
    silent = delivery.destination.appearance.silent
    return message(delivery) | ({"flags": SILENT} if silent else {})


def fitting_tags(topics: Iterable[str], place: Place) -> list[int]:
    """Ids of the tags that are called like a topic; if one must be, at least the first there is."""
    wanted = {topic_key(topic) for topic in topics}
    fitting = [id_ for id_, name in place.tags if topic_key(name) in wanted][:MOST_TAGS]
    if not fitting and place.tag_required:
        return [id_ for id_, _ in place.tags[:1]]
    return fitting
