"""Work begun piece by piece in, its ends gathered out: pieces side by side, none waited for.

A slow piece delays no other. Ends are gathered for a moment, so that they can be written together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Generic, TypeVar

TICK = 1.0
"""Seconds between two looks at what is due when nothing else happens."""

GATHER = 0.4
"""Seconds over which ended pieces are gathered, to be written together."""

Piece = TypeVar("Piece")
End = TypeVar("End")


class UnderWay(Generic[Piece, End]):
    """Pieces under way and their ends. ``cut_off`` is the end of a piece that was cancelled."""

    def __init__(self, cut_off: End) -> None:
        self.ended: list[tuple[Piece, End]] = []
        """What has ended and is not written yet; ``written`` takes it away."""
        self._cut_off = cut_off
        self._pieces: dict[asyncio.Task[End], Piece] = {}
        self._some_ended = asyncio.Event()

    def __len__(self) -> int:
        return len(self._pieces)

    def begin(self, piece: Piece, work: Coroutine[Any, Any, End]) -> None:
        """Begin a piece; ``work`` must not raise."""
        task = asyncio.create_task(work)
        self._pieces[task] = piece
        task.add_done_callback(self._note_end)

    def written(self, count: int) -> None:
        """The first ``count`` of those that ended are written."""
        del self.ended[:count]

    async def all(self) -> None:
        """Until nothing is under way."""
        while self._pieces:
            await asyncio.wait(self._pieces)

    async def some(
        self, *events: asyncio.Event, tick: float = TICK, gather: float = GATHER
    ) -> None:
        """Until an event is set, or some pieces have ended, or a tick is over."""
        await first_of(tick, self._some_ended, *events)
        if self._some_ended.is_set() and self._pieces:
            await first_of(gather, *events)
        self._some_ended.clear()

    async def wind_down(self, seconds: float) -> None:
        """Until nothing is under way, or it is cut off after so long."""
        if self._pieces:
            await asyncio.wait(self._pieces, timeout=seconds)
        for task in list(self._pieces):
            task.cancel()
        if self._pieces:
            await asyncio.wait(self._pieces)

    def _note_end(self, task: asyncio.Task[End]) -> None:
        piece = self._pieces.pop(task)
        self.ended.append((piece, self._cut_off if task.cancelled() else task.result()))
        self._some_ended.set()


async def first_of(seconds: float, *events: asyncio.Event) -> None:
    """Until one of the events is set, or the time is over."""
    waiters = [asyncio.create_task(one.wait()) for one in events]
    try:
        await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for waiter in waiters:
            waiter.cancel()
