"""The composition root: settings in, the running program out. The only reader of the clock.

    catalog.refresh -> outbox.plan -> relay.run_once

Each is a loop of its own, so that a slow folder never delays a due digest, nor a slow Discord the
planning. A loop that fails says so and goes on; only a lost token ends the program.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from watchfiles import awatch

from bot import commands, render, views
from bot.client import DigestClient
from bot.config import Settings
from bot.delivery import DiscordSender
from bot.health import Health, served
from bot.pace import Pace
from digests import outbox
from digests.catalog import Catalog, Changes
from digests.relay import Relay, TokenRevoked
from digests.service import DigestService
from digests.storage import Database, open_database

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at what is due."""

HEAD_START = 5.0
"""Seconds for the first look into the folder before people can ask."""

FULL_CHECK = 60.0
"""Seconds between two walks through the folder, should a change have gone unseen."""

STUCK = 120.0
"""Seconds without a look at what is due, after which the program counts as stuck."""

WIND_DOWN = 10.0
"""Seconds for what is in flight to end when the program is asked to stop."""


def clock() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


class App:
    """Everything wired together around one database and one folder."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.service = DigestService(database, render.split)
        self.client = DigestClient(
            self.service,
            clock,
            self.wake,
            commands=commands.ALL,
            buttons=views.ALL,
            api_url=settings.api_url,
        )
        self.catalog = Catalog(
            database,
            settings.articles_dir,
            max_age=timedelta(days=settings.max_article_age_days),
            asset_base=settings.asset_base_url,
        )
        pace = Pace(settings.requests_per_second, time.monotonic)
        self.relay = Relay(database, DiscordSender(self.client, pace), clock)
        self.indexed = asyncio.Event()
        self._last_tick = time.monotonic()
        self._stopping = asyncio.Event()
        self._planning = asyncio.Event()
        self._sending = asyncio.Event()

    def wake(self) -> None:
        """Something was published or promised: look at once."""
        self._planning.set()
        self._sending.set()

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
            connection = asyncio.create_task(self.client.connect())
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

    @asynccontextmanager
    async def _health(self) -> AsyncIterator[None]:
        port = self.settings.health_port
        if port is None:
            yield
            return
        health = Health(
            self.service,
            alive=lambda: time.monotonic() - self._last_tick < STUCK,
            ready=lambda: self.indexed.is_set() and self.client.is_ready(),
        )
        async with served(health, port):
            yield

    async def work(self) -> None:
        """Index, plan and send until ``stop``; raises TokenRevoked."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for loop in (self._index, self._plan, self._send):
                    tasks.create_task(self._unless_revoked(loop))
        except* TokenRevoked as group:
            revoked = group.exceptions[0]
            raise revoked from None

    async def _unless_revoked(self, loop: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            try:
                await loop()
            except TokenRevoked:
                raise
            except Exception:
                log.exception("%s failed; trying again", loop.__name__.strip("_"))
                await self._wait(self._stopping, 5 * TICK)

    async def refresh(self) -> Changes:
        """Bring the catalog up to date once, and say what changed."""
        changes = await self.catalog.refresh(clock())
        for problem in changes.problems:
            log.log(
                logging.WARNING if problem.severity == "error" else logging.DEBUG,
                "%s:%d: found %s; expected %s",
                problem.path,
                problem.line,
                problem.found,
                problem.expected,
            )
        if changes.read or changes.withdrawn:
            log.info(
                "%d files: %d new articles, %d changed, %d withdrawn",
                changes.files,
                changes.published,
                changes.changed,
                changes.withdrawn,
            )
        if changes.anything:
            self._planning.set()
        return changes

    async def _index(self) -> None:
        await self.refresh()
        self.indexed.set()
        folder = self.settings.articles_dir
        if not folder.is_dir():
            await self._wait(self._stopping, FULL_CHECK)
            return
        changed = asyncio.Event()
        watching = asyncio.create_task(self._watch(changed))
        try:
            while not self._stopping.is_set():
                await self._wait(changed, FULL_CHECK)
                changed.clear()
                await self.refresh()
        finally:
            watching.cancel()

    async def _watch(self, changed: asyncio.Event) -> None:
        async for _ in awatch(
            self.settings.articles_dir, stop_event=self._stopping, debounce=200, step=50
        ):
            changed.set()

    async def _plan(self) -> None:
        await self._wait(self.indexed, None)
        while not self._stopping.is_set():
            self._planning.clear()
            self._last_tick = time.monotonic()
            if await outbox.plan(self.database, clock(), render.split):
                self._sending.set()
            await self._wait(self._planning, TICK)

    async def _send(self) -> None:
        if left := await self.relay.take_over():
            log.info("taking over %d deliveries that were being sent when the program ended", left)
        while not self._stopping.is_set():
            self._sending.clear()
            if not await self.relay.run_once():
                await self._wait(self._sending, TICK)

    async def _wait(self, event: asyncio.Event, seconds: float | None) -> None:
        """Until the event is set, the time is over or the program is to stop."""
        waiters = {asyncio.create_task(one.wait()) for one in (event, self._stopping)}
        await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for waiter in waiters:
            waiter.cancel()


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """The program around an open and migrated database, closed at the end."""
    database = open_database(settings.database_url)
    try:
        before, after = await database.migrate()
        if before != after:
            log.info("database brought from schema %s to %s", before or "nothing", after)
        yield App(settings, database)
    finally:
        await database.close()
