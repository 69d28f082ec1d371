"""The pace: even, shared, the urgent first, and held when Discord says so."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from bot.pace import Pace, Rank, SharedTurns
from digests.storage import Database


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


async def test_turns_that_were_missed_are_made_up_for_without_a_burst() -> None:
    """The loop stood still for a while: what follows is a little faster, and no more than that."""
    pace = Pace(100, time.monotonic)
    tasks = [asyncio.create_task(pace.turn()) for _ in range(20)]
    await tasks[2]
    time.sleep(0.1)  # noqa: ASYNC251 - a loop that stands still is what is meant
    begun = time.monotonic()
    await asyncio.gather(*tasks)
    # Ten of the 17 were missed. At once, they would leave seven, a hundredth of a second each.
    assert time.monotonic() - begun >= 16 * 0.0089


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


async def test_the_urgent_go_first() -> None:
    pace = Pace(100, time.monotonic)
    order: list[str] = []

    async def take(name: str, rank: Rank = Rank.SEND) -> None:
        await pace.turn(rank)
        order.append(name)

    tasks = [asyncio.create_task(take(f"digest {number}")) for number in range(5)]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(take("person", Rank.URGENT)))
    await asyncio.gather(*tasks)
    assert order.index("person") <= 1


async def test_edits_go_behind_what_is_new() -> None:
    pace = Pace(100, time.monotonic)
    order: list[Rank] = []

    async def take(rank: Rank) -> None:
        await pace.turn(rank)
        order.append(rank)

    tasks = [asyncio.create_task(take(Rank.EDIT)) for _ in range(5)]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(take(Rank.SEND)) for _ in range(5)]
    await asyncio.sleep(0)
    assert (pace.before(Rank.SEND), pace.before(Rank.EDIT)) == (5, 10)
    await asyncio.gather(*tasks)
    assert (
        order[1:] == [Rank.SEND] * 5 + [Rank.EDIT] * 4 or order == [Rank.SEND] * 5 + [Rank.EDIT] * 5
    )


async def test_who_gives_up_keeps_nobody_waiting() -> None:
    pace = Pace(50, time.monotonic)
    await pace.turn()
    gone, stays = asyncio.create_task(pace.turn()), asyncio.create_task(pace.turn())
    await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(5):
        await stays
    assert pace.waiting == 0


async def test_a_hold_lets_nobody_through_until_it_is_over() -> None:
    pace = Pace(1000, time.monotonic)
    await pace.turn()
    begun = time.monotonic()
    await pace.hold(0.05)
    assert pace.held_for > 0
    await pace.turn()
    assert time.monotonic() - begun >= 0.049


async def test_a_hold_reaches_those_who_wait_already() -> None:
    pace = Pace(20, time.monotonic)
    waiting = [asyncio.create_task(pace.turn()) for _ in range(3)]
    await asyncio.sleep(0.01)
    begun = time.monotonic()
    await pace.hold(0.2)
    await asyncio.gather(*waiting)
    assert time.monotonic() - begun >= 0.19


@pytest.mark.parametrize("server_url", ["postgresql"], indirect=True)
async def test_processes_share_one_pace(database: Database) -> None:
    """What one takes begins where the other ended, whoever asks."""
    one = SharedTurns(database, "requests", time.monotonic)
    other = SharedTurns(database, "requests", time.monotonic)
    starts: list[tuple[float, float]] = []
    for turns in (one, other, one):
        asked = time.monotonic()
        wait = await turns.take(10, 0.1)
        # The database's clock was read somewhere between.
        starts.append((asked + wait, time.monotonic() + wait))
    # Each block is a second long.
    for (sooner, sooner_at_last), (later, later_at_last) in itertools.pairwise(starts):
        assert later - sooner_at_last - 0.001 <= 1.0 <= later_at_last - sooner + 0.001


@pytest.mark.parametrize("server_url", ["postgresql"], indirect=True)
async def test_a_hold_reaches_the_other_processes(database: Database) -> None:
    one = SharedTurns(database, "requests", time.monotonic)
    other = SharedTurns(database, "requests", time.monotonic)
    await one.push(30)
    assert await other.take(1, 0.1) > 25


@pytest.mark.parametrize("server_url", ["postgresql"], indirect=True)
async def test_without_the_database_each_process_goes_on_alone(database: Database) -> None:
    turns = SharedTurns(database, "n" * 100, time.monotonic)  # a name that does not fit
    assert await turns.take(10, 0.1) < 0.1
    assert await turns.take(10, 0.1) > 0.5
