"""What a batch of files says in, rows written in one transaction out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digests.batch import Read, Status
from digests.model import Problem
from digests.record import Record
from digests.rivals import Claim, winners
from digests.storage import Connection, files, library, revisions, topics
from digests.storage.files import NEVER, FileRow
from digests.storage.library import KnownArticle
from digests.storage.revisions import Before
from digests.visible import seen

SETTLING = timedelta(seconds=2)
"""A file that changed this recently may change again without its time showing it."""


@dataclass(slots=True)
class Batch:
    """Files read together, by path; ``before`` is what was known of them.

    ``tried`` are files that were looked into because they have the same link as another.
    ``oldest``: an article published before this is no news any more.
    """

    reads: dict[str, Read]
    before: dict[str, FileRow]
    now: datetime
    oldest: datetime
    tried: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Stored:
    """What was written: ``lost`` are articles that may have lost their file.

    With ``rivals`` nothing was: these files have the same links, and must be read first.
    """

    published: int = 0
    changed: int = 0
    lost: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    rivals: list[str] = field(default_factory=list)


async def store(connection: Connection, batch: Batch) -> Stored:
    """Write the batch: articles, their topics, and the files as they were read."""
    await library.lock(connection)
    told = {path: one.record for path, one in batch.reads.items() if one.record is not None}
    known = await library.known_articles(connection, {one.link for one in told.values()})
    rivals = await _rivals(connection, batch, known)
    if rivals:
        return Stored(rivals=rivals)
    counting, problems = winners(
        Claim(path, one.link, one.published_at, one.updated_at) for path, one in told.items()
    )
    best = {link: told[path] for link, path in counting.items()}
    stored = Stored(problems=problems)
    ids = await _publish(connection, best, known, batch, stored)
    rows = []
    for path, one in batch.reads.items():
        if one.status in (Status.SAME, Status.GONE):
            continue
        stored.problems += one.problems
        record = told.get(path)
        wins = record is not None and counting[record.link] == path
        article_id = ids[record.link] if record is not None else None
        rows.append(_row(one, batch.now, article_id, wins=wins))
    await files.save(connection, rows)
    await files.touch(connection, _same(batch))
    gone = [path for path, one in batch.reads.items() if one.status is Status.GONE]
    stored.lost = await files.forget(connection, gone) | _lost(rows, batch.before)
    return stored


async def _rivals(
    connection: Connection, batch: Batch, known: Mapping[str, KnownArticle]
) -> list[str]:
    if not known:
        return []
    looked_into = {path for path, one in batch.reads.items() if one.status is not Status.SAME}
    ids = {one.id for one in known.values()}
    return await files.rivals(connection, ids, looked_into | batch.tried)


async def _publish(
    connection: Connection,
    best: Mapping[str, Record],
    known: Mapping[str, KnownArticle],
    batch: Batch,
    stored: Stored,
) -> dict[str, int]:
    """Article rows for what counts, the oldest first; ids by link."""
    new = sorted(
        (record for link, record in best.items() if link not in known),
        key=lambda one: (one.published_at, one.link),
    )
    ids = await library.add_articles(
        connection, [(record, record.published_at >= batch.oldest) for record in new]
    )
    await topics.set_topics(connection, {ids[one.link]: one.topics for one in new}, fresh=True)
    changed = {one.id: best[link] for link, one in known.items() if not one.is_told_by(best[link])}
    await library.change_articles(connection, changed)
    await revisions.revise(connection, _revised(known, changed), batch.now)
    await topics.set_topics(connection, {id_: one.topics for id_, one in changed.items()})
    back = sum(one.withdrawn for one in known.values())
    stored.published = len(new) + back
    stored.changed = len(changed) - back
    return ids | {link: one.id for link, one in known.items()}


def _revised(known: Mapping[str, KnownArticle], changed: Mapping[int, Record]) -> Iterable[Before]:
    """Articles whose cards said something else before; most changes are of what no card shows."""
    for one in known.values():
        told = changed.get(one.id)
        if told is None:
            continue
        if one.withdrawn or one.mark != seen(json.loads(told.body), told.published_at):
            yield Before(one.id, one.mark, one.withdrawn)


def _row(one: Read, now: datetime, article_id: int | None, *, wins: bool) -> FileRow:
    status = one.status.value
    if one.record is not None and not wins:
        status = "duplicate"
    return FileRow(one.path, _stamped(one, now), one.size, one.hash, status, article_id, one.due_at)


def _stamped(one: Read, now: datetime) -> int:
    """The time to remember; one that is never met again if the file may still be changing."""
    recent = one.mtime_ns > (now - SETTLING).timestamp() * 1e9
    return NEVER if recent else one.mtime_ns


def _same(batch: Batch) -> list[tuple[str, int, int]]:
    return [
        (path, _stamped(one, batch.now), one.size)
        for path, one in batch.reads.items()
        if one.status is Status.SAME
    ]


def _lost(rows: Iterable[FileRow], before: Mapping[str, FileRow]) -> set[int]:
    """Articles that these files published before, and do not any more."""
    lost = set()
    for row in rows:
        old = before.get(row.path)
        if old is None or old.article_id is None:
            continue
        if (old.article_id, old.status) != (row.article_id, row.status):
            lost.add(old.article_id)
    return lost


def merged(batch: Batch, more: Sequence[Read], before: dict[str, FileRow]) -> Batch:
    """The batch with further files in it."""
    return replace(
        batch,
        reads=batch.reads | {one.path: one for one in more},
        before=batch.before | before,
        tried=batch.tried | set(before),
    )
