"""What the program does beside its work: shows that it runs, tells of what is held, forgets."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.traffic import Budget
from digests.holding import Holding
from digests.storage import Database
from digests.storage import processes as process_rows
from digests.storage.processes import Process

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two rounds."""

FORGET_EVERY = timedelta(hours=1)


class Teller(Protocol):
    """Who knows servers, and tells them what is held there; ``bot.servers.Servers`` does."""

    async def learn(self) -> int:
        """Note of what kind new channels are; how many."""
        ...

    async def tell(self) -> int:
        """Tell each place once; how many places."""
        ...


class Upkeep:
    """Goes its rounds. ``clock`` gives the time, aware, in UTC."""

    def __init__(
        self,
        database: Database,
        budget: Budget,
        servers: Teller,
        holding: Holding,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._budget = budget
        self._servers = servers
        self._holding = holding
        self._clock = clock
        self._id = secrets.token_hex(8)
        self._started_at: datetime | None = None
        self._forgot_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Go rounds until ``stop``; then say that the process has ended."""
        try:
            while not stop.is_set():
                await self.round(self._clock())
                try:
                    async with asyncio.timeout(EVERY):
                        await stop.wait()
                except TimeoutError:
                    continue
        finally:
            async with self._database.write() as connection:
                await process_rows.end(connection, self._id)

    async def round(self, now: datetime) -> None:
        """One round."""
        await self._beat(now)
        await self._servers.learn()
        await self._servers.tell()
        if self._forgot_at is None or now - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = now
            if forgotten := await self._holding.forget(now):
                log.info("%d places gone for a month: what they followed is deleted", forgotten)

    async def _beat(self, now: datetime) -> None:
        self._started_at = self._started_at or now
        stopped = self._budget.stopped_for
        process = Process(
            self._id,
            self._started_at,
            now + timedelta(seconds=stopped) if stopped else None,
            self._budget.because if stopped else None,
        )
        async with self._database.write() as connection:
            await process_rows.beat(connection, process, now)
