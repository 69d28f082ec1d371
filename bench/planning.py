"""Everybody is due at once: what planning costs a destination, from due to delivery rows on disk.

    python -m bench.planning --destinations 100000
    python -m bench.planning --destinations 10000 --database-url postgresql://…

Each destination follows five topics. Measured side by side: the whole of planning, and choosing and
writing for each destination by itself, on a sample; choosing alone, and one query for each, on
samples; and a tick with nothing due. New articles are woven into stories at the first tick after
they came, whether anybody is due or not: that is stated by itself. CPU is that of this process with
all its threads, which on SQLite is everything, and on PostgreSQL everything but the server.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select, text

from bot import looks
from digests import digest as planning
from digests import outbox
from digests.model import Address, Article, Destination, Kind, Occasion, Provider, Schedule
from digests.record import to_record
from digests.storage import (
    Connection,
    Database,
    destinations,
    library,
    open_database,
    plans,
    schema,
    topics,
)
from digests.weaving import weave_new

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
FOLLOWED = 5


@dataclass(frozen=True)
class Load:
    """How much there is to do.

    ``sets`` > 0 lets destinations share that many sets of topics; where topics are ``popular``,
    few are in most articles and sets.
    """

    url: str
    destinations: int
    articles: int
    topics: int
    sets: int
    popular: bool


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--destinations", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--topics", type=int, default=300)
    parser.add_argument("--sets", type=int, default=0, help="0: each follows topics of its own")
    parser.add_argument("--popular", action="store_true", help="some topics are in most articles")
    parser.add_argument("--sample", type=int, default=300, help="destinations asked one by one")
    parser.add_argument("--database-url", default="", help="an empty database; default: a new file")
    parser.add_argument("--draw", action="store_true", help="measure cards as the bot draws them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database_url or f"sqlite:///{Path(folder) / 'bench.db'}"
        load = Load(
            url, given.destinations, given.articles, given.topics, given.sets, given.popular
        )
        # In a process of its own, so that its memory is not counted.
        seeding = multiprocessing.get_context("spawn").Process(target=seed, args=(load,))
        seeding.start()
        seeding.join()
        if seeding.exitcode:
            sys.exit("the database could not be filled")
        asyncio.run(measure(load, given.sample, _split(draw=given.draw)))


def _split(*, draw: bool) -> planning.Split:
    if draw:
        return looks.split
    return lambda articles, _: [
        list(range(start, min(start + 10, len(articles)))) for start in range(0, len(articles), 10)
    ]


# ── the load ─────────────────────────────────────────────────────────────────────────────────


def seed(load: Load) -> None:
    """Fill an empty database with articles and with destinations that are all due at NOW."""
    asyncio.run(_seed(load))


async def _seed(load: Load) -> None:
    database = open_database(load.url)
    await database.migrate()
    made = random.Random(1)  # noqa: S311 - a load, not a secret
    popular = [1 / (rank + 10) if load.popular else 1.0 for rank in range(load.topics)]
    async with database.write() as connection:
        for start in range(0, load.articles, 500):
            numbers = range(start, min(start + 500, load.articles))
            some = [_article(made, number, popular) for number in numbers]
            ids = await library.add_articles(connection, [(to_record(one), True) for one in some])
            await topics.set_topics(connection, {ids[one.link]: one.topics for one in some})
        known = list(await connection.scalars(select(schema.topics.c.id)))
    weights = popular[: len(known)]
    sets = [_several(made, known, weights) for _ in range(load.sets)]
    for start in range(0, load.destinations, 5_000):
        numbers = range(start, min(start + 5_000, load.destinations))
        followed = [made.choice(sets) if sets else _several(made, known, weights) for _ in numbers]
        async with database.write() as connection:
            await _add_destinations(connection, numbers, followed)
    await database.close()


async def _add_destinations(
    connection: Connection, numbers: Sequence[int], followed: Sequence[Sequence[int]]
) -> None:
    columns = destinations.schedule_columns(Schedule())
    await connection.execute(
        insert(schema.destinations),
        [
            {
                "id": number + 1,
                "kind": Kind.CHANNEL.value,
                "address": 10_000_000 + number,
                "guild_id": 1 + number // 10,
                "cursor": 0,
                "editions": 0,
                "next_due": NOW,
                "set_up_by": 1,
                "created_at": NOW - timedelta(days=1),
                **columns,
            }
            for number in numbers
        ],
    )
    await connection.execute(
        insert(schema.subscriptions),
        [
            {"destination_id": number + 1, "topic_id": topic, "since": 0, "created_at": NOW}
            for number, some in zip(numbers, followed, strict=True)
            for topic in some
        ],
    )


def _several(made: random.Random, known: Sequence[int], weights: Sequence[float]) -> list[int]:
    several: set[int] = set()
    while len(several) < min(FOLLOWED, len(known)):
        several.update(made.choices(known, weights))
    return sorted(several)


def _article(made: random.Random, number: int, popular: Sequence[float]) -> Article:
    labels = made.choices(range(len(popular)), popular, k=2)
    paper = made.randrange(60)
    return Article(
        link=f"https://paper{paper}.example/news/{number}",
        title=f"What happened at place {number} today, and what it means for everybody there",
        excerpt="A few sentences say what it is about. " * 6,
        published_at=NOW - timedelta(minutes=1 + number),
        quality=made.choice([None, *range(20, 100)]),
        heat=made.choice([None, 10, 40, 90, 150]),
        provider=Provider(f"Paper {paper}"),
        topics=tuple(dict.fromkeys(f"Topic {label}" for label in labels)),
    )


# ── the measures ─────────────────────────────────────────────────────────────────────────────


class Timed(Database):
    """A database that knows how long its longest writing transaction was, in seconds."""

    longest = 0.0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """The same transaction, timed from when it has its lock."""
        async with super().write() as connection:
            began = time.perf_counter()
            yield connection
        self.longest = max(self.longest, time.perf_counter() - began)


@asynccontextmanager
async def _watched_loop() -> AsyncIterator[list[float]]:
    """How long, in seconds of CPU, the event loop's thread worked between two turns of another.

    In CPU, because on a busy machine a wait says more about the neighbours.
    """
    worked: list[float] = []

    async def watch() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.005)
            worked.append(time.thread_time() - before)

    watching = asyncio.create_task(watch())
    try:
        yield worked
    finally:
        watching.cancel()


async def measure(load: Load, sample: int, split: planning.Split) -> None:
    """Plan one by one a sample, then everything, then nothing."""
    gc.collect()
    gc.freeze()  # as the program does when it begins to work
    gc.set_threshold(50_000)
    database = Timed(open_database(load.url)._engine)  # noqa: SLF001 - the same one, only timed
    weaving = time.process_time()
    await weave_new(database, NOW)
    weaving = time.process_time() - weaving
    choosing = await _choosing(database, load.destinations, split)
    asked, served = await _one_by_one(database, min(sample, load.destinations), split)
    async with _watched_loop() as worked:
        wall, cpu = time.perf_counter(), time.process_time()
        promised = await outbox.plan(database, NOW, split)
        if database.embedded:
            async with database.read() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    each = cpu / load.destinations * 1e6
    print(f"{load.destinations} destinations due at once, {load.articles} new articles: ", end="")
    print(f"{promised} deliveries in {wall:.1f} s")
    print(f"CPU a destination, from due to rows on disk        {each:8.1f} µs")
    print(f"... chosen and written for each by itself          {served:8.1f} µs", end="")
    print(f"   {served / each:.1f} x")
    print(f"of that, chosen and laid out, nothing written      {choosing:8.1f} µs")
    print(f"... chosen by a query for each, nothing written    {asked:8.1f} µs", end="")
    print(f"   {asked / choosing:.1f} x")
    print(f"stories of the new articles, once, CPU             {weaving * 1e3:8.1f} ms")
    print(f"longest writing transaction                        {database.longest * 1e3:8.1f} ms")
    print(f"longest stretch that kept the event loop, CPU      {max(worked) * 1e3:8.1f} ms")
    print(
        f"an idle tick, CPU                                  {await _idle(database, split):8.2f} ms"
    )
    print(f"peak memory                                        {_peak():8.0f} MB")
    await database.close()


async def _choosing(database: Database, number: int, split: planning.Split) -> float:
    """CPU a destination in µs from due to decided, on a sample of those that are due first."""
    sample = min(number, 10_000)
    began = time.process_time()
    async with database.read() as connection:
        until = await library.latest_sequence(connection)
    run = await planning.begin(database, NOW, until, split, outbox.PER_SECOND)
    assert run is not None
    common = time.process_time() - began
    async with database.read() as connection:
        began = time.process_time()
        due = await plans.due(connection, NOW, until, sample, oldest=run.pool.lowest)
        await run.decide(connection, due)
    return (common / number + (time.process_time() - began) / sample) * 1e6


async def _one_by_one(
    database: Database, sample: int, split: planning.Split
) -> tuple[float, float]:
    """CPU a destination in µs of one query for each, and of all that a planner of its own does.

    The query ranks in the database, and gives the ten best. What is written besides is taken
    back, so that the planner finds what it would have found.
    """
    step = 7_919  # a prime, so that the sample is from everywhere
    async with database.read() as connection:
        number = await destinations.count(connection)
        places = [10_000_000 + index * step % number for index in range(sample)]
        found = [
            await destinations.find(connection, Address(Kind.CHANNEL, place, 1)) for place in places
        ]
        due = [one for one in found if one is not None]
        began = time.process_time()
        for one in due:
            (await connection.execute(_TEN_BEST, {"destination": one.id})).all()
        asking = (time.process_time() - began) / sample * 1e6
    began = time.process_time()
    for one in due:
        with suppress(_TakenBack):
            async with database.write() as connection:
                await _serve(connection, one, split)
                raise _TakenBack
    return asking, (time.process_time() - began) / sample * 1e6


_TEN_BEST = text(
    """
    SELECT a.id FROM articles a
    JOIN article_topics t ON t.article_id = a.id
    JOIN subscriptions s ON s.topic_id = t.topic_id
    JOIN destinations d ON d.id = s.destination_id
    WHERE d.id = :destination AND a.sequence > d.cursor AND a.sequence > s.since
        AND a.announced AND a.withdrawn_at IS NULL
    GROUP BY a.id ORDER BY coalesce(a.quality, 50) + coalesce(a.heat, 0) DESC, a.id DESC LIMIT 10
    """
)


async def _serve(connection: Connection, one: Destination, split: planning.Split) -> None:
    choice = await planning.new_articles(connection, one)
    edition = await planning.special_edition(connection, one, choice, Occasion.FORCED, split)
    if edition is not None:
        await outbox.promise(connection, [edition], NOW)
    until = await library.latest_sequence(connection)
    await destinations.advance(connection, {one.id: NOW}, until)


class _TakenBack(Exception):
    """Ends a transaction whose rows shall not stay."""


async def _idle(database: Database, split: planning.Split) -> float:
    """CPU in ms of a look that finds nothing due."""
    ticks = 200
    later = NOW + timedelta(minutes=1)
    began = time.process_time()
    for _ in range(ticks):
        assert await outbox.plan(database, later, split) == 0
    return (time.process_time() - began) / ticks * 1e3


def _peak() -> float:
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes / 1024


if __name__ == "__main__":
    main()
