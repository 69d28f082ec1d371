"""Paths in, what their files say out, many at a time: in a thread, or in two processes beside.

Reading is pure Python for most of its time. In threads it would hold up whatever else the program
does; so where there is much to read, other processes do it, and only plain values come back.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from digests import articles
from digests.articles import read_article
from digests.files import read_bytes
from digests.model import Problem, Reading
from digests.problems import problem
from digests.record import Record, to_record
from digests.scan import Found, look_at

T = TypeVar("T")

log = logging.getLogger(__name__)

MANY = 1_000
"""From so many files on it pays to start processes, which takes some tenths of a second."""

PROCESSES = 2


class Status(StrEnum):
    """What a file came to."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"  # published as soon as its time comes
    UNPUBLISHED = "unpublished"
    BROKEN = "broken"
    SAME = "same"  # its bytes are those that were read before
    GONE = "gone"


class Read(NamedTuple):
    """One file, read. ``record`` is there for a published article only, ``due_at`` for one that
    is scheduled; ``hash`` is of the bytes, empty if they could not be had.
    """

    path: str
    mtime_ns: int
    size: int
    status: Status
    hash: str = ""
    record: Record | None = None
    due_at: datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """How files are read. What is published after ``now`` is scheduled; without ``now``, nothing.

    ``warnings`` says whether these are asked for, too.
    """

    root: Path
    asset_base: str | None = None
    now: datetime | None = None
    warnings: bool = False


Wanted = tuple[Found, str]
"""A file as it was seen before it is read, so that what changes in between is seen at the next
look; and the hash of what is known of it already (empty: read it in any case).
"""


def read_files(job: Job, wanted: Sequence[Wanted]) -> list[Read]:
    """Read files, in their order; one that cannot be read keeps no other from it."""
    return [_read_file(job, found, known) for found, known in wanted]


def read_anew(job: Job, paths: Iterable[str]) -> list[Read]:
    """Read files of which only the name is known, whatever is known of what they say."""
    return [_read_file(job, _seen(job.root, path) or (path, 0, 0), "") for path in paths]


def _seen(root: Path, path: str) -> Found | None:
    try:
        return look_at(root, path)
    except OSError:
        return path, 0, 0  # The reader says why.


def _read_file(job: Job, found: Found, known: str) -> Read:
    path = found[0]
    data = read_bytes(job.root, job.root / path)
    if isinstance(data, Problem):
        if _seen(job.root, path) is None:
            return Read(*found, Status.GONE)
        return Read(*found, Status.BROKEN, problems=(data,))
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    if digest == known:
        return Read(*found, Status.SAME, digest)
    reading = _reading(job, data, path)
    problems = reading.problems
    article = reading.article
    if article is None:
        return Read(*found, Status.BROKEN, digest, problems=problems)
    if not reading.public:
        return Read(*found, Status.UNPUBLISHED, digest, problems=problems)
    if job.now is not None and article.published_at > job.now:
        due_at = article.published_at
        return Read(*found, Status.SCHEDULED, digest, due_at=due_at, problems=problems)
    return Read(*found, Status.PUBLISHED, digest, to_record(article), problems=problems)


def _reading(job: Job, data: bytes, path: str) -> Reading:
    try:
        return read_article(data, path, asset_base=job.asset_base, warnings=job.warnings)
    except Exception as error:  # the reader promises to raise nothing; one file must not stop all
        log.exception("reading %s failed", path)
        fault = problem("unreadable-file", path, found=type(error).__name__)
        return Reading(None, False, (fault,))


def reader_version(asset_base: str | None) -> int:
    """A number that changes whenever files may read differently than before; 63 bits.

    It is drawn from the reader's own source, so that nobody has to remember to raise it.
    """
    digest = hashlib.blake2b(repr(asset_base).encode(), digest_size=8)
    folder = Path(articles.__file__).parent
    for name in (
        "articles",
        "batch",
        "frontmatter",
        "links",
        "plain_form",
        "record",
        "scalars",
        "text",
    ):
        digest.update((folder / f"{name}.py").read_bytes())
    return int.from_bytes(digest.digest(), "big") >> 1


# ── many files ───────────────────────────────────────────────────────────────────────────────


class Readers:
    """Who reads: processes beside this one, or this one's threads where ``executor`` is None."""

    def __init__(self, executor: Executor | None) -> None:
        self._executor = executor
        self.beside = executor is not None
        self.at_once = 2 * PROCESSES if executor else 1
        """How many lists are best given at once, so that nobody waits for work."""

    async def read(self, job: Job, wanted: Sequence[Wanted]) -> list[Read]:
        """``read_files``, without holding up the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, read_files, job, wanted)


@asynccontextmanager
async def readers(files: int) -> AsyncIterator[Readers]:
    """Those who read so many files; processes end with the block, whatever ends it."""
    if files < MANY:
        yield Readers(None)
        return
    pool = await asyncio.to_thread(open_pool)
    try:
        yield Readers(pool)
    finally:
        await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)


def open_pool() -> ProcessPoolExecutor:
    """Two processes that read files, started and ready.

    They are started afresh, not forked: a fork copies whatever locks other threads hold.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_set_up_process)
    for ready in [pool.submit(os.getpid) for _ in range(PROCESSES)]:
        ready.result()
    return pool


def _set_up_process() -> None:
    """In the new process: leave Ctrl-C to the parent, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)  # the program itself has people who wait for it
    gc.freeze()
    gc.set_threshold(50_000)  # trees of values come and go, and none refers to itself
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def slices(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    """The items in pieces of at most ``size``."""
    return (items[start : start + size] for start in range(0, len(items), size))
