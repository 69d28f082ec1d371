"""A newsroom for the tests of planning: a service, a planner and a relay around one clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Table, func, select

from digests import outbox
from digests.model import Address, Cadence
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

DAILY = Wish(at=time(9))
INSTANTLY = Wish(every=Cadence.INSTANTLY)


class Newsroom:
    """A service, a planner and a relay around one database and one clock."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock(NOW)
        self.sender = ScriptedSender()
        self.service = DigestService(database, split_by_ten)
        self.relay = Relay(database, self.sender, self.clock)
        self._number = 100

    async def follow(self, where: Address = CHANNEL, wish: Wish = DAILY, topic: str = "AI") -> None:
        await self.service.follow(where, topic, wish, by=ADMIN, now=self.clock())

    async def news(self, count: int = 1, *topics: str, **fields: object) -> list[int]:
        """Publish so many new articles, the newest first in rank."""
        first = self._number
        self._number += count
        numbers = range(first, self._number)
        return await publish(
            self.database,
            *(
                article(
                    n, *topics, **{"published_at": self.clock() + timedelta(seconds=n), **fields}
                )
                for n in numbers
            ),
        )

    async def tick(self, *, send: bool = True) -> list[list[str]]:
        """Plan, and send everything that is due; what was posted by it."""
        before = len(self.sender.posted)
        await outbox.plan(self.database, self.clock(), split_by_ten)
        while send and await self.relay.run_once():
            pass
        return self.sender.posted[before:]

    async def at(self, moment: datetime) -> list[list[str]]:
        self.clock.now = moment
        return await self.tick()

    async def count(self, table: Table) -> int:
        """How many rows a table has."""
        async with self.database.read() as connection:
            return await connection.scalar(select(func.count()).select_from(table)) or 0


def day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """So many days after today's midnight, at that hour."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=number)
