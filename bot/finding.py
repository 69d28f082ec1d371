"""A delivery whose end is unknown in; whether its message is there out.

Messages keep no nonce, so each carries a mark for ever: the ``custom_id`` of one of its buttons.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import discord
from discord.http import Route

from bot.causes import lacking
from bot.places import Places
from bot.views import ticket
from digests.model import Address, Delivery, Kind
from digests.outcomes import Absent, Outcome, Sent, Unreadable

EARLIER = timedelta(seconds=60)
LATER = timedelta(minutes=10)
"""Around the first attempt: what clocks may differ, and how long it was tried with a nonce."""

PAGE = 100
MOST_PAGES = 20

Message = Mapping[str, Any]


class Finder:
    """Searches Discord for what may have been posted. Raises what discord.py raises."""

    def __init__(self, client: discord.Client, places: Places) -> None:
        self._client = client
        self._places = places

    async def find(self, delivery: Delivery, channel_id: int) -> Outcome:
        """Sent with the receipt, Absent, or Unreadable if the bot may not look."""
        address = delivery.destination.address
        if reason := await self._unreadable(address, channel_id, delivery):
            return Unreadable(f"a message may have been posted already, but {reason}")
        if address.kind is Kind.FORUM and delivery.thread_id is None:
            return await self._forum_post(delivery)
        pages = 0
        async for page in self._history(delivery, channel_id):
            pages += 1
            for message in page:
                if self._is_it(message, delivery):
                    return Sent(int(message["id"]), channel_id)
        if pages == MOST_PAGES:
            return Unreadable("a message may have been posted already, among too many others")
        return Absent()

    async def _unreadable(
        self, address: Address, channel_id: int, delivery: Delivery
    ) -> str | None:
        """Why the history cannot be read: without permission it is empty, which proves nothing."""
        if address.kind is Kind.DM:
            return None
        missing = self._places.missing(address, also=["read_message_history"])
        if missing is not None:
            names = [one for one in missing if one in ("view_channel", "read_message_history")]
            return lacking(names) if names else None
        if address.kind is Kind.FORUM and delivery.thread_id is None:
            return None  # The list of archived posts says so itself.
        # One message that cannot be: refused without the permission, not found with it.
        try:
            await self._get(
                "/channels/{channel_id}/messages/{message_id}",
                channel_id=channel_id,
                message_id=_since(delivery),
            )
        except discord.NotFound as error:
            if error.code != 10008:
                raise
        except discord.Forbidden:
            return lacking(["read_message_history"])
        return None

    async def _history(self, delivery: Delivery, channel_id: int) -> AsyncIterator[list[Message]]:
        """Pages of messages from around the time of the attempts, oldest page first."""
        after, until = _since(delivery), _until(delivery)
        for _ in range(MOST_PAGES):
            page: list[Message] = await self._get(
                "/channels/{channel_id}/messages",
                channel_id=channel_id,
                params={"after": after, "limit": PAGE},
            )
            if page:
                yield page
                after = max(int(message["id"]) for message in page)
            if len(page) < PAGE or after > until:
                return

    async def _forum_post(self, delivery: Delivery) -> Outcome:
        """The post among the forum's threads: its first message has the thread's id."""
        address = delivery.destination.address
        listed = await self._get("/guilds/{guild_id}/threads/active", guild_id=address.guild_id)
        archived = await self._get(
            "/channels/{channel_id}/threads/archived/public",
            channel_id=address.id,
            params={"limit": PAGE},
        )
        for thread in (*listed["threads"], *archived["threads"]):
            id_ = int(thread["id"])
            own = int(thread.get("owner_id") or 0) == self._me
            here = int(thread.get("parent_id") or 0) == address.id
            if not (own and here and _since(delivery) <= id_ <= _until(delivery)):
                continue
            try:
                first = await self._get(
                    "/channels/{channel_id}/messages/{message_id}",
                    channel_id=id_,
                    message_id=id_,
                )
            except discord.NotFound:
                continue
            if self._is_it(first, delivery):
                return Sent(id_, id_)
        return Absent()

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    def _is_it(self, message: Message, delivery: Delivery) -> bool:
        if int(message["author"]["id"]) != self._me:
            return False
        wanted = mark(delivery)
        return any(
            button.get("custom_id") == wanted
            for row in message.get("components", ())
            for button in row.get("components", ())
        )

    async def _get(self, path: str, *, params: dict[str, int] | None = None, **ids: Any) -> Any:
        route = Route("GET", path, **ids)
        return await self._client.http.request(route, params=params or {})


def mark(delivery: Delivery) -> str:
    """The ``custom_id`` by which a delivery's message is known for ever."""
    return f"me:{ticket(delivery)}"


def _since(delivery: Delivery) -> int:
    return discord.utils.time_snowflake(delivery.in_doubt_since - EARLIER)


def _until(delivery: Delivery) -> int:
    return discord.utils.time_snowflake(delivery.in_doubt_since + LATER)
