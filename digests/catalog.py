"""Step 2, index: the library's folder in, article rows out: new, changed, gone.

    scan -> what changed -> batch (step 1, many at a time) -> storing

A file is read again only when its time, its size or its words changed. An article is known by its
link: moving or renaming its file changes nothing. What is not published has no article row.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.batch import Job, Read, Readers, Status, read_anew, reader_version, readers, slices
from digests.model import Problem, Severity
from digests.scan import Found, Walk, is_article, look_at
from digests.storage import Database, files, library, topics
from digests.storage.files import FileRow
from digests.storing import SETTLING, Batch, merged, store
from digests.topic_files import Seen, is_topic_file, read_topics, see_topics, topic_folder

log = logging.getLogger(__name__)

FEW, BATCH = 50, 500
"""Files read and stored together: in a thread of this process, and in processes beside it."""

MOST_PROBLEMS = 100
"""Problems kept of a refresh; ``digest-bot check`` names them all."""

RECENT = timedelta(weeks=4)
RECOUNT = timedelta(hours=1)
"""How long the numbers of recent articles may stand when nothing changes."""


@dataclass(slots=True)
class Changes:
    """What a refresh did. ``problems`` are the first ones, ``errors`` counts them all."""

    files: int = 0
    read: int = 0
    published: int = 0
    changed: int = 0
    withdrawn: int = 0
    errors: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether any article came, changed or went."""
        return bool(self.published or self.changed or self.withdrawn)

    def add(self, problems: Sequence[Problem]) -> None:
        """Count problems, and keep them while there is room."""
        self.errors += sum(one.severity is Severity.ERROR for one in problems)
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]


@dataclass
class Catalog:
    """The index of one folder. ``max_age`` is how old an article may be to count as news.

    One refresh at a time. ``progress`` is told how many files are read, of how many.
    """

    database: Database
    root: Path
    max_age: timedelta
    asset_base: str | None = None
    progress: Callable[[int, int], None] | None = None

    def __post_init__(self) -> None:
        self.folders: dict[Path, int] = {}
        """Every folder to watch, as last seen: the library's and that of topics, with inodes."""
        self._checked = False
        self._recount_at: datetime | None = None
        self._empty = False
        self._topics: Seen | None = None
        self._topics_again: datetime | None = None
        self._unsettled: dict[str, tuple[tuple[int, int], datetime]] = {}

    async def refresh(self, now: datetime, paths: Collection[str] | None = None) -> Changes:
        """Bring the catalog up to date with the folder, or with these files of it.

        ``paths`` are relative to the folder, with forward slashes; files whose time has come are
        looked at in any case.
        """
        if not self.root.is_dir():
            # A disk that is not mounted is no reason to withdraw the whole library.
            log.warning("there is no folder %s; make it, or set ARTICLES_DIR", self.root)
            return Changes()
        changes = Changes()
        named = paths is None or any(map(is_topic_file, paths))
        if named or self._is_time(self._topics_again, now):
            await self._define_topics(now, changes)
        if paths is None:
            lost = await self._after_a_start()
            todo, gone = await self._compare_all(now, changes)
        else:
            lost = set()
            self._empty = False
            todo, gone = await self._compare(set(filter(is_article, paths)), now, changes)
        changes.read = len(todo)
        lost |= await self._index(todo, now, changes)
        lost |= await self._forget(gone)
        await self._hand_over(lost, now, changes)
        if changes.anything:
            self._recount_at = None
        if paths is None:
            await self._count_recent(now)
        return changes

    async def next_look(self) -> datetime | None:
        """When a file wants to be looked at though nothing shows it: ``refresh(now, ())``."""
        async with self.database.read() as connection:
            due = await files.next_due(connection)
        moments = [looked + SETTLING for _, looked in self._unsettled.values()]
        return min((one for one in (due, self._topics_again, *moments) if one), default=None)

    # ── what changed ─────────────────────────────────────────────────────────────────────────

    async def _after_a_start(self) -> set[int]:
        """What an earlier process left undone: articles without a file."""
        if self._checked:
            return set()
        version = await asyncio.to_thread(reader_version, self.asset_base)
        async with self.database.write() as connection:
            await library.lock(connection)
            if not await files.use_reader(connection, version):
                log.debug("the reader is new: every file is read again")
        async with self.database.read() as connection:
            lost = await files.orphans(connection)
        self._checked = True
        return lost

    async def _compare_all(self, now: datetime, changes: Changes) -> tuple[list[Found], list[str]]:
        """Files that are new or changed, and paths of those that are gone."""
        async with self.database.read() as connection:
            known = await files.stamps(connection)
            self._empty = not known
            due = set(await files.due(connection, now))
        walk = Walk(self.root)
        changes.files, todo = await asyncio.to_thread(_differing, walk, known, due)
        changes.add(walk.problems)
        gone = [path for path in known if not walk.is_unknown(path)]
        self.folders = {self.root / prefix: inode for prefix, inode in walk.folders.items()}
        self.folders |= await asyncio.to_thread(_beside, self.root)
        if self._unsettled:
            for path in self._unsettled.keys() - {path for path, _, _ in todo}:
                del self._unsettled[path]
        return todo, gone

    async def _compare(
        self, paths: set[str], now: datetime, changes: Changes
    ) -> tuple[list[Found], list[str]]:
        async with self.database.read() as connection:
            due = set(await files.due(connection, now))
            due |= {
                path
                for path, (_, looked) in self._unsettled.items()
                if self._is_time(looked + SETTLING, now)
            }
            known = await files.at(connection, paths | due)
        seen = await asyncio.to_thread(_look_at_all, self.root, sorted(paths | due))
        todo: list[Found] = []
        gone = []
        for path, found in seen.items():
            row = known.get(path)
            if found is None:
                self._unsettled.pop(path, None)
                if row is not None:
                    gone.append(path)
            elif path in due or row is None or found[1:] != (row.mtime_ns, row.size):
                todo.append(found)
        changes.files = len(seen)
        return todo, gone

    # ── reading and writing ──────────────────────────────────────────────────────────────────

    async def _index(self, todo: Sequence[Found], now: datetime, changes: Changes) -> set[int]:
        """Read and store files; ids of articles that may have lost theirs."""
        lost: set[int] = set()
        if not todo:
            return lost
        done = 0
        async with readers(len(todo)) as who:
            pieces = iter(slices(todo, BATCH if who.beside else FEW))
            under_way: deque[tuple[dict[str, FileRow], asyncio.Future[list[Read]]]] = deque()
            try:
                while True:
                    while len(under_way) < who.at_once and (piece := next(pieces, None)):
                        paths = [] if self._empty else [path for path, _, _ in piece]
                        before = await self._known(paths)
                        under_way.append((before, self._begin(who, piece, before, now)))
                    if not under_way:
                        break
                    before, reading = under_way.popleft()
                    reads = await reading
                    lost |= await self._store(reads, before, now, changes)
                    done += len(reads)
                    if self.progress:
                        self.progress(done, len(todo))
            finally:
                for _, reading in under_way:
                    reading.cancel()
        return lost

    def _begin(
        self, who: Readers, piece: Sequence[Found], before: dict[str, FileRow], now: datetime
    ) -> asyncio.Future[list[Read]]:
        wanted = []
        for found in piece:
            row = before.get(found[0])
            # What is due has not changed, and yet reads differently now.
            wanted.append((found, row.hash if row is not None and row.due_at is None else ""))
        return asyncio.ensure_future(who.read(self._job(now), wanted))

    def _job(self, now: datetime) -> Job:
        return Job(self.root, self.asset_base, now)

    async def _known(self, paths: Collection[str]) -> dict[str, FileRow]:
        if not paths:
            return {}
        async with self.database.read() as connection:
            return await files.at(connection, paths)

    async def _store(
        self, reads: Iterable[Read], before: dict[str, FileRow], now: datetime, changes: Changes
    ) -> set[int]:
        """Write one batch, and with it the files that have the same links."""
        settled = {one.path: one for one in reads if self._is_settled(one, now)}
        batch = Batch(settled, before, now, now - self.max_age)
        while True:
            async with self.database.write() as connection:
                stored = await store(connection, batch)
            if not stored.rivals:
                break
            known = await self._known(stored.rivals)
            more = await asyncio.to_thread(read_anew, self._job(now), stored.rivals)
            batch = merged(batch, [one for one in more if self._is_settled(one, now)], known)
        changes.published += stored.published
        changes.changed += stored.changed
        changes.add(stored.problems)
        return stored.lost

    def _is_settled(self, one: Read, now: datetime) -> bool:
        """Whether to take a file for what it says.

        One that is broken and has just changed is perhaps being written: it is judged when it has
        been left alone for a while. Until then its article stays as it is.
        """
        if one.status is Status.BROKEN and one.mtime_ns > _ns(now - SETTLING):
            stamp = one.mtime_ns, one.size
            seen = self._unsettled.get(one.path)
            if seen is None or seen[0] != stamp:
                self._unsettled[one.path] = stamp, now
                return False
            if not self._is_time(seen[1] + SETTLING, now):
                return False
        self._unsettled.pop(one.path, None)
        return True

    async def _forget(self, gone: Sequence[str]) -> set[int]:
        lost: set[int] = set()
        for piece in slices(gone, BATCH):
            async with self.database.write() as connection:
                await library.lock(connection)
                lost |= await files.forget(connection, piece)
        return lost

    async def _hand_over(self, lost: Collection[int], now: datetime, changes: Changes) -> None:
        """Articles that lost their file: another file takes them over, or they are withdrawn."""
        for piece in files.chunks(sorted(lost), BATCH):
            async with self.database.read() as connection:
                heirs = await files.heirs(connection, piece)
            if heirs:
                known = await self._known(heirs)
                reads = await asyncio.to_thread(read_anew, self._job(now), heirs)
                await self._store(reads, known, now, changes)
            async with self.database.write() as connection:
                await library.lock(connection)
                changes.withdrawn += len(await library.withdraw_orphans(connection, piece, now))

    # ── topics ───────────────────────────────────────────────────────────────────────────────

    async def _define_topics(self, now: datetime, changes: Changes) -> None:
        seen = await asyncio.to_thread(see_topics, self.root)
        if seen == self._topics:
            return
        found = await asyncio.to_thread(read_topics, self.root)
        async with self.database.write() as connection:
            await library.lock(connection)
            await topics.define(connection, found.definitions, whole=found.whole)
        writing = any(abs(_ns(now) - mtime_ns) < _ns_of(SETTLING) for _, mtime_ns, _ in seen)
        if writing and not found.whole:
            self._topics_again = now + SETTLING
            return
        self._topics, self._topics_again = seen, None
        changes.add(found.problems)

    async def _count_recent(self, now: datetime) -> None:
        """Once in a full refresh at most: for a glance at what a topic brings, that is enough."""
        if self._recount_at is None or self._is_time(self._recount_at, now):
            async with self.database.write() as connection:
                await library.lock(connection)
                await topics.count_recent(connection, now - RECENT)
            self._recount_at = now + RECOUNT

    @staticmethod
    def _is_time(moment: datetime | None, now: datetime) -> bool:
        return moment is not None and moment <= now


def _ns_of(time: timedelta) -> int:
    return time // timedelta(microseconds=1) * 1000


def _ns(moment: datetime) -> int:
    """Nanoseconds since 1970, to the microsecond."""
    return _ns_of(moment - datetime.fromtimestamp(0, UTC))


def _differing(walk: Walk, known: dict[str, int], due: Collection[str]) -> tuple[int, list[Found]]:
    """How many files there are, and those that are due or differ from ``known``.

    In ``known`` what is not there remains.
    """
    count = 0
    differing = []
    for found in walk:
        count += 1
        path, mtime_ns, size = found
        if known.pop(path, None) != (mtime_ns << 64) + size or path in due:
            differing.append(found)
    return count, differing


def _beside(root: Path) -> dict[Path, int]:
    """The folder of topic files, with its inode, if it is outside the library."""
    folder = topic_folder(root)
    if folder is None or folder.is_relative_to(root.absolute()):
        return {}
    return {folder: folder.stat().st_ino}


def _look_at_all(root: Path, paths: Iterable[str]) -> dict[str, Found | None]:
    """Files as they are now; those that may not be seen are left out."""
    seen: dict[str, Found | None] = {}
    for path in paths:
        try:
            seen[path] = look_at(root, path)
        except OSError as error:
            log.warning("cannot look at %s (%s): its article stays", path, error.strerror)
    return seen
