"""A rate in, evenly spaced turns out: no burst, nobody starved, one pace for all processes."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Protocol

from digests.storage import Database, StorageError, pace

log = logging.getLogger(__name__)

BLOCK = 0.5
"""Seconds' worth of turns that are taken together, so that asking for them costs little."""

NO_CLOSER = 0.9
"""Turns that are made up for are this much of the usual gap apart: late, but never a burst."""


class Rank(IntEnum):
    """Who goes first: what somebody waits for, then what is new, then what is mended."""

    URGENT = 0
    SEND = 1
    EDIT = 2


class Turns(Protocol):
    """Where turns are taken: in memory for one process, in the database for several.

    A turn that is missed by more than ``late`` seconds is lost.
    """

    late: float

    async def take(self, count: int, gap: float) -> float:
        """Take turns that are ``gap`` seconds apart; seconds until the first."""
        ...

    async def push(self, seconds: float) -> None:
        """Let nobody have a turn for so long."""
        ...


class OwnTurns:
    """The turns of a process that is alone. ``monotonic`` is a clock in seconds."""

    late = 0.5

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._taken_until = 0.0

    async def take(self, count: int, gap: float) -> float:
        """See ``Turns``."""
        now = self._monotonic()
        first = max(self._taken_until, now)
        self._taken_until = first + count * gap
        return first - now

    async def push(self, seconds: float) -> None:
        """See ``Turns``."""
        self._taken_until = max(self._taken_until, self._monotonic() + seconds)


class SharedTurns:
    """The turns of all processes with one database; without the database each is on its own."""

    late = 0.15  # made up for, it falls into the turns of the others

    def __init__(self, database: Database, name: str, monotonic: Callable[[], float]) -> None:
        self._database = database
        self._name = name
        self._own = OwnTurns(monotonic)

    async def take(self, count: int, gap: float) -> float:
        """See ``Turns``."""
        try:
            async with self._database.write() as connection:
                return await pace.take(connection, self._name, count, gap)
        except (StorageError, OSError) as error:
            log.warning("the shared pace cannot be had; going on alone: %s", error)
            return await self._own.take(count, gap)

    async def push(self, seconds: float) -> None:
        """See ``Turns``."""
        await self._own.push(seconds)
        try:
            async with self._database.write() as connection:
                await pace.push(connection, self._name, seconds)
        except (StorageError, OSError) as error:
            log.warning("the other processes cannot be slowed down: %s", error)


def turns(database: Database, name: str, monotonic: Callable[[], float]) -> Turns:
    """The turns called ``name``, shared with whoever shares the database."""
    return OwnTurns(monotonic) if database.embedded else SharedTurns(database, name, monotonic)


class Pace:
    """Gives ``rate`` turns a second, one after another; those of the lower rank first."""

    def __init__(
        self, rate: float, monotonic: Callable[[], float], turns: Turns | None = None
    ) -> None:
        self._gap = 1 / rate
        self._block = max(1, int(rate * BLOCK))
        self._monotonic = monotonic
        self._turns = turns or OwnTurns(monotonic)
        self._waiting: tuple[deque[asyncio.Future[None]], ...] = tuple(deque() for _ in Rank)
        self._taken: deque[float] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._giving: asyncio.Task[None] | None = None
        self._held_until = 0.0
        self._last = 0.0

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return self.before(Rank.EDIT)

    def before(self, rank: Rank) -> int:
        """How many wait that go before a further one of this rank."""
        return sum(map(len, self._waiting[: rank + 1]))

    @property
    def held_for(self) -> float:
        """Seconds for which nobody has a turn."""
        return max(0.0, self._held_until - self._monotonic())

    async def turn(self, rank: Rank = Rank.SEND) -> None:
        """Wait until it is this caller's turn; who has a lower rank need not wait for others."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[rank].append(mine)
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await mine

    async def hold(self, seconds: float) -> None:
        """Nobody has a turn for so long, in no process; what was taken is taken anew."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)
        await self._turns.push(seconds)

    async def _give(self) -> None:
        while self._next(take=False):
            at = max(await self._slot(), self._last + NO_CLOSER * self._gap)
            await asyncio.sleep(at - self._monotonic())
            if self._monotonic() < self._held_until:
                continue  # held meanwhile
            if mine := self._next(take=True):
                self._last = self._monotonic()
                mine.set_result(None)

    def _next(self, *, take: bool) -> asyncio.Future[None] | None:
        """Who is next, without those that gave up."""
        for queue in self._waiting:
            while queue and queue[0].done():
                queue.popleft()
            if queue:
                return queue.popleft() if take else queue[0]
        return None

    async def _slot(self) -> float:
        """When the next turn is; taken in blocks, the next one before the last is used up."""
        while True:
            await asyncio.sleep(self.held_for)
            earliest = max(self._monotonic() - self._turns.late, self._held_until)
            while self._taken and self._taken[0] < earliest:
                self._taken.popleft()
            if self._taking is None and len(self._taken) < min(3, self.waiting):
                self._taking = asyncio.create_task(self._take())
            if self._taken:
                return self._taken.popleft()
            if self._taking is not None:
                await self._taking

    async def _take(self) -> None:
        try:
            count = min(max(1, self.waiting - len(self._taken)), self._block)
            wait = await self._turns.take(count, self._gap)
            first = self._monotonic() + wait
            self._taken.extend(first + self._gap * index for index in range(count))
        finally:
            self._taking = None
