"""Step 2, index: the library's folder in, article rows out: new, changed, gone.

    scan -> what changed -> read (step 1) -> rows, with a sequence at first publication

A file is read again only when its time, its size or its words changed. An article is known by its
link: moving or renaming its file changes nothing. What is not published has no article row.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from digests.articles import read_article
from digests.files import read_bytes
from digests.model import Article, Problem, Reading
from digests.storage import Connection, Database, library
from digests.storage.library import FileRow

log = logging.getLogger(__name__)

BATCH = 200
"""Files read and stored in one transaction."""

SETTLING = timedelta(seconds=2)
"""A file that changed this recently may change again without its time showing it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as the folder shows it; ``path`` is relative, with forward slashes."""

    path: str
    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read; ``hash`` is of its bytes, empty if they could not be had.

    ``reading`` is None if the bytes are those read before: nothing is new but the time.
    """

    found: Found
    hash: str
    reading: Reading | None


@dataclass(slots=True)
class Changes:
    """What a refresh did."""

    files: int = 0
    read: int = 0
    published: int = 0
    changed: int = 0
    withdrawn: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether any article came, changed or went."""
        return bool(self.published or self.changed or self.withdrawn)


@dataclass
class Catalog:
    """The index of one folder. ``max_age`` is how old an article may be to count as news."""

    database: Database
    root: Path
    max_age: timedelta
    asset_base: str | None = None
    progress: Callable[[int, int], None] | None = None

    async def refresh(self, now: datetime) -> Changes:
        """Bring the catalog up to date with the folder."""
        if not self.root.is_dir():
            # A disk that is not mounted is no reason to withdraw the whole library.
            log.warning("there is no folder %s; make it, or set ARTICLES_DIR", self.root)
            return Changes()
        found = await asyncio.to_thread(lambda: {one.path: one for one in scan(self.root)})
        async with self.database.read() as connection:
            known = await library.known_files(connection)
        due = {path for path, row in known.items() if row.due_at and row.due_at <= now}
        todo = [
            one for path, one in found.items() if path in due or _is_changed(one, known.get(path))
        ]
        gone = [path for path in known if path not in found]
        changes = Changes(files=len(found), read=len(todo))
        if not todo and not gone:
            return changes
        orphans: set[int] = set()
        async with self.database.write() as connection:
            await library.forget_files(connection, gone)
        orphans |= {row.article_id for path in gone if (row := known[path]).article_id}
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            readings = await asyncio.to_thread(self._read, batch, known)
            async with self.database.write() as connection:
                orphans |= await self._store(connection, readings, known, now, changes)
            if self.progress:
                self.progress(start + len(batch), len(todo))
        await self._withdraw(orphans, now, changes)
        return changes

    async def _withdraw(self, orphans: set[int], now: datetime, changes: Changes) -> None:
        async with self.database.write() as connection:
            changes.withdrawn += len(await library.withdraw_orphans(connection, orphans, now))

    def _read(self, batch: Sequence[Found], known: Mapping[str, FileRow]) -> list[FileReading]:
        readings = []
        for found in batch:
            data = read_bytes(self.root, self.root / found.path)
            if isinstance(data, Problem):
                readings.append(FileReading(found, "", Reading(None, False, (data,))))
                continue
            digest = hashlib.blake2b(data, digest_size=16).hexdigest()
            before = known.get(found.path)
            if before and before.hash == digest and not before.due_at:
                readings.append(FileReading(found, digest, None))
                continue
            reading = read_article(data, found.path, asset_base=self.asset_base)
            readings.append(FileReading(found, digest, reading))
        return readings

    async def _store(
        self,
        connection: Connection,
        readings: Sequence[FileReading],
        known: Mapping[str, FileRow],
        now: datetime,
        changes: Changes,
    ) -> set[int]:
        """Write one batch; ids of articles that may have lost their file."""
        public = {
            one.found.path: one.reading.article
            for one in readings
            if one.reading and one.reading.article and one.reading.public
            if one.reading.article.published_at <= now
        }
        ids = await self._publish(connection, list(public.values()), now, changes)
        rows = []
        for one in readings:
            stamp = _stamp(one.found, now)
            if one.reading is None:
                rows.append(replace(known[one.found.path], mtime_ns=stamp, size=one.found.size))
                continue
            changes.problems += one.reading.problems
            article = public.get(one.found.path)
            rows.append(_file_row(one, one.reading, stamp, ids[article.link] if article else None))
        await library.save_files(connection, rows)
        before = {known[row.path].article_id for row in rows if row.path in known}
        return {id_ for id_ in before - {row.article_id for row in rows} if id_ is not None}

    async def _publish(
        self, connection: Connection, found: Sequence[Article], now: datetime, changes: Changes
    ) -> dict[str, int]:
        """Article rows for what is published, one a link; ids by link."""
        by_link: dict[str, Article] = {}
        for article in found:
            other = by_link.get(article.link)
            if other is None or article.published_at >= other.published_at:
                by_link[article.link] = article
        known = await library.known_articles(connection, by_link)
        new = sorted(
            (article for link, article in by_link.items() if link not in known),
            key=lambda one: (one.published_at, one.link),
        )
        oldest = now - self.max_age
        ids = await library.add_articles(
            connection, [(article, article.published_at >= oldest) for article in new]
        )
        changed = {
            one.id: by_link[link]
            for link, one in known.items()
            if library.is_changed(one, by_link[link])
        }
        await library.change_articles(connection, changed)
        ids |= {link: one.id for link, one in known.items()}
        touched = {ids[one.link]: one.topics for one in (*new, *changed.values())}
        await library.set_topics(connection, touched)
        changes.published += len(new) + sum(one.withdrawn for one in known.values())
        changes.changed += sum(one.id in changed and not one.withdrawn for one in known.values())
        return ids


def scan(root: Path) -> Iterator[Found]:
    """Every Markdown file below a folder. Hidden names and links to folders are left out."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(folder)
        except OSError as error:
            log.warning("cannot look into %s: %s", folder, error.strerror)
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif entry.name.lower().endswith((".md", ".markdown")):
                    stat = entry.stat(follow_symlinks=False)
                    path = Path(entry.path).relative_to(root).as_posix()
                    yield Found(path, stat.st_mtime_ns, stat.st_size)


def _is_changed(found: Found, known: FileRow | None) -> bool:
    return known is None or (found.mtime_ns, found.size) != (known.mtime_ns, known.size)


def _stamp(found: Found, now: datetime) -> int:
    """The time to remember; one that is never met again if the file may still be changing."""
    recent = found.mtime_ns / 1e9 > (now - SETTLING).timestamp()
    return -1 if recent else found.mtime_ns


def _file_row(one: FileReading, reading: Reading, stamp: int, article_id: int | None) -> FileRow:
    status, due_at = "unpublished", None
    if article_id is not None:
        status = "published"
    elif reading.article is None:
        status = "broken"
    elif reading.public:
        status, due_at = "scheduled", reading.article.published_at
    return FileRow(one.found.path, stamp, one.found.size, one.hash, status, article_id, due_at)
