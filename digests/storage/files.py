"""The rows of files: each as it was when it was last read, and what it came to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, func, select, true, update

from digests.storage.database import Connection
from digests.storage.rows import insert, insert_for
from digests.storage.schema import articles, counters, files
from digests.storage.unpack import Moments, Unpacked, packed

T = TypeVar("T")

NEVER = -1
"""A time that no file has: a row with it counts as changed."""

_READER = "reader"
_AT_ONCE = 1_000
"""Rows fetched in one go: the event loop is held for no longer than these take."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it was when last read; ``status`` is one of those in the schema."""

    path: str
    mtime_ns: int
    size: int
    hash: str
    status: str
    article_id: int | None = None
    due_at: datetime | None = None


def stamp(mtime_ns: int, size: int) -> int:
    """Time and size in one number, which takes half the memory of two."""
    return (mtime_ns << 64) + size


async def stamps(connection: Connection) -> dict[str, int]:
    """The ``stamp`` of every file as last read, by path."""
    known: dict[str, int] = {}
    statement = select(files.c.path, files.c.mtime_ns, files.c.size)
    result = await connection.stream(statement, execution_options={"yield_per": _AT_ONCE})
    async for rows in result.partitions():
        for path, mtime_ns, size in rows:
            known[path] = (mtime_ns << 64) + size
    return known


async def at(connection: Connection, paths: Collection[str]) -> dict[str, FileRow]:
    """What is known of these files, by path."""
    found: dict[str, FileRow] = {}
    for chunk in chunks(sorted(paths)):
        rows = await connection.execute(select(files).where(files.c.path.in_(chunk)))
        found.update((row["path"], FileRow(**row)) for row in rows.mappings())
    return found


async def due(connection: Connection, now: datetime) -> list[str]:
    """Paths of files whose article becomes published by ``now``."""
    return list(await connection.scalars(select(files.c.path).where(files.c.due_at <= now)))


async def next_due(connection: Connection) -> datetime | None:
    """When the next scheduled article becomes published."""
    statement = select(func.min(files.c.due_at)).where(files.c.due_at.is_not(None))
    moment: datetime | None = await connection.scalar(statement)
    return moment


async def rivals(
    connection: Connection, article_ids: Collection[int], without: Collection[str]
) -> list[str]:
    """Paths of the files that have these articles, except those named."""
    found: list[str] = []
    for chunk in chunks(sorted(article_ids)):
        found += await connection.scalars(select(files.c.path).where(files.c.article_id.in_(chunk)))
    return sorted(set(found).difference(without))


async def heirs(connection: Connection, article_ids: Collection[int]) -> list[str]:
    """Paths of the files that take these articles over: no other file publishes them now."""
    other = files.alias()
    published = select(other.c.article_id).where(other.c.status == "published")
    found: list[str] = []
    for chunk in chunks(sorted(article_ids)):
        found += await connection.scalars(
            select(files.c.path).where(
                files.c.article_id.in_(chunk),
                files.c.status == "duplicate",
                files.c.article_id.not_in(published.where(other.c.article_id.in_(chunk))),
            )
        )
    return sorted(found)


async def save(connection: Connection, rows: Sequence[FileRow]) -> None:
    """Remember files as they were read."""
    if not rows:
        return
    moments = Moments(connection)
    await connection.execute(
        _save(connection.dialect.name),
        packed(
            (
                row.path,
                row.mtime_ns,
                row.size,
                row.hash,
                row.status,
                row.article_id,
                moments.text(row.due_at),
            )
            for row in rows
        ),
    )


@cache
def _save(dialect: str) -> Any:
    one = Unpacked(dialect)
    columns: dict[str, ColumnElement[Any]] = {
        "path": one.text(0),
        "mtime_ns": one.number(1),
        "size": one.number(2),
        "hash": one.text(3),
        "status": one.text(4),
        "article_id": one.number(5),
        "due_at": one.moment(6),
    }
    # Without a condition SQLite would take ON CONFLICT for that of a join.
    source = select(*columns.values()).select_from(one.rows).where(true())
    statement = insert_for(dialect, files).from_select(list(columns), source)
    return statement.on_conflict_do_update(
        index_elements=["path"],
        set_={name: statement.excluded[name] for name in columns if name != "path"},
    )


async def touch(connection: Connection, seen: Sequence[tuple[str, int, int]]) -> None:
    """Remember the time and size of files whose bytes did not change: path, mtime_ns, size."""
    if seen:
        await connection.execute(
            update(files).where(files.c.path == bindparam("seen_path")),
            [{"seen_path": path, "mtime_ns": time, "size": size} for path, time, size in seen],
        )


async def forget(connection: Connection, paths: Sequence[str]) -> set[int]:
    """Files that are no longer there; ids of the articles they had."""
    lost: set[int] = set()
    for chunk in chunks(paths):
        there = files.c.path.in_(chunk)
        ids = await connection.scalars(select(files.c.article_id).where(there))
        lost |= {id_ for id_ in ids if id_ is not None}
        await connection.execute(delete(files).where(there))
    return lost


async def orphans(connection: Connection) -> set[int]:
    """Ids of published articles that no file publishes: the program died over them."""
    kept = select(files.c.article_id).where(
        files.c.article_id == articles.c.id, files.c.status == "published"
    )
    statement = select(articles.c.id).where(articles.c.withdrawn_at.is_(None), ~kept.exists())
    return set(await connection.scalars(statement))


async def use_reader(connection: Connection, version: int) -> bool:
    """Whether files are still read as before; if not, all of them count as changed from now on."""
    before = await connection.scalar(select(counters.c.value).where(counters.c.name == _READER))
    if before == version:
        return True
    statement = insert(connection, counters).values(name=_READER, value=version)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": version})
    )
    await connection.execute(update(files).values(mtime_ns=NEVER, hash=""))
    return False


def chunks(items: Iterable[T], size: int = 500) -> Iterable[list[T]]:
    """Lists of at most ``size``: a statement takes only so many values."""
    batch = list(items)
    return (batch[start : start + size] for start in range(0, len(batch), size))
