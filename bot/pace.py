"""A rate in, evenly spaced turns out: no burst, nobody starved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Pace:
    """Gives ``rate`` turns a second, one after another, in the order they are asked for.

    ``monotonic`` is a clock in seconds that never goes back.
    """

    def __init__(self, rate: float, monotonic: Callable[[], float]) -> None:
        self._gap = 1 / rate
        self._monotonic = monotonic
        self._next = 0.0

    async def turn(self) -> None:
        """Wait until it is this caller's turn."""
        now = self._monotonic()
        mine = max(self._next, now)
        self._next = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)
