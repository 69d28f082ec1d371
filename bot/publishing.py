"""The last message of an edition in an announcement channel in, the same message published out.

Publishing (a crosspost) passes it on to the servers that follow the channel. Whatever becomes of
it, the delivery itself is done.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable

import discord
from discord.http import Route

from bot.places import Places
from bot.traffic import ENDS
from digests.model import Delivery, Kind
from digests.outcomes import Sent

log = logging.getLogger(__name__)

AN_HOUR = 3600.0
MOST_AN_HOUR = 10
"""What Discord lets one channel publish."""

WITHIN = 10.0
"""Seconds; with the time for sending less than a lease."""

_ALREADY = 40033
_CHANNELS = 1000


class Publisher:
    """Publishes each edition once, ten an hour for each channel. ``monotonic`` is in seconds."""

    def __init__(
        self, client: discord.Client, places: Places, monotonic: Callable[[], float]
    ) -> None:
        self._client = client
        self._places = places
        self._monotonic = monotonic
        self._published: OrderedDict[int, deque[float]] = OrderedDict()

    async def publish(self, delivery: Delivery, sent: Sent) -> None:
        """Publish the message if it is its edition's last, in an announcement channel."""
        last = delivery.part == delivery.parts - 1
        address = delivery.destination.address
        if not last or address.kind is not Kind.CHANNEL or sent.message_id is None:
            return
        try:
            async with asyncio.timeout(WITHIN):
                publishes = await self._places.publishes(delivery.destination)
                if publishes and self._room(address.id):
                    await self._client.http.request(
                        Route(
                            "POST",
                            "/channels/{channel_id}/messages/{message_id}/crosspost",
                            channel_id=address.id,
                            message_id=sent.message_id,
                        )
                    )
        except ENDS as error:
            if not (isinstance(error, discord.HTTPException) and error.code == _ALREADY):
                log.warning("edition %s stays unpublished: %s", delivery.edition_id, error)

    def _room(self, channel_id: int) -> bool:
        """Whether the channel may publish one more; then it counts."""
        now = self._monotonic()
        times = self._published.setdefault(channel_id, deque(maxlen=MOST_AN_HOUR))
        self._published.move_to_end(channel_id)
        if len(self._published) > _CHANNELS:
            self._published.popitem(last=False)
        if len(times) == MOST_AN_HOUR and now - times[0] < AN_HOUR:
            log.warning("channel %s has published %d times within an hour", channel_id, len(times))
            return False
        times.append(now)
        return True
