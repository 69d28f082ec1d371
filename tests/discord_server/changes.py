"""Takes word that something happened; wakes those who wait for a condition to become true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Waiting without polling: each ``notify`` tries the conditions of those who wait."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    def notify(self) -> None:
        """Something changed. Costs nothing while nobody waits."""
        for condition, woken in self._waiting:
            if not woken.done() and condition():
                woken.set_result(None)

    async def wait_for(
        self, condition: Callable[[], bool], timeout: float, told: Callable[[], str]
    ) -> None:
        """Return once ``condition()`` is true.

        After ``timeout`` seconds: TimeoutError, with ``told()`` as its text.
        """
        if condition():
            return
        woken = asyncio.get_running_loop().create_future()
        entry = (condition, woken)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(timeout):
                await woken
        except TimeoutError:
            raise TimeoutError(told()) from None
        finally:
            self._waiting.remove(entry)
