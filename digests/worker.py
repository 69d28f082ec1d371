"""What sending and editing have in common: pieces of Discord's work claimed, done and settled.

    claim -> work_on -> settle

Pieces are claimed with a lease and done side by side, so that a slow one delays no other; their
ends are written, and the next are claimed, together in one small transaction.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar

from digests.outcomes import Revoked
from digests.storage import Connection, Database
from digests.under_way import GATHER, TICK, End, Piece, UnderWay

Door = TypeVar("Door")

BATCH = 100
LEASE = timedelta(seconds=45)
"""Longer than a send may take, shorter than the nonce window: what a dead process had claimed is
sent again while Discord still knows the nonce."""

_BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)
LAST_BACKOFF = len(_BACKOFF)
"""The attempt from which on the wait grows no more."""


class TokenRevoked(Exception):
    """The token no longer works; everything promised stays in the outbox."""


def backoff(attempt: int) -> timedelta:
    """How long to wait after attempt number ``attempt`` (from 1) failed."""
    return timedelta(seconds=_BACKOFF[min(attempt, LAST_BACKOFF) - 1])


@dataclass
class Worker(ABC, Generic[Door, Piece, End]):
    """Does what is due, by ``discord``. ``clock`` gives the time, aware, in UTC.

    ``room`` says how many more pieces may be claimed now; ``tick`` and ``gather`` are in seconds.
    """

    cut_off: ClassVar[Any]
    """How a piece ends that the program's own end cuts off."""

    database: Database
    discord: Door
    clock: Callable[[], datetime]
    room: Callable[[], int] = lambda: BATCH
    tick: float = TICK
    gather: float = GATHER
    _work: UnderWay[Piece, End] = field(init=False)
    _tidied: datetime | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._work = UnderWay(self.cut_off)

    async def anything(self) -> bool:
        """Whether there may be something to claim or to tidy."""
        return True

    @abstractmethod
    async def end_leases(
        self, connection: Connection, now: datetime, *, all_of_them: bool = False
    ) -> int:
        """Give back what a dead process had claimed: where the lease is over, or all of it."""

    @abstractmethod
    async def tidy(self, connection: Connection, now: datetime) -> None:
        """What else has to be done now and then."""

    @abstractmethod
    async def claim(self, connection: Connection, now: datetime, most: int) -> list[Piece]:
        """Take pieces that are due; nobody else gets them before the lease ends."""

    @abstractmethod
    async def settle(
        self, connection: Connection, ended: Sequence[tuple[Piece, End]], now: datetime
    ) -> None:
        """Write what became of pieces; none is no fault."""

    @abstractmethod
    async def work_on(self, piece: Piece) -> End:
        """Do one piece; whatever happens is an end, and nothing is raised."""

    @property
    def under_way(self) -> int:
        """How many pieces are being done."""
        return len(self._work)

    async def take_over(self) -> int:
        """On a database of our own, whatever was claimed was left by a process that died."""
        if not self.database.embedded:
            return 0
        async with self.database.write() as connection:
            return await self.end_leases(connection, self.clock(), all_of_them=True)

    async def run_once(self) -> int:
        """Claim what there is room for, do it, settle it; how many pieces that were.

        Raises TokenRevoked once everything claimed is settled.
        """
        claimed = await self._turn(min(self.room(), BATCH))
        await self._work.all()
        await self._turn(0)
        return claimed

    async def run(self, stop: asyncio.Event, woken: asyncio.Event, wind_down: float = 8.0) -> None:
        """Work until ``stop``; ``woken`` says that there is something new.

        What is under way at the end has ``wind_down`` seconds more; whatever is still open then is
        left in doubt. Raises TokenRevoked.
        """
        try:
            while not stop.is_set():
                woken.clear()
                await self._turn(min(self.room(), BATCH))
                await self._work.some(woken, stop, tick=self.tick, gather=self.gather)
        finally:
            await self._work.wind_down(wind_down)
            await self._turn(0)

    async def _turn(self, most: int) -> int:
        """Write what has ended, and claim up to ``most`` more; how many were claimed."""
        ended = self._work.ended[:]
        revoked = next((end for _, end in ended if isinstance(end, Revoked)), None)
        now = self.clock()
        if not ended and not await self.anything():
            return 0
        claimed: list[Piece] = []
        async with self.database.write() as connection:
            await self.settle(connection, ended, now)
            if self._tidied is None or now - self._tidied >= timedelta(seconds=TICK):
                await self.end_leases(connection, now)
                await self.tidy(connection, now)
                self._tidied = now
            if most > 0 and revoked is None:
                claimed = await self.claim(connection, now, most)
        # Only now is it written: had that failed, it would be tried again.
        self._work.written(len(ended))
        for piece in claimed:
            self._work.begin(piece, self.work_on(piece))
        if revoked is not None:
            raise TokenRevoked(revoked.reason)
        return len(claimed)
