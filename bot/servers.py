"""What happens in servers in; held destinations tried again, given up or told of out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

import discord

from bot.notices import Notices
from bot.places import Places, is_news
from digests.holding import Held, Holding
from digests.model import Hold

log = logging.getLogger(__name__)

SETTLE = 1.0
"""Seconds until a change is looked at: whoever changes permissions makes several in a row."""

AGAIN = 300.0
"""Seconds until a place is tried again because something, but not the cause, changed there."""


class Servers:
    """Follows the gateway's events. ``monotonic`` is a clock in seconds.

    ``settle`` is how many seconds to wait for further changes after one.
    """

    def __init__(
        self,
        client: discord.Client,
        places: Places,
        holding: Holding,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        wake: Callable[[], None],
        settle: float = SETTLE,
    ) -> None:
        self.settle = settle
        self._client = client
        self._places = places
        self._holding = holding
        self._clock = clock
        self._monotonic = monotonic
        self._wake = wake
        self._notices = Notices(client, places, holding, clock)
        self._changed: set[int] = set()
        self._looking: asyncio.Task[None] | None = None
        self._tried: dict[int, float] = {}

    async def tell(self) -> int:
        """Tell servers what is held there, each place once; how many places."""
        return await self._notices.tell()

    async def learn(self) -> int:
        """Note which new channels are announcement channels, for processes that do not see them."""
        found = {}
        for address in await self._holding.unknown_kinds():
            channel = self._places.cached(address)
            if channel is not None:
                found[address.id] = is_news(channel)
        if found:
            await self._holding.note_kinds(found)
        return len(found)

    async def turned(self, channel: discord.abc.GuildChannel) -> None:
        """A channel became an announcement channel, or is none any more."""
        await self._holding.note_kinds({channel.id: is_news(channel)})

    def changed(self, guild_id: int) -> None:
        """Permissions, roles or channels of a server are not what they were."""
        self._changed.add(guild_id)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="servers")

    async def _look(self) -> None:
        while self._changed:
            await asyncio.sleep(self.settle)
            guild_ids, self._changed = self._changed, set()
            await self._rearm(await self._holding.in_servers(guild_ids))

    async def _rearm(self, held: Iterable[Held]) -> None:
        """Try again where the bot now has what it needs."""
        now = self._monotonic()
        free = [
            one.id
            for one in held
            if one.cause is not Hold.GONE
            and self._places.missing(one.address, _also(one)) == []
            and now - self._tried.get(one.id, -AGAIN) >= AGAIN
        ]
        if not free:
            return
        self._tried = {id_: at for id_, at in self._tried.items() if now - at < AGAIN}
        self._tried |= dict.fromkeys(free, now)
        if await self._holding.rearm(free, self._clock()):
            log.info("%d held places look open again; trying them", len(free))
            self._wake()

    async def ready(self) -> None:
        """Connected: catch up with what happened meanwhile."""
        for guild_id in await self._holding.servers():
            if self._mine(guild_id) and self._client.get_guild(guild_id) is None:
                await self.left(guild_id)
        held = await self._holding.in_servers()
        for one in held:
            back = one.cause is Hold.GONE and self._places.cached(one.address)
            if back and one.address.guild_id is not None:
                await self.joined(one.address.guild_id)
        await self._rearm(held)

    def _mine(self, guild_id: int) -> bool:
        """Whether the server belongs to a shard of this process."""
        count = self._client.shard_count or 1
        ids = getattr(self._client, "shard_ids", None)
        return ids is None or (guild_id >> 22) % count in ids

    async def joined(self, guild_id: int) -> None:
        """The bot was invited (back)."""
        if back := await self._holding.server_back(guild_id, self._clock()):
            log.info("back in server %s: %d digests go on", guild_id, back)
            self._wake()

    async def left(self, guild_id: int) -> None:
        """The bot was removed, or the server deleted."""
        if gone := await self._holding.server_gone(guild_id, self._clock()):
            log.info("removed from server %s: %d digests are kept for a month", guild_id, gone)

    async def deleted(self, channel_ids: Iterable[int]) -> None:
        """Channels or threads were deleted."""
        reason = "the channel was deleted"
        gone = await self._holding.places_gone(list(channel_ids), reason, self._clock())
        if gone:
            log.info("deleted channels: %d digests are kept for a month", gone)

    async def person_came(self, person: int, language: str) -> None:
        """Somebody uses the bot; perhaps their direct messages are open now."""
        if await self._holding.person_came(person, self._clock(), language):
            self._wake()


def _also(held: Held) -> list[str]:
    return ["read_message_history"] if held.cause is Hold.DOUBTFUL else []
