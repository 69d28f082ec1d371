"""The composition root: settings in, the running program out. The only reader of the clock.

    catalog.refresh -> outbox.plan, plan_drafts -> relay.run, proofs.run
                   `-> correct -> mender.run

Each is a loop of its own, so that a slow folder never delays a due digest, nor a slow Discord the
planning. A loop that fails says so and goes on; only a lost token ends the program.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import discord

from bot import commands, looks
from bot.client import DigestClient
from bot.config import Settings
from bot.delivery import DiscordSender
from bot.desk import DiscordDesk
from bot.health import Health, served
from bot.library import Keeper
from bot.mending import DiscordMender
from bot.pace import Pace, Rank, turns
from bot.places import Places
from bot.servers import Servers
from bot.traffic import Budget, Traffic
from bot.upkeep import Upkeep
from digests import outbox
from digests.catalog import Catalog, Changes
from digests.correcting import correct
from digests.drafts import plan_drafts
from digests.errors import DigestError, StorageClosed
from digests.holding import Holding
from digests.mender import Mender
from digests.proofs import Proofs
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database, StorageError, open_database
from digests.storage.locks import leading, sole_process
from digests.worker import TokenRevoked

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at what is due."""

HEAD_START = 5.0
"""Seconds for the first look into the folder before people can ask."""

STUCK = 120.0
"""Seconds without a look at what is due, after which the program counts as stuck."""

WIND_DOWN = 10.0
"""Seconds for what is in flight to end when the program is asked to stop."""

AHEAD = 2.0
"""Seconds' worth of requests that are claimed before their turn."""

SLOW = 12.0
"""Seconds that Discord may take for each message before that holds up the others."""

IDENTIFY_EVERY = 5.1
"""Seconds between two shards of one group; Discord asks for five."""

TOKEN_REFUSED = 4004
"""The gateway's close code for a token that does not work."""


def clock() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class App:
    """Everything wired together around one database and one folder."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.service = DigestService(database, looks.split)
        self.pace = Pace(
            settings.requests_per_second,
            time.monotonic,
            turns(database, "requests", time.monotonic),
        )
        self.budget = Budget(time.monotonic)
        self.traffic = Traffic(self.pace, self.budget)
        self._identifies: dict[int, Pace] = {}
        self.client = DigestClient(
            self.service,
            clock,
            self.wake,
            commands=commands.ALL,
            buttons=commands.PRESSES,
            others=commands.others,
            traffic=self.traffic,
            identify=self._identify,
            shard_ids=settings.shard_ids,
            shard_count=settings.shard_count,
            api_url=settings.api_url,
        )
        self.catalog = Catalog(
            database,
            settings.articles_dir,
            max_age=timedelta(days=settings.max_article_age_days),
            asset_base=settings.asset_base_url,
        )
        places = Places(self.client)
        sender = DiscordSender(self.client, places, time.monotonic)
        self.relay = Relay(database, sender, clock, self._room, probes=lambda: self.budget.probes)
        self.mender = Mender(database, DiscordMender(self.client), clock, self._room_behind)
        self.proofs = Proofs(
            database, DiscordDesk(self.client, places), clock, lambda: 0 if self._stopped() else 20
        )
        holding = Holding(database)
        self.servers = self.client.servers = Servers(
            self.client,
            places,
            holding,
            lambda: self.client.clock(),  # noqa: PLW0108 - tests give the client another clock
            time.monotonic,
            self.wake,
        )
        self.upkeep = Upkeep(database, self.budget, self.servers, holding, clock)
        self._stands_by = False
        self._took_over = False
        self._mends_again = False
        self._last_tick = time.monotonic()
        self._stopping = asyncio.Event()
        self._planning = asyncio.Event()
        self.keeper = Keeper(self.catalog, clock, self._stopping, self._planning.set)
        self.indexed = self.keeper.indexed
        self._sending = asyncio.Event()
        self._mending = asyncio.Event()
        self._showing = asyncio.Event()

    def wake(self) -> None:
        """Something was published or promised: look at once."""
        self._planning.set()
        self._sending.set()
        self._mending.set()
        self._showing.set()

    def stop(self) -> None:
        """Ask the loops to end after what they are doing."""
        self._stopping.set()
        self.wake()

    async def run(self, token: str) -> None:
        """Log in, connect, and work until ``stop``; raises TokenRevoked or LoginFailure."""
        async with self.client, self._health():
            await self.client.login(token)
            work = asyncio.create_task(self.work())
            # Who asks first should find the topics; a huge library may take longer than that.
            await self._wait(self.indexed, HEAD_START)
            connection = asyncio.create_task(self._connect())
            try:
                await asyncio.wait((connection, work), return_when=asyncio.FIRST_COMPLETED)
                for task in (connection, work):
                    if task.done():
                        task.result()
            finally:
                self.stop()
                with contextlib.suppress(TimeoutError, TokenRevoked):
                    await asyncio.wait_for(work, WIND_DOWN)
                connection.cancel()
                await asyncio.gather(connection, return_exceptions=True)

    async def _connect(self) -> None:
        """Speak to Discord's gateway, if no other process does so for the same shards."""
        shards, count = self.settings.shard_ids, self.settings.shard_count
        self._stands_by = True
        async with leading(self.database, f"gateway of shards {shards or 'all'}/{count}") as lead:
            self._stands_by = False
            connection = asyncio.create_task(self.client.connect())
            lost = asyncio.create_task(lead.lost())
            try:
                await asyncio.wait((connection, lost), return_when=asyncio.FIRST_COMPLETED)
                if not connection.done():
                    raise DigestError(
                        "Another process answers in Discord now; start this one again to stand by."
                    )
                connection.result()
            except discord.ConnectionClosed as error:
                if error.code == TOKEN_REFUSED:
                    raise TokenRevoked("the gateway no longer accepts the token") from None
                raise
            finally:
                connection.cancel()
                lost.cancel()

    def _stopped(self) -> bool:
        """Whether nothing is to be sent for now."""
        return bool(self.budget.stopped_for or self.pace.held_for)

    def _room(self) -> int:
        """How many deliveries may be claimed now: a little ahead of the pace."""
        return self._room_for(Rank.SEND, self.relay.under_way)

    def _room_behind(self) -> int:
        """How many messages may be claimed to be edited: what is sent goes first."""
        return self._room_for(Rank.EDIT, self.relay.under_way + self.mender.under_way)

    def _room_for(self, rank: Rank, under_way: int) -> int:
        if self._stopped():
            return 0
        rate = self.settings.requests_per_second
        ahead = max(4, int(rate * AHEAD)) - self.pace.before(rank)
        return max(0, min(ahead, max(50, int(rate * SLOW)) - under_way))

    def _identify(self, group: int) -> Pace:
        """The pace at which shards of this group may begin, in all processes together."""
        if group not in self._identifies:
            own = turns(self.database, f"identify {group}", time.monotonic)
            self._identifies[group] = Pace(1 / IDENTIFY_EVERY, time.monotonic, own)
        return self._identifies[group]

    @asynccontextmanager
    async def _health(self) -> AsyncIterator[None]:
        port = self.settings.health_port
        if port is None:
            yield
            return
        health = Health(
            self.service,
            alive=lambda: time.monotonic() - self._last_tick < STUCK,
            ready=lambda: self.indexed.is_set() and (self._stands_by or self.client.is_ready()),
            more=lambda: {
                "sends_under_way": self.relay.under_way,
                "edits_under_way": self.mender.under_way,
                "requests_waiting": self.pace.waiting,
                "invalid_requests": self.budget.spent,
                "sending_stopped": self.budget.stopped_for > 0,
            },
        )
        async with served(health, port):
            yield

    async def work(self) -> None:
        """Index, plan and send until ``stop``; raises TokenRevoked."""
        # What is loaded now stays: looking through it again and again stops everything for 0.1 s.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000)
        revoked: list[BaseException] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                work = (self._index, self._plan, self._send, self._show)
                for loop in (*work, self._correct, self._mend, self._tend):
                    tasks.create_task(self._unless_revoked(loop))
        except* TokenRevoked as group:
            revoked += group.exceptions
        if revoked:
            raise revoked[0]  # Here, not above: what is raised there comes out as a group again.

    async def _unless_revoked(self, loop: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            try:
                await loop()
            except TokenRevoked:
                raise
            except Exception:  # a loop that fails says so, stops no other, and goes on
                log.exception("%s failed; trying again", loop.__name__.strip("_"))
                await self._wait(self._stopping, 5 * TICK)

    async def refresh(self) -> Changes:
        """Bring the catalog up to date once, and say what changed."""
        return await self.keeper.refresh()

    async def _index(self) -> None:
        await self.keeper.run()

    async def _plan(self) -> None:
        await self._wait(self.indexed, None)
        while not self._stopping.is_set():
            self._planning.clear()
            self._last_tick = time.monotonic()
            rate = self.settings.requests_per_second
            if await outbox.plan(self.database, clock(), looks.split, per_second=rate):
                self._sending.set()
            if await plan_drafts(self.database, clock(), looks.split):
                self._sending.set()
                self._showing.set()
            await self._wait(self._planning, TICK)

    async def _send(self) -> None:
        if not self._took_over:
            left = await self.relay.take_over()
            self._took_over = True
            if left:
                log.info("taking over %d deliveries that were being sent when it ended", left)
        await self.relay.run(self._stopping, self._sending)

    async def _correct(self) -> None:
        while not self._stopping.is_set():
            if await correct(self.database, clock()):
                self._mending.set()
            await self._wait(self._stopping, TICK)

    async def _mend(self) -> None:
        if not self._mends_again:
            await self.mender.take_over()
            self._mends_again = True
        await self.mender.run(self._stopping, self._mending)

    async def _show(self) -> None:
        await self.proofs.take_over()
        await self.proofs.run(self._stopping, self._showing)

    async def _tend(self) -> None:
        await self.upkeep.run(self._stopping)

    async def _wait(self, event: asyncio.Event, seconds: float | None) -> None:
        """Until the event is set, the time is over or the program is to stop."""
        waiters = {asyncio.create_task(one.wait()) for one in (event, self._stopping)}
        await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for waiter in waiters:
            waiter.cancel()


@asynccontextmanager
async def open_app(
    settings: Settings, *, alone: bool = False, look: bool = False
) -> AsyncIterator[App]:
    """The program around an open and migrated database, closed at the end.

    ``alone``: it is going to work on it; StorageBusy if another does, and SQLite takes only one.
    ``look``: it changes nothing; SchemaMismatch if the database has another shape. Raises
    StorageClosed if it cannot be opened.
    """
    async with contextlib.AsyncExitStack() as opened:
        try:
            if alone:
                opened.enter_context(sole_process(settings.database_url))
            database = open_database(settings.database_url)
            opened.push_async_callback(database.close)
            await _prepare(database, look=look)
        except (StorageError, OSError) as error:
            raise await closed(error) from error
        yield App(settings, database)


async def _prepare(database: Database, *, look: bool) -> None:
    if look:
        await database.check()
        return
    before, after = await database.migrate()
    if before != after:
        log.info("database brought from schema %s to %s", before or "nothing", after)


async def closed(error: Exception) -> StorageClosed:
    """Why the database cannot be opened, and what to do, in a line."""
    # SQLite's driver has a thread that ends a moment after its failure: it needs this loop.
    await asyncio.sleep(0.2)
    told = str(getattr(error, "orig", None) or error).partition("\n")[0]
    return StorageClosed(
        f"The database cannot be opened: {told}. Check DATABASE_URL: whether the file's folder is "
        "there and may be written in, or the server runs."
    )
