"""The catalog's rows: files as last seen, published articles, their topics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, case, delete, func, select, update

from digests.model import Article, Candidate, Published, Topic
from digests.storage.database import Connection
from digests.storage.rows import Body, article_to_body, body_to_article, insert, same_body
from digests.storage.schema import article_topics, articles, counters, files, topics
from digests.topics import topic_key

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What the catalog must know of an article it has, to tell new from changed."""

    id: int
    published_at: datetime
    withdrawn: bool
    body: Body | None


async def known_files(connection: Connection) -> dict[str, FileRow]:
    """Every file as last seen, by path."""
    rows = await connection.execute(select(files))
    return {row["path"]: FileRow(**row) for row in rows.mappings()}


async def due_files(connection: Connection, now: datetime) -> list[str]:
    """Paths of files whose article becomes published by ``now``."""
    rows = await connection.execute(select(files.c.path).where(files.c.due_at <= now))
    return list(rows.scalars())


async def save_files(connection: Connection, rows: Sequence[FileRow]) -> None:
    """Remember files as they were read."""
    if not rows:
        return
    statement = insert(connection, files)
    columns = ("mtime_ns", "size", "hash", "status", "article_id", "due_at")
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["path"],
            set_={name: statement.excluded[name] for name in columns},
        ),
        [{name: getattr(row, name) for name in ("path", *columns)} for row in rows],
    )


async def forget_files(connection: Connection, paths: Sequence[str]) -> None:
    """Files that are no longer there."""
    for chunk in _chunks(paths):
        await connection.execute(delete(files).where(files.c.path.in_(chunk)))


async def known_articles(connection: Connection, links: Collection[str]) -> dict[str, KnownArticle]:
    """The articles that have these links, by link."""
    known: dict[str, KnownArticle] = {}
    for chunk in _chunks(sorted(links)):
        rows = await connection.execute(select(articles).where(articles.c.link.in_(chunk)))
        for row in rows:
            known[row.link] = KnownArticle(
                row.id, row.published_at, row.withdrawn_at is not None, row.body
            )
    return known


async def latest_sequence(connection: Connection) -> int:
    """The highest sequence given so far; 0 before the first."""
    value = await connection.scalar(select(counters.c.value).where(counters.c.name == "sequence"))
    return int(value or 0)


async def add_articles(
    connection: Connection, new: Sequence[tuple[Article, bool]]
) -> dict[str, int]:
    """Publish articles for the first time, in this order; ``(article, announced)`` to link: id.

    The counter's row stays locked until the transaction ends, so numbers become visible in
    their order, whoever else publishes.
    """
    if not new:
        return {}
    statement = insert(connection, counters).values(name="sequence", value=len(new))
    last = await connection.scalar(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + len(new)}
        ).returning(counters.c.value)
    )
    assert last is not None  # noqa: S101 - RETURNING gives the row it wrote
    first = last - len(new) + 1
    await connection.execute(
        insert(connection, articles),
        [
            {"link": article.link, "sequence": first + index, "announced": announced}
            | _columns(article)
            for index, (article, announced) in enumerate(new)
        ],
    )
    rows = await connection.execute(
        select(articles.c.link, articles.c.id).where(articles.c.sequence.between(first, last))
    )
    return {row.link: row.id for row in rows}


async def change_articles(connection: Connection, changed: Mapping[int, Article]) -> None:
    """Replace what is known of articles, by id; a withdrawn one is published again."""
    for id_, article in changed.items():
        await connection.execute(
            update(articles)
            .where(articles.c.id == id_)
            .values(withdrawn_at=None, **_columns(article))
        )


def is_changed(known: KnownArticle, article: Article) -> bool:
    """Whether the stored words differ from the article's."""
    return (
        known.withdrawn
        or known.published_at != article.published_at
        or not same_body(known.body, article_to_body(article))
    )


async def withdraw_orphans(
    connection: Connection, ids: Collection[int], now: datetime
) -> list[int]:
    """Take articles back that no file publishes any more; their ids.

    Their words go; their files' duplicates are forgotten, so that they are read again.
    """
    kept = select(files.c.article_id).where(files.c.status == "published")
    gone: list[int] = []
    for chunk in _chunks(sorted(ids)):
        rows = await connection.scalars(
            select(articles.c.id).where(articles.c.id.in_(chunk), articles.c.id.not_in(kept))
        )
        gone += rows.all()
    for chunk in _chunks(gone):
        await connection.execute(delete(files).where(files.c.article_id.in_(chunk)))
        touched = await _topics_of(connection, chunk)
        await connection.execute(
            delete(article_topics).where(article_topics.c.article_id.in_(chunk))
        )
        await connection.execute(
            update(articles)
            .where(articles.c.id.in_(chunk))
            .values(withdrawn_at=now, body=None, provider="")
        )
        await _recount(connection, touched)
    return gone


async def set_topics(connection: Connection, labels: Mapping[int, Sequence[str]]) -> None:
    """The topics of articles, by article id, as written."""
    if not labels:
        return
    touched: set[int] = set()
    for chunk in _chunks(sorted(labels)):
        touched |= await _topics_of(connection, chunk)
        await connection.execute(
            delete(article_topics).where(article_topics.c.article_id.in_(chunk))
        )
    names = {topic_key(label): label for written in labels.values() for label in written}
    ids = await _topic_ids(connection, names)
    rows = {
        (ids[topic_key(label)], id_): label for id_, written in labels.items() for label in written
    }
    if rows:
        await connection.execute(
            insert(connection, article_topics),
            [
                {"topic_id": topic, "article_id": id_, "written": label}
                for (topic, id_), label in rows.items()
            ],
        )
    await _recount(connection, touched | set(ids.values()))


async def _topics_of(connection: Connection, article_ids: Sequence[int]) -> set[int]:
    rows = await connection.scalars(
        select(article_topics.c.topic_id)
        .where(article_topics.c.article_id.in_(article_ids))
        .distinct()
    )
    return set(rows)


async def _topic_ids(connection: Connection, names: Mapping[str, str]) -> dict[str, int]:
    if not names:
        return {}
    await connection.execute(
        insert(connection, topics).on_conflict_do_nothing(),
        [{"key": key, "name": name, "articles": 0} for key, name in names.items()],
    )
    ids: dict[str, int] = {}
    for chunk in _chunks(sorted(names)):
        rows = await connection.execute(
            select(topics.c.key, topics.c.id).where(topics.c.key.in_(chunk))
        )
        ids.update({row.key: row.id for row in rows})
    return ids


async def _recount(connection: Connection, topic_ids: Collection[int]) -> None:
    """How many articles each topic has, and how it is most often written."""
    for chunk in _chunks(sorted(topic_ids)):
        rows = await connection.execute(
            select(article_topics.c.topic_id, article_topics.c.written, func.count().label("n"))
            .where(article_topics.c.topic_id.in_(chunk))
            .group_by(article_topics.c.topic_id, article_topics.c.written)
            .order_by(func.count(), article_topics.c.written.desc())
        )
        counts = dict.fromkeys(chunk, 0)
        names: dict[int, str] = {}
        for topic_id, written, n in rows:
            counts[topic_id] += n
            names[topic_id] = written
        name = case(names, value=topics.c.id, else_=topics.c.name) if names else topics.c.name
        await connection.execute(
            update(topics)
            .where(topics.c.id.in_(chunk))
            .values(articles=case(counts, value=topics.c.id), name=name)
        )


async def find_topic(
    connection: Connection, label: str, *, with_articles: bool = True
) -> Topic | None:
    """The topic of this label; by default only if published articles carry it."""
    statement = select(topics).where(topics.c.key == topic_key(label))
    if with_articles:
        statement = statement.where(topics.c.articles > 0)
    row = (await connection.execute(statement)).first()
    return Topic(row.id, row.name, row.articles) if row else None


async def list_topics(connection: Connection) -> list[Topic]:
    """Topics that published articles carry, the busiest first."""
    rows = await connection.execute(
        select(topics).where(topics.c.articles > 0).order_by(topics.c.articles.desc(), topics.c.key)
    )
    return [Topic(row.id, row.name, row.articles) for row in rows]


async def published(connection: Connection, ids: Collection[int]) -> dict[int, Published]:
    """The articles of these ids that are published now, by id."""
    found: dict[int, Published] = {}
    for chunk in _chunks(sorted(ids)):
        rows = await connection.execute(_published().where(articles.c.id.in_(chunk)))
        found.update({row.id: _article(row) for row in rows})
    return found


async def count_published(connection: Connection) -> int:
    """How many articles are published now."""
    statement = select(func.count()).where(articles.c.withdrawn_at.is_(None))
    return await connection.scalar(statement) or 0


async def latest(
    connection: Connection,
    topic_ids: Collection[int],
    most: int,
    *,
    without: Collection[int] = (),
) -> list[Published]:
    """The newest published articles of these topics, except those of the ids ``without``."""
    tagged = select(article_topics.c.article_id).where(article_topics.c.topic_id.in_(topic_ids))
    statement = (
        _published()
        .where(articles.c.id.in_(tagged), articles.c.id.not_in(without))
        .order_by(articles.c.published_at.desc(), articles.c.sequence.desc())
        .limit(most)
    )
    return [_article(row) for row in await connection.execute(statement)]


async def candidates(connection: Connection, since: int) -> list[Candidate]:
    """Announced, published articles with a sequence above ``since``, with their topics."""
    rows = await connection.execute(
        select(
            articles.c.id,
            articles.c.sequence,
            articles.c.published_at,
            articles.c.quality,
            articles.c.heat,
            articles.c.provider,
            article_topics.c.topic_id,
        )
        .join(article_topics, article_topics.c.article_id == articles.c.id)
        .where(articles.c.sequence > since, articles.c.announced, articles.c.withdrawn_at.is_(None))
        .order_by(articles.c.sequence)
    )
    grouped: dict[int, tuple[Any, set[int]]] = {}
    for row in rows:
        grouped.setdefault(row.id, (row, set()))[1].add(row.topic_id)
    return [
        Candidate(
            row.id,
            row.sequence,
            frozenset(labels),
            row.published_at,
            row.quality,
            row.heat,
            row.provider,
        )
        for row, labels in grouped.values()
    ]


def _published() -> Select[Any]:
    return select(articles).where(articles.c.withdrawn_at.is_(None))


def _article(row: Row[Any]) -> Published:
    article = body_to_article(
        row.body, link=row.link, published_at=row.published_at, quality=row.quality, heat=row.heat
    )
    return Published(row.id, row.sequence, row.announced, article)


def _columns(article: Article) -> dict[str, object]:
    return {
        "published_at": article.published_at,
        "quality": article.quality,
        "heat": article.heat,
        "provider": article.provider.name if article.provider else "",
        "body": article_to_body(article),
    }


def _chunks(items: Iterable[T], size: int = 500) -> Iterable[list[T]]:
    batch = list(items)
    return (batch[start : start + size] for start in range(0, len(batch), size))
