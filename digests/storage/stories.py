"""The rows of stories: which articles tell the same, and the marks by which that is found out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, delete, select

from digests.model import Published
from digests.storage import library
from digests.storage.database import Connection
from digests.storage.rows import insert
from digests.storage.schema import articles, counters, stories, story_traces
from digests.storage.unpack import Moments, Unpacked, packed
from digests.stories import Mark, Trace, wanted

T = TypeVar("T")

_COUNTER = "woven"
_CHUNK = 300


async def woven(connection: Connection, *, lock: bool = False) -> int:
    """Up to which sequence the articles have been compared; ``lock`` keeps others from going on."""
    statement = select(counters.c.value).where(counters.c.name == _COUNTER)
    if lock:
        first = insert(connection, counters).values(name=_COUNTER, value=0)
        await connection.execute(first.on_conflict_do_nothing())
        statement = statement.with_for_update()
    return await connection.scalar(statement) or 0


async def set_woven(connection: Connection, sequence: int) -> None:
    """Articles up to this sequence have been compared."""
    await connection.execute(
        counters.update().where(counters.c.name == _COUNTER).values(value=sequence)
    )


async def unwoven(connection: Connection, since: int, most: int) -> list[Published]:
    """The first announced, published articles above a sequence."""
    ids = await connection.scalars(
        select(articles.c.id)
        .where(articles.c.sequence > since, articles.c.announced, articles.c.withdrawn_at.is_(None))
        .order_by(articles.c.sequence)
        .limit(most)
    )
    found = await library.published(connection, ids.all())
    return sorted(found.values(), key=lambda one: one.sequence)


async def near(connection: Connection, new: Sequence[Trace]) -> list[tuple[Trace, int]]:
    """Earlier articles that may tell the same as new ones, with all others of their stories."""
    keys = {(mark, kind.value) for one in new for kind, mark in wanted(one)}
    rows = await connection.scalars(_with_marks(connection.dialect.name), packed(sorted(keys)))
    ids = set(rows)
    told = {id_: id_ for id_ in ids}
    for part in _chunks(sorted(ids)):
        same = select(stories.c.story).where(stories.c.article_id.in_(part))
        members = await connection.execute(
            select(stories.c.article_id, stories.c.story).where(stories.c.story.in_(same))
        )
        told.update({row.article_id: row.story for row in members})
    return [(one, told[one.article_id]) for one in await _traces(connection, sorted(told))]


@cache
def _with_marks(dialect: str) -> Any:
    given = Unpacked(dialect)
    same = and_(story_traces.c.mark == given.number(0), story_traces.c.kind == given.text(1))
    return select(story_traces.c.article_id).select_from(given.rows).join(story_traces, same)


async def _traces(connection: Connection, ids: Sequence[int]) -> list[Trace]:
    marks: dict[int, dict[Mark, set[int]]] = {}
    seen: dict[int, tuple[datetime, str]] = {}
    for chunk in _chunks(ids):
        rows = await connection.execute(
            select(
                articles.c.id,
                articles.c.published_at,
                articles.c.provider,
                story_traces.c.kind,
                story_traces.c.mark,
            )
            .outerjoin(story_traces, articles.c.id == story_traces.c.article_id)
            .where(articles.c.id.in_(chunk), articles.c.withdrawn_at.is_(None))
        )
        for id_, published_at, provider, kind, mark in rows:
            seen[id_] = (published_at, provider.casefold())
            kinds = marks.setdefault(id_, {one: set() for one in Mark})
            if kind is not None:  # its marks may be forgotten already
                kinds[Mark(kind)].add(mark)
    return [
        Trace(id_, *seen[id_], {kind: frozenset(some) for kind, some in marks[id_].items()})
        for id_ in sorted(seen)
    ]


async def save(connection: Connection, new: Sequence[Trace], changed: Mapping[int, int]) -> None:
    """Remember new articles' marks, and the stories of articles whose story changed."""
    moments = Moments(connection)
    rows = [
        (mark, kind.value, one.article_id, moments.text(one.published_at))
        for one in new
        for kind, marks in one.marks.items()
        for mark in marks
    ]
    await connection.execute(_insert_traces(connection.dialect.name), packed(rows))
    # The first article of a story has a row too: by the story all its articles are found.
    members = {**changed} | {story: story for story in changed.values()}
    if members:
        statement = insert(connection, stories)
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["article_id"], set_={"story": statement.excluded.story}
            ),
            [{"article_id": id_, "story": story} for id_, story in members.items()],
        )


@cache
def _insert_traces(dialect: str) -> Any:
    given = Unpacked(dialect)
    chosen: dict[str, ColumnElement[Any]] = {
        "mark": given.number(0),
        "kind": given.text(1),
        "article_id": given.number(2),
        "published_at": given.moment(3),
    }
    return story_traces.insert().from_select(
        list(chosen), select(*chosen.values()).select_from(given.rows)
    )


async def forget(connection: Connection, before: datetime) -> None:
    """Marks of articles published before this moment are compared no more."""
    await connection.execute(delete(story_traces).where(story_traces.c.published_at < before))


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
