"""Places and what is known of them in; who is to be told and what is tried again out.

A destination is held by the relay when Discord refuses it. It goes on by itself when something
changed there (``rearm``), or when a rare probe gets through; a place that is gone is kept for a
month, should the bot be invited back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from digests.model import Address, Kind
from digests.storage import Database, destinations, holds, reviews
from digests.storage.holds import FORGET_AFTER, PROBE_EVERY, Held
from digests.storage.reviews import Trouble

__all__ = ["FORGET_AFTER", "PROBE_EVERY", "Held", "Holding", "Trouble"]


class Holding:
    """The places of a database, the held ones above all; each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def in_servers(self, guild_ids: Collection[int] | None = None) -> list[Held]:
        """The held destinations of these servers, or of all."""
        async with self._database.read() as connection:
            return await holds.held_in(connection, guild_ids)

    async def servers(self) -> set[int]:
        """The ids of all servers that digests go to."""
        async with self._database.read() as connection:
            return await holds.guilds(connection)

    async def untold(self) -> list[Held]:
        """Held destinations in servers of which nobody was told yet."""
        async with self._database.read() as connection:
            return await holds.untold(connection)

    async def untold_reviews(self) -> list[Trouble]:
        """Staff channels where drafts cannot be posted, of which nobody was told yet."""
        async with self._database.read() as connection:
            return await reviews.untold(connection)

    async def told_of_review(self, destination_id: int, now: datetime) -> None:
        """Somebody was told that drafts of this destination cannot be posted."""
        async with self._database.write() as connection:
            await reviews.told(connection, destination_id, now)

    async def told(self, held: Held, now: datetime, reason: str | None = None) -> None:
        """Somebody was told; ``reason`` where it turned out to be another."""
        async with self._database.write() as connection:
            await holds.told(connection, held.id, now, reason)

    async def rearm(self, ids: Collection[int], now: datetime) -> int:
        """Something changed there: try these again at the next turn; how many."""
        async with self._database.write() as connection:
            return await holds.rearm(connection, ids, now)

    async def person_came(self, person: int, now: datetime, language: str | None = None) -> int:
        """A person uses the bot: see whether their direct messages are still closed.

        Their digests are in the ``language`` that they use Discord in.
        """
        async with self._database.write() as connection:
            if language is not None:
                await destinations.speak(connection, Address(Kind.DM, person), language)
            return await holds.rearm_person(connection, person, now)

    async def places_gone(self, addresses: Collection[int], reason: str, now: datetime) -> int:
        """Channels or threads were deleted; how many digests went there."""
        async with self._database.write() as connection:
            return len(await holds.places_gone(connection, addresses, reason, now))

    async def server_gone(self, guild_id: int, now: datetime) -> int:
        """The bot was removed from a server; how many digests went there."""
        reason = "the bot was removed from the server"
        async with self._database.write() as connection:
            return len(await holds.guild_gone(connection, guild_id, reason, now))

    async def server_back(self, guild_id: int, now: datetime) -> int:
        """The bot is in a server again; how many digests go there again."""
        async with self._database.write() as connection:
            return await holds.guild_back(connection, [guild_id], now)

    async def unknown_kinds(self, most: int = 500) -> list[Address]:
        """Channels of which is not known whether they are announcement channels."""
        async with self._database.read() as connection:
            return await holds.unknown_kinds(connection, most)

    async def note_kinds(self, news: Mapping[int, bool]) -> None:
        """Whether channels, by id, are announcement channels."""
        async with self._database.write() as connection:
            for kind in (True, False):
                ids = [id_ for id_, is_news in news.items() if is_news is kind]
                if ids:
                    await holds.note_kind(connection, ids, news=kind)

    async def forget(self, now: datetime) -> int:
        """Delete what places follow that have been gone for a month; how many places."""
        async with self._database.write() as connection:
            return await holds.forget(connection, now)
