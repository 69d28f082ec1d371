"""The library kept up to date while the program runs: file events in, catalog refreshes out.

Events say which files to look at; a walk through the whole folder, once a minute, finds what no
event told. Where the operating system cannot watch, the walk alone does it.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from watchfiles import awatch

from digests.catalog import Catalog, Changes
from digests.model import Severity
from digests.scan import is_article
from digests.topic_files import is_topic_file

log = logging.getLogger(__name__)

FULL_CHECK = 60.0
"""Seconds between two walks through the folder, should a change have gone unseen."""

ABSENT_CHECK = 2.0
"""Seconds between two looks for a folder that is not there."""

SHORTEST_REST = 0.2
"""Seconds between two refreshes at least."""

MANY = 1_000
"""From so many changed files on, the whole folder is walked through instead."""

WIND_DOWN = 2.0
"""Seconds that a refresh may go on when the program is asked to stop."""

TOLD_EVERY = 10.0
"""Seconds between two lines about how far a long refresh is."""


class Keeper:
    """Keeps one catalog up to date until ``stopping``; ``on_change`` hears of new articles.

    ``indexed`` is set after the first refresh, ``watching`` while no change can go unseen.
    """

    def __init__(
        self,
        catalog: Catalog,
        clock: Callable[[], datetime],
        stopping: asyncio.Event,
        on_change: Callable[[], None],
    ) -> None:
        self.indexed = asyncio.Event()
        self.watching = asyncio.Event()
        self._catalog = catalog
        self._clock = clock
        self._stopping = stopping
        self._on_change = on_change
        self._can_watch = True
        self._told_at = 0.0
        self._events = _Events()

    async def run(self) -> None:
        """Work until ``stopping``; a refresh that takes too long to end is broken off."""
        work = asyncio.create_task(self._run())
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait((work,), timeout=WIND_DOWN)
        finally:
            stopped.cancel()
            work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    async def refresh(self, paths: Collection[str] | None = None) -> Changes:
        """Bring the catalog up to date once, and say what changed."""
        self._catalog.progress = self._progress
        self._told_at = asyncio.get_running_loop().time()
        changes = await self._catalog.refresh(self._clock(), paths)
        _tell(changes)
        if changes.anything:
            self._on_change()
        return changes

    async def _run(self) -> None:
        await self.refresh()
        self.indexed.set()
        while not self._stopping.is_set():
            if self._catalog.root.is_dir():
                await self._follow()
            else:
                await self._rest(ABSENT_CHECK)
                if self._catalog.root.is_dir():
                    await self.refresh()

    async def _follow(self) -> None:
        """Watch the folders there are, until they are others."""
        folders = dict(self._catalog.folders)
        self._events = _Events()
        # An event of its own: the watcher sets it when it is cancelled.
        enough = asyncio.Event()
        watch = asyncio.create_task(self._watch(folders, enough))
        try:
            # One turn of the loop, and the task is watching; what changed before that is walked to.
            await asyncio.sleep(0)
            self._events.all = True
            while not self._stopping.is_set():
                paths = self._events.take()
                await self.refresh(paths)
                if self._catalog.folders != folders or not self._catalog.root.is_dir():
                    return
                if paths is None:
                    full_at = asyncio.get_running_loop().time() + FULL_CHECK
                    self.watching.set()
                await self._until_wanted(full_at)
        finally:
            self.watching.clear()
            enough.set()
            await asyncio.wait((watch,), timeout=WIND_DOWN)
            watch.cancel()

    async def _until_wanted(self, full_at: float) -> None:
        seconds = full_at - asyncio.get_running_loop().time()
        next_look = await self._catalog.next_look()
        if next_look is not None:
            seconds = min(seconds, (next_look - self._clock()).total_seconds())
        await self._rest(max(seconds, SHORTEST_REST))
        if asyncio.get_running_loop().time() >= full_at:
            self._events.all = True

    async def _rest(self, seconds: float) -> None:
        """Until something changed, the time is over or the program is to stop."""
        waiters = {
            asyncio.create_task(one.wait()) for one in (self._events.changed, self._stopping)
        }
        try:
            await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()

    async def _watch(self, folders: Mapping[Path, int], enough: asyncio.Event) -> None:
        # Each folder by itself: to find those below, the watcher would walk through every file,
        # and hold up the whole program meanwhile. The catalog has found them already.
        prefixes = {str(folder.absolute()): folder for folder in folders}
        events = self._events
        try:
            async for found in awatch(
                *prefixes,
                watch_filter=None,
                debounce=200,
                step=50,
                stop_event=enough,
                recursive=False,
            ):
                for _, path in found:
                    self._note(events, path, prefixes)
        except (OSError, RuntimeError) as error:
            if self._can_watch:
                root = self._catalog.root
                log.warning("cannot watch %s (%s): looking once a minute", root, error)
            self._can_watch = False

    def _note(self, events: _Events, path: str, prefixes: Mapping[str, Path]) -> None:
        head, name = os.path.split(path)
        folder = prefixes.get(head)
        if path in prefixes or folder is None:
            events.add(None)  # A folder came, went or moved.
        elif name.startswith("."):
            return
        elif is_article(name) or is_topic_file(name):
            shown = Path(os.path.relpath(folder / name, self._catalog.root))
            events.add(shown.as_posix())
        elif Path(path).is_dir():
            events.add(None)

    def _progress(self, done: int, total: int) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told_at >= TOLD_EVERY:
            self._told_at = now
            log.info("read %s of %s files", f"{done:,}", f"{total:,}")


class _Events:
    """What changed since it was last asked."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.all = False
        self._paths: set[str] = set()

    def add(self, path: str | None) -> None:
        """A file changed; None: whatever it was, look everywhere."""
        if path is None or len(self._paths) >= MANY:
            self.all = True
        else:
            self._paths.add(path)
        self.changed.set()

    def take(self) -> set[str] | None:
        """The files that changed, none twice; None for everything."""
        everything, paths = self.all, self._paths
        self.all, self._paths = False, set()
        self.changed.clear()
        return None if everything else paths


def _tell(changes: Changes) -> None:
    for problem in changes.problems:
        log.log(
            logging.WARNING,
            "%s:%d: %sexpected %s",
            problem.path,
            problem.line,
            f"found {problem.found}; " if problem.found else "",
            problem.expected,
        )
    more = changes.errors - sum(one.severity is Severity.ERROR for one in changes.problems)
    if more > 0:
        log.warning("and %d more errors; digest-bot check names them all", more)
    if changes.read or changes.withdrawn:
        log.info(
            "%d files: %d new articles, %d changed, %d withdrawn",
            changes.files,
            changes.published,
            changes.changed,
            changes.withdrawn,
        )
