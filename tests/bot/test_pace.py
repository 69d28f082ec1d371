"""The pace, on a loop whose clock is counted, not waited for."""

from __future__ import annotations

import asyncio
import time

from bot.pace import Pace


async def test_turns_are_spaced_evenly_and_in_order() -> None:
    pace = Pace(200, time.monotonic)
    turns: list[tuple[int, float]] = []

    async def take(number: int) -> None:
        await pace.turn()
        turns.append((number, time.monotonic()))

    await asyncio.gather(*(take(number) for number in range(20)))
    assert [number for number, _ in turns] == list(range(20))
    # Sleeping may take longer than asked, never shorter.
    assert turns[-1][1] - turns[0][1] >= 19 / 200 - 0.001


async def test_an_idle_pace_saves_no_turns_up() -> None:
    now = 1000.0
    pace = Pace(1, lambda: now)
    await pace.turn()
    now += 60
    await pace.turn()
    waiting = asyncio.ensure_future(pace.turn())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
